"""A person is reminded 7, 3 and 1 days before, on the day, and the day after where it can be mended; at ten in the morning of
where the date counts.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.reminding_days import DAY_AFTER, DAYS_BEFORE, is_overtaken, reminder_moments

MOSCOW = ZoneInfo("Europe/Moscow")
VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")
DAY = date(2026, 12, 8)
LONG_BEFORE = datetime(2026, 11, 1, tzinfo=UTC)


def test_at_ten_in_moscow() -> None:
    assert reminder_moments(DAY, MOSCOW, LONG_BEFORE) == (
        (7, datetime(2026, 12, 1, 7, tzinfo=UTC)),
        (3, datetime(2026, 12, 5, 7, tzinfo=UTC)),
        (1, datetime(2026, 12, 7, 7, tzinfo=UTC)),
        (0, datetime(2026, 12, 8, 7, tzinfo=UTC)),
    )


def test_at_ten_in_vladivostok_where_it_is_still_night_in_moscow() -> None:
    moments = dict(reminder_moments(DAY, VLADIVOSTOK, LONG_BEFORE))

    assert moments[0] == datetime(2026, 12, 8, 0, tzinfo=UTC)


def test_the_day_after_for_what_can_be_mended() -> None:
    moments = dict(reminder_moments(DAY, MOSCOW, LONG_BEFORE, is_mendable=True))

    assert moments[-1] == datetime(2026, 12, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ((2026, 12, 1, 6, 59), [7, 3, 1, 0]),
        ((2026, 12, 1, 7, 0), [3, 1, 0]),
        ((2026, 12, 7, 12, 0), [0]),
        ((2026, 12, 8, 12, 0), []),
    ],
)
def test_what_is_past_is_left_out(now: tuple[int, int, int, int, int], left: list[int]) -> None:
    year, month, day, hour, minute = now
    moment = datetime(year, month, day, hour, minute, tzinfo=UTC)

    assert [offset for offset, _ in reminder_moments(DAY, MOSCOW, moment)] == left


@pytest.mark.parametrize(
    ("offset", "days_left", "expected"),
    [
        (7, 7, False),
        (7, 4, False),
        (7, 3, True),
        (3, 2, False),
        (3, 1, True),
        (1, 1, False),
        (1, 0, True),
        (0, 0, False),
        (0, -1, True),
        (-1, -1, False),
        (-1, -7, False),
        (-1, -8, True),
        (6, 4, False),
        (6, 3, True),
    ],
)
def test_a_late_reminder_is_left_to_the_next(offset: int, days_left: int, expected: bool) -> None:
    assert is_overtaken(offset, days_left) is expected


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["Europe/Kaliningrad", "Asia/Kamchatka", "Asia/Bishkek", "America/New_York"]),
    st.booleans(),
)
def test_it_is_always_ten_there_and_in_order(day: date, zone: str, is_mendable: bool) -> None:
    there = ZoneInfo(zone)
    moments = reminder_moments(
        day, there, datetime(2019, 1, 1, tzinfo=UTC), is_mendable=is_mendable
    )

    offsets = [offset for offset, _ in moments]
    assert offsets == [*DAYS_BEFORE, DAY_AFTER] if is_mendable else offsets == [*DAYS_BEFORE]
    for offset, at in moments:
        local = at.astimezone(there)
        assert (local.date(), local.hour) == (day - timedelta(days=offset), 10)
        assert not is_overtaken(offset, offset)
