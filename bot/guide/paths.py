"""Every path through a flow, each with answers that a person could give and that really lead along it.

A path is told by its ways: which choice, and which route of a rule. Days and numbers are as many as there are, so answers of
every sort are tried: around today, around the limits of the law, at the edges of what the question allows. It must not
judge a path: the checks of the content do.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import assert_never

from bot.guide.citizenship import Citizenship
from bot.guide.fact import FactKind
from bot.guide.flow import (
    ByRule,
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Question,
    RegionQuestion,
    StaysQuestion,
)
from bot.guide.rule import Circumstances, Stay, write_stays
from bot.guide.rules import RULES
from bot.guide.walk import Regions, Walked, is_allowed, walk
from bot.guide.work_calendar import WorkCalendar

# Days back from today: today, the terms of registration, of the first month, of the stay, and of a year, with a day on
# either side.
_BACK = (
    0,
    1,
    2,
    6,
    7,
    9,
    10,
    11,
    14,
    15,
    16,
    20,
    29,
    30,
    31,
    45,
    60,
    89,
    90,
    91,
    120,
    200,
    240,
    300,
    370,
    800,
    1400,
)
_AHEAD = (0, 1, 3, 7, 10, 30, 90, 365)
_MOST_REGIONS = 12
# How many days one of a kind has; terms of years are met by the days above.
_DAYS_IN = {FactKind.DAYS: (1, 1), FactKind.MONTHS: (30, 31), FactKind.WORKING_DAYS: (1, 2)}
_LONGEST_TERM = 120


@dataclass(frozen=True, slots=True)
class Path:
    """`ways` name the path; `answers` lead along it. `walked` is where they end. Without `knows_calendar` it is the path of
    a day when nobody has entered the days off of the year.
    """

    citizenship: Citizenship
    ways: tuple[str, ...]
    answers: Mapping[str, str]
    walked: Walked
    knows_calendar: bool = True


@dataclass(slots=True)
class _Search:
    """`deciding` are the questions on whose answers the way depends, `limits` the days back at which a rule may find
    something else.
    """

    flow: Flow
    here: Circumstances
    regions: Regions
    deciding: frozenset[str]
    limits: frozenset[int]
    found: dict[tuple[str, ...], Path] = field(default_factory=dict)


def all_paths(
    flow: Flow, here: Circumstances, regions: Regions, calendars: bool = True
) -> Iterator[Path]:
    """The paths of the citizenship and day of `here`, those without a calendar last."""
    deciding, limits = _deciding(flow), _limits(flow, here)
    search = _Search(flow, here, regions, deciding, limits)
    _follow(search, {})
    yield from search.found.values()
    if not calendars or not here.calendar.years:
        return
    blind = _Search(flow, replace(here, calendar=WorkCalendar()), regions, deciding, limits)
    _follow(blind, {})
    for ways, path in blind.found.items():
        if ways not in search.found:
            yield replace(path, knows_calendar=False)


def _deciding(flow: Flow) -> frozenset[str]:
    """Questions with choices, and those whose answer a rule reads."""
    read = {
        name
        for step in flow.steps.values()
        if isinstance(step, ByRule)
        for name in step.inputs.values()
    }
    chosen = {name for name in flow.steps if isinstance(flow.question(name), ChoiceQuestion)}
    return frozenset(read | chosen)


def _limits(flow: Flow, here: Circumstances) -> frozenset[int]:
    """Around the terms of the facts that its rules read: a term that the law changes is still met on its last day."""
    found: set[int] = set()
    rules = [RULES.get(step.rule) for step in flow.steps.values() if isinstance(step, ByRule)]
    for name in {name for rule in rules if rule for name in rule.facts}:
        fact = here.facts.get(name)
        number = fact.value_on(here.today) if fact else None
        if fact and isinstance(number, int) and 0 < number <= _LONGEST_TERM:
            shortest, longest = _DAYS_IN.get(fact.kind, (0, 0))
            found |= set(range(number * shortest - 2, number * longest + 3)) if longest else set()
    return frozenset(days for days in found if days >= 0)


def _follow(search: _Search, answers: dict[str, str]) -> None:
    walked = walk(search.flow, answers, search.here, search.regions)
    asked = walked.asked
    values = candidates(asked, search.here, search.regions, search.limits) if asked else []
    if asked is None or not values:
        # A question that nobody of this citizenship can answer is an end too.
        ways = ways_of(search.flow, walked)
        if ways not in search.found:
            search.found[ways] = Path(search.here.citizenship, ways, dict(answers), walked)
        return
    if asked.id not in search.deciding:
        # One will do: answers of every sort to each question would multiply, and a flow of three would take minutes.
        values = values[len(values) // 2 :][:1]
    for value in values:
        _follow(search, {**answers, asked.id: value})


def ways_of(flow: Flow, walked: Walked) -> tuple[str, ...]:
    """What tells this path from others: its steps, with the choices; what rules have found shows in the step after them."""
    ways = []
    for name in walked.path:
        question = flow.question(name)
        given = walked.given.get(name)
        if isinstance(question, ChoiceQuestion) and given is not None:
            ways.append(f"{name}={given}")
        elif isinstance(flow.steps.get(name), ByRule):
            ways.append(f"{name}:{walked.routes.get(name, '')}")
        else:
            ways.append(name)
    return tuple(ways)


def candidates(
    question: Question, here: Circumstances, regions: Regions, limits: Collection[int] = ()
) -> list[str]:
    """Answers of every sort to a question, all of them allowed. `limits` are more days back to try."""
    today = here.today
    match question:
        case ChoiceQuestion():
            found = [choice.id for choice in question.offered(here.citizenship)]
        case DateQuestion(past=past, ahead=ahead):
            days = {-back for back in (*_BACK, *limits, past)} | {*_AHEAD, ahead}
            found = [(today + timedelta(days=number)).isoformat() for number in sorted(days)]
        case NumberQuestion(low=low, high=high):
            found = [str(number) for number in sorted({low, (low + high) // 2, high})]
        case RegionQuestion():
            found = _regions(here, regions)
        case StaysQuestion():
            found = [write_stays(stays) for stays in _stays(today)]
        case _:
            assert_never(question)
    return [value for value in found if is_allowed(question, value, here, regions)]


def _regions(here: Circumstances, regions: Regions) -> list[str]:
    """Some of which the guide knows a value, and some of which it does not."""
    told = {value.region for value in here.regional if value.text is not None}
    known = sorted(regions.ids & told)
    unknown = sorted(regions.ids - told)
    return [*known[:_MOST_REGIONS], *unknown[:_MOST_REGIONS]]


def _stays(today: date) -> Iterator[tuple[Stay, ...]]:
    """Here since some day; abroad again; several journeys; journeys that overlap, or lie before this year."""

    def back(days: int) -> date:
        return today - timedelta(days=days)

    for days in (0, 5, 30, 75, 80, 85, 88, 89, 90, 95, 120, 300):
        yield (Stay(back(days)),)
        yield (Stay(back(days + 3), back(3)),)
        yield (Stay(back(days + 40), back(40)), Stay(back(9)))
        yield (Stay(back(days + 20), back(20)), Stay(back(10), back(2)))
    yield (Stay(back(20), back(5)), Stay(back(10)))
    yield (Stay(back(10), back(20)),)
