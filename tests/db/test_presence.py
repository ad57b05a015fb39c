"""Two who have one memo open know of each other, as long as they have."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.presence import Looker, Presence
from db.retention import clean

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MEMO = "memo/registration-first"


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def test_others_are_told_since_when(engine: AsyncEngine) -> None:
    presence = Presence(engine)
    await presence.looking(MEMO, 1, "Айгүл", "w1", NOON)
    await presence.looking(MEMO, 2, "Бек", "w2", after(5))
    await presence.looking(MEMO, 1, "Айгүл", "w1", after(20))
    await presence.looking("memo/other", 3, "Вера", "w3", after(20))

    assert await presence.others(MEMO, "w2", after(21)) == (Looker(1, "Айгүл", NOON),)
    assert await presence.others(MEMO, "w1", after(21)) == (Looker(2, "Бек", after(5)),)


async def test_another_window_of_the_same_member_is_told_of(engine: AsyncEngine) -> None:
    presence = Presence(engine)
    await presence.looking(MEMO, 1, "Айгүл", "laptop", NOON)

    assert await presence.others(MEMO, "phone", NOON) == (Looker(1, "Айгүл", NOON),)


async def test_a_window_without_a_sign_for_half_a_minute_is_closed(engine: AsyncEngine) -> None:
    presence = Presence(engine)
    await presence.looking(MEMO, 1, "Айгүл", "w1", NOON)

    assert len(await presence.others(MEMO, "w2", after(29.9))) == 1
    assert await presence.others(MEMO, "w2", after(30)) == ()

    await presence.looking(MEMO, 1, "Айгүл", "w1", after(300))
    assert await presence.others(MEMO, "w2", after(301)) == (Looker(1, "Айгүл", after(300)),)


async def test_signs_of_one_window_that_come_at_once(url: str) -> None:
    engines = [make_engine(url) for _ in range(3)]

    await asyncio.gather(
        *(Presence(engine).looking(MEMO, 1, "Айгүл", "w1", NOON) for engine in engines)
    )

    assert len(await Presence(engines[0]).others(MEMO, "w2", NOON)) == 1
    for engine in engines:
        await engine.dispose()


async def test_old_signs_are_deleted(engine: AsyncEngine) -> None:
    presence = Presence(engine)
    await presence.looking(MEMO, 1, "Айгүл", "old", NOON)
    await presence.looking(MEMO, 1, "Айгүл", "new", NOON + timedelta(days=2))

    assert (await clean(engine, NOON + timedelta(days=2)))["looking"] == 1
