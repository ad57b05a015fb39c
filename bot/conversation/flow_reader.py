"""A person in front of a flow: where they stand, and their answers and results in words. Pure look-ups.

It must not decide what comes next: that is `bot.conversation.flow_steps`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.conversation.check import Check, still_holding
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.guide.fact import FactKind
from bot.guide.flow import (
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Question,
    RegionQuestion,
    StaysQuestion,
)
from bot.guide.place import Region, local_day
from bot.guide.rule import Circumstances, InputKind, Stay, read_answer
from bot.guide.text import (
    Block,
    ContactBlock,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Spans,
)
from bot.guide.walk import Regions, Walked, is_allowed, unit_of, walk
from bot.i18n.interface import Words
from bot.i18n.values import Form, day_in_words, forms_of, in_words

_BLANK = re.compile(r"\{(result|answer):([a-z0-9-]+)(?:\|([a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class FlowReader:
    """`nameable` are the regions that can be an answer. `changed` says that answers had to be dropped, since their questions
    are no longer what they were.
    """

    reader: Reader
    flow: Flow
    check: Check
    walked: Walked
    circumstances: Circumstances
    nameable: Regions
    changed: bool = False

    @property
    def today(self) -> date:
        return self.circumstances.today

    @property
    def words(self) -> Words:
        return self.reader.words

    @property
    def lang(self) -> str:
        return self.reader.lang

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that have been answered on the way, in order."""
        return tuple(
            question
            for name in self.walked.path
            if name in self.walked.given and (question := self.flow.question(name))
        )

    def region(self, name: str) -> Region | None:
        return self.reader.book.catalogue.regions.get(name)

    def regions(self) -> tuple[Region, ...]:
        """The regions of Russia by their names in this language."""
        known = self.reader.book.catalogue.regions
        found = (known[name] for name in self.nameable.ids)
        return tuple(sorted(found, key=lambda region: region.name.in_language(self.lang)))

    def allows(self, question: Question, value: str) -> bool:
        """Whether this, as the walk keeps it, can be the answer of this person today."""
        return is_allowed(question, value, self.circumstances, self.nameable)

    def answer_in_words(self, question: Question, value: str) -> str:
        """An answer as the person would say it."""
        match question:
            case ChoiceQuestion(choices=choices):
                labels = (one.label for one in choices if one.id == value)
                return next((label.in_language(self.lang) for label in labels), value)
            case DateQuestion():
                day = read_answer(InputKind.DATE, value)
                return self.day(day) if isinstance(day, date) else value
            case NumberQuestion():
                return value
            case RegionQuestion():
                region = self.region(value)
                return region.name.in_language(self.lang) if region else value
            case StaysQuestion():
                stays = read_answer(InputKind.STAYS, value)
                return self.stays(stays) if isinstance(stays, tuple) else value

    def stays(self, stays: tuple[Stay, ...]) -> str:
        """A line for each stay, in digits: on a phone two days in words take two lines, and cannot be compared."""
        return "\n".join(f"• {self.stay(stay)}" for stay in stays)

    def stay(self, stay: Stay) -> str:
        if stay.left is None:
            return self.words.say("stay-goes-on", entered=_in_digits(stay.entered))
        left = _in_digits(stay.left)
        return self.words.say("stay", entered=_in_digits(stay.entered), left=left)

    def day(self, day: date) -> str:
        return day_in_words(day, self.reader.book.units.words(self.lang))

    def filled(self, block: Block) -> Block:
        """The block with what the answers and the rules have put into its blanks."""
        match block:
            case Heading(spans):
                return Heading(self._spans(spans))
            case Paragraph(spans):
                return Paragraph(self._spans(spans))
            case ListBlock(items):
                return replace(block, items=tuple(self._spans(item) for item in items))
            case Quote(paragraphs):
                return Quote(tuple(self._spans(spans) for spans in paragraphs))
            case ContactBlock():
                return block

    def filled_text(self, text: str) -> str:
        return _BLANK.sub(lambda found: self._said(*found.groups()), text)

    def _spans(self, spans: Spans) -> Spans:
        return tuple(replace(span, text=self.filled_text(span.text)) for span in spans)

    def _said(self, kind: str, name: str, form: str | None) -> str:
        if kind == "answer":
            question, value = self.flow.question(name), self.walked.given.get(name)
            return self.answer_in_words(question, value) if question and value else "—"
        units = self.reader.book.units.words(self.lang)
        if name in self.walked.dates:
            day = self.walked.dates[name]
            return in_words(FactKind.DATE, day, _form(form, FactKind.DATE), units)
        if name in self.walked.numbers:
            unit = unit_of(name)
            return in_words(unit, self.walked.numbers[name], _form(form, unit), units)
        return "—"


def _form(name: str | None, kind: FactKind) -> Form:
    """A check of the content refuses a form that the kind has not; a person still gets the value, and no error."""
    return next((form for form in forms_of(kind) if form == name), Form.PLAIN)


def _in_digits(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def flow_reader(reader: Reader, state: State, flow: Flow) -> FlowReader:
    """Where this person stands in the flow now."""
    book = reader.book
    check = state.check
    if check is None or check.flow != flow.id:
        check = Check(flow.id)
    holding = still_holding(check, flow, book.catalogue.base_language)
    here = circumstances(reader, state, flow, holding)
    nameable = Regions.among(book.catalogue.regions.values())
    walked = walk(flow, holding.answers, here, nameable)
    changed = holding is not check
    return FlowReader(reader, flow, holding, walked, here, nameable, changed)


def circumstances(reader: Reader, state: State, flow: Flow, check: Check) -> Circumstances:
    catalogue = reader.book.catalogue
    return Circumstances(
        citizenship=reader.citizenship,
        today=day_at(reader, state.now, zone_of(reader, flow, check)),
        facts=catalogue.facts,
        regional=catalogue.regional,
        calendar=catalogue.calendar,
    )


def zone_of(reader: Reader, flow: Flow, check: Check) -> str | None:
    """The time zone of the region that the person has named, if the flow asked for one."""
    for name, value in check.answers.items():
        if isinstance(flow.question(name), RegionQuestion):
            region = reader.book.catalogue.regions.get(value)
            return region.zone if region else None
    return None


def day_at(reader: Reader, now: datetime | None, zone: str | None) -> date:
    """Today where the person is. Who named no region is taken to be where the guide's day is, in Moscow."""
    if now is None or zone is None:
        return reader.book.catalogue.day
    return local_day(now, zone)
