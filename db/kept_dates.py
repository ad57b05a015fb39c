"""Dates that persons keep, and what becomes of them. It must not know what a date means, nor who the person is.

What a person does with their dates is part of their turn (`change`, on the turn's connection); the rest is for jobs.
"""

from collections.abc import AsyncIterator, Iterable
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import single_statements
from db.errors import SQL_SILENCE, answering
from db.jobs import drop, enqueue
from db.kept_date import (
    DateChange,
    DeleteDate,
    KeepDate,
    KeptDate,
    MoveDate,
    RemindAgain,
    SettleDate,
    reminder_jobs,
)
from db.models import KeptDateRow
from db.upsert import table_of

PAGE_ROWS = 500

_TABLE = table_of(KeptDateRow)
_COLUMNS = tuple(KeptDate.__dataclass_fields__)


def keep(connection: Connection, kept: Iterable[KeepDate]) -> None:
    for one in kept:
        row = {name: getattr(one.date, name) for name in _COLUMNS}
        row["facts"] = dict(one.date.facts)
        _delete(
            connection,
            KeptDateRow.person == one.date.person,
            KeptDateRow.flow == one.date.flow,
            KeptDateRow.name == one.date.name,
        )
        connection.execute(insert(_TABLE).values(row))
        enqueue(connection, reminder_jobs(one.date.id, one.date.day, one.reminders))


def change(connection: Connection, person: str, changes: Iterable[DateChange]) -> None:
    """What this person does with dates of their own; those of others, and those that are gone, stay as they are."""
    for one in changes:
        mine = (KeptDateRow.id == one.id, KeptDateRow.person == person)
        match one:
            case DeleteDate():
                _delete(connection, *mine)
            case SettleDate():
                if _update(connection, mine, is_settled=True):
                    drop(connection, [one.id])
            case MoveDate():
                _move(connection, one, *mine)
            case RemindAgain():
                if connection.execute(select(KeptDateRow.id).where(*mine)).first():
                    enqueue(connection, reminder_jobs(one.id, one.day, (one.reminder,)))
            case _:
                assert_never(one)


def delete_of_person(connection: Connection, person: str) -> None:
    """All that they keep, with its jobs."""
    _delete(connection, KeptDateRow.person == person)


class KeptDates:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._single = single_statements(engine)

    async def get(self, date_id: str) -> KeptDate | None:
        found = await self._read(KeptDateRow.id == date_id)
        return found[0] if found else None

    async def of_person(self, person: str) -> tuple[KeptDate, ...]:
        """The next one first."""
        return await self._read(KeptDateRow.person == person)

    async def worked_out(self) -> AsyncIterator[KeptDate]:
        """All that rest on facts, but those that are settled. Read a page at a time."""
        wanted = KeptDateRow.is_settled.is_(False)
        page = await self._read(wanted, by_id=True)
        while page:
            for one in page:
                if one.facts:
                    yield one
            page = await self._read(wanted, KeptDateRow.id > page[-1].id, by_id=True)

    async def move(self, moved: MoveDate) -> None:
        """By its rule, not by the person. Nothing happens to a date that is gone."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.run_sync(_move, moved, KeptDateRow.id == moved.id)

    async def delete(self, date_id: str) -> None:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.run_sync(_delete, KeptDateRow.id == date_id)

    async def close(self, person: str) -> None:
        """They cannot be reached: all that they keep goes."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.run_sync(delete_of_person, person)

    async def _read(
        self, *wanted: ColumnElement[bool], by_id: bool = False
    ) -> tuple[KeptDate, ...]:
        columns = (_TABLE.c[name] for name in _COLUMNS)
        order = (_TABLE.c.id,) if by_id else (_TABLE.c.day, _TABLE.c.id)
        query = select(*columns).where(*wanted).order_by(*order)
        if by_id:
            query = query.limit(PAGE_ROWS)
        with answering("The database", *SQL_SILENCE):
            async with self._single.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(KeptDate(*row) for row in rows)


def _delete(connection: Connection, *wanted: ColumnElement[bool]) -> None:
    gone = connection.execute(delete(_TABLE).where(*wanted).returning(_TABLE.c.id))
    drop(connection, gone.scalars().all())


def _move(connection: Connection, moved: MoveDate, *wanted: ColumnElement[bool]) -> None:
    if _update(connection, wanted, day=moved.day, facts=dict(moved.facts), is_settled=False):
        drop(connection, [moved.id])
        enqueue(connection, reminder_jobs(moved.id, moved.day, moved.reminders))


def _update(connection: Connection, wanted: Iterable[ColumnElement[bool]], **values: Any) -> bool:
    return connection.execute(update(_TABLE).where(*wanted).values(**values)).rowcount == 1
