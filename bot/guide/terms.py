"""The arithmetic of terms: from an event and a number to the last day on which something may be done.

Whether a term counts the day of its event, or moves when it ends on a day off, is a matter of law: a rule decides, and
`docs/dates.md` says why. Days here are calendar days of one place; hours are nobody's business.
"""

from calendar import monthrange
from datetime import date, timedelta

from bot.guide.work_calendar import WorkCalendar

_ONE_DAY = timedelta(days=1)
_MONTHS = 12


def days_with(first: date, days: int) -> date:
    """The last of so many calendar days when `first` is the first of them: one day ends on the same day."""
    return days_after(first, days - 1)


def days_after(event: date, days: int) -> date:
    """The last of so many calendar days when they start on the day after the event.

    24-hour days (sutki) that the law counts from the midnight after the event end on the same day.
    """
    return event + timedelta(days=days)


def working_days_with(first: date, days: int, calendar: WorkCalendar) -> date:
    """The last of so many worked days; `first` is one of them if it is worked. Raises `NoCalendar`."""
    day = calendar.worked_from(first)
    for _ in range(days - 1):
        day = calendar.worked_from(day + _ONE_DAY)
    return day


def working_days_after(event: date, days: int, calendar: WorkCalendar) -> date:
    """The last of so many worked days when they start on the day after the event. Raises `NoCalendar`."""
    return working_days_with(event + _ONE_DAY, days, calendar)


def months_after(event: date, months: int) -> date:
    """The same day of the month so many months later; the last day of a month that has no such day.

    So a court counts (Civil Code art. 192(3)), and so it counts back when `months` is negative.
    """
    month = event.year * _MONTHS + event.month - 1 + months
    year, month = divmod(month, _MONTHS)
    return date(year, month + 1, min(event.day, monthrange(year, month + 1)[1]))


def years_after(event: date, years: int) -> date:
    """The same day so many years later; 28 February for a 29th that the year does not have."""
    return months_after(event, years * _MONTHS)


def months_with(first: date, months: int) -> date:
    """The last of so many months when `first` is their first day: the day before `months_after`.

    From 31 January one month ends on 27 or 28 February: never later than by any other way to count.
    """
    return months_after(first, months) - _ONE_DAY


def moved(day: date, calendar: WorkCalendar) -> date:
    """Where a term ends that the law moves from a day off to the next worked day. Raises `NoCalendar`."""
    return calendar.worked_from(day)
