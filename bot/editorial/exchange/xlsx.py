"""Tables as spreadsheets (XLSX). Every cell is text: what begins with = + - @ is no formula, going out or coming in.

A spreadsheet that comes in is a zip from a stranger: its size is looked at before it is opened, macros and document
types are refused, and nothing in it is evaluated.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.editorial.exchange.table import (
    SIZE_LIMIT,
    Cells,
    Remark,
    Returned,
    ReturnedRow,
    RowState,
    Table,
    refused,
)

COLUMNS = ("id", "part", "kind", "source", "target", "status", "note", "mark")
_NEEDED = ("id", "source", "target", "mark")
_WIDTHS = (24, 14, 11, 60, 60, 11, 40, 12)
_ROW_LIMIT = (
    20_000  # all memos have two thousand rows; a stray cell at the end of a sheet makes a million
)
_TO_DO = frozenset({RowState.NEW, RowState.CHANGED, RowState.CHECK})
_LOCKED = PatternFill("solid", fgColor="E7E6E6")
_WANTED = PatternFill("solid", fgColor="FFF2CC")
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # a .xls, or a workbook with a password
_ENTRIES = 500
_UNSAFE = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DOMAIN = "texts"


def write_xlsx(table: Table) -> bytes:
    """One sheet: the row of names stays in view, only the white and yellow cells are for writing."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _DOMAIN
    names = {"source": f"source ({table.base_language})", "target": f"target ({table.lang})"}
    for number, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        _put(sheet.cell(1, number), names.get(column, column))
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, row in enumerate(table.rows, 2):
        texts = (row.id, row.part, row.kind, row.source, row.target, row.state, row.note, row.mark)
        for number, text in enumerate(texts, 1):
            cell = sheet.cell(line, number)
            _put(cell, str(text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if COLUMNS[number - 1] != "target":
                cell.fill = _LOCKED
            elif row.state in _TO_DO:
                cell.fill = _WANTED
    sheet.column_dimensions[get_column_letter(len(COLUMNS))].hidden = True
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(table.rows) + 1}"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _put(cell: object, text: str) -> None:
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"  # also for a text that looks like a formula or an error value
    cell.number_format = "@"
    cell.quotePrefix = True  # a program that edits the cell keeps it a text


def read_xlsx(data: bytes, file: str) -> Returned:
    """Every row with its number. A file that is no workbook of ours has no rows."""
    if remark := _unfit(data, file):
        return Returned("", (), (remark,))
    try:
        book = load_workbook(BytesIO(data), data_only=False, keep_links=False)
        sheet = book[_DOMAIN] if _DOMAIN in book.sheetnames else book.worksheets[0]
    except Exception as broken:  # openpyxl fails on broken workbooks with errors of any class
        return Returned(
            "", (), (refused(file, "table-not-workbook", detail=type(broken).__name__),)
        )
    if sheet.max_row > _ROW_LIMIT:
        return Returned("", (), (refused(file, "table-too-long", limit=_ROW_LIMIT),))
    columns, lang = _columns(sheet)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        return Returned("", (), (refused(file, "column-missing", names=", ".join(missing)),))
    rows: list[ReturnedRow] = []
    remarks: list[Remark] = []
    for line in range(2, sheet.max_row + 1):
        cells = {name: sheet.cell(line, number) for name, number in columns.items()}
        if all(cell.value is None for cell in cells.values()):
            continue
        remarks += _not_texts(cells, file, line)
        rows.append(_row(cells, line))
    return Returned(lang, tuple(rows), tuple(remarks))


def _unfit(data: bytes, file: str) -> Remark | None:
    """What is wrong with the zip, before any of it is read as a workbook."""
    too_large = refused(file, "table-too-large", limit=SIZE_LIMIT // 1_000_000)
    if len(data) > SIZE_LIMIT:
        return too_large
    if data.startswith(_OLD_FORMAT):
        return refused(file, "table-locked")
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _ENTRIES or sum(e.file_size for e in entries) > 2 * SIZE_LIMIT:
                return too_large
            for entry in entries:
                if "vba" in entry.filename.lower():
                    return refused(file, "table-macros")
                # Reading ends at the size that was told above, whatever is packed.
                part = archive.read(entry)
                if part.startswith(_WIDE) or any(word in part for word in _UNSAFE):
                    return refused(file, "table-doctype")
    except Exception as broken:  # a zip that is cut or spoiled fails in the unpacker's own way
        return refused(file, "table-not-workbook", detail=type(broken).__name__)
    return None


def _columns(sheet: Worksheet) -> tuple[dict[str, int], str]:
    """The number of each column by its name, wherever it was moved, and the language of the target."""
    columns: dict[str, int] = {}
    lang = ""
    for number in range(1, min(sheet.max_column, 50) + 1):
        name, _, more = str(sheet.cell(1, number).value or "").partition(" ")
        columns.setdefault(name.strip().lower(), number)
        if name == "target":
            lang = more.strip("() ")
    return {name: columns[name] for name in COLUMNS if name in columns}, lang


def _not_texts(cells: dict[str, Cell | MergedCell], file: str, line: int) -> Iterator[Remark]:
    for name in _NEEDED:
        cell = cells[name]
        if cell.data_type == "f":
            yield refused(file, "cell-formula", line, cell.coordinate)
        elif (
            cell.value is not None and not isinstance(cell.value, str | int | float)
        ) or cell.data_type in ("e", "b"):
            yield refused(file, "cell-not-text", line, cell.coordinate)


def _row(cells: dict[str, Cell | MergedCell], line: int) -> ReturnedRow:
    texts = {name: "" if cells[name].value is None else str(cells[name].value) for name in _NEEDED}
    return ReturnedRow(
        **texts,
        line=line,
        cells=Cells(*(cells[name].coordinate for name in ("id", "source", "target"))),
    )
