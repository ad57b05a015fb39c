"""A translator: gets a table, changes rows, gives it back. For tests of both formats."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.editorial.edition import edition_of
from bot.editorial.exchange.exporting import Only, export_rows
from bot.editorial.exchange.importing import Import, Outcome, import_table
from bot.editorial.exchange.table import Returned, Row, Table
from bot.editorial.exchange.xliff import read_xliff, write_xliff
from bot.editorial.exchange.xlsx import read_xlsx, write_xlsx
from bot.editorial.snapshot import take_snapshot
from tests.support.content import TODAY

FORMATS = {"back.xlsx": (write_xlsx, read_xlsx), "back.xlf": (write_xliff, read_xliff)}


def exported(
    folder: Path, lang: str = "ky", only: Only = Only.ALL, memos: tuple[str, ...] = ()
) -> Table:
    snapshot = take_snapshot(folder)
    edition = edition_of(snapshot)
    chosen = memos or tuple(edition.listed_memos)
    return export_rows(folder, edition, snapshot, lang, chosen, only).table


def through(table: Table, file: str) -> Returned:
    """The table as it is after it was a file of this name."""
    write, read = FORMATS[file]
    return read(write(table), file)


@dataclass(slots=True)
class Translator:
    """Works on a table by the ids of rows; gives it back through a file."""

    folder: Path
    table: Table
    file: str = "back.xlf"

    def row(self, name: str) -> Row:
        return next(row for row in self.table.rows if row.id == name)

    def write(self, name: str, target: str) -> None:
        self.change(name, target=target)

    def change(self, name: str, **fields: str) -> None:
        assert self.row(name) in self.table.rows
        self.table = replace(
            self.table,
            rows=tuple(
                replace(row, **fields) if row.id == name else row  # type: ignore[arg-type]
                for row in self.table.rows
            ),
        )

    def drop(self, name: str) -> None:
        rows = tuple(row for row in self.table.rows if row.id != name)
        self.table = replace(self.table, rows=rows)

    def give_back(self, *, is_trial: bool = False) -> Import:
        returned = through(self.table, self.file)
        return import_table(self.folder, returned, self.file, TODAY, is_trial=is_trial)


def outcomes(done: Import) -> dict[str, Outcome]:
    return {one.name: one.outcome for one in (*done.memos, *done.entries)}


def errors(done: Import) -> list[tuple[str, str]]:
    """Where and what, for each error."""
    return [(r.where, r.problem.code) for r in done.remarks if r.problem.is_error]


def warnings(done: Import) -> list[tuple[str, str]]:
    return [(r.where, r.problem.code) for r in done.remarks if not r.problem.is_error]
