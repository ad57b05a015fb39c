"""Closing a day: its salt goes, and with it who was counted; groups of few persons lose what sets them apart. For ever.

It must not count anything anew: what a day had it still has afterwards, told less finely. All that is shown by language
or citizenship is of closed days, so whatever is taken from whatever, no group of fewer than `SMALLEST_GROUP` persons
comes out.
"""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import Table, delete, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.counted import ZONE, Group, counted_day, folded
from db.errors import SQL_SILENCE, answering
from db.models import (
    CountedDay,
    PersonOfDay,
    PersonsDay,
    UsageDay,
    UsageEvent,
    UsageSubjectDay,
)
from db.upsert import adding, table_of
from db.usage import Days

# A turn that began before midnight is committed by then, also on a machine whose clock is late.
_AFTER_MIDNIGHT = timedelta(hours=1)


async def close_days(engine: AsyncEngine, now: datetime) -> int:
    """Close every open day that ended an hour ago or earlier, each in one transaction; how many.

    Several processes may do it at once. Raises `StoreUnavailable`.
    """
    today = counted_day(now - _AFTER_MIDNIGHT)
    is_open = CountedDay.salt.is_not(None) & (CountedDay.day < today)
    with answering("The database", *SQL_SILENCE):
        async with engine.connect() as connection:
            days = (await connection.scalars(select(CountedDay.day).where(is_open))).all()
        closed = 0
        for day in sorted(days):
            async with engine.begin() as connection:
                closed += await _close(connection, day)
        if closed:
            await _wipe(engine)
    return closed


async def _close(connection: AsyncConnection, day: date) -> bool:
    """False when another process was first."""
    if connection.dialect.name == "sqlite":
        await connection.execute(text("PRAGMA secure_delete = ON"))  # zeros where the salt was
    is_day = CountedDay.day == day
    opened = update(CountedDay).where(is_day, CountedDay.salt.is_not(None)).values(salt=None)
    if not (await connection.execute(opened)).rowcount:
        return False
    await connection.execute(delete(PersonOfDay).where(PersonOfDay.day == day))
    for group, told in folded(await _groups(connection, day)).items():
        if told != group:
            await _tell_as(connection, day, group, told)
    return True


async def _groups(connection: AsyncConnection, day: date) -> Counter[Group]:
    """How many persons each group of the day had. One that has events and no person is somebody who chose anew."""
    persons = select(PersonsDay.lang, PersonsDay.citizenship, PersonsDay.count)
    used = select(UsageDay.lang, UsageDay.citizenship).distinct()
    groups: Counter[Group] = Counter()
    for lang, citizenship in await connection.execute(used.where(UsageDay.day == day)):
        groups[lang, citizenship] = 0
    for lang, citizenship, count in await connection.execute(persons.where(PersonsDay.day == day)):
        groups[lang, citizenship] = count
    return groups


async def _tell_as(connection: AsyncConnection, day: date, group: Group, told: Group) -> None:
    for model in (PersonsDay, UsageDay, UsageSubjectDay):
        await _move(connection, table_of(model), day, group, told)
    within = Days(day, day, ZONE)
    lang, citizenship = (of or None for of in group)
    events = update(UsageEvent).where(
        UsageEvent.hour >= within.start,
        UsageEvent.hour < within.end,
        UsageEvent.lang.is_not_distinct_from(lang),
        UsageEvent.citizenship.is_not_distinct_from(citizenship),
    )
    await connection.execute(events.values(lang=told[0] or None, citizenship=told[1] or None))


async def _move(
    connection: AsyncConnection, table: Table, day: date, group: Group, told: Group
) -> None:
    """Add the rows of one group of a day to those of another."""
    is_group = (
        (table.c.day == day) & (table.c.lang == group[0]) & (table.c.citizenship == group[1])
    )
    as_told = {"lang": literal(told[0]), "citizenship": literal(told[1])}
    names = [column.name for column in table.columns]
    rows = select(*(as_told.get(name, table.c[name]) for name in names)).where(is_group)
    await connection.execute(adding(connection.dialect.name, table).from_select(names, rows))
    await connection.execute(delete(table).where(is_group))


async def _wipe(engine: AsyncEngine) -> None:
    """Take the salts also from where the database keeps what was deleted. Its log and its backups are the operator's."""
    if engine.dialect.name == "sqlite":
        wipe = "PRAGMA wal_checkpoint(TRUNCATE)"
    else:
        wipe = "VACUUM (FULL) counted_day"
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(wipe))
