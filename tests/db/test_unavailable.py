"""When a store does not answer, callers get one error, and the next update after its return succeeds."""

import asyncio
import sqlite3
import threading
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import make_engine
from db.errors import StoreUnavailable
from db.migrate import is_current
from db.redis_client import make_redis
from db.redis_turns import RedisTurns
from db.turns import Seen, SqlTurns, Turns
from tests.db.test_turns import MEMO, finished

NOBODY = "postgresql://joldosh:Geheim123@/joldosh?host=/nowhere"


@pytest.fixture(params=["sqlite", "postgres", "redis"])
async def silent(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str
) -> AsyncIterator[Turns]:
    """Turns over a database without tables, one that is not there, and a Redis that is not there."""
    addresses = {"sqlite": f"sqlite:///{tmp_path}/new.db", "postgres": NOBODY, "redis": sqlite_url}
    engine = make_engine(addresses[request.param])
    redis = make_redis("unix:///nowhere")
    sql = SqlTurns(engine)
    yield RedisTurns(sql, redis, ttl_days=30) if request.param == "redis" else sql
    await sql.close()
    await redis.aclose()
    await engine.dispose()


async def test_nothing_is_read_from_a_silent_store(silent: Turns) -> None:
    with pytest.raises(StoreUnavailable):
        await silent.load("a1b2", "telegram", 1)


async def test_nothing_is_committed_to_a_silent_store(silent: Turns) -> None:
    with pytest.raises(StoreUnavailable):
        await silent.commit(finished(1))


async def test_the_error_says_what_to_do_and_no_secret() -> None:
    engine = make_engine(NOBODY)

    for attempt in (SqlTurns(engine).load("a1b2", "telegram", 1), is_current(engine)):
        with pytest.raises(StoreUnavailable, match="See that it runs") as caught:
            await attempt
        assert "Geheim123" not in "".join(traceback.format_exception(caught.value))
    await engine.dispose()


async def test_postgres_restarts_and_the_next_but_one_update_is_served(
    migrated_postgres_url: str,
) -> None:
    engine = make_engine(migrated_postgres_url)
    turns = SqlTurns(engine)
    await asyncio.gather(*(turns.load("a1b2", "telegram", update) for update in range(5)))

    async with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        query = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}"  # noqa: S608
        assert (await connection.execute(text(query))).scalar_one() > 0
    with pytest.raises(StoreUnavailable):
        await turns.commit(finished(1))
    await turns.commit(finished(1))

    assert (await turns.load("a1b2", "telegram", 1)).seen == Seen.UNSENT
    await turns.close()
    await engine.dispose()


async def test_a_writer_of_another_process_is_waited_for(sqlite_url: str) -> None:
    other = sqlite3.connect(
        sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, other.execute, ["COMMIT"]).start()

    engine = make_engine(sqlite_url)
    turns = SqlTurns(engine)
    await turns.commit(finished(1, after=MEMO))

    assert (await turns.load("a1b2", "telegram", 2)).state == MEMO
    await turns.close()
    await engine.dispose()
    other.close()
