"""The command line: reads arguments, calls the house, prints. Nothing is decided here.

A command that does not talk to Telegram must not import that room: it takes seconds.
"""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import date, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.cli_arguments import (
    CitizenshipOption,
    DayOption,
    JsonFlag,
    LangOption,
    chosen_citizenship,
)
from bot.cli_content import content_app
from bot.cli_flow import flow_app
from bot.cli_output import print_json
from bot.cli_status import review, status
from bot.cli_translators import diff, export, import_
from bot.errors import JoldoshError
from bot.observability.logs import configure_logs
from bot.settings import Settings, read_settings

app = typer.Typer(
    name="joldosh",
    help="Joldosh: sourced guidance for labour migrants, by citizenship, language and day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
staff_app = typer.Typer(help="Members of the staff.", no_args_is_help=True)
conversation_app = typer.Typer(help="The conversation.", no_args_is_help=True)
content_app.command()(status)
content_app.command()(review)
content_app.command()(diff)
content_app.command()(export)
content_app.command("import")(import_)
app.add_typer(content_app, name="content")
app.add_typer(flow_app, name="flow")
app.add_typer(conversation_app, name="conversation")
app.add_typer(staff_app, name="staff")

out = Console(highlight=False, soft_wrap=True, emoji=False)


def main() -> None:
    """The entry point: a mistake of the environment is one plain line, never a traceback."""
    try:
        app()
    except JoldoshError as error:
        Console(stderr=True, highlight=False, soft_wrap=True, emoji=False).print(
            f"joldosh: {error}", markup=False
        )
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def demo() -> None:
    """Everything on this machine, no token, no network: the local chat at /."""
    from bot.serving import demo as run_demo

    settings = _started(as_json=False)
    out.print("Starting: reading the content and loading the Telegram library …")
    _run(run_demo(settings, _tell_address))


@app.command()
def serve(
    jobs: Annotated[bool, typer.Option("--jobs/--no-jobs", help="Run the jobs here too.")] = True,
) -> None:
    """Answer in Telegram: by webhook when JOLDOSH_WEBHOOK_URL is set, else by polling."""
    from bot.serving import serve as run_serve

    settings = _started(as_json=not sys.stderr.isatty())
    _run(run_serve(settings, jobs=jobs))


@app.command()
def worker() -> None:
    """Run the jobs alone, beside `serve --no-jobs`."""
    from bot.working import work

    settings = _started(as_json=not sys.stderr.isatty())
    _run(work(settings))


@app.command()
def migrate() -> None:
    """Bring the database to this program's version."""
    from db.engine import make_engine
    from db.errors import StoreError
    from db.migrate import revision, upgrade

    settings = _started(as_json=False)

    async def migrated() -> str | None:
        engine = make_engine(settings.database_url.get_secret_value())
        try:
            await upgrade(engine)
            return await revision(engine)
        finally:
            await engine.dispose()

    try:
        found = asyncio.run(migrated())
    except StoreError as error:
        raise JoldoshError(str(error)) from error
    out.print(f"The database is at version {found}.")


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    lang: LangOption = "ru",
    citizenship: CitizenshipOption = "kg",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, lang, citizenship, text} lines from stdin.")
    ] = False,
) -> None:
    """What the bot would answer to a question."""
    from bot.cli_ask import answer_lines, answer_one

    settings = _started(as_json=False)
    if jsonl:
        asyncio.run(answer_lines(settings, sys.stdin, sys.stdout))
    elif text is None:
        raise typer.BadParameter("Give a question, or --jsonl with lines on standard input.")
    else:
        who = chosen_citizenship(citizenship)
        out.print(
            asyncio.run(answer_one(settings, text, lang, who, as_json=as_json)), markup=False
        )


@app.command()
def usage(
    since: DayOption = None,
    csv: Annotated[bool, typer.Option("--csv", help="Every event as CSV.")] = False,
) -> None:
    """What was read and asked: by day, language, citizenship, memo. Nobody can be told from it."""
    from bot.cli_usage import print_csv, print_tables

    settings = _started(as_json=False)
    today = date.today()  # noqa: DTZ011 (an admin's own day)
    first = since or today - timedelta(days=30)
    printing = (
        print_csv(settings, first, today, sys.stdout)
        if csv
        else print_tables(settings, first, today, out)
    )
    _run(printing)


@app.command()
def unanswered(
    since: DayOption = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Only questions of readers in this language.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """What was asked and not answered, in groups, the largest first: what the guidance lacks."""
    from bot.cli_unanswered import as_json as overview_as_json
    from bot.cli_unanswered import print_overview, read_overview

    settings = _started(as_json=False)
    today = date.today()  # noqa: DTZ011 (a day of staff's own)
    first = since or today - timedelta(days=90)
    overview = asyncio.run(read_overview(settings, first, today, lang))
    if as_json:
        print_json(overview_as_json(overview))
        return
    print_overview(overview, first, today, out)
    if not settings.keep_unanswered:
        out.print("JOLDOSH_KEEP_UNANSWERED is false: nothing new is kept.")


AddressOption = Annotated[
    str | None, typer.Option("--address", help="Public address of the pages, as https://…")
]


@staff_app.command("add")
def staff_add(
    name: Annotated[str, typer.Argument(help="The name that signs their changes.")],
    role: Annotated[str, typer.Option("--role", help="author, editor or admin.")],
    lang: LangOption = "ru",
    address: AddressOption = None,
) -> None:
    """A new member of the staff; prints the link behind which they set a password."""
    from bot.cli_staff import add, print_link, public_address

    settings = _started(as_json=False)
    invitation = asyncio.run(add(settings, name, role, lang))
    print_link(invitation, address or public_address(settings), out)


@staff_app.command("invite")
def staff_invite(
    name: Annotated[str, typer.Argument(help="A member of the staff.")],
    address: AddressOption = None,
) -> None:
    """A new link for a member who forgot the password, lost the phone or came back."""
    from bot.cli_staff import invite, print_link, public_address

    settings = _started(as_json=False)
    invitation = asyncio.run(invite(settings, name))
    print_link(invitation, address or public_address(settings), out)


@staff_app.command("list")
def staff_list() -> None:
    """Everybody of the staff, with role and access."""
    from bot.cli_staff import print_members

    _run(print_members(_started(as_json=False), out))


@conversation_app.command()
def draw() -> None:
    """The diagram of the conversation (Mermaid), drawn from the code."""
    from bot.app import first_catalogue, utc_now
    from bot.conversation.drawing import draw as drawn
    from bot.conversation.guidebook import make_guidebook
    from bot.i18n.interface import load_interface

    settings = _started(as_json=False)
    book = make_guidebook(first_catalogue(settings, utc_now), load_interface())
    sys.stdout.write(drawn(book))


def _started(*, as_json: bool) -> Settings:
    configure_logs(as_json=as_json)
    return read_settings()


def _tell_address(address: str, staff_path: str) -> None:
    out.print(f"Open [bold]{address}[/bold] in a browser. Stop with Ctrl+C.")
    out.print(f"As staff, an admin, once: {address}{staff_path}", markup=False)


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(work)
