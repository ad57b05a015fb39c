"""`joldosh content export` and `import`: tables for translators, and what became of each of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import typer

from bot.cli_output import out, print_json
from bot.editorial.edition import edition_of
from bot.editorial.exchange.exporting import Only, export_rows
from bot.editorial.exchange.importing import (
    Import,
    Outcome,
    UnitImport,
    import_table,
    read_table,
)
from bot.editorial.exchange.short_exporting import ShortExport, export_short_rows
from bot.editorial.exchange.table import Remark
from bot.editorial.exchange.xliff import write_xliff
from bot.editorial.exchange.xlsx import write_xlsx
from bot.editorial.snapshot import take_snapshot
from bot.errors import ContentError
from bot.i18n.interface import Words, load_interface

_WRITERS = {"xliff": write_xliff, "xlsx": write_xlsx}
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a table: the memos named, the short texts of the YAML files; everything when neither is asked for."""

    memos: Sequence[str]
    is_short: bool
    only: Only

    @property
    def is_all(self) -> bool:
        return not self.memos and not self.is_short


def export_to(
    folder: Path, path: Path, lang: str, wanted: Wanted, form: str, words: Words
) -> None:
    """Write the table. Raises `ContentError` when there is nothing to put into it."""
    snapshot = take_snapshot(folder)
    edition = edition_of(snapshot)
    others = edition.languages[1:]
    if lang not in others:
        raise typer.BadParameter(f"{lang!r} is no language of translations: {', '.join(others)}")
    unknown = [memo for memo in wanted.memos if memo not in edition.memos]
    if unknown:
        known = ", ".join(edition.listed_memos)
        raise typer.BadParameter(f"no memo {', '.join(unknown)}: there are {known}")
    if form not in _WRITERS:
        raise typer.BadParameter(f"a format is one of {', '.join(FORMATS)}")
    memos = list(edition.listed_memos) if wanted.is_all else wanted.memos
    export = export_rows(folder, edition, snapshot, lang, memos, wanted.only)
    short = ShortExport((), ())
    if wanted.is_all or wanted.is_short:
        short = export_short_rows(snapshot, edition.languages[0], lang, wanted.only)
    for name in (*export.left_out, *short.left_out):
        out.print(words.say("export-left-out", memo=name), markup=False)
    table = replace(export.table, rows=(*export.table.rows, *short.rows))
    if not table.rows:
        raise ContentError(words.say("export-nothing"))
    path.write_bytes(_WRITERS[form](table))
    counted = (("memos", len(export.memos)), ("short", len(short.rows)), ("rows", len(table.rows)))
    what = ", ".join(words.count(key, number) for key, number in counted if number)
    out.print(words.say("export-done", file=path, what=what), markup=False)


def import_from(
    folder: Path, path: Path, today: date, words: Words, *, is_trial: bool, as_json: bool
) -> bool:
    """Take a table back and say what became of it. Whether nothing was refused."""
    done = import_table(folder, read_table(path), path.name, today, is_trial=is_trial)
    guide_words = load_interface(domain="editorial", fallback="en").words(words.lang)
    if as_json:
        print_json(_to_json(done, words, guide_words))
        return done.is_whole
    for remark in done.remarks:
        out.print(_line(remark, words, guide_words), markup=False)
    for unit in (*done.memos, *done.entries):
        if unit.outcome is not Outcome.UNCHANGED:
            out.print(_said(unit, words), markup=False)
    if done.memos or not done.entries:
        message = "import-trial" if is_trial else "import-done"
        out.print(words.say(message, **_counts(done.memos)), markup=False)
    if done.entries:
        message = "import-trial-entries" if is_trial else "import-done-entries"
        out.print(words.say(message, **_counts(done.entries)), markup=False)
    return done.is_whole


def _line(remark: Remark, words: Words, guide_words: Words) -> str:
    problem = remark.problem
    place = words.say("import-place", file=problem.file, row=problem.line, where=remark.where)
    return f"{place}: {problem.severity}: {_message(remark, words, guide_words)}"


def _message(remark: Remark, words: Words, guide_words: Words) -> str:
    return remark.problem.message(guide_words if remark.is_guide else words)


def _said(unit: UnitImport, words: Words) -> str:
    rows = words.count("rows", unit.rows)
    if unit.outcome is Outcome.REFUSED:
        return words.say("import-refused", memo=unit.name)
    if unit.is_outdated:
        return words.say("import-taken-outdated", memo=unit.name, rows=rows)
    return words.say("import-taken", memo=unit.name, rows=rows)


def _counts(units: Sequence[UnitImport]) -> dict[str, int]:
    return {str(outcome): sum(one.outcome is outcome for one in units) for outcome in Outcome}


def _to_json(done: Import, words: Words, guide_words: Words) -> dict[str, object]:
    return {
        "lang": done.lang,
        "memos": [
            {
                "memo": memo.name,
                "outcome": str(memo.outcome),
                "rows": memo.rows,
                "outdated": memo.is_outdated,
            }
            for memo in done.memos
        ],
        "entries": [
            {"entry": entry.name, "outcome": str(entry.outcome), "rows": entry.rows}
            for entry in done.entries
        ],
        "remarks": [
            {
                "row": remark.problem.line,
                "where": remark.where,
                "severity": str(remark.problem.severity),
                "code": remark.problem.code,
                "message": _message(remark, words, guide_words),
            }
            for remark in done.remarks
        ],
    }
