"""The hot path: what every update reads before its step and writes after it.

Three visits a turn: `load`, `commit`, and `sent` once the door has taken the answer. It must not know
what a state means, and nothing slow belongs here.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from db.errors import answering
from db.postgres_turns import PostgresTurnStore
from db.sqlite_turns import SqliteTurnStore
from db.turn import FinishedTurn, LoadedTurn, Seen, StateChange, TurnStore
from db.usage import UsageRow

__all__ = ["FinishedTurn", "LoadedTurn", "Seen", "SqlTurns", "Turns", "UsageRow"]


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
    """Turns in the engine's database, over connections of its own: `close` them with the engine.

    The engine's connections are not used, because SQLAlchemy's asyncio bridge costs more than
    the work itself: a turn in SQLite takes 0.25 ms of processor here, 1.2 to 3 ms there.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._store: TurnStore = (
            SqliteTurnStore(engine)
            if engine.dialect.name == "sqlite"
            else PostgresTurnStore(engine)
        )

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        with self._answering():
            return await self._store.load(person, door, update_id)

    async def commit(self, turn: FinishedTurn) -> None:
        await self.record(turn, StateChange.DELETE if turn.forgets else StateChange.SAVE)

    async def record(self, turn: FinishedTurn, change: StateChange) -> bool:
        """`commit` for a store that keeps the state itself. False when the update was known."""
        with self._answering():
            return await self._store.record(turn, change)

    async def sent(self, door: str, update_id: int) -> None:
        with self._answering():
            await self._store.sent(door, update_id)

    async def close(self) -> None:
        await self._store.close()

    def _answering(self) -> AbstractContextManager[None]:
        return answering("The database", *self._store.silence)
