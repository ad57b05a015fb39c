"""A date that a person wants to keep, as the store takes it: sealed, and with the moments of its reminders.

It must not decide which dates can be kept: flows say that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from bot.conversation.sealing import Contents, Sealing
from bot.guide.citizenship import Citizenship
from bot.guide.reminding_days import HOUR, reminder_moments
from db.kept_date import KeepDate, KeptDate, MoveDate, RemindAgain, Reminder, Reminders


@dataclass(frozen=True, slots=True)
class DateToKeep:
    """A date that an outcome shows. `zone` is a name of the IANA database; `facts` are the values of today, in writing, of the
    facts that it was worked out with; `is_mendable`: a reminder of the day after is of use.
    """

    flow: str
    name: str
    day: date
    zone: str
    lang: str
    citizenship: Citizenship
    facts: Mapping[str, str]
    answers: Mapping[str, str] = field(repr=False)
    is_mendable: bool = False


def keep_date(
    wanted: DateToKeep, sealing: Sealing, *, person: str, door: str, address: str, now: datetime
) -> KeepDate:
    """`address` is where the door reaches the person. Raises `ZoneInfoNotFoundError` for a zone that is none."""
    row = token_hex(16)  # counts nothing: two dates of one evening do not stand side by side
    kept = KeptDate(
        id=row,
        person=person,
        door=door,
        sealed=sealing.seal(Contents(address, wanted.answers), row, person),
        flow=wanted.flow,
        name=wanted.name,
        day=wanted.day,
        zone=wanted.zone,
        lang=wanted.lang,
        citizenship=str(wanted.citizenship),
        facts=wanted.facts,
        created=now.astimezone(UTC).date(),
        is_mendable=wanted.is_mendable,
    )
    return KeepDate(kept, reminders_of(kept, wanted.day, now))


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
