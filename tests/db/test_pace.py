"""All who send keep one pace together, however many they are."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.pace import MESSAGES_A_SECOND, TELEGRAM_MESSAGES_A_SECOND, Pace

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GAP = SECOND / MESSAGES_A_SECOND


def most_in_a_second(moments: list[datetime]) -> int:
    """In any second, wherever it begins."""
    return max(sum(begin <= one < begin + SECOND for one in moments) for begin in moments)


def test_the_working_rate_leaves_room_for_answers() -> None:
    assert MESSAGES_A_SECOND < TELEGRAM_MESSAGES_A_SECOND


async def test_one_after_the_other(engine: AsyncEngine) -> None:
    pace = Pace(engine)

    assert [await pace.take(1, NOON) for _ in range(3)] == [NOON, NOON + GAP, NOON + 2 * GAP]


async def test_several_at_once_keep_others_waiting_as_long(engine: AsyncEngine) -> None:
    pace = Pace(engine)

    assert await pace.take(50, NOON) == NOON
    assert await pace.take(1, NOON) == NOON + 2 * SECOND


async def test_time_that_nobody_used_is_not_made_up_for(engine: AsyncEngine) -> None:
    pace = Pace(engine)
    await pace.take(1, NOON)
    later = NOON + 100 * SECOND

    assert [await pace.take(1, later) for _ in range(2)] == [later, later + GAP]


async def test_telegram_asks_to_wait(engine: AsyncEngine) -> None:
    pace = Pace(engine)
    await pace.hold(NOON + 30 * SECOND)

    assert await pace.take(1, NOON) == NOON + 30 * SECOND


async def test_a_short_wait_does_not_end_a_long_one(engine: AsyncEngine) -> None:
    pace = Pace(engine)
    await pace.hold(NOON + 30 * SECOND)
    await pace.hold(NOON + SECOND)

    assert await pace.take(1, NOON) == NOON + 30 * SECOND


async def test_workers_never_exceed_it_together(url: str) -> None:
    """Each has an engine of its own, like a process; their clocks differ a little."""
    engines = [make_engine(url) for _ in range(4)]

    async def work(number: int, engine: AsyncEngine) -> list[datetime]:
        pace, now, given_to = Pace(engine), NOON + number * GAP / 3, []
        for _ in range(25):
            given_to.append(await pace.take(1, now))
            now += GAP
        return given_to

    shares = await asyncio.gather(*(work(*one) for one in enumerate(engines)))
    moments = sorted(moment for share in shares for moment in share)

    assert all(after - before >= GAP for before, after in pairwise(moments))
    assert most_in_a_second(moments) == MESSAGES_A_SECOND
    for engine in engines:
        await engine.dispose()
