"""Tables go down and come up into a draft. A file that is none of ours does no harm and is told why it was refused."""

import io
import zipfile
from dataclasses import replace

import httpx
import pytest
from openpyxl import load_workbook

from bot.editorial.exchange.table import SIZE_LIMIT, Table
from bot.editorial.exchange.xliff import read_xliff, write_xliff
from bot.editorial.exchange.xlsx import read_xlsx, write_xlsx
from bot.editorial.snapshot import take_snapshot
from db.drafts import Draft, Drafts, DraftState
from tests.support.exchange import exported
from tests.web.staff.room import StaffHouse

MEMO, OTHER = "registration-first", "passport-taken"
KY = f"memos/{MEMO}/ky.md"
HEADING = f"{MEMO}:body-4"
EVIL = "<script>alert(1)</script>"


def changed(house: StaffHouse, **targets: str) -> Table:
    """The table of a translator who has written these targets, by the piece of the memo."""
    table = exported(house.content.root)
    wanted = {f"{MEMO}:{name.replace('_', '-')}": text for name, text in targets.items()}
    rows = (replace(row, target=wanted.get(row.id, row.target)) for row in table.rows)
    return replace(table, rows=tuple(rows))


async def up(client: httpx.AsyncClient, data: bytes, name: str = "back.xlsx") -> httpx.Response:
    return await client.post("/staff/translators/table", files={"table": (name, data)})


async def drafts_of(house: StaffHouse) -> tuple[Draft, ...]:
    return await Drafts(house.room.engine).in_state(DraftState.OPEN)


