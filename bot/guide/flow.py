"""A flow: a guided check with an exact answer. Steps that ask or choose the way, and outcomes.

Routing is by choices, citizenship and named rules; there is no language of expressions. It must not walk: that is
`bot.guide.walk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.guide.source import Citation
from bot.guide.text import Block, LocalText


@dataclass(frozen=True, slots=True)
class Choice:
    """`readers` are those whom it is offered to."""

    id: str
    label: LocalText
    next: str
    readers: frozenset[Citizenship] = EVERYBODY


@dataclass(frozen=True, slots=True)
class Asked:
    """What every question says. `hint` stands below it."""

    text: LocalText
    hint: LocalText | None = None


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    id: str
    asked: Asked
    choices: tuple[Choice, ...]

    def offered(self, citizenship: Citizenship) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if citizenship in choice.readers)


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """`past` and `ahead` are how many days the answer may lie before and after today."""

    id: str
    asked: Asked
    next: str
    past: int = 0
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class NumberQuestion:
    """From `low` to `high`, both included."""

    id: str
    asked: Asked
    next: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class RegionQuestion:
    """One of the regions of Russia that the guide knows."""

    id: str
    asked: Asked
    next: str


@dataclass(frozen=True, slots=True)
class StaysQuestion:
    """All stays in Russia of this year: when somebody came, and when they left."""

    id: str
    asked: Asked
    next: str


Question = ChoiceQuestion | DateQuestion | NumberQuestion | RegionQuestion | StaysQuestion


@dataclass(frozen=True, slots=True)
class ByCitizenship:
    """No question: the way on is that of the person's citizenship."""

    id: str
    next: Mapping[Citizenship, str]


@dataclass(frozen=True, slots=True)
class ByRule:
    """No question: a named rule works out the way. `inputs` are steps by the names that the rule has for them."""

    id: str
    rule: str
    inputs: Mapping[str, str]
    next: Mapping[str, str]


Step = Question | ByCitizenship | ByRule


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """What one reader sees. In the text `{result:…}` and `{answer:…}` still wait for the answers."""

    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    checked: date | None
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a flow. `keep` are the dates of its rules that a person can be reminded of; an `urgent` one is shown at
    once, without looking at the answers again. `mends` says that something can still be done on the day after.
    """

    id: str
    title: LocalText
    pages: Mapping[tuple[str, Citizenship], OutcomePage]
    memos: tuple[str, ...]
    keep: tuple[str, ...] = ()
    urgent: bool = False
    mends: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """`dates` name what a kept date is for. `readers` are those whom the flow is offered to."""

    id: str
    title: LocalText
    about: LocalText
    start: str
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]
    readers: frozenset[Citizenship] = EVERYBODY
    dates: Mapping[str, LocalText] = field(default_factory=dict)

    def question(self, name: str) -> Question | None:
        """The question with this id, if it is one."""
        step = self.steps.get(name)
        return None if isinstance(step, ByCitizenship | ByRule) else step


def ways_on(step: Step) -> tuple[str, ...]:
    """Where a step can lead, each once, in the order that they are written."""
    match step:
        case ChoiceQuestion(choices=choices):
            return tuple(dict.fromkeys(choice.next for choice in choices))
        case ByCitizenship() | ByRule():
            return tuple(dict.fromkeys(step.next.values()))
        case DateQuestion() | NumberQuestion() | RegionQuestion() | StaysQuestion():
            return (step.next,)
        case _:
            assert_never(step)


def meaning(question: Question, base_language: str) -> str:
    """What an answer to the question stands for, as one text. While it is the same, an answer given before a new edition
    still holds. The words of the base language count, but not their signs and capitals: a mended comma must not cost a
    person their answers, and a question that says something else must.
    """
    words = [question.asked.text.in_language(base_language)]
    match question:
        case ChoiceQuestion():
            said = (f"{one.id} {one.label.in_language(base_language)}" for one in question.choices)
            words += ["choice", *said]
        case DateQuestion(past=past, ahead=ahead):
            words.append(f"date {past > 0} {ahead > 0}")
        case NumberQuestion():
            words.append("number")
        case RegionQuestion():
            words.append("region")
        case StaysQuestion():
            words.append("stays")
    letters = "".join(sign if sign.isalnum() else " " for sign in " ".join(words).casefold())
    return " ".join(letters.split())
