"""Publishes drafts on the day that was set for them, by the clock. What cannot be published then waits for somebody."""

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import assert_never

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.editorial.day import MOSCOW, day_of
from bot.editorial.publishing.outcomes import Clash, NothingToDo, Refused
from bot.errors import PublishingUnavailable
from bot.press import Elsewhere, Outcome, Press, Printed
from db.audit import AuditLog
from db.drafts import Draft
from db.errors import StoreUnavailable
from db.publications import Publications

log = structlog.get_logger(__name__)

_EVERY_SECONDS = 30.0


async def keep_publishing(
    engine: AsyncEngine, press: Press, clock: Callable[[], datetime]
) -> None:
    """Publish what is due, now and at the start of every day in Moscow, until cancelled. Several processes may do it at
    once: each draft is published by one.
    """
    while True:
        try:
            await publish_what_is_due(engine, press, clock)
        except (StoreUnavailable, PublishingUnavailable) as trouble:
            log.warning("publishing.postponed", reason=str(trouble))
        except Exception:  # the boundary of this job: a damaged repository must not end the bot
            log.exception("publishing.failed")
        await asyncio.sleep(min(_EVERY_SECONDS, _until_midnight(clock())))


async def publish_what_is_due(
    engine: AsyncEngine, press: Press, clock: Callable[[], datetime]
) -> None:
    """Once: also note what somebody published who was killed before noting it. Raises as `Press.publish`."""
    publications = Publications(engine)
    for draft in await publications.claimed():
        await press.catch_up(draft, clock())
    for draft in await publications.due(day_of(clock())):
        # When the folder cannot be written, later ones would fail as well, and they keep their order.
        outcome = await press.publish(draft.id, draft.scheduled_by or draft.staff_name, clock())
        if held := _why_held(outcome):
            await _hold(engine, draft, held, clock())


async def _hold(engine: AsyncEngine, draft: Draft, held: str, now: datetime) -> None:
    if await Publications(engine).hold(draft.id, held, now):
        log.warning("draft.held", draft=draft.id, reason=held)
        by = draft.scheduled_by or draft.staff_name
        await AuditLog(engine).add(by, f"draft-held-{held}", draft.subject, now=now)


def _why_held(outcome: Outcome) -> str | None:
    match outcome:
        case Printed() | Elsewhere():
            return None
        case Clash():
            return "clash"
        case Refused():
            return "errors"
        case NothingToDo():
            return "same"
        case _:
            assert_never(outcome)


def _until_midnight(now: datetime) -> float:
    """Seconds until the next day begins in Moscow; at least one."""
    tomorrow = datetime.combine(day_of(now) + timedelta(days=1), time(), MOSCOW)
    return max(1.0, (tomorrow - now).total_seconds())
