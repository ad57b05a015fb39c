"""`joldosh content export` and `import`: tables for translators, and what became of each of their rows."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from bot.cli_output import out, print_json
from bot.editorial.edition import edition_of
from bot.editorial.exchange.exporting import Only, export_rows
from bot.editorial.exchange.importing import (
    Import,
    MemoImport,
    Outcome,
    import_table,
    read_table,
)
from bot.editorial.exchange.table import Remark
from bot.editorial.exchange.xliff import write_xliff
from bot.editorial.exchange.xlsx import write_xlsx
from bot.editorial.snapshot import take_snapshot
from bot.errors import ContentError
from bot.i18n.interface import Words, load_interface

_WRITERS = {"xliff": write_xliff, "xlsx": write_xlsx}
FORMATS = tuple(_WRITERS)


def export_to(
    folder: Path, path: Path, lang: str, memos: Sequence[str], only: Only, form: str, words: Words
) -> None:
    """Write the table. Raises `ContentError` when there is nothing to put into it."""
    snapshot = take_snapshot(folder)
    edition = edition_of(snapshot)
    others = edition.languages[1:]
    if lang not in others:
        raise typer.BadParameter(f"{lang!r} is no language of translations: {', '.join(others)}")
    unknown = [memo for memo in memos if memo not in edition.memos]
    if unknown:
        known = ", ".join(edition.listed_memos)
        raise typer.BadParameter(f"no memo {', '.join(unknown)}: there are {known}")
    if form not in _WRITERS:
        raise typer.BadParameter(f"a format is one of {', '.join(FORMATS)}")
    export = export_rows(
        folder, edition, snapshot, lang, list(memos) or list(edition.listed_memos), only
    )
    for memo in export.left_out:
        out.print(words.say("export-left-out", memo=memo), markup=False)
    if not export.table.rows:
        raise ContentError(words.say("export-nothing"))
    path.write_bytes(_WRITERS[form](export.table))
    rows = words.count("rows", len(export.table.rows))
    memos_said = words.count("memos", len(export.memos))
    out.print(words.say("export-done", file=path, memos=memos_said, rows=rows), markup=False)


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
    for memo in done.memos:
        if memo.outcome is not Outcome.UNCHANGED:
            out.print(_said(memo, words), markup=False)
    out.print(_summary(done, words, is_trial=is_trial), markup=False)
    return done.is_whole


def _line(remark: Remark, words: Words, guide_words: Words) -> str:
    problem = remark.problem
    place = words.say("import-place", file=problem.file, row=problem.line, where=remark.where)
    return f"{place}: {problem.severity}: {_message(remark, words, guide_words)}"


def _message(remark: Remark, words: Words, guide_words: Words) -> str:
    return remark.problem.message(guide_words if remark.is_guide else words)


def _said(memo: MemoImport, words: Words) -> str:
    rows = words.count("rows", memo.rows)
    if memo.outcome is Outcome.REFUSED:
        return words.say("import-refused", memo=memo.memo)
    if memo.is_outdated:
        return words.say("import-taken-outdated", memo=memo.memo, rows=rows)
    return words.say("import-taken", memo=memo.memo, rows=rows)


def _summary(done: Import, words: Words, *, is_trial: bool) -> str:
    counts = {
        str(outcome): sum(memo.outcome is outcome for memo in done.memos) for outcome in Outcome
    }
    if is_trial:
        return words.say("import-trial", **counts)
    return words.say("import-done", **counts)


def _to_json(done: Import, words: Words, guide_words: Words) -> dict[str, object]:
    return {
        "lang": done.lang,
        "memos": [
            {
                "memo": memo.memo,
                "outcome": str(memo.outcome),
                "rows": memo.rows,
                "outdated": memo.is_outdated,
            }
            for memo in done.memos
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
