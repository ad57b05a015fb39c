"""Attempts to get in are counted before they are judged, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.staff_attempts import FORGOTTEN, Attempts, Pace, Watched

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PACE = Pace(free=3, longest=timedelta(seconds=8))
NAME, ADDRESS = Watched("name", PACE), Watched("address", Pace(5, timedelta(minutes=1)))


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (6, 8), (7, 8), (10_000, 8)]
)
def test_each_failure_doubles_the_wait_up_to_the_longest(failures: int, seconds: int) -> None:
    assert PACE.wait(failures) == timedelta(seconds=seconds)


async def test_who_has_to_wait_is_not_counted(engine: AsyncEngine) -> None:
    attempts = Attempts(engine)
    assert [await attempts.begin([NAME], NOW) for _ in range(3)] == [None] * 3

    for _ in range(5):
        assert await attempts.begin([NAME], NOW) == timedelta(seconds=1)
    later = NOW + timedelta(seconds=1)
    assert await attempts.begin([NAME], later) is None
    assert await attempts.begin([NAME], later) == timedelta(seconds=2)


async def test_the_slowest_of_all_keys_decides_and_none_is_counted(engine: AsyncEngine) -> None:
    attempts = Attempts(engine)
    for _ in range(3):
        await attempts.begin([NAME], NOW)

    assert await attempts.begin([ADDRESS, NAME], NOW) == timedelta(seconds=1)
    assert [await attempts.begin([ADDRESS], NOW) for _ in range(6)] == [None] * 5 + [
        timedelta(seconds=1)
    ]


async def test_success_forgets_one_key_and_takes_one_attempt_back_of_another(
    engine: AsyncEngine,
) -> None:
    attempts = Attempts(engine)
    for _ in range(3):
        await attempts.begin([NAME, ADDRESS], NOW)

    await attempts.succeeded(forgotten=["name"], taken_back=["address"])

    assert [await attempts.begin([NAME], NOW) for _ in range(3)] == [None] * 3
    assert [await attempts.begin([ADDRESS], NOW) for _ in range(4)] == [None] * 3 + [
        timedelta(seconds=1)
    ]


async def test_many_at_once_are_counted_one_by_one(engine: AsyncEngine) -> None:
    attempts = Attempts(engine)
    keys = ([NAME, ADDRESS], [ADDRESS, NAME])

    at_once = (attempts.begin(keys[number % 2], NOW) for number in range(12))
    waits = await asyncio.gather(*at_once)

    assert waits.count(None) == 3


async def test_after_a_day_it_begins_anew(engine: AsyncEngine) -> None:
    attempts = Attempts(engine)
    for _ in range(3):
        await attempts.begin([NAME], NOW)
    later = NOW + FORGOTTEN + timedelta(seconds=1)

    assert [await attempts.begin([NAME], later) for _ in range(3)] == [None] * 3
