"""`/usage` in Telegram answers admins; for everybody else it is a command like any that there is not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import db.errors
from bot.app import open_house
from bot.errors import StoreUnavailable
from db.models import Conversation, HandledUpdate, PersonOfDay, UsageEvent
from db.usage_days import UsageDays
from tests.db.test_turns import count
from tests.support.bot import Clock, settings_for
from tests.support.logs import Logbook
from tests.telegram.street import Street


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with open_house(settings_for(tmp_path), Clock()) as house:
        yield Street(house)


async def test_an_admin_is_told_today_yesterday_and_the_week(street: Street) -> None:
    admin = street.person("en")
    street.admins.add(admin.id)
    for _ in range(6):
        await street.feed(street.person("ru").writes("/start registration-first"))
    await street.feed(street.person("ru").writes("/hotlines"))

    await street.feed(admin.writes("/usage"))

    today, yesterday, week = admin.texts[-1].split("\n\n")
    assert today.splitlines() == [
        "Today",
        "Persons: 7",
        "Memos opened: 6",
        "Questions answered: 0, not answered: 0",
        "This was it: 0, not it: 0",
        "Help lines: <5, urgent: 0",
        "Failures: 0",
    ]
    assert yesterday.splitlines()[:2] == ["Yesterday", "Persons: 0"]
    assert week.startswith("7 days up to yesterday")


async def test_others_get_what_an_unknown_command_gets(street: Street) -> None:
    person, admin = street.person("ru"), street.person("ru")
    street.admins.add(admin.id)

    await street.feed(person.writes("/usage"))
    await street.feed(person.writes("/nothing"))

    asked, unknown = person.texts
    assert asked == unknown
    assert "Такой команды нет" in asked


async def test_an_admin_who_asks_leaves_nothing(
    street: Street, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = street.person("ky")
    street.admins.add(admin.id)
    logbook = Logbook.of(monkeypatch, "bot.telegram.handling")

    await street.feed(admin.writes("/usage"))

    assert admin.texts[0].startswith("Бүгүн")
    for model in (Conversation, HandledUpdate, UsageEvent, PersonOfDay):
        assert await count(street.house.engine, model) == 0
    left = b"".join(file.read_bytes() for file in tmp_path.glob("joldosh.db*"))
    assert str(admin.id).encode() not in left
    assert str(admin.id) not in logbook.text


async def test_it_is_delivered_again_while_the_store_is_silent(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = street.person("ru")
    street.admins.add(admin.id)

    async def silent(*_: object, **__: object) -> dict[str, int]:
        raise db.errors.StoreUnavailable("gone")

    with monkeypatch.context() as patched:
        patched.setattr(UsageDays, "by_kind", silent)
        asked = admin.writes("/usage")
        with pytest.raises(StoreUnavailable):
            await street.feed(asked)

    await street.feed(asked)
    assert admin.texts[0].startswith("Сегодня")
