"""Turns whose state is kept in Redis; handled updates, usage and unanswered questions stay in SQL.

It must not write the state first. The order is: the handled update with the state before it, then the
state. Whatever breaks in between, the update comes again and is repeated from that earlier state.
"""

import json
from datetime import datetime, timedelta

from redis.asyncio import Redis

from db.engine import to_json
from db.redis_client import redis_answering
from db.turn import Answered, FinishedTurn, LoadedTurn, StateChange
from db.turns import SqlTurns


class RedisTurns:
    """A conversation is forgotten `ttl_days` after its last turn."""

    def __init__(self, sql: SqlTurns, redis: Redis, ttl_days: int) -> None:
        self._sql = sql
        self._redis = redis
        self._ttl = timedelta(days=ttl_days)

    async def load(self, person: str, door: str, update_id: int) -> LoadedTurn:
        handled = await self._sql.load(person, door, update_id)
        return LoadedTurn(await self._state(person), handled.seen, handled.before)

    async def commit(self, turn: FinishedTurn) -> None:
        # Forgetting also deletes what SQL may still hold from the time before there was Redis.
        change = StateChange.DELETE if turn.forgets else StateChange.LEAVE
        is_first = await self._sql.record(turn, change)
        # A repeated turn writes only what its first try could not: once a later turn of the person
        # has moved the state on, it stays.
        if is_first or await self._state(turn.person) == turn.before:
            await self._keep(turn)

    async def sent(self, door: str, update_id: int, answered: Answered | None = None) -> None:
        await self._sql.sent(door, update_id, answered)

    def failed(self, kind: str, at: datetime) -> None:
        self._sql.failed(kind, at)

    async def _state(self, person: str) -> object | None:
        with redis_answering():
            stored = await self._redis.get(_key(person))
        return None if stored is None else json.loads(stored)

    async def _keep(self, turn: FinishedTurn) -> None:
        with redis_answering():
            if turn.forgets:
                await self._redis.delete(_key(turn.person))
            else:
                await self._redis.set(_key(turn.person), to_json(turn.after), ex=self._ttl)


def _key(person: str) -> str:
    return f"joldosh:conversation:{person}"
