"""calendar.yaml: the days off on weekdays and the worked Saturdays of each year, as the Government has set them.

A wrong day here is a wrong last day for a person. So every day must be of its year and of the right day of the week, and
the number of worked days must be the one that printed calendars give.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from bot.editorial.problem import Place, Problem, error
from bot.editorial.schema import Day, FileModel, Id, validated
from bot.editorial.table import Entry
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode
from bot.guide.work_calendar import WorkCalendar, WorkYear

_SATURDAY = 5


class YearModel(FileModel):
    year: Annotated[int, Field(ge=2000, le=2100)]
    weekdays_off: list[Day]
    working_saturdays: list[Day] = []
    worked_days: int
    source: Id
    checked: Day


@dataclass(frozen=True, slots=True)
class Calendar:
    """`years` have their places in the file. `is_whole` is False when nothing can be said about what the file lacks."""

    years: tuple[Entry[YearModel], ...] = ()
    is_whole: bool = True
    work: WorkCalendar = field(default_factory=WorkCalendar)


def read_calendar(node: YamlNode | None, file: str) -> tuple[Calendar, list[Problem]]:
    if not isinstance(node, YamlList):
        return Calendar(is_whole=False), [
            error(Place(file, node.line if node else 1), "not-a-list")
        ]
    problems: list[Problem] = []
    found: dict[int, Entry[YearModel]] = {}
    for item in node.items:
        model, wrong = validated(YearModel, item, file)
        problems += wrong
        if model is None or not isinstance(item, YamlMap):
            continue
        entry = Entry(model, file, item)
        if model.year in found:
            first = found[model.year].place("year").line
            problems.append(
                error(entry.place("year"), "duplicate-id", name=model.year, first=first)
            )
            continue
        wrong = list(_wrong_days(entry)) or list(_wrong_sum(entry))
        problems += wrong
        if not wrong:
            found[model.year] = entry
    years = tuple(found.values())
    work = WorkCalendar(MappingProxyType({year: _made(one) for year, one in found.items()}))
    return Calendar(years, is_whole=not problems, work=work), problems


def _wrong_days(entry: Entry[YearModel]) -> Iterator[Problem]:
    """Days of another year, or of a day of the week that needs no mention here."""
    model = entry.value
    for name, days in (
        ("weekdays_off", model.weekdays_off),
        ("working_saturdays", model.working_saturdays),
    ):
        for number, day in enumerate(days):
            place = entry.place(name, number)
            if day.year != model.year:
                yield error(place, "calendar-other-year", day=day, year=model.year)
            elif name == "weekdays_off" and day.weekday() >= _SATURDAY:
                yield error(place, "calendar-weekend-off", day=day)
            elif name == "working_saturdays" and day.weekday() != _SATURDAY:
                yield error(place, "calendar-not-saturday", day=day)
            elif day in days[:number]:
                yield error(place, "calendar-day-twice", day=day)


def _wrong_sum(entry: Entry[YearModel]) -> Iterator[Problem]:
    """A day left out or put in by mistake shows in the number of worked days."""
    model = entry.value
    counted = _worked_days(model)
    if counted != model.worked_days:
        yield error(
            entry.place("worked_days"),
            "calendar-sum",
            year=model.year,
            written=model.worked_days,
            counted=counted,
        )


def _worked_days(model: YearModel) -> int:
    first, after = date(model.year, 1, 1), date(model.year + 1, 1, 1)
    days = ((first + timedelta(days=number)) for number in range((after - first).days))
    weekdays = sum(day.weekday() < _SATURDAY for day in days)
    return weekdays - len(model.weekdays_off) + len(model.working_saturdays)


def _made(entry: Entry[YearModel]) -> WorkYear:
    model = entry.value
    return WorkYear(
        frozenset(model.weekdays_off), frozenset(model.working_saturdays), model.source
    )
