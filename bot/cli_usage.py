"""`joldosh usage`: what was read and asked, for admins at a terminal."""

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TextIO

from rich.console import Console
from rich.table import Table

from bot.conversation.replies import NoteKind
from bot.errors import JoldoshError
from bot.settings import Settings
from db.engine import make_engine
from db.errors import StoreError
from db.usage import Days, Usage


async def print_tables(settings: Settings, first: date, last: date, out: Console) -> None:
    """Totals of the days from first to last. Raises `JoldoshError` when the store does not
    answer.
    """
    days = Days(first, last)
    engine = make_engine(settings.database_url.get_secret_value())
    usage = Usage(engine)
    try:
        out.print(f"Usage from {first} to {last} (days in UTC)")
        _table(out, "What happened", await usage.by_kind(days))
        _table(out, "By day", await usage.by_day(days))
        _table(out, "By language", await usage.by_language(days))
        _table(out, "By citizenship", await usage.by_citizenship(days))
        for title, kind in (
            ("Memos read", NoteKind.MEMO_READ),
            ("Memos that answered a question", NoteKind.QUESTION_ANSWERED),
            ("Answers that helped", NoteKind.QUESTION_HELPED),
            ("Answers that were not it", NoteKind.QUESTION_MISSED),
            ("Questions not answered, by day", NoteKind.QUESTION_UNSURE),
            ("Dangers shown", NoteKind.DANGER_SHOWN),
            ("Contacts shown", NoteKind.CONTACT_SHOWN),
            ("Regions opened", NoteKind.REGION_OPENED),
        ):
            if kind is NoteKind.QUESTION_UNSURE:
                _table(out, title, await _not_answered(usage, days))
            else:
                _table(out, title, await usage.by_subject(days, kind))
    except StoreError as error:
        raise JoldoshError(str(error)) from error
    finally:
        await engine.dispose()


async def print_csv(settings: Settings, first: date, last: date, out: TextIO) -> None:
    """Every event of these days, oldest first. Raises `JoldoshError` when the store does not
    answer.
    """
    engine = make_engine(settings.database_url.get_secret_value())
    writer = csv.writer(out)
    writer.writerow(["hour", "kind", "language", "citizenship", "subject"])
    try:
        async for event in Usage(engine).rows(Days(first, last)):
            row = event.row
            hour = event.hour.strftime("%Y-%m-%dT%H:00Z")
            writer.writerow([hour, row.kind, row.lang, row.citizenship, row.subject])
    except StoreError as error:
        raise JoldoshError(str(error)) from error
    finally:
        await engine.dispose()


async def _not_answered(usage: Usage, days: Days) -> dict[date, int]:
    """Those that the search was unsure of and those that it has nothing for."""
    unsure = Counter(await usage.by_day(days, NoteKind.QUESTION_UNSURE))
    unsure.update(await usage.by_day(days, NoteKind.QUESTION_REFUSED))
    return dict(sorted(unsure.items()))


def _table(
    out: Console,
    title: str,
    totals: Mapping[date, int] | Mapping[str, int] | Mapping[str | None, int],
) -> None:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column("what")
    table.add_column("how often", justify="right")
    for what, count in totals.items():
        table.add_row("-" if what is None else str(what), str(count))
    if not totals:
        table.add_row("nothing", "0")
    out.print(table)
