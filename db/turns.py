"""The hot path: what every update reads before its step and writes after it.

Three visits a turn: `load`, `commit`, and `sent` once the door has taken the answer. It must not know
what a state means, and nothing slow belongs here.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from db.counted import counted_day
from db.day_counts import Failure
from db.engine import make_threaded_engine
from db.errors import SQL_SILENCE, answering
from db.turn import Answered, FinishedTurn, LoadedTurn, Seen, StateChange
from db.turn_statements import TurnStatements
from db.unanswered import UnansweredRow
from db.usage import UsageRow

__all__ = [
    "Answered",
    "FinishedTurn",
    "LoadedTurn",
    "Seen",
    "SqlTurns",
    "Turns",
    "UnansweredRow",
    "UsageRow",
]

# SQLite has one writer at a time: one thread makes writers queue instead of failing with "database is locked".
_SQLITE_THREADS = 1
_POSTGRES_THREADS = 10

T = TypeVar("T")


class Turns(Protocol):
    """Every method raises `StoreUnavailable` when the store does not answer."""

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        """What is remembered of the person, and whether this update was handled before."""

    async def commit(self, turn: FinishedTurn) -> None:
        """Keep everything the turn changed, or nothing. An update that was committed before, here or
        elsewhere, changes nothing.
        """

    async def sent(self, door: str, update_id: int, answered: Answered | None = None) -> None:
        """The answer has left: the update need not be repeated any more. How long it took is counted."""

    def failed(self, kind: str, at: datetime) -> None:
        """An update could not be answered. It is written with the next turn that can be: often what failed is
        the store.
        """


class SqlTurns:
    """Turns in the engine's database, in threads of their own: `close` them before the engine is disposed of.

    A visit is one transaction in one thread. Through SQLAlchemy's asyncio bridge every statement, begin and commit
    is a switch of its own, and a turn took five times the processor time (ADR 7).
    """

    def __init__(self, engine: AsyncEngine) -> None:
        is_sqlite = engine.dialect.name == "sqlite"
        threads = _SQLITE_THREADS if is_sqlite else _POSTGRES_THREADS
        self._engine = make_threaded_engine(engine, threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="turns")
        self._statements = TurnStatements(self._engine.dialect.name)
        self._failures: deque[Failure] = deque()
        self._salt_of: tuple[date | None, bytes | None] = (None, None)

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        work = partial(self._statements.load, person=person, door=door, update_id=update_id)
        return await self._visit(partial(self._read, work))

    async def commit(self, turn: FinishedTurn) -> None:
        await self.record(turn, StateChange.DELETE if turn.forgets else StateChange.SAVE)

    async def record(self, turn: FinishedTurn, change: StateChange) -> bool:
        """`commit` for a store that keeps the state itself. False when the update was known."""
        return await self._visit(partial(self._record, turn, change))

    async def sent(self, door: str, update_id: int, answered: Answered | None = None) -> None:
        work = partial(self._statements.sent, door=door, update_id=update_id, answered=answered)
        await self._visit(partial(self._write, work))

    def failed(self, kind: str, at: datetime) -> None:
        self._failures.append((counted_day(at), kind))

    async def close(self) -> None:
        """Wait for visits under way and give the connections back."""
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _visit(self, visit: Callable[[], T]) -> T:
        """A visit that has begun runs to its end, whatever becomes of the task that asked for it."""
        with answering("The database", *SQL_SILENCE):
            return await asyncio.get_running_loop().run_in_executor(self._threads, visit)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)

    def _write(self, work: Callable[[Connection], T]) -> T:
        """The work, and the failures that wait to be counted."""
        failures = [self._failures.popleft() for _ in range(len(self._failures))]
        try:
            with self._engine.begin() as connection:
                done = work(connection)
                self._statements.failed(connection, failures=failures)
            return done
        except BaseException:
            self._failures.extend(failures)
            raise

    def _record(self, turn: FinishedTurn, change: StateChange) -> bool:
        salt = self._salt(turn.counted_day)
        return self._write(partial(self._statements.record, turn=turn, change=change, salt=salt))

    def _salt(self, day: date) -> bytes | None:
        """That of the day. Only of one day is it remembered: nothing of yesterday's stays in memory."""
        known, salt = self._salt_of
        if known != day:
            salt = self._read(partial(self._statements.counts.salt, day=day))
            self._salt_of = (day, salt)
        return salt
