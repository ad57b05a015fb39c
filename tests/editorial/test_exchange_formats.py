"""XLIFF and XLSX: any text comes back as it went out, and no file from a stranger does harm or goes unnamed."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook

from bot.editorial.exchange.importing import read_table
from bot.editorial.exchange.table import Mark, Row, RowState, Table, fingerprint, normal
from bot.editorial.exchange.xliff import NAMESPACE, read_xliff, write_xliff
from bot.editorial.exchange.xlsx import COLUMNS, read_xlsx, write_xlsx
from bot.editorial.text_file import UNPRINTABLE
from bot.errors import ContentError
from tests.support.exchange import FORMATS, through

# What a content file may hold: everything but what `text_of` refuses.
LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda c: not UNPRINTABLE.match(c))
TEXTS = st.text(LETTERS, max_size=60).map(normal)


def table(source: str, target: str) -> Table:
    mark = Mark("0" * 12, 1, 1, "body-1", fingerprint(source), fingerprint(target))
    row = Row(
        "memo:body-1", "for kg", "item", source, target, RowState.CHANGED, "a [-b-]{+c+}", mark
    )
    return Table("ru", "ky", (row,))


@pytest.mark.parametrize("file", sorted(FORMATS))
@settings(max_examples=60)
@given(source=TEXTS, target=TEXTS)
@example(source="=1+1", target="=HYPERLINK(0)")
@example(source="+7", target="-1")
@example(source="@x", target="'quoted")
@example(source="#REF!", target="TRUE")
@example(source="{a|gen} **b** [c](memo:d)", target="{a} {check-first}{b}")
@example(source="<b>&amp;]]></b>", target="&lt;![CDATA[x]]>")
@example(source="שלום עולם", target="\u202eمرحبا\u202c")
@example(source="👨\u200d👩\u200d👧", target="e\u0301\u00a0x")
@example(source="a\nb\n\nc", target="a\tb")
@example(source="_x0041_", target="x" * 5000)
@example(source="", target="007")
def test_any_text_comes_back_as_it_went_out(file: str, source: str, target: str) -> None:
    sent = table(source, target)

    (row,) = through(sent, file).rows

    assert (row.source, row.target) == (source, target)
    assert (row.id, row.mark) == ("memo:body-1", str(sent.rows[0].mark))


def test_a_spreadsheet_is_for_people() -> None:
    sheet = load_workbook(BytesIO(write_xlsx(table("=1+1", "-2")))).active

    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:5] == [*COLUMNS[:3], "source (ru)", "target (ky)"]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["H"].hidden
    source, target = sheet["D2"], sheet["E2"]
    assert (source.value, source.data_type, target.value) == ("=1+1", "s", "-2")
    assert target.alignment.wrap_text
    assert source.fill.fgColor.rgb != target.fill.fgColor.rgb


def test_an_xliff_is_what_the_standard_says() -> None:
    root = etree.fromstring(write_xliff(table("Через {days|gen}", "{days} ичинде")))
    names = {"x": NAMESPACE}

    assert root.get("version") == "1.2"
    (file,) = root.findall("x:file", names)
    assert set(file.keys()) >= {"original", "source-language", "target-language", "datatype"}
    (unit,) = file.findall("x:body/x:group/x:trans-unit", names)
    assert [etree.QName(child).localname for child in unit] == ["source", "target", "note"]
    codes = root.findall(".//x:ph", names)
    assert [code.text for code in codes] == ["{days|gen}", "{days}"]
    assert unit[1].get("state") == "needs-review-translation"


def test_codes_that_a_program_emptied_say_what_they_said() -> None:
    data = write_xliff(table("Через {days|gen}", "{days|gen} ичинде"))
    emptied = data.replace(
        b'<target state="needs-review-translation"><ph id="1">{days|gen}</ph>',
        b'<target><mrk mtype="seg" mid="0"><ph id="1"/></mrk>',
    )
    assert emptied != data

    (row,) = read_xliff(emptied, "x.xlf").rows

    assert row.target == "{days|gen} ичинде"


def zipped(**parts: bytes) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return data.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    data = BytesIO(write_xlsx(table("a", "b")))
    with ZipFile(data, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return data.getvalue()


def edited(change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(BytesIO(write_xlsx(table("a", "b"))))
    change(book)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def put(cell: str, value: str | bool) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet[cell] = value

    return change


XLSX = write_xlsx(table("a", "b"))
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
BAD_WORKBOOKS = {
    "empty": (b"", "table-not-workbook"),
    "text": (b"id;source;target", "table-not-workbook"),
    "cut in half": (XLSX[: len(XLSX) // 2], "table-not-workbook"),
    "zip of something else": (zipped(a=b"b"), "table-not-workbook"),
    "password or xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "table-locked"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "table-macros"),
    "zip bomb": (with_part("xl/media/a.bin", b"\0" * 60_000_000), "table-too-large"),
    "many parts": (zipped(**{f"a{n}": b"" for n in range(600)}), "table-too-large"),
    "entities": (with_part("xl/a.xml", BOMB), "table-doctype"),
    "entities in wide letters": (
        with_part("xl/a.xml", BOMB.decode().encode("utf-16")),
        "table-doctype",
    ),
    "a cell far below": (edited(put("A1048576", "x")), "table-too-long"),
    "no target column": (edited(put("E1", "?")), "column-missing"),
}


@pytest.mark.parametrize("what", sorted(BAD_WORKBOOKS))
def test_a_workbook_that_cannot_be_used_says_why(what: str) -> None:
    data, code = BAD_WORKBOOKS[what]

    found = read_xlsx(data, "x.xlsx")

    assert found.rows == ()
    assert [remark.problem.code for remark in found.remarks] == [code]


@pytest.mark.parametrize(
    ("value", "code"),
    [("=1+1", "cell-formula"), (True, "cell-not-text"), ("#REF!", "cell-not-text")],
)
def test_a_cell_that_is_no_text_is_named(value: str | bool, code: str) -> None:
    found = read_xlsx(edited(put("E2", value)), "x.xlsx")

    assert [(r.where, r.problem.line, r.problem.code) for r in found.remarks] == [("E2", 2, code)]


def test_columns_may_be_moved_and_a_number_is_its_digits() -> None:
    def move(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.move_range("E1:E2", cols=7)
        sheet["L2"] = 112

    (row,) = read_xlsx(edited(move), "x.xlsx").rows

    assert (row.target, row.cells.target) == ("112", "L2")


XLIFF = write_xliff(table("a", "b"))
BAD_XLIFF = {
    "empty": (b"", "table-not-xml"),
    "text": (b"hello", "table-not-xml"),
    "cut in half": (XLIFF[: len(XLIFF) // 2], "table-not-xml"),
    "bomb": (BOMB, "table-doctype"),
    "file of the machine": (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        "table-doctype",
    ),
    "wide letters": (
        XLIFF.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "table-not-utf-8",
    ),
    "xliff 2": (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "table-not-xliff"),
    "two languages": (
        XLIFF.replace(b"</xliff>", b'<file target-language="en"/></xliff>'),
        "table-languages",
    ),
    "too large": (b" " * 20_000_001, "table-too-large"),
    "too deep": (b"<a>" * 300_000, "table-not-xml"),
    "control character": (XLIFF.replace(b">b<", b">\x01<"), "table-not-xml"),
}


@pytest.mark.parametrize("what", sorted(BAD_XLIFF))
def test_an_xliff_that_cannot_be_used_says_why(what: str) -> None:
    data, code = BAD_XLIFF[what]

    found = read_xliff(data, "x.xlf")

    assert found.rows == ()
    assert [remark.problem.code for remark in found.remarks] == [code]


def test_a_broken_line_of_an_xliff_is_named() -> None:
    spoilt = XLIFF.replace(b"</source>", b"</sauce>")

    (remark,) = read_xliff(spoilt, "x.xlf").remarks

    assert remark.problem.line == XLIFF[: XLIFF.index(b"</source>")].count(b"\n") + 1


def test_a_file_of_another_kind_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "texts.csv").write_text("id,target")

    with pytest.raises(ContentError, match=r"\.xlsx"):
        read_table(tmp_path / "texts.csv")
