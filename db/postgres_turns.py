"""Turns in PostgreSQL: one statement, one round trip and so one transaction a visit.

It must not know what a state means.
"""

import asyncio
from datetime import UTC
from typing import Any, LiteralString

import psycopg
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import POSTGRES_ARGUMENTS, to_json
from db.turn import FinishedTurn, LoadedTurn, StateChange, seen_from

CONNECTIONS = 10
ANSWER_SECONDS = 10

_LOAD: LiteralString = """
SELECT conversation.state, handled_update.sent, handled_update.before
FROM (SELECT 1) AS nothing
LEFT JOIN conversation ON conversation.person = %(person)s
LEFT JOIN handled_update
    ON handled_update.door = %(door)s AND handled_update.update_id = %(update_id)s
"""
# Everything else hangs on the row of `fresh`: it is there for the first of two deliveries only.
_HANDLED: LiteralString = """
WITH fresh AS (
    INSERT INTO handled_update (door, update_id, before, sent, at)
    VALUES (%(door)s, %(update_id)s, %(before)s::json, FALSE, %(at)s)
    ON CONFLICT DO NOTHING
    RETURNING 1
), used AS (
    INSERT INTO usage_event (hour, kind, lang, citizenship, subject)
    SELECT %(hour)s, noted.kind, noted.lang, noted.citizenship, noted.subject
    FROM fresh CROSS JOIN json_to_recordset(%(usage)s::json)
        AS noted (kind text, lang text, citizenship text, subject text)
)
"""
_SAVE: LiteralString = """
, kept AS (
    INSERT INTO conversation (person, state, touched)
    SELECT %(person)s::text, %(after)s::json, %(touched)s::date FROM fresh
    ON CONFLICT (person) DO UPDATE SET state = excluded.state, touched = excluded.touched
)
"""
_DELETE: LiteralString = """
, kept AS (
    DELETE FROM conversation USING fresh WHERE conversation.person = %(person)s
)
"""
_IS_FRESH: LiteralString = "SELECT count(*) FROM fresh"
_RECORD = {
    StateChange.SAVE: _HANDLED + _SAVE + _IS_FRESH,
    StateChange.DELETE: _HANDLED + _DELETE + _IS_FRESH,
    StateChange.LEAVE: _HANDLED + _IS_FRESH,
}
_SENT: LiteralString = """
UPDATE handled_update SET sent = TRUE, before = NULL
WHERE door = %(door)s AND update_id = %(update_id)s
"""


class PostgresTurnStore:
    silence = (psycopg.OperationalError, psycopg.InterfaceError)

    def __init__(self, engine: AsyncEngine) -> None:
        _, address = engine.dialect.create_connect_args(engine.url)
        self._arguments: dict[str, Any] = {**POSTGRES_ARGUMENTS, **address, "autocommit": True}
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._idle: list[psycopg.AsyncConnection[tuple[Any, ...]]] = []

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        state, sent, before = await self._ask(
            _LOAD, {"person": person, "door": door, "update_id": update_id}
        )
        return LoadedTurn(state=state, seen=seen_from(sent), before=before)

    async def record(self, turn: FinishedTurn, change: StateChange) -> bool:
        usage = [
            {
                "kind": row.kind,
                "lang": row.lang,
                "citizenship": row.citizenship,
                "subject": row.subject,
            }
            for row in turn.usage
        ]
        (fresh,) = await self._ask(
            _RECORD[change],
            {
                "door": turn.door,
                "update_id": turn.update_id,
                "before": None if turn.before is None else to_json(turn.before),
                "at": turn.at,
                "hour": turn.hour,
                "usage": to_json(usage),
                "person": turn.person,
                "after": to_json(turn.after),
                "touched": turn.at.astimezone(UTC).date(),
            },
        )
        return bool(fresh)

    async def sent(self, door: str, update_id: int) -> None:
        await self._ask(_SENT, {"door": door, "update_id": update_id})

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def _ask(self, statement: LiteralString, values: dict[str, Any]) -> tuple[Any, ...]:
        """The only row of the answer, or an empty tuple."""
        async with asyncio.timeout(ANSWER_SECONDS), self._room:
            connection = self._idle.pop() if self._idle else await self._connect()
            try:
                cursor = await connection.execute(statement, values)
                row = await cursor.fetchone() if cursor.description else None
            except BaseException:
                # After a restart of the server the idle ones are as dead as this one. After a
                # cancellation nobody knows what the connection still has to say.
                await connection.close()
                await self.close()
                raise
            self._idle.append(connection)
        return row or ()

    async def _connect(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        return await psycopg.AsyncConnection.connect(**self._arguments)
