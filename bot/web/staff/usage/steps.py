"""The steps of a chart over time: days, else weeks, else months, so that there are as many as can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.usage_days import Span

_MOST_DAYS, _MOST_WEEKS = 62, 60


@dataclass(frozen=True, slots=True)
class Step:
    """`span` is cut at the ends of the period. `form` is the key of how the step is written."""

    span: Span
    form: str


def steps_of(span: Span) -> tuple[Step, ...]:
    if span.days <= _MOST_DAYS:
        return tuple(Step(Span(day, day), "day") for day in span)
    if span.days <= 7 * _MOST_WEEKS:
        return _cut(span, "week")
    return _cut(span, "month")


def added_up(steps: tuple[Step, ...], by_day: Mapping[date, int]) -> list[int]:
    """The sum of each step."""
    return [sum(by_day.get(day, 0) for day in step.span) for step in steps]


def _cut(span: Span, form: str) -> tuple[Step, ...]:
    found = []
    first = span.first
    while first <= span.last:
        last = min(_last_of_week(first) if form == "week" else _last_of_month(first), span.last)
        found.append(Step(Span(first, last), form))
        first = last + timedelta(days=1)
    return tuple(found)


def _last_of_week(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
