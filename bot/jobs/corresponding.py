"""All that writes to persons without being asked: joins the worker, its handlers, and what finds out that somebody is to be told.

What is written comes from the conversation, as functions of the guidebook of the moment.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation import reminding
from bot.conversation.guidebook import Guidebook
from bot.conversation.messenger import Messenger
from bot.conversation.replies import Page
from bot.conversation.sealing import Sealing
from bot.guide.catalogue import Catalogue
from bot.guide.fact_values import written_values
from bot.jobs.fact_alerts import FACT_CHANGED, Answers, FactAlerts, keep_alerting
from bot.jobs.posting import Posting
from bot.jobs.queue import Handler, Worker
from bot.jobs.reminders import Reminders
from bot.observability.metrics import Metrics
from db.jobs import Jobs
from db.kept_date import REMINDER, KeptDate
from db.kept_dates import KeptDates


@dataclass(frozen=True, slots=True)
class Letters:
    """`Reminding`, `Recomputing` and `Telling`, each with the guidebook in front."""

    reminder: Callable[[Guidebook, KeptDate, int], Page | None]
    recomputed: Callable[[Guidebook, KeptDate, Answers], date | None]
    changed: Callable[[Guidebook, KeptDate, date | None], Page | None]


LETTERS = Letters(reminding.reminder, reminding.recomputed, reminding.changed)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What writing to persons needs of the house. `book` is what is served at the moment."""

    messenger: Messenger
    sealing: Sealing
    book: Callable[[], Guidebook]
    letters: Letters
    metrics: Metrics


async def keep_corresponding(
    engine: AsyncEngine, parts: Correspondence, clock: Callable[[], datetime]
) -> None:
    """Until cancelled; then what is on its way is finished. Several processes may do it at once."""

    def served() -> Catalogue:
        return parts.book().catalogue

    worker = Worker(engine, handlers_of(engine, parts, clock), parts.metrics, clock)
    alerting = keep_alerting(KeptDates(engine), Jobs(engine), served, clock)
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.work())
        group.create_task(alerting)


def handlers_of(
    engine: AsyncEngine, parts: Correspondence, clock: Callable[[], datetime]
) -> dict[str, Handler]:
    posting = Posting(KeptDates(engine), parts.sealing, parts.messenger)

    def reminder(kept: KeptDate, days_left: int) -> Page | None:
        return parts.letters.reminder(parts.book(), kept, days_left)

    def recomputed(kept: KeptDate, answers: Answers) -> date | None:
        return parts.letters.recomputed(parts.book(), kept, answers)

    def changed(kept: KeptDate, day: date | None) -> Page | None:
        return parts.letters.changed(parts.book(), kept, day)

    alerts = FactAlerts(
        posting, lambda: written_values(parts.book().catalogue), recomputed, changed, clock
    )
    return {
        REMINDER: Reminders(posting, reminder, clock).remind,
        FACT_CHANGED: alerts.alert,
    }
