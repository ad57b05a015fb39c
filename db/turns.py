"""The hot path: what every update reads before its step and writes after it.

Three visits a turn: `load`, `commit`, and `sent` once the door has taken the answer. It must not know
what a state means, and nothing slow belongs here.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_threaded_engine
from db.errors import SQL_SILENCE, answering
from db.turn import FinishedTurn, LoadedTurn, Seen, StateChange
from db.turn_statements import TurnStatements
from db.unanswered import UnansweredRow
from db.usage import UsageRow

__all__ = [
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

    async def sent(self, door: str, update_id: int) -> None:
        """The answer has left: the update need not be repeated any more."""


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

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        return await self._visit(
            partial(self._statements.load, person=person, door=door, update_id=update_id)
        )

    async def commit(self, turn: FinishedTurn) -> None:
        await self.record(turn, StateChange.DELETE if turn.forgets else StateChange.SAVE)

    async def record(self, turn: FinishedTurn, change: StateChange) -> bool:
        """`commit` for a store that keeps the state itself. False when the update was known."""
        return await self._visit(partial(self._statements.record, turn=turn, change=change))

    async def sent(self, door: str, update_id: int) -> None:
        await self._visit(partial(self._statements.sent, door=door, update_id=update_id))

    async def close(self) -> None:
        """Wait for visits under way and give the connections back."""
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _visit(self, work: Callable[[Connection], T]) -> T:
        """A visit that has begun runs to its end, whatever becomes of the task that asked for it."""
        with answering("The database", *SQL_SILENCE):
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, self._work, work
            )

    def _work(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)
