"""The way to the database: one address in, one engine out. It must not know any table."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db.errors import BadDatabaseAddress

SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",  # milliseconds another process may hold the only writer's place
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # with WAL: a power cut can lose the last turns, never spoil the file
    "PRAGMA foreign_keys = ON",
)

POSTGRES_ARGUMENTS: dict[str, Any] = {
    "application_name": "joldosh",
    "connect_timeout": 5,
    # A server that vanished without a word is noticed after ten seconds, not after the system's two hours.
    "keepalives_idle": 30,
    "tcp_user_timeout": 10_000,
}

# A statement of a turn that takes longer fails, and the update is delivered again.
ANSWER_SECONDS = 10

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_EXAMPLES = "Use sqlite:///var/joldosh.db or postgresql://name:password@host/database."


def make_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite:///path` or `postgresql://…`; nothing is connected yet.

    The folder of an SQLite file is made. Raises `BadDatabaseAddress`.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address)
    return create_async_engine(
        address,
        connect_args=POSTGRES_ARGUMENTS,
        pool_use_lifo=True,
        hide_parameters=True,
        json_serializer=to_json,
    )


def make_threaded_engine(engine: AsyncEngine, threads: int) -> Engine:
    """An engine for the same database that is used from `threads` threads and never waits for one."""
    if engine.dialect.name == "sqlite":
        address = engine.url.set(drivername="sqlite+pysqlite")
        arguments: dict[str, Any] = {"isolation_level": "IMMEDIATE", "check_same_thread": False}
    else:
        address = engine.url
        arguments = POSTGRES_ARGUMENTS | {"options": f"-c statement_timeout={ANSWER_SECONDS}s"}
    threaded = create_engine(
        address,
        connect_args=arguments,
        pool_size=threads,
        max_overflow=0,
        pool_use_lifo=True,
        hide_parameters=True,
        json_serializer=to_json,
    )
    if engine.dialect.name == "sqlite":
        event.listen(threaded, "connect", _prepare_sqlite)
    return threaded


def single_statements(engine: AsyncEngine) -> AsyncEngine:
    """The same engine for work that is one statement, which is whole by itself. On PostgreSQL it saves the messages that
    begin and commit a transaction: two of three.
    """
    if engine.dialect.name == "sqlite":
        # SQLAlchemy would leave the connection without the IMMEDIATE of above, and there is no network to save.
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def to_json(value: object) -> str:
    """The one written form of JSON in the store; equal values give equal texts."""
    return _ENCODER.encode(value)


# json.dumps with options of one's own builds an encoder a call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _address(url: str) -> URL:
    # `from None`: the parser's own words can quote the password.
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise BadDatabaseAddress(f"The database address cannot be read. {_EXAMPLES}") from None
    driver = _DRIVERS.get(address.drivername)
    if driver is None:
        raise BadDatabaseAddress(f"No database is reached by “{address.drivername}”. {_EXAMPLES}")
    return address.set(drivername=driver)


def _sqlite_engine(address: URL) -> AsyncEngine:
    path = address.database
    if address.host or not path or path.startswith((":memory:", "file:")):
        raise BadDatabaseAddress(
            "An SQLite address names a file after three slashes, or four for an absolute path. "
            + _EXAMPLES
        )
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadDatabaseAddress(
            f"The folder of the database file cannot be made ({error.strerror}). "
            "Choose a folder that this account may write to."
        ) from error
    engine = create_async_engine(
        address,
        # Python opens the transaction before the first writing statement, and takes the writer's
        # place at once: a later upgrade from reading to writing cannot wait, it can only fail.
        connect_args={"isolation_level": "IMMEDIATE"},
        pool_use_lifo=True,
        hide_parameters=True,
        json_serializer=to_json,
    )

    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma).close()
