"""Arguments that several commands share, and what is said when they are wrong."""

from datetime import date, datetime
from typing import Annotated

import typer

from bot.guide.citizenship import Citizenship, citizenship_named


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise typer.BadParameter("a day looks like 2027-01-01") from None


LangOption = Annotated[str, typer.Option("--lang", help="Language of the reader: ru, ky, en.")]
CitizenshipOption = Annotated[
    str, typer.Option("--citizenship", help=f"One of {', '.join(Citizenship)}, or a country code.")
]
DayOption = Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="As 2027-01-01.")]

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def chosen_citizenship(name: str) -> Citizenship:
    """The citizenship of this name; a usage error that lists them when there is none."""
    found = citizenship_named(name)
    if found is None:
        raise typer.BadParameter(f"unknown citizenship {name!r}: use {', '.join(Citizenship)}")
    return found
