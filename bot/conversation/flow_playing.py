"""A check played at once, from answers that are all given: for staff who try a flow, and for programs. Pure.

Answers are read as the conversation reads them, so what is refused here would be asked again there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.conversation import flow_screens
from bot.conversation.check import Check, Given, meant_by
from bot.conversation.flow_reader import FlowReader, flow_reader
from bot.conversation.flow_typed import NotSaid, Said, Which, read_typed
from bot.conversation.guidebook import Guidebook
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.guide.citizenship import Citizenship
from bot.guide.flow import ChoiceQuestion, Flow, Question, StaysQuestion
from bot.guide.rule import Stay, write_stays

Answer = str | Sequence[str]  # several for stays

_BETWEEN_STAYS = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Played:
    """Where the answers lead. `text` is the page of the outcome; `path` has every step and the outcome."""

    outcome: str
    text: str
    dates: Mapping[str, date]
    memos: tuple[str, ...]
    contacts: tuple[str, ...]
    path: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stopped:
    """The question `step` has no answer (`answer` is None) or one that does not fit. `expected` says in the person's
    language what is asked; `why`, what is wrong with the answer. `step` is None for a flow that leads nowhere or is not for
    this citizenship.
    """

    path: tuple[str, ...]
    step: str | None = None
    answer: str | None = None
    why: str = ""
    expected: str = ""


def play(
    book: Guidebook,
    flow: Flow,
    lang: str,
    citizenship: Citizenship,
    answers: Mapping[str, Answer],
) -> Played | Stopped:
    """As somebody with this language and citizenship would see it on the day of the book."""
    base = book.catalogue.base_language
    if citizenship not in flow.readers:
        return Stopped(())
    given: dict[str, Given] = {}
    while True:
        state = State(lang, citizenship, check=Check(flow.id, given))
        here = flow_reader(Reader.of(book, state), state, flow)
        asked = here.walked.asked
        if asked is None:
            return _ended(here)
        answer = answers.get(asked.id)
        if answer is None:
            return Stopped(here.walked.path, asked.id, None, "", expected(here, asked))
        read = _read(here, asked, answer)
        if isinstance(read, NotSaid):
            told = answer if isinstance(answer, str) else "; ".join(answer)
            why = here.words.say(read.key) if read.key else ""
            return Stopped(here.walked.path, asked.id, told, why, expected(here, asked))
        given = {**given, asked.id: Given(read, meant_by(asked, base))}


def expected(here: FlowReader, asked: Question) -> str:
    """The page of the question as text, with the ids of choices beside their labels."""
    lines = [flow_screens.question(here, asked).text.text]
    if isinstance(asked, ChoiceQuestion):
        offered = asked.offered(here.reader.citizenship)
        lines += [f"- {one.id}: {one.label.in_language(here.lang)}" for one in offered]
    return "\n".join(lines)


def _ended(here: FlowReader) -> Played | Stopped:
    walked, end = here.walked, here.walked.outcome
    if end is None:
        return Stopped(walked.path)
    return Played(
        outcome=end.id,
        text=flow_screens.outcome(here, end).text.text,
        dates=walked.dates,
        memos=end.memos,
        contacts=end.pages[here.lang, here.reader.citizenship].contacts,
        path=walked.path,
        given=walked.given,
    )


def _read(here: FlowReader, asked: Question, answer: Answer) -> str | NotSaid:
    """The answer as the walk keeps it, from that form itself or from what a person would type."""
    if isinstance(answer, str) and here.allows(asked, answer):
        return answer
    if isinstance(asked, StaysQuestion):
        parts = _BETWEEN_STAYS.split(answer) if isinstance(answer, str) else answer
        stays = tuple(_stays(here, asked, parts))
        kept = write_stays(tuple(stay for stay in stays if stay is not None))
        fits = None not in stays and here.allows(asked, kept)
        return kept if fits else NotSaid("stays-unclear")
    if not isinstance(answer, str):
        return NotSaid("")
    match read_typed(here, asked, answer):
        case Said(value) if here.allows(asked, value):
            return value
        case Which():
            return NotSaid("flow-which")
        case NotSaid() as unclear:
            return unclear
        case _:
            return NotSaid("")


def _stays(here: FlowReader, asked: Question, parts: Sequence[str]) -> Iterator[Stay | None]:
    """A whole stay, or a day since which the person is here; None for anything else."""
    for part in parts:
        match read_typed(here, asked, part):
            case Said(_, Stay() as stay):
                yield stay
            case Said(day, None):
                yield Stay(date.fromisoformat(day))
            case _:
                yield None
