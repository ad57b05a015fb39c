"""`joldosh flow …`: guided checks proven, played, drawn and compared.

What a command runs is imported when it runs: git and the conversation take time to load, and staff check all day.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli_arguments import (
    CitizenshipOption,
    DayOption,
    JsonFlag,
    LangOption,
    chosen_citizenship,
)
from bot.cli_output import content_dir
from bot.i18n.interface import Words, load_interface

flow_app = typer.Typer(help="Guided checks: flows/*.yaml.", no_args_is_help=True)

FlowArgument = Annotated[str, typer.Argument(metavar="FLOW", help="The id of a check.")]
HintsOption = Annotated[str, typer.Option("--hints", help="Language of the messages: en, ru, ky.")]


@flow_app.command()
def check(
    flows: Annotated[
        list[str] | None, typer.Argument(metavar="[FLOW]…", help="Ids of checks; all without.")
    ] = None,
    as_json: JsonFlag = False,
    hints: HintsOption = "en",
) -> None:
    """Prove checks: their problems, how many paths were walked, and how long it took. Ends with status 1 on errors."""
    from bot.cli_flow_proof import print_proof

    if not print_proof(content_dir(), flows or [], hints, as_json=as_json):
        raise typer.Exit(1)


@flow_app.command()
def play(
    flow: FlowArgument,
    lang: LangOption = "ru",
    citizenship: CitizenshipOption = "kg",
    as_of: DayOption = None,
    answers: Annotated[
        str | None,
        typer.Option("--answers", help='All at once, as JSON: {"step": "choice or typed text"}.'),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Play a check as a person would: question by question, or at once with --answers."""
    from bot.cli_flow_play import converse, print_played

    who = chosen_citizenship(citizenship)
    if answers is None:
        converse(content_dir(), flow, lang, who, as_of)
    elif not print_played(content_dir(), flow, lang, who, as_of, answers, as_json=as_json):
        raise typer.Exit(1)


@flow_app.command()
def draw(
    flow: FlowArgument,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Write an SVG there.", dir_okay=False)
    ] = None,
    mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Print Mermaid, as without --svg.")
    ] = False,
    lang: LangOption = "ru",
) -> None:
    """The steps and outcomes of a check as a drawing."""
    from bot.cli_flow_proof import print_drawing

    print_drawing(content_dir(), flow, svg, lang, mermaid=mermaid or svg is None)


@flow_app.command()
def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A content folder, a flow file, or a commit.")
    ],
    after: Annotated[
        str | None, typer.Argument(metavar="B", help="The same; the content folder without it.")
    ] = None,
    flow: Annotated[
        list[str] | None, typer.Option("--flow", help="Only this check; may be repeated.")
    ] = None,
    as_json: JsonFlag = False,
    hints: HintsOption = "en",
) -> None:
    """What persons would see differently, path by path and language by language."""
    from bot.cli_flow_diff import print_diff

    print_diff(content_dir(), before, after, flow or [], _words(hints), as_json=as_json)


def _words(lang: str) -> Words:
    return load_interface(domain="flows", fallback="en").words(lang)
