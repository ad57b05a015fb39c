"""Turns in SQLite. One thread owns one connection, so that writers queue instead of failing with
"database is locked", and a turn visits the thread three times instead of twenty.

It must not know what a state means.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import SQLITE_PRAGMAS, to_json
from db.turn import FinishedTurn, LoadedTurn, StateChange, seen_from

T = TypeVar("T")

_LOAD = """
SELECT conversation.state, handled_update.sent, handled_update.before
FROM (SELECT 1)
LEFT JOIN conversation ON conversation.person = ?
LEFT JOIN handled_update ON handled_update.door = ? AND handled_update.update_id = ?
"""
_HANDLED = """
INSERT INTO handled_update (door, update_id, before, sent, at) VALUES (?, ?, ?, FALSE, ?)
ON CONFLICT DO NOTHING
"""
_SAVE = """
INSERT INTO conversation (person, state, touched) VALUES (?, ?, ?)
ON CONFLICT (person) DO UPDATE SET state = excluded.state, touched = excluded.touched
"""
_DELETE = "DELETE FROM conversation WHERE person = ?"
_USAGE = """
INSERT INTO usage_event (hour, kind, lang, citizenship, subject) VALUES (?, ?, ?, ?, ?)
"""
_SENT = "UPDATE handled_update SET sent = TRUE, before = NULL WHERE door = ? AND update_id = ?"


class SqliteTurnStore:
    silence = (sqlite3.OperationalError,)

    def __init__(self, engine: AsyncEngine) -> None:
        self._path = engine.url.database or ""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-turns")
        self._opened: sqlite3.Connection | None = None

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        return await self._visit(lambda connection: _load(connection, person, door, update_id))

    async def record(self, turn: FinishedTurn, change: StateChange) -> bool:
        return await self._visit(lambda connection: _record(connection, turn, change))

    async def sent(self, door: str, update_id: int) -> None:
        await self._visit(lambda connection: _sent(connection, door, update_id))

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    async def _visit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """A visit that has begun runs to its end, whatever becomes of the task that asked for it."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work)

    def _work(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._opened is None:
            self._opened = _open(self._path)
        return work(self._opened)

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def _open(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    return connection


def _load(connection: sqlite3.Connection, person: str, door: str, update_id: int) -> LoadedTurn:
    state, sent, before = connection.execute(_LOAD, (person, door, update_id)).fetchone()
    return LoadedTurn(
        state=None if state is None else json.loads(state),
        seen=seen_from(sent),
        before=None if before is None else json.loads(before),
    )


def _record(connection: sqlite3.Connection, turn: FinishedTurn, change: StateChange) -> bool:
    before = None if turn.before is None else to_json(turn.before)
    with connection:
        handled = connection.execute(
            _HANDLED, (turn.door, turn.update_id, before, _written(turn.at))
        )
        if handled.rowcount == 0:
            return False
        match change:
            case StateChange.SAVE:
                touched = turn.at.astimezone(UTC).date().isoformat()
                connection.execute(_SAVE, (turn.person, to_json(turn.after), touched))
            case StateChange.DELETE:
                connection.execute(_DELETE, (turn.person,))
            case StateChange.LEAVE:
                pass
        hour = _written(turn.hour)
        connection.executemany(
            _USAGE,
            [(hour, row.kind, row.lang, row.citizenship, row.subject) for row in turn.usage],
        )
    return True


def _sent(connection: sqlite3.Connection, door: str, update_id: int) -> None:
    with connection:
        connection.execute(_SENT, (door, update_id))


def _written(moment: datetime) -> str:
    """As SQLAlchemy writes a moment into SQLite, so that its queries find it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
