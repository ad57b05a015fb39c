"""Databases at the newest revision, made quickly: migrated once a session, then copied or emptied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.migrate import upgrade
from db.models import Base
from db.redis_client import make_redis
from db.redis_turns import RedisTurns
from db.turns import SqlTurns, Turns
from tests.support.services import PostgresServer


async def _migrate(url: str) -> None:
    engine = make_engine(url)
    await upgrade(engine)
    await engine.dispose()


# It starts a server: `make test` asks SQLite alone, `make test-all` both.
POSTGRES = pytest.param("postgres", marks=pytest.mark.slow)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    url = postgres_server.make_database("joldosh_migrated")
    asyncio.run(_migrate(url))
    return url


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'joldosh.db')}"


@pytest.fixture
def migrated_postgres_url(migrated_postgres: str) -> str:
    tables = ", ".join(Base.metadata.tables)
    with psycopg.connect(migrated_postgres, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
    return migrated_postgres


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database without rows."""
    fixture = {"sqlite": "sqlite_url", "postgres": "migrated_postgres_url"}[request.param]
    address: str = request.getfixturevalue(fixture)
    return address


@pytest.fixture(params=["sqlite", POSTGRES])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database before its first migration."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def empty_engine(empty_url: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(empty_url)
    yield engine
    await engine.dispose()


@dataclass(frozen=True, slots=True)
class Store:
    """The same turns whatever keeps them, and the database below, to look into."""

    turns: Turns
    engine: AsyncEngine


@pytest.fixture(params=["sqlite", POSTGRES, "redis"])
def addresses(request: pytest.FixtureRequest) -> tuple[str, str | None]:
    """Of a database and of Redis, where that keeps the state; it stands over SQLite here."""
    database = "migrated_postgres_url" if request.param == "postgres" else "sqlite_url"
    redis = "redis_url" if request.param == "redis" else None
    return request.getfixturevalue(database), redis and request.getfixturevalue(redis)


@pytest.fixture
async def store(addresses: tuple[str, str | None]) -> AsyncIterator[Store]:
    database, redis_address = addresses
    async with AsyncExitStack() as stack:
        engine = make_engine(database)
        stack.push_async_callback(engine.dispose)
        sql = SqlTurns(engine)
        stack.push_async_callback(sql.close)
        turns: Turns = sql
        if redis_address:
            redis = make_redis(redis_address)
            stack.push_async_callback(redis.aclose)
            turns = RedisTurns(sql, redis, ttl_days=30)
        yield Store(turns, engine)
