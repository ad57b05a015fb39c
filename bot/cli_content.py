"""`joldosh content …`: the commands of staff, and of programs that read the guidance."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.app import sound_edition, utc_now
from bot.cli_arguments import CitizenshipOption, DayOption, LangOption, chosen_citizenship
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.editorial.checking import check as check_edition
from bot.editorial.compiling import build_catalogue
from bot.editorial.day import day_of
from bot.editorial.dumping import dump as dump_catalogue
from bot.editorial.edition import read_edition
from bot.editorial.problem import Problem
from bot.editorial.status import ContentStatus, ReviewDue, content_status, status_to_json
from bot.editorial.translation import accept as accept_translation
from bot.guide.memo import Memo
from bot.i18n.interface import Words, load_interface
from bot.observability.logs import configure_logs
from bot.settings import read_settings

content_app = typer.Typer(help="The guidance in the content folder.", no_args_is_help=True)
out = Console(highlight=False, soft_wrap=True, emoji=False)

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@content_app.command()
def check(
    as_json: JsonFlag = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of the hints: en, ru.")] = "en",
) -> None:
    """Every problem, with its file, line and a hint. Ends with status 1 when there are errors."""
    folder = _content_dir()
    words = load_interface(domain="editorial", fallback="en").words(lang)
    problems = check_edition(read_edition(folder), day_of(utc_now()))
    if as_json:
        _print_json([_problem_json(folder, problem, words) for problem in problems])
    else:
        for problem in problems:
            place = f"{folder / problem.file}:{problem.line}"
            out.print(f"{place}: {problem.severity}: {problem.message(words)}", markup=False)
        errors = sum(problem.is_error for problem in problems)
        out.print(f"{errors} errors, {len(problems) - errors} warnings")
    if any(problem.is_error for problem in problems):
        raise typer.Exit(1)


@content_app.command()
def status(as_json: JsonFlag = False) -> None:
    """Translations by language; facts, sources and contacts that are due for a check."""
    found = content_status(read_edition(_content_dir()), day_of(utc_now()))
    if as_json:
        _print_json(status_to_json(found))
    else:
        _print_status(found)


@content_app.command()
def dump(
    _json: Annotated[bool, typer.Option("--json", help="JSON is the only form.")] = True,
    lang: LangOption = "ru",
    citizenship: CitizenshipOption = "kg",
    as_of: DayOption = None,
) -> None:
    """The published catalogue as JSON, as one kind of reader sees it on a day."""
    book = _book(as_of)
    who = chosen_citizenship(citizenship)
    lang = _offered(book, lang)

    def pages(memo: Memo) -> list[str]:
        return [page.text for page in book.pages[memo.id, lang, who]]

    _print_json(dump_catalogue(book.catalogue, lang, who, pages))


@content_app.command()
def show(
    memo: Annotated[str, typer.Argument(help="The id of a memo.")],
    lang: LangOption = "ru",
    citizenship: CitizenshipOption = "kg",
    as_of: DayOption = None,
) -> None:
    """One memo as text, as one kind of reader sees it on a day."""
    book = _book(as_of)
    who = chosen_citizenship(citizenship)
    pages = book.pages.get((memo, _offered(book, lang), who))
    if pages is None:
        known = ", ".join(book.catalogue.memos[book.catalogue.base_language, who])
        raise typer.BadParameter(f"no memo {memo!r}: there are {known}")
    out.print("\n\n".join(page.text for page in pages), markup=False)


@content_app.command()
def accept(
    memo: Annotated[str, typer.Argument(help="The id of a memo.")],
    lang: Annotated[str, typer.Option("--lang", help="The language of the translation.")],
) -> None:
    """Mark a translation as made from the base text as it is now. Only after reading both."""
    written = accept_translation(_content_dir(), memo, lang)
    out.print(f"{memo} in {lang} is current: base {written}.")


def _content_dir() -> Path:
    configure_logs(as_json=False)
    return read_settings().content_dir


def _book(as_of: date | None) -> Guidebook:
    """The guidebook of today, or of another day with a phrase where a fact has no value on it."""
    today = day_of(utc_now())
    edition = sound_edition(_content_dir(), today)
    catalogue = build_catalogue(edition, as_of or today, shows_gaps=as_of is not None)
    return make_guidebook(catalogue, load_interface())


def _offered(book: Guidebook, lang: str) -> str:
    if lang not in book.catalogue.languages:
        raise typer.BadParameter(
            f"no texts in {lang!r}: use {', '.join(book.catalogue.languages)}"
        )
    return lang


def _problem_json(folder: Path, problem: Problem, words: Words) -> dict[str, object]:
    return {
        "file": str(folder / problem.file),
        "line": problem.line,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message(words),
    }


def _print_json(data: object) -> None:
    # Not by rich: data goes out as it is.
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _print_status(found: ContentStatus) -> None:
    table = Table(title=f"Translations on {found.day}", title_justify="left")
    for column in ("language", "complete", "outdated", "missing"):
        table.add_column(column)
    for lang, state in found.languages.items():
        outdated, missing = ", ".join(state.outdated) or "0", ", ".join(state.missing) or "0"
        table.add_row(lang, str(len(state.complete)), outdated, missing)
    out.print(table)
    _print_due("Overdue for a check", [due for due in found.due if due.is_overdue])
    _print_due("Due within 30 days", [due for due in found.due if not due.is_overdue])


def _print_due(title: str, due: list[ReviewDue]) -> None:
    table = Table(title=f"{title}: {len(due)}", title_justify="left")
    for column in ("what", "id", "checked", "look again by", "memos"):
        table.add_column(column)
    for one in due:
        table.add_row(
            str(one.kind), one.id, str(one.checked), str(one.review), ", ".join(one.memos)
        )
    if due:
        out.print(table)
    else:
        out.print(f"{title}: nothing")
