"""The dates of a person on their way between the machine and the store: read for a turn, and written with it.

It must not decide anything: the machine says what is kept and changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.actions import Action
from bot.conversation.date_keeping import Owner, keep_date, move_date, remind_tomorrow
from bot.conversation.events import ButtonPressed, CommandGiven, Event
from bot.conversation.flow_actions import DateAction
from bot.conversation.kept_date import KeptDate
from bot.conversation.replies import ChangeDate, DateChange, KeepDate, Reply
from bot.conversation.sealing import Sealing
from bot.conversation.state import State
from db import kept_date as stored
from db.kept_dates import KeptDates

_DATES = CommandGiven("dates")


@dataclass(frozen=True, slots=True)
class DateRoom:
    """Where dates are kept, and what seals them."""

    kept: KeptDates
    sealing: Sealing


def looks_at_dates(state: State, event: Event) -> bool:
    """Whether this turn may show dates or change them. Others do not pay for reading them."""
    is_pressed = isinstance(event, ButtonPressed) and _is_of_dates(event.action)
    return (
        is_pressed or event == _DATES or _is_of_dates(state.place) or _is_of_dates(state.pending)
    )


def _is_of_dates(action: Action | None) -> bool:
    return isinstance(action, DateAction)


def as_seen(dates: Iterable[stored.KeptDate]) -> tuple[KeptDate, ...]:
    """What the machine may know of them: not where the person is reached, nor what they have answered."""
    return tuple(
        KeptDate(one.id, one.flow, one.name, one.day, one.zone, one.is_settled) for one in dates
    )


def to_keep(
    replies: Iterable[Reply], owner: Owner, sealing: Sealing, now: datetime
) -> tuple[stored.KeepDate, ...]:
    return tuple(
        keep_date(reply, owner, sealing, now) for reply in replies if isinstance(reply, KeepDate)
    )


def to_change(
    replies: Iterable[Reply], dates: Iterable[stored.KeptDate], now: datetime
) -> tuple[stored.DateChange, ...]:
    """Changes of dates that are still there."""
    by_id = {one.id: one for one in dates}
    return tuple(
        change
        for reply in replies
        if isinstance(reply, ChangeDate) and (kept := by_id.get(reply.id))
        for change in _changed(reply, kept, now)
    )


def _changed(
    reply: ChangeDate, kept: stored.KeptDate, now: datetime
) -> Iterator[stored.DateChange]:
    match reply.change:
        case DateChange.DROP:
            yield stored.DeleteDate(kept.id)
        case DateChange.SETTLE:
            yield stored.SettleDate(kept.id)
        case DateChange.DELAY:
            yield remind_tomorrow(kept, now)
        case DateChange.MOVE:
            if reply.day is not None:
                yield move_date(kept, reply.day, now)
