"""A date that a person wants to keep, as the store takes it: sealed, and with the moments of its reminders.

It must not decide which dates can be kept: flows say that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from bot.conversation.replies import KeepDate
from bot.conversation.sealing import Contents, Sealing
from bot.guide.citizenship import Citizenship
from bot.guide.reminding_days import HOUR, reminder_moments
from db import kept_date
from db.kept_date import KeptDate, MoveDate, RemindAgain, Reminder, Reminders


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose date: the person, where a door reaches them, and in which words."""

    person: str
    door: str
    address: str = field(repr=False)
    lang: str
    citizenship: Citizenship


def keep_date(
    wanted: KeepDate, owner: Owner, sealing: Sealing, now: datetime
) -> kept_date.KeepDate:
    """Raises `ZoneInfoNotFoundError` for a zone that is none."""
    row = token_hex(16)  # counts nothing: two dates of one evening do not stand side by side
    kept = KeptDate(
        id=row,
        person=owner.person,
        door=owner.door,
        sealed=sealing.seal(Contents(owner.address, wanted.answers), row, owner.person),
        flow=wanted.flow,
        name=wanted.name,
        day=wanted.day,
        zone=wanted.zone,
        lang=owner.lang,
        citizenship=str(owner.citizenship),
        facts=wanted.facts,
        created=now.astimezone(UTC).date(),
        is_mendable=wanted.mends,
    )
    return kept_date.KeepDate(kept, reminders_of(kept, wanted.day, now))


def move_date(
    kept: KeptDate, day: date, now: datetime, facts: Mapping[str, str] | None = None
) -> MoveDate:
    """To a day that the person has set; with `facts`, to one that was worked out with these."""
    return MoveDate(kept.id, day, reminders_of(kept, day, now), facts or {})


def remind_tomorrow(kept: KeptDate, now: datetime) -> RemindAgain:
    """At the hour of reminders, in the zone of the date."""
    zone = ZoneInfo(kept.zone)
    tomorrow = date.fromordinal(now.astimezone(zone).date().toordinal() + 1)
    at = datetime.combine(tomorrow, HOUR, zone).astimezone(UTC)
    return RemindAgain(kept.id, kept.day, Reminder((kept.day - tomorrow).days, at))


def reminders_of(kept: KeptDate, day: date, now: datetime) -> Reminders:
    moments = reminder_moments(day, ZoneInfo(kept.zone), now, is_mendable=kept.is_mendable)
    return tuple(Reminder(*one) for one in moments)
