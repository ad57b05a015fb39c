"""Kept dates → an iCalendar file (RFC 5545) that the phone's own calendar opens. Whole days, with an alarm on the day before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

_PRODUCT = "-//Joldosh//dates//EN"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A day and what it is for. `id` stays the same when the day moves, so that a calendar replaces it."""

    id: str
    day: date
    title: str


def calendar_file(dates: Iterable[Reminded], made: datetime | date) -> bytes:
    """The bytes of the file. `made` is when, as the format wants it."""
    at = made if isinstance(made, datetime) else datetime.combine(made, time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for one in dates:
        event = Event()
        event.add("uid", f"{one.id}@joldosh")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", timedelta(hours=-14))  # at ten in the morning of the day before
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
