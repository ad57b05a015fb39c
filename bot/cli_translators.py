"""`joldosh content diff`, `export`, `import`: the commands of translators.

What they run is imported when it runs: git and spreadsheets take time to load, and staff check texts all day.
"""

from typing import Annotated

import typer

from bot.cli_arguments import JsonFlag
from bot.cli_output import content_dir
from bot.i18n.interface import Words, load_interface

HintsOption = Annotated[str, typer.Option("--hints", help="Language of the messages: en, ru.")]


def diff(
    memo: Annotated[str | None, typer.Argument(help="The id of a memo; all without one.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="A language; all without it.")] = None,
    as_json: JsonFlag = False,
    hints: HintsOption = "en",
) -> None:
    """What changed in the base text since a translation was made, word by word. Without a memo: the outdated ones."""
    from bot.cli_changes import print_diff

    print_diff(content_dir(), memo, lang, _words(hints), as_json=as_json)


def _words(lang: str) -> Words:
    return load_interface(domain="exchange", fallback="en").words(lang)
