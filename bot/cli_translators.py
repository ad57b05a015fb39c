"""`joldosh content diff`, `export`, `import`: the commands of translators.

What they run is imported when it runs: git and spreadsheets take time to load, and staff check texts all day.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import utc_now
from bot.cli_arguments import JsonFlag
from bot.cli_output import content_dir
from bot.editorial.day import day_of
from bot.i18n.interface import Words, load_interface

HintsOption = Annotated[str, typer.Option("--hints", help="Language of the messages: en, ru, ky.")]


def diff(
    memo: Annotated[str | None, typer.Argument(help="The id of a memo; all without one.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="A language; all without it.")] = None,
    as_json: JsonFlag = False,
    hints: HintsOption = "en",
) -> None:
    """What changed in the base text since a translation was made, word by word. Without a memo: the outdated ones."""
    from bot.cli_changes import print_diff

    print_diff(content_dir(), memo, lang, _words(hints), as_json=as_json)


def export(
    file: Annotated[Path, typer.Argument(help="The table to write.", dir_okay=False)],
    lang: Annotated[str, typer.Option("--lang", help="The language of the translation.")],
    memo: Annotated[
        list[str] | None, typer.Option("--memo", help="The id of a memo; may be repeated.")
    ] = None,
    short: Annotated[
        bool, typer.Option("--short", help="The short texts: names, titles, cards and the like.")
    ] = False,
    only: Annotated[
        str, typer.Option("--only", help="Which translations: all, outdated, missing.")
    ] = "all",
    form: Annotated[
        str, typer.Option("--format", help="xliff, xlsx; by the name of the file without it.")
    ] = "",
    hints: HintsOption = "en",
) -> None:
    """A table of texts and their translations, for a translator's program or a spreadsheet.

    Everything, or the memos named, or the short texts alone.
    """
    from bot.cli_exchange import Wanted, export_to
    from bot.editorial.exchange.exporting import Only

    if only not in tuple(Only):
        raise typer.BadParameter(f"--only is one of {', '.join(Only)}")
    chosen = form or ("xlsx" if file.suffix.lower() == ".xlsx" else "xliff")
    wanted = Wanted(memo or (), short, Only(only))
    export_to(content_dir(), file, lang, wanted, chosen, _words(hints))


def import_(
    file: Annotated[Path, typer.Argument(help="The table that came back.", exists=True)],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be taken, and write nothing.")
    ] = False,
    as_json: JsonFlag = False,
    hints: HintsOption = "en",
) -> None:
    """Take a translator's table into the content. A memo or entry with an error in a row is refused, the others are taken."""
    from bot.cli_exchange import import_from

    folder, today = content_dir(), day_of(utc_now())
    if not import_from(folder, file, today, _words(hints), is_trial=dry_run, as_json=as_json):
        raise typer.Exit(1)


def _words(lang: str) -> Words:
    return load_interface(domain="exchange", fallback="en").words(lang)
