"""The calendar file: another reader takes it, and every line of it is as RFC 5545 wants lines to be."""

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.calendar_file import Reminded, calendar_file

MADE = datetime(2026, 11, 24, 23, 30, tzinfo=timezone(timedelta(hours=10)))
KYRGYZ = "Жашаган жериңиз боюнча каттоону узартуу үчүн өлкөдөгү мөөнөттүн акыркы күнү"
DATES = (
    Reminded("a1", date(2026, 12, 24), "Каттоо"),
    Reminded("b2", date(2027, 2, 28), KYRGYZ),
)
TITLES = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=120,
)


def events(file: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(file)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    return [one for one in calendar.walk("VEVENT") if isinstance(one, icalendar.Event)]


def lines(file: bytes) -> list[bytes]:
    *whole, last = file.split(b"\r\n")
    assert last == b"", "the last line ends too"
    return whole


def test_each_date_is_a_whole_day_with_an_alarm_on_the_day_before() -> None:
    registration, stay = events(calendar_file(DATES, MADE))

    assert registration.decoded("dtstart") == date(2026, 12, 24)
    assert registration.decoded("dtend") == date(2026, 12, 25)
    assert str(registration["summary"]) == "Каттоо"
    assert str(stay["summary"]) == KYRGYZ
    assert stay.decoded("dtend") == date(2027, 3, 1)
    [alarm] = registration.walk("VALARM")
    rings = datetime(2026, 12, 24, tzinfo=UTC) + alarm.decoded("trigger")
    assert rings == datetime(2026, 12, 23, 10, tzinfo=UTC)
    assert (str(alarm["action"]), str(alarm["description"])) == ("DISPLAY", "Каттоо")


def test_the_stamp_is_in_utc_and_the_name_of_a_day_stays_when_it_moves() -> None:
    moved = (Reminded("a1", date(2026, 12, 30), "Каттоо"),)
    [before, _], [after] = events(calendar_file(DATES, MADE)), events(calendar_file(moved, MADE))

    assert b"DTSTAMP:20261124T133000Z" in calendar_file(DATES, MADE)
    assert before["uid"] == after["uid"]
    assert before["dtstart"] != after["dtstart"]


def test_a_day_for_the_moment_is_its_midnight_in_utc() -> None:
    assert b"DTSTAMP:20261124T000000Z" in calendar_file(DATES, date(2026, 11, 24))


@given(TITLES)
@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2028, 2, 29)], ids=str)
def test_any_title_comes_back_and_no_line_is_over_75_octets(day: date, title: str) -> None:
    file = calendar_file([Reminded("a1", day, title)], MADE)

    for line in lines(file):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two: some phones read line by line
        assert b"\n" not in line
        assert b"\r" not in line
    [event] = events(file)
    assert str(event["summary"]) == title
    assert event.decoded("dtstamp") == MADE.astimezone(UTC)


def test_no_dates_are_a_calendar_without_events() -> None:
    assert events(calendar_file((), MADE)) == []
