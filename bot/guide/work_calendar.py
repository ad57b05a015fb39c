"""Which days are worked in Russia: the production calendar, year by year.

It must not guess. The Government moves days off each autumn by a resolution of its own, so that a year that nobody has
entered yet is not known, weekends included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.errors import ContentError

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class NoCalendar(ContentError):
    """Nobody has entered the days off of this year yet. Staff mend it in calendar.yaml."""

    def __init__(self, year: int) -> None:
        super().__init__(f"calendar.yaml does not have the days off of {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkYear:
    """What differs from five worked days a week. `source` is an id of sources.yaml."""

    weekdays_off: frozenset[date]
    working_saturdays: frozenset[date] = frozenset()
    source: str = ""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Without years it knows nothing, and every question raises `NoCalendar`."""

    years: Mapping[int, WorkYear] = field(default_factory=dict)

    def is_known(self, day: date) -> bool:
        return day.year in self.years

    def is_off(self, day: date) -> bool:
        """Whether most people do not work that day: a weekend, a holiday, a day off moved to it."""
        if day.year not in self.years:
            raise NoCalendar(day.year)
        year = self.years[day.year]
        if day.weekday() >= _SATURDAY:
            return day not in year.working_saturdays
        return day in year.weekdays_off

    def worked_from(self, day: date) -> date:
        """The day itself when it is worked, else the next one that is."""
        while self.is_off(day):
            day += _ONE_DAY
        return day
