"""`joldosh content …`: the commands of staff, and of programs that read the guidance."""

from collections import Counter
from datetime import date
from typing import Annotated

import typer

from bot.app import sound_edition, utc_now
from bot.cli_arguments import (
    CitizenshipOption,
    DayOption,
    JsonFlag,
    LangOption,
    chosen_citizenship,
)
from bot.cli_output import content_dir, out, print_json, problem_json
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.editorial.checking import check as check_edition
from bot.editorial.compiling import build_catalogue
from bot.editorial.day import day_of
from bot.editorial.dumping import dump as dump_catalogue
from bot.editorial.edition import read_edition
from bot.editorial.translation import accept as accept_translation
from bot.guide.memo import Memo
from bot.i18n.interface import load_interface

content_app = typer.Typer(help="The guidance in the content folder.", no_args_is_help=True)


@content_app.command()
def check(
    as_json: JsonFlag = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of the hints: en, ru, ky.")] = "en",
) -> None:
    """Every problem, with its file, line and a hint. Ends with status 1 when there are errors."""
    folder = content_dir()
    words = load_interface(domain="editorial", fallback="en").words(lang)
    problems = check_edition(read_edition(folder), day_of(utc_now()))
    if as_json:
        print_json([problem_json(folder, problem, words) for problem in problems])
    else:
        for problem in problems:
            place = f"{folder / problem.file}:{problem.line}"
            out.print(f"{place}: {problem.severity}: {problem.message(words)}", markup=False)
        errors = sum(problem.is_error for problem in problems)
        out.print(f"{errors} errors, {len(problems) - errors} warnings")
        for code, count in Counter(problem.code for problem in problems).most_common():
            out.print(f"{count:5} {code}")
    if any(problem.is_error for problem in problems):
        raise typer.Exit(1)


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

    print_json(dump_catalogue(book.catalogue, lang, who, pages))


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
    written = accept_translation(content_dir(), memo, lang)
    out.print(f"{memo} in {lang} is current: base {written}.")


def _book(as_of: date | None) -> Guidebook:
    """The guidebook of today, or of another day with a phrase where a fact has no value on it."""
    today = day_of(utc_now())
    edition = sound_edition(content_dir(), today)
    catalogue = build_catalogue(edition, as_of or today, shows_gaps=as_of is not None)
    return make_guidebook(catalogue, load_interface())


def _offered(book: Guidebook, lang: str) -> str:
    if lang not in book.catalogue.languages:
        raise typer.BadParameter(
            f"no texts in {lang!r}: use {', '.join(book.catalogue.languages)}"
        )
    return lang