async def test_everything_of_a_language_comes_down_in_both_formats(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    xlsx = await client.get("/staff/translators/ky/table?format=xlsx&only=all")
    xliff = await client.get("/staff/translators/ky/table?format=xliff&only=all")

    for table in (read_xlsx(xlsx.content, "x"), read_xliff(xliff.content, "x")):
        assert table.lang == "ky"
        assert {MEMO, OTHER, "contacts.yaml", "cards.yaml"} <= {row.unit for row in table.rows}
    assert xlsx.headers["content-disposition"] == (
        'attachment; filename="joldosh-ky-all-2026-11-24.xlsx"'
    )


async def test_one_memo_or_what_is_outdated_comes_down_alone(house: StaffHouse) -> None:
    house.content.replace(f"memos/{MEMO}/ru.md", "Сколько стоит", "Сколько это стоит")
    client = await house.signed_in("author")

    one = await client.get(f"/staff/translators/ky/table?memo={OTHER}")
    outdated = await client.get("/staff/translators/ky/table?only=outdated")

    assert {row.unit for row in read_xlsx(one.content, "x").rows} == {OTHER}
    assert {row.unit for row in read_xlsx(outdated.content, "x").rows} == {MEMO}


async def test_when_there_is_nothing_to_take_the_page_says_so(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    page = await client.get("/staff/translators/ky/table?only=outdated", follow_redirects=True)

    assert "There is nothing to take" in page.text


@pytest.mark.parametrize(
    "query", ["format=exe", "only=some", "memo=../../etc/passwd", "memo=no-such-memo"]
)
async def test_a_table_that_does_not_exist_is_not_found(house: StaffHouse, query: str) -> None:
    client = await house.signed_in("author")

    assert (await client.get(f"/staff/translators/ky/table?{query}")).status_code == 404


@pytest.mark.parametrize(("name", "write"), [("back.xlsx", write_xlsx), ("back.XLF", write_xliff)])
async def test_what_comes_up_goes_into_a_draft(house: StaffHouse, name: str, write) -> None:  # type: ignore[no-untyped-def]
    before = take_snapshot(house.content.root).files
    client = await house.signed_in("author")

    page = await up(client, write(changed(house, body_4="Канча төлөйсүз")), name)

    assert page.status_code == 200, page.text
    assert "Taken: 1. Refused: 0." in page.text
    assert HEADING in page.text
    assert take_snapshot(house.content.root).files == before
    (draft,) = await drafts_of(house)
    assert draft.subject == "translation/ky"
    assert "Канча төлөйсүз" in (draft.files[KY].text or "")
    assert draft.files[KY].base == house.content.read(KY)


async def test_a_second_table_goes_on_where_the_first_ended(house: StaffHouse) -> None:
    client = await house.signed_in("author")
    await up(client, write_xlsx(changed(house, body_4="Канча төлөйсүз")))

    again = await client.get("/staff/translators/ky/table?format=xlsx&only=all")
    assert "Канча төлөйсүз" in {row.target for row in read_xlsx(again.content, "x").rows}
    book = load_workbook(io.BytesIO(again.content))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == f"{MEMO}:title":
            row[4].value = "Дарек боюнча катталуу"
    saved = io.BytesIO()
    book.save(saved)
    page = await up(client, saved.getvalue())

    assert page.status_code == 200, page.text
    (draft,) = await drafts_of(house)
    text = draft.files[KY].text or ""
    assert "Канча төлөйсүз" in text and "Дарек боюнча катталуу" in text


async def test_what_is_refused_is_told_by_row_and_the_rest_is_taken(house: StaffHouse) -> None:
    table = changed(house, body_4="Канча төлөйсүз")
    rows = (replace(row, target="") if row.id == f"{OTHER}:title" else row for row in table.rows)
    client = await house.signed_in("author")

    page = await up(client, write_xlsx(replace(table, rows=tuple(rows))))

    assert page.status_code == 422
    assert "Taken: 1. Refused: 1." in page.text
    row = next(part for part in page.text.split("<tr>") if f"{OTHER}:title" in part)
    assert "refused" in row and "said-error" in row


async def test_what_a_table_says_is_shown_and_not_run(house: StaffHouse) -> None:
    client = await house.signed_in("author")
    table = changed(house, body_4=f"Канча {EVIL}")
    rows = (
        replace(row, id=f"{EVIL}:x") if row.id == f"{OTHER}:title" else row for row in table.rows
    )

    page = await up(client, write_xlsx(replace(table, rows=tuple(rows))), f"{EVIL}.xlsx")

    assert "&lt;script&gt;" in page.text
    assert EVIL not in page.text


def zipped(**entries: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return written.getvalue()


BOMB = zipped(**{"xl/worksheets/sheet1.xml": b"0" * 3 * SIZE_LIMIT})
ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<xliff version="1.2">&e;</xliff>'
)
BAD_FILES = {
    "half a workbook": ("half.xlsx", b"PK\x03\x04 and no more", "table-not-workbook"),
    "a zip bomb": ("bomb.xlsx", BOMB, "table-too-large"),
    "macros": ("macros.xlsm", zipped(**{"xl/vbaProject.bin": b"x"}), "table-macros"),
    "an old workbook": ("old.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "table-locked"),
    "an entity": ("entity.xlf", ENTITY, "table-doctype"),
    "no XML": ("page.xliff", b"<html", "table-not-xml"),
    "another XML": ("page.xml", b"<html/>", "table-not-xliff"),
    "an empty file": ("empty.xlsx", b"", "table-not-workbook"),
}


@pytest.mark.parametrize("what", sorted(BAD_FILES))
async def test_a_bad_file_is_refused_with_a_reason(house: StaffHouse, what: str) -> None:
    name, data, code = BAD_FILES[what]
    client = await house.signed_in("author", lang="en")

    page = await up(client, data, name)

    assert page.status_code == 422
    from bot.i18n.interface import load_interface

    said = load_interface(domain="exchange", fallback="en").words("en").say(code).partition("{")[0]
    assert said.strip() in page.text.replace("&#39;", "'").replace("&#34;", '"')
    assert await drafts_of(house) == ()


@pytest.mark.parametrize("name", ["table.exe", "table", "table.csv", "../../guide.yaml"])
async def test_a_file_of_another_kind_is_not_opened(house: StaffHouse, name: str) -> None:
    client = await house.signed_in("author")

    page = await up(client, b"anything", name)

    assert page.status_code == 422
    assert "This is no table of translations" in page.text


async def test_no_file_at_all(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    page = await client.post("/staff/translators/table", files={"table": ("", b"")})

    assert (page.status_code, "No file was chosen" in page.text) == (422, True)


async def test_fifty_megabytes_are_read_away_and_refused(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    page = await up(client, b"0" * 50_000_000)

    assert page.status_code == 413
    assert "The file is too large" in page.text


async def test_a_table_of_a_language_that_the_guide_has_not(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    page = await up(client, write_xlsx(replace(exported(house.content.root), lang="de")))

    assert page.status_code == 422
    assert await drafts_of(house) == ()


async def test_no_table_comes_from_another_site(house: StaffHouse) -> None:
    client = await house.signed_in("author")
    client.headers.update({"sec-fetch-site": "cross-site", "origin": "https://evil.example"})

    page = await up(client, write_xlsx(changed(house, body_4="Канча төлөйсүз")))

    assert page.status_code == 403
    assert await drafts_of(house) == ()
