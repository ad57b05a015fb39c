"""Bring a database to the tables that this program expects. It must not need a file outside the package."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.errors import SQL_SILENCE, answering

# Any number that nothing else in the same database uses for an advisory lock.
_MIGRATING = 0x6A6F6C646F7368

# Waiting for another process that migrates is fine; waiting for a table that is in use makes everybody
# behind us wait too, so that gives up soon and can be tried again.
_POSTGRES_PATIENCE = (
    "SET LOCAL lock_timeout = '5min'",
    f"SELECT pg_advisory_xact_lock({_MIGRATING})",
)
_POSTGRES_HASTE = ("SET LOCAL lock_timeout = '10s'", "SET LOCAL statement_timeout = '10min'")


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Migrate forward, all or nothing. Several processes may do it at once: one works, the others wait.

    Raises `StoreUnavailable`.
    """
    await _migrate(engine, lambda config: command.upgrade(config, revision))


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Migrate back to a revision, or to `base`, which is nothing at all. Raises `StoreUnavailable`."""
    await _migrate(engine, lambda config: command.downgrade(config, revision))


async def revision(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None before the first migration."""
    with answering("The database", *SQL_SILENCE):
        async with engine.connect() as connection:
            return await connection.run_sync(_current)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database is at the revision that this program expects."""
    return await revision(engine) == ScriptDirectory.from_config(_config()).get_current_head()


async def _migrate(engine: AsyncEngine, act: Callable[[Config], None]) -> None:
    with answering("The database", *SQL_SILENCE):
        async with engine.connect() as connection:
            await _keep_others_out(connection)
            await connection.run_sync(lambda sync: act(_config(sync)))
            await connection.commit()


async def _keep_others_out(connection: AsyncConnection) -> None:
    """Begin the one transaction of the migration and make every other process wait for its end."""
    if connection.dialect.name == "sqlite":
        await connection.execute(text("BEGIN IMMEDIATE"))
        return
    for statement in (*_POSTGRES_PATIENCE, *_POSTGRES_HASTE):
        await connection.execute(text(statement))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
