"""Migrations lead to the tables that the program expects, on both databases, whoever runs them."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.errors import StoreUnavailable
from db.migrate import downgrade, is_current, revision, upgrade
from db.models import Base, CountedDay, UsageDay, UsageEvent
from tests.db.counts import counts, expect_counts_of_the_events


async def tables(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_a_new_database_is_not_current_until_it_is_migrated(
    empty_engine: AsyncEngine,
) -> None:
    assert await revision(empty_engine) is None
    assert not await is_current(empty_engine)

    await upgrade(empty_engine)

    assert await revision(empty_engine)
    assert await is_current(empty_engine)


async def test_up_down_and_up_again(empty_engine: AsyncEngine) -> None:
    expected = set(Base.metadata.tables) | {"alembic_version"}

    await upgrade(empty_engine)
    assert await tables(empty_engine) == expected
    await downgrade(empty_engine, "base")
    assert await tables(empty_engine) == {"alembic_version"}
    assert not await is_current(empty_engine)
    await upgrade(empty_engine)
    assert await tables(empty_engine) == expected


async def test_models_and_migrations_agree(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(
            compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
        )

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_names_of_keys_and_indexes_are_those_of_the_models(engine: AsyncEngine) -> None:
    def names(connection: Connection) -> set[str | None]:
        seen = inspect(connection)
        keys = {seen.get_pk_constraint(table)["name"] for table in Base.metadata.tables}
        return keys | {
            index["name"] for table in Base.metadata.tables for index in seen.get_indexes(table)
        }

    async with engine.connect() as connection:
        stored = await connection.run_sync(names)
    tables = Base.metadata.tables.values()
    expected = {str(table.primary_key.name) for table in tables}
    assert stored == expected | {str(index.name) for table in tables for index in table.indexes}


async def test_usage_from_before_the_counts_of_days_is_counted(empty_engine: AsyncEngine) -> None:
    """Its last release had the events alone. 21 o'clock in UTC is the next day in Moscow."""
    await upgrade(empty_engine, "0004")
    first = datetime(2026, 11, 24, 20, tzinfo=UTC)
    events = [
        {"hour": first + timedelta(hours=n % 3), "kind": kind, "lang": lang, "subject": subject}
        for n, (kind, lang, subject) in enumerate(
            [("started", None, None), ("memo-read", "ky", "patent"), ("memo-read", "ky", "sos")]
            * 5
        )
    ]
    async with empty_engine.begin() as connection:
        await connection.execute(insert(UsageEvent), events)

    await upgrade(empty_engine)

    await expect_counts_of_the_events(empty_engine)
    assert await counts(empty_engine, UsageDay) == {
        (date(2026, 11, 24), "started", "", ""): 5,
        (date(2026, 11, 25), "memo-read", "ky", ""): 10,
    }
    assert await counts(empty_engine, CountedDay) == {}


async def test_migrating_a_current_database_changes_nothing(engine: AsyncEngine) -> None:
    before = await revision(engine)

    await upgrade(engine)

    assert await revision(engine) == before


async def test_two_processes_migrate_at_once(empty_url: str) -> None:
    """Threads with an engine each share nothing but the database, like processes."""

    async def migrate() -> bool:
        engine = make_engine(empty_url)
        async with asyncio.timeout(10):
            await upgrade(engine)
            current = await is_current(engine)
        await engine.dispose()
        return current

    at_once = (asyncio.to_thread(lambda: asyncio.run(migrate())) for _ in range(4))
    assert await asyncio.gather(*at_once) == [True] * 4


async def test_a_migration_that_fails_leaves_nothing_half_done(empty_engine: AsyncEngine) -> None:
    async with empty_engine.begin() as connection:
        await connection.execute(text("CREATE TABLE usage_event (in_the_way integer)"))

    with pytest.raises((StoreUnavailable, ProgrammingError)):
        await upgrade(empty_engine)

    assert await tables(empty_engine) == {"usage_event"}
    assert await revision(empty_engine) is None
