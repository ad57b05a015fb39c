"""A crash between the two stores leaves an update that can be repeated, and no later turn is undone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from db.engine import make_engine
from db.redis_client import make_redis
from db.redis_turns import RedisTurns
from db.turn import StateChange
from db.turns import LoadedTurn, Seen, SqlTurns
from tests.db.test_turns import MEMO, MENU, finished


@dataclass(frozen=True, slots=True)
class Both:
    sql: SqlTurns
    redis: Redis
    turns: RedisTurns


@pytest.fixture
async def both(sqlite_url: str, redis_url: str) -> AsyncIterator[Both]:
    engine = make_engine(sqlite_url)
    sql = SqlTurns(engine)
    redis = make_redis(redis_url)
    yield Both(sql, redis, RedisTurns(sql, redis, ttl_days=30))
    await redis.aclose()
    await sql.close()
    await engine.dispose()


async def test_the_state_is_in_redis_and_the_update_in_sql(both: Both) -> None:
    await both.turns.commit(finished(1, before=None, after=MENU))

    assert await both.sql.load("a1b2", "telegram", 1) == LoadedTurn(None, Seen.UNSENT, None)
    assert await both.redis.keys() == [b"joldosh:conversation:a1b2"]


async def test_a_conversation_is_forgotten_after_its_days(both: Both) -> None:
    await both.turns.commit(finished(1))

    assert 29 * 86400 < await both.redis.ttl("joldosh:conversation:a1b2") <= 30 * 86400


async def test_forgetting_deletes_from_redis_and_what_sql_held_before(both: Both) -> None:
    await both.sql.commit(finished(1, after=MENU))
    await both.turns.commit(finished(2, after=MENU))

    await both.turns.commit(finished(3, before=MENU, forget=True))

    assert await both.redis.keys() == []
    assert (await both.sql.load("a1b2", "telegram", 4)).state is None


async def test_a_crash_before_the_state_is_mended_by_the_second_delivery(both: Both) -> None:
    await both.turns.commit(finished(1, after=MENU))
    turn = finished(2, before=MENU, after=MEMO)
    await both.sql.record(turn, StateChange.LEAVE)  # ... and the process dies

    again = await both.turns.load("a1b2", "telegram", 2)
    assert again == LoadedTurn(state=MENU, seen=Seen.UNSENT, before=MENU)
    await both.turns.commit(turn)

    assert await both.turns.load("a1b2", "telegram", 2) == LoadedTurn(MEMO, Seen.UNSENT, MENU)


async def test_a_crash_before_forgetting_is_mended_by_the_second_delivery(both: Both) -> None:
    await both.turns.commit(finished(1, after=MENU))
    turn = finished(2, before=MENU, forget=True)
    await both.sql.record(turn, StateChange.DELETE)

    await both.turns.commit(turn)

    assert await both.redis.keys() == []


async def test_a_late_second_delivery_does_not_undo_a_later_turn(both: Both) -> None:
    late = finished(1, before=None, after=MENU)
    await both.turns.commit(late)
    await both.turns.commit(finished(2, before=MENU, after=MEMO))

    await both.turns.commit(late)

    assert (await both.turns.load("a1b2", "telegram", 3)).state == MEMO


async def test_an_emptied_redis_forgets_and_goes_on(both: Both) -> None:
    await both.turns.commit(finished(1, after=MENU))
    await both.redis.flushall()

    assert await both.turns.load("a1b2", "telegram", 2) == LoadedTurn(None, Seen.NEW, None)
    await both.turns.commit(finished(2, before=None, after=MEMO))

    assert (await both.turns.load("a1b2", "telegram", 3)).state == MEMO
