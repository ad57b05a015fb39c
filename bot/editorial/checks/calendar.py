"""Years whose days off nobody has entered: terms of worked days cannot be counted in them.

The Government sets the days off of a year in the autumn before it, between the middle of September and the end of
November. So staff are warned from 1 October, and from 1 December nothing is published without the next year.
"""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import CALENDAR, Edition
from bot.editorial.problem import Place, Problem, error, warning

_WARNED_FROM, _NEEDED_FROM = 10, 12  # months


def check_calendar(edition: Edition, today: date) -> Iterator[Problem]:
    if not edition.calendar.is_whole:
        return  # what cannot be read may have any year
    known = edition.calendar.work.years
    place = Place(CALENDAR, 1)
    if today.year not in known:
        yield error(place, "calendar-year-missing", year=today.year)
    if today.year + 1 not in known and today.month >= _WARNED_FROM:
        make = error if today.month >= _NEEDED_FROM else warning
        yield make(place, "calendar-year-missing", year=today.year + 1)
