"""Where a person stands in a flow: from the start along the answers to the first question that has none.

The place is worked out and never stored. So going back is taking an answer away, an answer can be changed under a summary,
and after a new edition everybody stands where their answers still lead. It never raises, whatever the answers are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from bot.errors import ContentError
from bot.guide.fact import FactKind
from bot.guide.flow import (
    ByCitizenship,
    ByRule,
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Outcome,
    Question,
    RegionQuestion,
    StaysQuestion,
    Step,
)
from bot.guide.place import Region, is_russian
from bot.guide.rule import (
    UNKNOWN_YEAR,
    Answer,
    Circumstances,
    InputKind,
    Rule,
    Stay,
    Worked,
    WorkingLine,
    read_answer,
)
from bot.guide.rules import RULES
from bot.guide.work_calendar import NoCalendar

Answers = Mapping[str, str]

LONGEST_STAY_LIST = 20  # stays of one year; more is no list of journeys but a mistake, or mischief


@dataclass(frozen=True, slots=True)
class Regions:
    """Which regions a person can name: ids of those in Russia."""

    ids: frozenset[str] = frozenset()

    @classmethod
    def among(cls, regions: Iterable[Region]) -> "Regions":
        return cls(frozenset(region.id for region in regions if is_russian(region)))


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the answers lead. Exactly one of `asked` and `outcome` is set, but in a flow that leads nowhere: neither.

    `path` has every step on the way, with the one that is asked and the outcome; `given` are the answers on the way,
    `routes` what each step with a rule found, and `facts` the values that rules have read.
    """

    path: tuple[str, ...]
    asked: Question | None = None
    outcome: Outcome | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    working: tuple[WorkingLine, ...] = ()
    facts: tuple[str, ...] = ()
    routes: Mapping[str, str] = field(default_factory=dict)


def walk(flow: Flow, answers: Answers, here: Circumstances, regions: Regions) -> Walked:
    """From the start to the first question without an answer that is allowed, or to an outcome."""
    return _Walk(flow, answers, here, regions).end()


class _Walk:
    def __init__(
        self, flow: Flow, answers: Answers, here: Circumstances, regions: Regions
    ) -> None:
        self._flow = flow
        self._answers = answers
        self._here = here
        self._regions = regions
        self._path: list[str] = []
        self._given: dict[str, str] = {}
        self._dates: dict[str, date] = {}
        self._numbers: dict[str, int] = {}
        self._working: list[WorkingLine] = []
        self._facts: dict[str, None] = {}
        self._routes: dict[str, str] = {}

    def end(self) -> Walked:
        name = self._flow.start
        while name not in self._path:  # a circle leads nowhere
            self._path.append(name)
            outcome = self._flow.outcomes.get(name)
            if outcome is not None:
                return self._walked(outcome=outcome)
            step = self._flow.steps.get(name)
            if step is None:
                break
            onward = self._onward(step)
            if onward is None:
                return self._walked(asked=self._flow.question(name))
            name = onward
        return self._walked()

    def _onward(self, step: Step) -> str | None:
        """The name of what comes after; None when the step waits for an answer, or does not lead on."""
        match step:
            case ByCitizenship():
                return step.next.get(self._here.citizenship)
            case ByRule():
                return self._by_rule(step)
        given = self._answers.get(step.id)
        if given is None or not is_allowed(step, given, self._here, self._regions):
            return None
        self._given[step.id] = given
        return after(step, given)

    def _by_rule(self, step: ByRule) -> str | None:
        rule = RULES.get(step.rule)
        inputs = self._inputs(rule, step) if rule else None
        if rule is None or inputs is None:
            return None
        try:
            found = rule.work(inputs, self._here)
        except NoCalendar:
            found = Worked(UNKNOWN_YEAR)
        except ContentError:  # a fact without a number today: a check of the content names it
            return None
        self._dates |= found.dates
        self._numbers |= found.numbers
        self._working += found.working
        self._facts |= dict.fromkeys(rule.facts)
        self._routes[step.id] = found.route
        return step.next.get(found.route)

    def _inputs(self, rule: Rule, step: ByRule) -> dict[str, Answer] | None:
        """What the rule is to work with; None when something that it needs is not there."""
        found: dict[str, Answer] = {}
        for name, kind in rule.inputs.items():
            given = self._given.get(step.inputs.get(name, ""))
            answer = read_answer(kind, given) if given is not None else None
            if answer is not None:
                found[name] = answer
            elif name not in rule.optional:
                return None
        return found

    def _walked(self, *, asked: Question | None = None, outcome: Outcome | None = None) -> Walked:
        return Walked(
            path=tuple(self._path),
            asked=asked,
            outcome=outcome,
            given=self._given,
            dates=self._dates,
            numbers=self._numbers,
            working=tuple(self._working),
            facts=tuple(self._facts),
            routes=self._routes,
        )


def after(question: Question, given: str) -> str | None:
    """Where an allowed answer leads."""
    if isinstance(question, ChoiceQuestion):
        return next((one.next for one in question.choices if one.id == given), None)
    return question.next


def is_allowed(question: Question, given: str, here: Circumstances, regions: Regions) -> bool:
    """Whether this can be the answer of this person today."""
    match question:
        case ChoiceQuestion():
            return any(choice.id == given for choice in question.offered(here.citizenship))
        case DateQuestion():
            day = read_answer(InputKind.DATE, given)
            return isinstance(day, date) and lies_within(question, day, here.today)
        case NumberQuestion(low=low, high=high):
            number = read_answer(InputKind.NUMBER, given)
            return isinstance(number, int) and low <= number <= high
        case RegionQuestion():
            return given in regions.ids
        case StaysQuestion():
            stays = read_answer(InputKind.STAYS, given)
            return isinstance(stays, tuple) and bool(stays) and are_stays(stays, here.today)
        case _:
            assert_never(question)


def lies_within(question: DateQuestion, day: date, today: date) -> bool:
    return -question.past <= (day - today).days <= question.ahead


def are_stays(stays: tuple[Stay, ...], today: date) -> bool:
    """Whether these can be the stays of somebody: none after today, and at most one goes on."""
    if len(stays) > LONGEST_STAY_LIST or sum(stay.left is None for stay in stays) > 1:
        return False
    return all(stay.entered <= (stay.left or today) <= today for stay in stays)


def kind_of(question: Question) -> InputKind:
    """What an answer to the question is, for a rule."""
    match question:
        case ChoiceQuestion():
            return InputKind.CHOICE
        case DateQuestion():
            return InputKind.DATE
        case NumberQuestion():
            return InputKind.NUMBER
        case RegionQuestion():
            return InputKind.REGION
        case StaysQuestion():
            return InputKind.STAYS
        case _:
            assert_never(question)


def unit_of(number: str) -> FactKind:
    """What a number that a rule has worked out counts."""
    return FactKind.MONEY if number == "price" else FactKind.DAYS
