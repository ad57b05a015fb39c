"""A stay as persons type it: "с 2 января по 15 марта", "02.01-15.03.2026", "2-январдан 15-мартка чейин", "с 14 мая".

Years that are not written make the stay that ended last. It must not read a clock, keep the text, or raise for any
text.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.guide.rule import Stay
from bot.i18n.typed.choosing import (
    Choice,
    NotADayReason,
    Window,
    choose,
    choose_one,
    day_of,
    every_year,
    outside,
    shifted_day,
)
from bot.i18n.typed.mentions import Shifted, Written
from bot.i18n.typed.saying import Movement, Said, said

_WINDOW = Window(past_days=3_660)
# Of longer ones nobody should guess the year: "15.03-02.01" is more likely the wrong way round.
_LONGEST_WITHOUT_YEAR = 183
# Nor of one that would end soon: "20.05-10.06" on 3 June is a plan as likely as last year's stay.
_SOON = 31


class NotAStayReason(StrEnum):
    NO_DATE = "no-date"
    NO_SUCH_DAY = "no-such-day"
    TOO_FAR_BACK = "too-far-back"
    IN_FUTURE = "in-future"
    MANY = "many"
    UNCLEAR = "unclear"
    """A day of it has two readings, or its year has to be written."""
    NO_END = "no-end"
    """One day, and no word on whether the person came or left then."""
    BACKWARDS = "backwards"
    """Left before entered."""


@dataclass(frozen=True, slots=True)
class NotAStay:
    reason: NotAStayReason


_Days = tuple[date, date | None]


def read_stay(text: str, today: date) -> Stay | NotAStay:
    """The stay that the text names: not in the future, at most ten years back. Linear in the text, and total."""
    read = said(text)
    days = read.days
    if len(days) == 2 and read.is_still_here and _is_today(days[1]):
        days = days[:1]  # "с 14 мая по сегодня"
    match days:
        case ():
            found = _since(read, today, choose(read, today, _WINDOW))
        case (one,):
            found = _since(read, today, choose_one(one, read, today, _WINDOW))
        case (first, second):
            found = _between(first, second, read, today)
        case _:
            found = NotAStayReason.MANY
    if isinstance(found, NotAStayReason):
        return NotAStay(found)
    is_clear = read.is_sure and _is_one_stay(read.movements, found)
    return Stay(*found) if is_clear else NotAStay(NotAStayReason.UNCLEAR)


def _is_one_stay(movements: tuple[Movement, ...], found: _Days) -> bool:
    """False for "left on the 10th, came on the 14th", which are two stays, and for who only says when they left."""
    if found[1] is None:
        return Movement.LEAVING not in movements
    return movements[:1] != (Movement.LEAVING,) or Movement.COMING not in movements


def _is_today(day: Written | Shifted) -> bool:
    return isinstance(day, Shifted) and day.days == day.months == 0


def _since(read: Said, today: date, chosen: Choice | NotADayReason) -> _Days | NotAStayReason:
    match chosen:
        case NotADayReason():
            return NotAStayReason(chosen)
        case Choice(days=(day,), is_sure=True):
            return (day, None) if read.has_since or read.is_still_here else NotAStayReason.NO_END
        case _:
            return NotAStayReason.UNCLEAR


def _between(
    first: Written | Shifted, second: Written | Shifted, read: Said, today: date
) -> _Days | NotAStayReason:
    entered, left = _fixed(first, None, today), _fixed(second, read.year_shift, today)
    if isinstance(entered, NotAStayReason):
        return entered
    if isinstance(left, NotAStayReason):
        return left
    is_guessed = entered is None and left is None
    if left is None:
        left = _left(second, entered, today)
    if entered is None:
        entered = max(day for day in _every_year(first, left) if day <= left)
    if entered > left:
        return NotAStayReason.BACKWARDS
    wrong = outside(left, today, _WINDOW) or outside(entered, today, _WINDOW)
    if wrong is not None:
        return NotAStayReason(wrong)
    if is_guessed and ((left - entered).days > _LONGEST_WITHOUT_YEAR or _is_soon(second, today)):
        return NotAStayReason.UNCLEAR
    return entered, left


def _fixed(
    day: Written | Shifted, year_shift: int | None, today: date
) -> date | NotAStayReason | None:
    """The day, or None when only its year is open."""
    if isinstance(day, Shifted):
        if day.is_vague:
            return NotAStayReason.NO_DATE
        if day.months:
            return NotAStayReason.UNCLEAR
        found = shifted_day(day, today)
        return NotAStayReason(found) if isinstance(found, NotADayReason) else found
    if not day.is_sure or len(day.months) > 1:
        return NotAStayReason.UNCLEAR
    if not _every_year(day, today):
        return NotAStayReason.NO_SUCH_DAY
    year = day.year
    if year is None and year_shift is not None:
        year = today.year + year_shift
    if year is None:
        return None
    return day_of(year, day.months[0], day.day) or NotAStayReason.NO_SUCH_DAY


def _left(day: Written | Shifted, entered: date | None, today: date) -> date:
    if entered is None:
        return max(found for found in _every_year(day, today) if found <= today)
    return min(found for found in _every_year(day, entered) if found >= entered)


def _is_soon(day: Written | Shifted, today: date) -> bool:
    return any(0 < (found - today).days <= _SOON for found in _every_year(day, today))


def _every_year(day: Written | Shifted, around: date) -> list[date]:
    """The day in the years around that one. Only a day of a month has any."""
    return every_year(day.day, day.months[0], around.year) if isinstance(day, Written) else []
