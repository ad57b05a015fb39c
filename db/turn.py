"""One turn of a conversation as the store sees it: values only. It must not know where they are kept."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from db.counted import Group, counted_day, group_of
from db.kept_date import DateChange, KeepDate
from db.unanswered import UnansweredRow
from db.usage import UsageRow


class Seen(StrEnum):
    """`UNSENT`: the update was committed, but its answer may never have left."""

    NEW = "new"
    UNSENT = "unsent"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class LoadedTurn:
    """`state` is the conversation's decoded JSON, None when nothing is remembered.

    `before` is the state that an `UNSENT` update started from: the step repeated on it gives the same
    answer.
    """

    state: object | None
    seen: Seen
    before: object | None


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """What one update changed. States are JSON values; `after` None, like `forget`, leaves nothing.

    `person` is a keyed hash, and no part of what is kept of `usage` and `unanswered`. `at` has a zone. `lang` and
    `citizenship` are what the person has chosen, for counting persons. `keep` are dates to keep from now on, and
    `date_changes` what becomes of those that they keep already; forgetting deletes all of them.
    """

    person: str
    door: str
    update_id: int
    before: object | None
    after: object | None
    forget: bool
    usage: tuple[UsageRow, ...]
    at: datetime
    unanswered: tuple[UnansweredRow, ...] = ()
    lang: str | None = None
    citizenship: str | None = None
    keep: tuple[KeepDate, ...] = ()
    date_changes: tuple[DateChange, ...] = ()

    @property
    def forgets(self) -> bool:
        return self.forget or self.after is None

    @property
    def hour(self) -> datetime:
        """Usage is counted by the hour, so that a row says little about a person's day."""
        return self.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

    @property
    def day(self) -> date:
        return self.at.astimezone(UTC).date()

    @property
    def counted_day(self) -> date:
        return counted_day(self.at)

    @property
    def group(self) -> Group:
        return group_of(self.lang, self.citizenship)


@dataclass(frozen=True, slots=True)
class Answered:
    """That an answer left at `at`, `seconds` after its update came."""

    at: datetime
    seconds: float


class StateChange(StrEnum):
    """`LEAVE` is for a state that is kept elsewhere."""

    SAVE = "save"
    DELETE = "delete"
    LEAVE = "leave"


def seen_from(sent: object) -> Seen:
    """From the column `sent` of an update's row; None when there is no row."""
    if sent is None:
        return Seen.NEW
    return Seen.SENT if sent else Seen.UNSENT
