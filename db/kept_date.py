"""A date that a person keeps, as the store sees it: values only. It must not know where they are kept, nor open what is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from db.jobs import NewJob

REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class KeptDate:
    """`id` counts nothing. `person` is a keyed hash; `sealed` holds their address and answers, encrypted by the caller.

    `name` says which date of the flow it is, `zone` is a name of the IANA database. `facts` are the values, in writing and by
    the fact's id, that the day was worked out with: none when the person set it. `is_mendable`: what was missed can still
    be put right the day after. `is_settled`: the person has done it.
    """

    id: str
    person: str = field(repr=False)
    door: str
    sealed: bytes = field(repr=False)
    flow: str
    name: str
    day: date
    zone: str
    lang: str
    citizenship: str
    facts: Mapping[str, str]
    created: date
    is_mendable: bool = False
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """`offset` is how many days before the date it is; after it, below zero."""

    offset: int
    at: datetime


Reminders = tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class KeepDate:
    """Keep it, in place of what this person has kept of the same name in the same flow."""

    date: KeptDate
    reminders: Reminders


@dataclass(frozen=True, slots=True)
class DeleteDate:
    id: str


@dataclass(frozen=True, slots=True)
class SettleDate:
    """It is done: it stays to be seen, and nobody is reminded of it."""

    id: str


@dataclass(frozen=True, slots=True)
class MoveDate:
    """To another day, with its reminders in place of the earlier ones."""

    id: str
    day: date
    reminders: Reminders
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemindAgain:
    """One reminder more, beside the others. `day` is that of the date."""

    id: str
    day: date
    reminder: Reminder


DateChange = DeleteDate | SettleDate | MoveDate | RemindAgain


def reminder_jobs(date_id: str, day: date, reminders: Reminders) -> tuple[NewJob, ...]:
    """A key for each date, day and distance: keeping or moving twice reminds once."""
    return tuple(
        NewJob(
            REMINDER,
            f"{REMINDER}:{date_id}:{day.isoformat()}:{one.offset}",
            one.at,
            {"date": date_id, "offset": one.offset},
            subject=date_id,
        )
        for one in reminders
    )
