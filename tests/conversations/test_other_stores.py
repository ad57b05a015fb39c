"""The same conversation over PostgreSQL, and over PostgreSQL with Redis: what a deployment runs on."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.errors import SettingsError
from bot.telegram.local_telegram import LocalTelegram
from db.engine import make_engine
from db.migrate import upgrade
from tests.support.bot import Clock, open_bot


@pytest.fixture(params=["postgres", "postgres and redis"])
async def stores(request: pytest.FixtureRequest, postgres_url: str) -> dict[str, Any]:
    engine = make_engine(postgres_url)
    await upgrade(engine)
    await engine.dispose()
    stores: dict[str, Any] = {"database_url": postgres_url}
    if "redis" in request.param:
        stores["redis_url"] = request.getfixturevalue("redis_url")
    return stores


async def test_a_person_is_remembered_over_a_restart_and_forgotten_when_they_ask(
    tmp_path: Path, stores: dict[str, Any]
) -> None:
    telegram = LocalTelegram(Clock())
    async with open_bot(tmp_path, telegram=telegram, **stores) as bot:
        phone = bot.person("ru")
        await phone.say("/start")
        await phone.press("Кыргызча")
        await phone.press("🇺🇿 Өзбекстан")
        (page,) = await phone.say("/start registration-first")
        assert "15 күндүн ичинде" in page.text

    async with open_bot(tmp_path, telegram=telegram, **stores) as bot:
        phone = bot.again(phone)
        (page,) = await phone.say("/menu")
        assert page.text.startswith("Эмнени билгиңиз келет?")

        await phone.say("/forget")
        await phone.press("Ооба, өчүрүү")
        (page,) = await phone.say("/menu")
        assert "Выберите язык" in page.text

        async with bot.house.engine.connect() as connection:
            count = await connection.execute(text("SELECT count(*) FROM usage_event"))
            assert count.scalar_one() > 0


async def test_a_database_of_another_version_is_refused_with_the_next_step(
    tmp_path: Path, postgres_url: str
) -> None:
    with pytest.raises(SettingsError, match="joldosh migrate"):
        async with open_bot(tmp_path, database_url=postgres_url):
            raise AssertionError("it must not open")
