"""One address in, one engine out; a wrong address is answered with the next step and no secret."""

from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import make_engine
from db.errors import BadDatabaseAddress, BadRedisAddress
from db.redis_client import make_redis


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        pytest.param("sqlite:///{folder}/joldosh.db", "sqlite+aiosqlite", id="sqlite"),
        pytest.param(
            "sqlite+aiosqlite:///{folder}/joldosh.db", "sqlite+aiosqlite", id="aiosqlite"
        ),
        pytest.param(
            "postgresql://joldosh:word@host/joldosh", "postgresql+psycopg", id="postgresql"
        ),
        pytest.param("postgres://joldosh:word@host/joldosh", "postgresql+psycopg", id="postgres"),
        pytest.param("postgresql+psycopg://host/joldosh", "postgresql+psycopg", id="psycopg"),
    ],
)
def test_an_address_gets_an_asynchronous_driver(url: str, driver: str, tmp_path: Path) -> None:
    assert make_engine(url.format(folder=tmp_path)).url.drivername == driver


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="nothing"),
        pytest.param("var/joldosh.db", id="path"),
        pytest.param("mysql://joldosh:Geheim123@host/joldosh", id="other-database"),
        pytest.param("postgresql+asyncpg://joldosh:Geheim123@host/joldosh", id="other-driver"),
        pytest.param("postgresql://joldosh:Geheim123@host:port/joldosh", id="port"),
        pytest.param("joldosh:Geheim123@host/joldosh", id="no-scheme"),
        pytest.param("sqlite://", id="no-file"),
        pytest.param("sqlite:///:memory:", id="memory"),
        pytest.param("sqlite:///file:joldosh?mode=memory&uri=true", id="memory-by-name"),
        pytest.param("sqlite://var/joldosh.db", id="two-slashes"),
    ],
)
def test_a_wrong_address_is_refused_with_the_next_step(url: str) -> None:
    with pytest.raises(BadDatabaseAddress, match=r"Use sqlite:///var/joldosh\.db or") as caught:
        make_engine(url)

    assert "Geheim123" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_folder_that_cannot_be_made_is_named_as_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadDatabaseAddress, match="folder"):
        make_engine(f"sqlite:///{tmp_path}/file/deep/joldosh.db")


def test_a_wrong_redis_address_is_refused_without_its_password() -> None:
    with pytest.raises(BadRedisAddress, match="Use redis://") as caught:
        make_redis("joldosh:Geheim123@host")

    assert "Geheim123" not in str(caught.value)


async def test_sqlite_is_opened_for_many_readers_and_one_writer(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/var/deep/joldosh.db")

    async with engine.connect() as connection:
        pragmas = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    await engine.dispose()

    assert pragmas == {
        "journal_mode": "wal", "synchronous": 1, "busy_timeout": 10000, "foreign_keys": 1,
    }  # fmt: skip
    assert (tmp_path / "var/deep/joldosh.db").is_file()
