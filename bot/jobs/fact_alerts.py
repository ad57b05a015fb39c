"""Tells persons when a fact behind a date that they keep has changed: exactly those whose date was worked out with another value.
How a date is worked out and what is said comes from the conversation.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from bot.conversation.date_keeping import move_date
from bot.conversation.replies import Page
from bot.guide.catalogue import Catalogue
from bot.guide.fact_values import written_values
from bot.jobs.posting import Posting
from bot.jobs.queue import Over, Result, Wait
from db.errors import StoreUnavailable
from db.jobs import Job, Jobs, NewJob
from db.kept_date import KeptDate
from db.kept_dates import KeptDates

log = structlog.get_logger(__name__)

FACT_CHANGED = "fact-changed"

Answers = Mapping[str, str]
Recomputing = Callable[[KeptDate, Answers], date | None]
"""The day by the facts of today; None when it cannot be told any more."""
Telling = Callable[[KeptDate, date | None], Page | None]
"""What to say of a date, which has its old day still, and the new one."""
Values = Callable[[], Mapping[str, str]]
"""The facts of today, in writing, by id."""

_EVERY_SECONDS = 30.0
_BATCH = 500


@dataclass(frozen=True, slots=True)
class FactAlerts:
    posting: Posting
    values: Values
    recomputing: Recomputing
    telling: Telling
    clock: Callable[[], datetime]

    async def alert(self, job: Job) -> Result:
        """Told first and moved after that: who is not told yet still has the old values, and is told again."""
        kept = await self.posting.dates.get(str(job.payload["date"]))
        if kept is None or kept.is_settled:
            return Over("gone")
        facts = {**kept.facts, **_changed(kept, self.values())}
        if facts == kept.facts:
            return Over("told-before")
        contents = await self.posting.contents(kept)
        if contents is None:
            return Over("not-opened")
        day = self.recomputing(kept, contents.answers)
        page = self.telling(kept, day) if day != kept.day else None
        result: Result = Over("same-day")
        if page is not None:
            result = await self.posting.send(kept, contents, page)
        if not isinstance(result, Wait):
            moved = move_date(kept, day or kept.day, self.clock(), facts)
            await self.posting.dates.move(moved)
        return result


async def enqueue_alerts(
    dates: KeptDates, jobs: Jobs, values: Mapping[str, str], now: datetime
) -> int:
    """A job for each date and fact whose value is another today; how many dates there were."""
    found, waiting = 0, list[NewJob]()
    async for kept in dates.worked_out():
        changed = _changed(kept, values)
        found += bool(changed)
        waiting.extend(
            NewJob(
                FACT_CHANGED,
                f"{FACT_CHANGED}:{kept.id}:{fact}:{value}",
                now,
                {"date": kept.id},
                subject=kept.id,
            )
            for fact, value in changed.items()
        )
        if len(waiting) >= _BATCH:
            await jobs.enqueue(waiting)
            waiting.clear()
    await jobs.enqueue(waiting)
    return found


async def keep_alerting(
    dates: KeptDates,
    jobs: Jobs,
    served: Callable[[], Catalogue],
    clock: Callable[[], datetime],
) -> None:
    """Once for each edition and day that is served, until cancelled. Several processes may do it at once. A day on which an
    older process still serves another edition is made good by the next.
    """
    seen: tuple[str, date] | None = None
    while True:
        catalogue = served()
        if (mark := (catalogue.edition, catalogue.day)) != seen:
            try:
                if found := await enqueue_alerts(dates, jobs, written_values(catalogue), clock()):
                    log.info("dates.outdated", dates=found)
                seen = mark
            except StoreUnavailable as trouble:
                log.warning("alerts.postponed", reason=str(trouble))
        await asyncio.sleep(_EVERY_SECONDS)


def _changed(kept: KeptDate, values: Mapping[str, str]) -> dict[str, str]:
    """Facts of the date that say something else today. One that is gone from the guide says nothing."""
    return {
        fact: values[fact]
        for fact, value in kept.facts.items()
        if fact in values and values[fact] != value
    }
