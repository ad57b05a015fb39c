"""The arithmetic of terms: what must hold for any day and any number, and the months that books on the law give."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.terms import (
    days_after,
    days_with,
    months_after,
    months_with,
    moved,
    working_days_after,
    working_days_with,
    years_after,
)
from bot.guide.work_calendar import NoCalendar, WorkCalendar
from tests.guide.rules.ledger import served_calendar

CALENDAR = served_calendar()
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
KNOWN_DAYS = st.dates(date(2026, 1, 1), date(2027, 10, 1))
NUMBERS = st.integers(1, 200)


def worked_between(first: date, last: date) -> int:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(not CALENDAR.is_off(day) for day in days)


@given(DAYS, NUMBERS)
def test_a_term_with_its_first_day_is_a_day_shorter(day: date, number: int) -> None:
    assert days_with(day, 1) == day
    assert days_with(day, number) + ONE_DAY == days_after(day, number)


@given(KNOWN_DAYS, st.integers(1, 40))
def test_a_term_of_worked_days_ends_on_a_worked_day_and_has_so_many(
    day: date, number: int
) -> None:
    end = working_days_with(day, number, CALENDAR)

    assert not CALENDAR.is_off(end)
    assert worked_between(day, end) == number


@given(KNOWN_DAYS, st.integers(1, 40))
def test_worked_days_after_an_event_never_end_before_those_with_it(day: date, number: int) -> None:
    later = working_days_after(day, number, CALENDAR)

    assert working_days_with(day, number, CALENDAR) <= later
    assert worked_between(day + ONE_DAY, later) == number


@given(KNOWN_DAYS, st.integers(1, 40))
def test_worked_days_never_end_before_calendar_days(day: date, number: int) -> None:
    assert working_days_with(day, number, CALENDAR) >= days_with(day, number)


@given(KNOWN_DAYS)
def test_a_moved_term_ends_on_the_next_worked_day(day: date) -> None:
    end = moved(day, CALENDAR)

    assert not CALENDAR.is_off(end)
    assert worked_between(day, end) == 1
    assert (end == day) is not CALENDAR.is_off(day)


@given(DAYS, st.integers(-60, 60))
def test_months_lead_to_the_month_they_say(day: date, months: int) -> None:
    end = months_after(day, months)

    assert (end.year - day.year) * 12 + end.month - day.month == months
    is_shortened = end.day < day.day
    assert end.day == day.day or (end + ONE_DAY).day == 1
    assert is_shortened is not (end.day == day.day)


@given(DAYS, st.integers(1, 60))
def test_months_with_their_first_day_end_a_day_earlier(day: date, months: int) -> None:
    assert months_with(day, months) + ONE_DAY == months_after(day, months)
    assert months_with(day, months) >= day


@given(DAYS, DAYS, st.integers(1, 24))
def test_who_begins_later_never_ends_earlier(one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))

    assert days_with(first, number) <= days_with(second, number)
    assert months_after(first, number) <= months_after(second, number)
    assert years_after(first, number) <= years_after(second, number)


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        ("2026-01-15", 3, "2026-04-15"),
        ("2026-01-31", 1, "2026-02-28"),  # the last day of a month that has no 31st
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2029-03-14", -4, "2028-11-14"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2026-01-01", -1, "2025-12-01"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_as_a_court_counts_them(begin: str, months: int, end: str) -> None:
    assert months_after(date.fromisoformat(begin), months) == date.fromisoformat(end)


def test_a_year_from_a_leap_day_ends_on_the_last_of_february() -> None:
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        ("2026-01-09", True),  # moved from Saturday 3 January
        ("2026-01-12", False),
        ("2026-12-31", True),  # moved from Sunday 4 January
        ("2026-12-30", False),
        ("2027-02-20", False),  # a worked Saturday
        ("2027-02-21", True),
        ("2027-02-22", True),  # moved from that Saturday
        ("2027-05-03", True),  # 1 May is a Saturday
        ("2027-11-05", True),  # moved from Saturday 2 January
        ("2027-11-06", True),
    ],
)
def test_days_off_that_the_government_moved(day: str, *, is_off: bool) -> None:
    assert CALENDAR.is_off(date.fromisoformat(day)) is is_off


def test_a_year_that_nobody_entered_is_not_guessed_not_even_its_sundays() -> None:
    sunday = date(2028, 1, 2)

    with pytest.raises(NoCalendar) as unknown:
        CALENDAR.is_off(sunday)

    assert unknown.value.year == 2028
    assert not CALENDAR.is_known(sunday)
    with pytest.raises(NoCalendar):
        WorkCalendar().worked_from(date(2026, 6, 1))
    with pytest.raises(NoCalendar):
        working_days_with(date(2027, 12, 30), 2, CALENDAR)
