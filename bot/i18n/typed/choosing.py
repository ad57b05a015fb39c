"""Which day is meant: what a text says of days, on a given day, inside the days that the question allows.

It must not choose between two readings: it keeps both.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.i18n.typed.mentions import DayAlone, OnWeekday, Order, Shifted, Written
from bot.i18n.typed.saying import Said

_WEEK = timedelta(weeks=1)
_YEARS_AROUND = 9  # 29 February comes back after eight years at most
_FAR = 40_000  # days: beyond any question, and far within what a date can hold


@dataclass(frozen=True, slots=True)
class Window:
    """The days that answer the question: so many back from today, so many ahead; today is always one."""

    past_days: int
    ahead_days: int = 0


class NotADayReason(StrEnum):
    NO_DATE = "no-date"
    NO_SUCH_DAY = "no-such-day"
    TOO_FAR_BACK = "too-far-back"
    IN_FUTURE = "in-future"
    """Later than the question allows."""
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Choice:
    """The days that can be meant, all in the window. Sure is only one day with one reading."""

    days: tuple[date, ...]
    is_sure: bool = True


Chosen = Choice | NotADayReason


def choose(said: Said, today: date, within: Window) -> Chosen:
    """The day meant, or the days, or why there is none. Never raises."""
    if said.days:
        chosen = _only_one(choose_one(day, said, today, within) for day in said.days)
    elif said.weekdays:
        chosen = _only_one(_weekday(day, said.week, today, within) for day in said.weekdays)
    elif said.alone:
        chosen = _only_one(_alone(day, today, within) for day in said.alone)
    else:
        return NotADayReason.NO_DATE
    if isinstance(chosen, Choice) and not (said.is_sure and _agree(chosen, said)):
        return replace(chosen, is_sure=False)
    return chosen


def choose_one(day: Written | Shifted, said: Said, today: date, within: Window) -> Chosen:
    match day:
        case Written():
            return _written(day, said.year_shift, today, within)
        case Shifted():
            return _shifted(day, today, within)


def outside(day: date, today: date, within: Window) -> NotADayReason | None:
    """On which side of the window the day lies, if it is not in it."""
    distance = (day - today).days
    if distance < -within.past_days:
        return NotADayReason.TOO_FAR_BACK
    return NotADayReason.IN_FUTURE if distance > within.ahead_days else None


def every_year(day: int, month: int, around: int) -> list[date]:
    """That day of the years around this one, in order. Empty for a day that no year has."""
    years = range(max(around - _YEARS_AROUND, 1), min(around + _YEARS_AROUND, 9_999) + 1)
    return [found for year in years if (found := day_of(year, month, day))]


def day_of(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= year <= 9_999 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _only_one(chosen: Iterable[Chosen]) -> Chosen:
    """What all say. Different days are many, even if only one of them is allowed."""
    distinct = list(dict.fromkeys(chosen))
    return distinct[0] if len(distinct) == 1 else NotADayReason.MANY


def _agree(chosen: Choice, said: Said) -> bool:
    """False for "Monday, 14 May" when 14 May is a Thursday, and "yesterday, the 14th" on the 20th: one is a mistake."""
    return all(
        all(day.weekday() == named.weekday for named in said.weekdays)
        and all(day.day == alone.day for alone in said.alone)
        for day in chosen.days
    )


def _written(day: Written, year_shift: int | None, today: date, within: Window) -> Chosen:
    year = day.year
    if year is None and year_shift is not None:
        year = today.year + year_shift
    found = [_in_month(day.day, month, year, today, within) for month in day.months]
    days = tuple(one for one in found if isinstance(one, date))
    if not days:
        return next(one for one in found if isinstance(one, NotADayReason))
    return Choice(days, day.is_sure and len(found) == 1)


def _in_month(
    day: int, month: int, year: int | None, today: date, within: Window
) -> date | NotADayReason:
    if year is not None:
        found = day_of(year, month, day)
        return NotADayReason.NO_SUCH_DAY if found is None else _allowed(found, today, within)
    every = every_year(day, month, today.year)
    allowed = [one for one in every if outside(one, today, within) is None]
    if not every or (not allowed and (month, day) == (2, 29)):
        return NotADayReason.NO_SUCH_DAY
    return _allowed(_nearest(allowed or every, today), today, within)


def _allowed(day: date, today: date, within: Window) -> date | NotADayReason:
    return outside(day, today, within) or day


def _nearest(days: Iterable[date], today: date) -> date:
    """The nearest day; of two as near, the earlier."""
    return min(days, key=lambda day: (abs(day - today), day))


def _shifted(shift: Shifted, today: date, within: Window) -> Chosen:
    if shift.is_vague:
        return NotADayReason.NO_DATE
    day = shifted_day(shift, today)
    if isinstance(day, NotADayReason):
        return day
    return outside(day, today, within) or Choice((day,), is_sure=shift.months == 0)


def shifted_day(shift: Shifted, today: date) -> date | NotADayReason:
    """The day so far away. A month that has no such day gives its last one."""
    if abs(shift.days) + 31 * abs(shift.months) > _FAR:
        is_past = shift.days + shift.months < 0
        return NotADayReason.TOO_FAR_BACK if is_past else NotADayReason.IN_FUTURE
    year, month = divmod(today.year * 12 + today.month - 1 + shift.months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last)) + timedelta(days=shift.days)


def _weekday(said: OnWeekday, week: int | None, today: date, within: Window) -> Chosen:
    here = today + timedelta(days=said.weekday - today.weekday())  # in this week
    latest = here if here < today else here - _WEEK
    earliest = here if here > today else here + _WEEK
    if week is not None:
        days = [here + week * _WEEK]
    elif said.order is Order.THIS:
        days = [here]
    elif said.order is Order.LAST:
        # On Friday "last Tuesday" is this week's for some and last week's for others.
        days = [latest, latest - _WEEK] if here < today else [latest]
    elif said.order is Order.NEXT:
        days = [earliest, earliest + _WEEK] if here > today else [earliest]
    else:
        days = sorted({latest, here, earliest} if here == today else {latest, earliest})
    allowed = tuple(day for day in days if outside(day, today, within) is None)
    if not allowed:
        return outside(days[0], today, within) or NotADayReason.NO_DATE
    is_one = len(allowed) == 1 and (said.order is Order.PLAIN or len(days) == 1)
    return Choice(allowed, is_sure=said.is_sure and is_one)


def _alone(said: DayAlone, today: date, within: Window) -> Chosen:
    """ "14": the nearest such day is only to be asked about. "14 числа прошлого месяца" is sure."""
    this = today.year * 12 + today.month - 1
    if said.month_shift is not None:
        year, month = divmod(this + said.month_shift, 12)
        found = day_of(year, month + 1, said.day)
        if found is None:
            return NotADayReason.NO_SUCH_DAY
        return outside(found, today, within) or Choice((found,))
    every = [
        found
        for month in range(this - 12, this + 13)
        if (found := day_of(month // 12, month % 12 + 1, said.day))
    ]
    allowed = [day for day in every if outside(day, today, within) is None]
    return Choice((_nearest(allowed, today),), is_sure=False) if allowed else NotADayReason.NO_DATE
