"""Dates that a person keeps, through whole turns over a database: kept once, moved, settled, deleted, forgotten, sealed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.conversation.events import ButtonPressed
from bot.conversation.flow_actions import KeepDates
from bot.conversation.replies import Page
from bot.conversation.service import Delivery
from bot.telegram.persons import Persons
from tests.support.bot import OpenBot, Phone, open_bot

FLOW = "register-by"
LAST_DAY = date(2026, 12, 22)  # of 30 days from 23 November, which is the first


@pytest.fixture(params=["sqlite", "sqlite and redis"])
def stores(request: pytest.FixtureRequest) -> dict[str, Any]:
    if "redis" in request.param:
        return {"redis_url": request.getfixturevalue("redis_url")}
    return {}


@asynccontextmanager
async def at_the_outcome(
    tmp_path: Path, stores: dict[str, Any]
) -> AsyncIterator[tuple[OpenBot, Phone]]:
    """A Kyrgyz citizen in Tatarstan who came yesterday and has seen until when to register."""
    async with open_bot(tmp_path, **stores) as bot:
        phone = bot.person("ru")
        await phone.say("/start register-by")
        await phone.press("Русский")
        await phone.press("🇰🇬 Кыргызстан")
        await phone.press("Нет")
        await phone.press("Татарстан")
        await phone.say("вчера")
        await phone.press("Показать ответ")
        yield bot, phone


async def rows(bot: OpenBot, query: str) -> list[Any]:
    async with bot.house.engine.connect() as connection:
        return list((await connection.execute(text(query))).all())


async def days(bot: OpenBot) -> list[str]:
    return [str(day) for (day,) in await rows(bot, "SELECT day FROM kept_date")]


async def test_a_date_is_kept_moved_settled_and_deleted(
    tmp_path: Path, stores: dict[str, Any]
) -> None:
    async with at_the_outcome(tmp_path, stores) as (bot, phone):
        await phone.press("🔔")
        assert await days(bot) == [str(LAST_DAY)]
        reminders = await rows(bot, "SELECT due FROM job")
        assert len(reminders) == 5  # 7, 3 and 1 days before, on the day, and the day after

        await phone.say("/dates")
        await phone.press("22.12.2026")
        await phone.press("📅 Другой день")
        await phone.press("31")
        assert await days(bot) == ["2026-12-31"]

        await phone.press("31.12.2026")
        await phone.press("✓")
        assert [bool(one) for (one,) in await rows(bot, "SELECT is_settled FROM kept_date")] == [
            True
        ]
        assert await rows(bot, "SELECT 1 FROM job") == []

        await phone.press("✓ 31.12.2026")
        await phone.press("🗑")
        assert await days(bot) == []


async def test_whoever_keeps_the_same_date_again_has_one(
    tmp_path: Path, stores: dict[str, Any]
) -> None:
    async with at_the_outcome(tmp_path, stores) as (bot, phone):
        await phone.press("🔔")
        await phone.say("/check")
        await phone.press("Когда встать на учёт?")
        await phone.press("✏️ 3")
        await phone.press("Сегодня")
        await phone.press("Показать ответ")
        await phone.press("🔔")

        assert await days(bot) == ["2026-12-23"]
        assert len(await rows(bot, "SELECT 1 FROM job")) == 5


async def test_an_update_that_comes_twice_keeps_one_date_and_says_it_again(
    tmp_path: Path, stores: dict[str, Any]
) -> None:
    async with at_the_outcome(tmp_path, stores) as (bot, phone):
        person = Persons(bot.house.secret).key(phone.id)
        pressed = ButtonPressed(KeepDates(FLOW), "ru", None)
        delivery = Delivery("local", 7, person, pressed, address=str(phone.id))
        with pytest.raises(ConnectionError):
            async with bot.house.conversation.turn(delivery):
                raise ConnectionError("the messenger is out of reach")
        [first] = await rows(bot, "SELECT id FROM kept_date")

        async with bot.house.conversation.turn(delivery) as replies:
            assert any(isinstance(reply, Page) and "🔔" in reply.text.text for reply in replies)
        async with bot.house.conversation.turn(delivery) as replies:
            assert replies == ()

        assert await rows(bot, "SELECT id FROM kept_date") == [first]


async def test_forgetting_deletes_the_dates_and_the_reminders(
    tmp_path: Path, stores: dict[str, Any]
) -> None:
    async with at_the_outcome(tmp_path, stores) as (bot, phone):
        await phone.press("🔔")
        await phone.say("/forget")
        await phone.press("Да, удалить")

        assert await days(bot) == []
        assert await rows(bot, "SELECT 1 FROM job") == []


async def test_nothing_of_the_person_lies_open_beside_a_date(
    tmp_path: Path, stores: dict[str, Any]
) -> None:
    """The chat and the answers are sealed: neither the row nor its reminders name them, nor does the file the chat."""
    async with at_the_outcome(tmp_path, stores) as (bot, phone):
        await phone.press("🔔")
        kept = str(
            await rows(bot, "SELECT * FROM kept_date") + await rows(bot, "SELECT * FROM job")
        )
        phone_id = str(phone.id)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("joldosh.db*"))

    assert FLOW in kept
    assert phone_id not in kept
    for answer in ("2026-11-23", "tatarstan", "free"):
        assert answer not in kept
    assert phone_id.encode() not in stored
    for order in ("big", "little"):
        assert phone.id.to_bytes(8, order) not in stored
