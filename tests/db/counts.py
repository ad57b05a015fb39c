"""Counts of days as a test reads them, and what they have to be: the events, counted."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.counted import Group, counted_day, group_of
from db.models import PersonsDay, UsageDay, UsageEvent, UsageSubjectDay

Counts = dict[tuple[Any, ...], int]


async def counts(engine: AsyncEngine, model: Any) -> Counts:
    """The rows of a table of counts by their key, in the order of its columns."""
    async with engine.connect() as connection:
        rows = (await connection.execute(select(*model.__table__.columns))).all()
    return {tuple(key): count for *key, count in rows}


async def persons(engine: AsyncEngine) -> dict[date, dict[Group, int]]:
    found: dict[date, dict[Group, int]] = {}
    for (day, *group), count in (await counts(engine, PersonsDay)).items():
        found.setdefault(day, {})[group[0], group[1]] = count
    return found


async def expect_counts_of_the_events(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        events = (await connection.execute(select(UsageEvent))).all()
    kinds: Counter[tuple[Any, ...]] = Counter()
    subjects: Counter[tuple[Any, ...]] = Counter()
    for event in events:
        day, group = counted_day(event.hour), group_of(event.lang, event.citizenship)
        kinds[(day, event.kind, *group)] += 1
        if event.subject is not None:
            subjects[(event.kind, day, event.subject, *group)] += 1
    assert await counts(engine, UsageDay) == kinds
    assert await counts(engine, UsageSubjectDay) == subjects
