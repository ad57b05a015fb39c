"""Tables as XLIFF 1.2, the format of translators' programs.

A placeholder is an inline code (`ph`) that holds itself, so that programs protect it and nothing is lost when it is read
back: the text of a target is all the text in it. Emphasis and links stay as they are written, since translators
move them. Entities, document types and the network are never touched.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from bot.editorial.exchange.table import (
    SIZE_LIMIT,
    Cells,
    Remark,
    Returned,
    ReturnedRow,
    Row,
    RowState,
    Table,
    refused,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CODES = frozenset({"ph", "x", "it", "bpt", "ept"})
_STATES = {
    RowState.TRANSLATED: "translated",
    RowState.CHANGED: "needs-review-translation",
    RowState.CHECK: "needs-review-translation",
    RowState.NEW: "needs-translation",
    RowState.ONLY_HERE: "translated",
}


def write_xliff(table: Table) -> bytes:
    """One `file` a memo or YAML file, one `group` a run of pieces for the same citizenships or days."""
    root = etree.fromstring(f'<xliff xmlns="{NAMESPACE}" version="1.2"/>')
    for unit, rows in groupby(table.rows, key=lambda row: row.id.partition(":")[0]):
        _write_unit(root, table, unit, list(rows))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def read_xliff(data: bytes, file: str) -> Returned:
    """Every unit with its line. A file that is no XLIFF of one known language has no rows."""
    root, remark = _parsed(data, file)
    if root is None:
        return Returned("", (), (remark,) if remark else ())
    langs = {str(one.get("target-language", "")) for one in root.iter(_tag("file"))}
    if len(langs) != 1:
        return Returned(
            "", (), (refused(file, "table-languages", found=", ".join(sorted(langs))),)
        )
    return Returned(langs.pop(), tuple(_row(unit) for unit in root.iter(_tag("trans-unit"))))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _write_unit(root: etree._Element, table: Table, unit: str, rows: list[Row]) -> None:
    is_memo = "." not in unit
    about = {
        "original": f"memos/{unit}/{table.base_language}.md" if is_memo else unit,
        "source-language": table.base_language,
        "target-language": table.lang,
        "datatype": "x-markdown" if is_memo else "plaintext",
        "product-name": "joldosh",
        "product-version": rows[0].mark.base,
    }
    body = _inside(_inside(root, "file", about), "body", {})
    for part, pieces in groupby(rows, key=lambda row: row.part):
        group = _inside(body, "group", {"resname": part, "restype": "x-part"}) if part else body
        for row in pieces:
            _write_row(group, row)


def _write_row(group: etree._Element, row: Row) -> None:
    about = {"id": row.id, "restype": f"x-{row.kind}", "extradata": str(row.mark)}
    unit = _inside(group, "trans-unit", about)
    unit.set(_SPACE, "preserve")
    _write_text(_inside(unit, "source", {}), row.source)
    _write_text(_inside(unit, "target", {"state": _STATES[row.state]}), row.target)
    if row.note or row.state is RowState.ONLY_HERE:
        _inside(unit, "note", {}).text = row.note or str(row.state)


def _inside(parent: etree._Element, name: str, attributes: dict[str, str]) -> etree._Element:
    child = etree.SubElement(parent, _tag(name), attributes)
    parent.text = "\n"
    child.tail = "\n"
    return child


def _write_text(element: etree._Element, text: str) -> None:
    last: etree._Element | None = None
    for number, piece in enumerate(_PLACEHOLDER.split(text)):
        if number % 2:
            last = etree.SubElement(element, _tag("ph"), {"id": str(number // 2 + 1)})
            last.text = piece
        elif last is None:
            element.text = piece
        else:
            last.tail = piece


def _parsed(data: bytes, file: str) -> tuple[etree._Element | None, Remark | None]:
    if len(data) > SIZE_LIMIT:
        return None, refused(file, "table-too-large", limit=SIZE_LIMIT // 1_000_000)
    # Another encoding could hide a document type from the search, and no program needs one.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return None, refused(file, "table-not-utf-8")
    if found := _DOCTYPE.search(data):
        line = data.count(b"\n", 0, found.start()) + 1
        return None, refused(file, "table-doctype", line)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        line = broken.lineno or 1
        return None, refused(file, "table-not-xml", line, detail=broken.msg or "")
    except ValueError as broken:
        return None, refused(file, "table-not-xml", detail=str(broken))
    if root.tag != _tag("xliff"):
        return None, refused(file, "table-not-xliff", tag=root.tag)
    return root, None


def _row(unit: etree._Element) -> ReturnedRow:
    name = str(unit.get("id", ""))
    source, target = unit.find(_tag("source")), unit.find(_tag("target"))
    codes = {} if source is None else {k: v for k, v in _codes(source) if v}
    return ReturnedRow(
        id=name,
        source="" if source is None else _text(source, {}),
        target="" if target is None else _text(target, codes),
        mark=str(unit.get("extradata", "")),
        line=_line(unit),
        cells=Cells(name, name, name),
    )


def _line(element: etree._Element) -> int:
    line: object = element.sourceline  # the stubs do not know its type
    return line if isinstance(line, int) else 1


def _codes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for code in element.iter():
        if etree.QName(code).localname in _CODES:
            yield str(code.get("id", "")), _text(code, {})


def _text(element: etree._Element, codes: dict[str, str]) -> str:
    """All the text inside. A code that a program emptied says what the code of that id said in the source."""
    pieces = [element.text or ""]
    for child in element:
        inside = _text(child, codes)
        if not inside and etree.QName(child).localname in _CODES:
            inside = codes.get(str(child.get("id", "")), "")
        pieces += [inside, child.tail or ""]
    return "".join(pieces)
