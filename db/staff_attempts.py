"""Slowing down who guesses: how often a sign-in failed lately, by keyed hashes. It must not know whose they are.

An attempt counts as failed from the moment it begins until it has succeeded, so that many at once are no way round.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import StaffAttempt

FORGOTTEN = timedelta(days=1)

_INSERTS: dict[str, Callable[[Any], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@dataclass(frozen=True, slots=True)
class Pace:
    """After `free` failures each next attempt waits twice as long as the one before, from a second up to `longest`."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta()
        # 2 ** 20 seconds are twelve days: longer than any `longest`.
        return min(timedelta(seconds=2 ** min(failures - self.free, 20)), self.longest)


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that is counted; `key` is a keyed hash that the caller makes."""

    key: str
    pace: Pace


class Attempts:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(self, watched: Sequence[Watched], now: datetime) -> timedelta | None:
        """Count an attempt under all of these, and None; or how long to wait, and nothing is counted."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                # In one order everywhere: two attempts that lock each other's rows would wait for ever.
                waits = [
                    await _wait(connection, one, now)
                    for one in sorted(watched, key=lambda one: one.key)
                ]
                longest = max(waits, default=timedelta())
                if longest > timedelta():
                    await connection.rollback()
                    return longest
                await connection.execute(
                    update(StaffAttempt)
                    .where(StaffAttempt.key.in_([one.key for one in watched]))
                    .values(failures=StaffAttempt.failures + 1, last=now)
                )
                await connection.commit()
                return None

    async def succeeded(self, *, forgotten: Sequence[str], taken_back: Sequence[str] = ()) -> None:
        """It was right: forget the failures of some keys, and take back this attempt alone from others."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.execute(
                    delete(StaffAttempt).where(StaffAttempt.key.in_(forgotten))
                )
                await connection.execute(
                    update(StaffAttempt)
                    .where(StaffAttempt.key.in_(taken_back), StaffAttempt.failures > 0)
                    .values(failures=StaffAttempt.failures - 1)
                )


async def _wait(connection: AsyncConnection, one: Watched, now: datetime) -> timedelta:
    """How long this key has yet to wait. Its row is there and locked after it."""
    table = StaffAttempt.__table__
    assert isinstance(table, Table)
    insert = _INSERTS[connection.dialect.name](table).values(key=one.key, failures=0, last=now)
    remembered = case((table.c.last < now - FORGOTTEN, 0), else_=table.c.failures)
    row = (
        await connection.execute(
            insert.on_conflict_do_update(
                index_elements=[table.c.key], set_={"failures": remembered}
            ).returning(table.c.failures, table.c.last)
        )
    ).one()
    ends: datetime = row.last + one.pace.wait(row.failures)
    return max(ends - now, timedelta())
