"""Tables as files: CSV for programs, XLSX for people. A number that is hidden is written as `<5` in both."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.web.staff.usage.report import Cell, Table
from db.small_numbers import HIDDEN

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LINES_AT_ONCE = 500
_SHEET_NAME_CHARACTERS = 31


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Some lines at a time, so that a long file is never whole in memory."""
    rows = iter(rows)
    while some := list(islice(rows, _LINES_AT_ONCE)):
        out = StringIO()
        csv.writer(out).writerows([_plain(cell) for cell in row] for row in some)
        yield out.getvalue()


def csv_of(table: Table) -> str:
    return "".join(csv_lines([table.heads, *table.rows]))


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """A sheet for each table."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name[:_SHEET_NAME_CHARACTERS])
        assert isinstance(sheet, WriteOnlyWorksheet)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, head, bold=True) for head in table.heads])
        for row in table.rows:
            sheet.append([_cell(sheet, cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, cell: Cell, *, bold: bool = False) -> SheetCell:
    value = _plain(cell)
    written = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        written.data_type = "s"  # words that begin with "=" are no formula
    if bold:
        written.font = Font(bold=True)
    return written


def _plain(cell: Cell) -> str | int:
    return HIDDEN if cell is None else cell
