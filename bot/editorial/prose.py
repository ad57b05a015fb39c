"""The running text that persons read, piece by piece, each character with its line. The checks of wording read it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.editorial.edition import CARDS, CONTACTS, DANGERS, REGIONS, Edition
from bot.editorial.files.cards import texts_of
from bot.editorial.files.flows import FlowFile, FlowText
from bot.editorial.files.memos import MemoText
from bot.editorial.problem import Place
from bot.editorial.table import Entry, Table
from bot.editorial.template import SpanTemplate, SpanTemplates, Words, runs_of
from bot.guide.card import SHOWN_IN, Card
from bot.guide.contact import Contact
from bot.guide.danger import Danger
from bot.guide.flow import ChoiceQuestion
from bot.guide.regional import Series
from bot.guide.text import LocalText

FILLED_IN = "\ufffc"  # stands for a placeholder: no letter, digit or space, so that no pattern runs across it
Say = Callable[[SpanTemplate], str]
_QUOTED = re.compile(r"«[^»]*»|„[^“]*“|“[^”]*”")


@dataclass(frozen=True, slots=True)
class Prose:
    """`starts` are the offsets at which the lines in `lines` begin."""

    text: str
    lang: str
    file: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def place(self, offset: int) -> Place:
        return Place(self.file, self.lines[bisect_right(self.starts, offset) - 1])

    @property
    def unquoted(self) -> str:
        """The text with everything in quotation marks blanked out, offsets unchanged."""
        return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The prose of one text, or of all ledgers. It stays the same object from edition to edition until something in it
    changes, so that a check can keep what it found there.
    """

    prose: tuple[Prose, ...]


def said_in(edition: Edition) -> Iterator[Said]:
    """Titles, summaries and texts of memos, and the prose of the ledgers."""
    for _, text in edition.texts():
        yield edition.kept.of(said_in_memo, text)
    for flow in edition.flows.values():
        yield edition.kept.of(said_in_flow, flow)
    yield said_in_ledgers(edition)


def said_in_memo(text: MemoText) -> Said:
    """One piece for the title, the summary, and every paragraph, item and heading."""
    return Said(tuple(_memo_prose(text)))


def said_in_flow(flow: FlowFile) -> Said:
    """Questions, hints, choices, and what outcomes say."""
    return Said(tuple(_flow_prose(flow)))


def said_in_ledgers(edition: Edition) -> Said:
    """What dangers and cards say, what contacts are for, and what series are about."""
    return edition.kept.of(
        _said_in_ledgers,
        edition.dangers,
        edition.places.series,
        edition.contacts,
        edition.cards,
    )


def said_in_names(edition: Edition) -> Said:
    """What contacts are called: names may hold numbers and phones, so only the checks of words read them."""
    return edition.kept.of(_said_in_names, edition.contacts)


def _said_in_names(contacts: Table[Contact]) -> Said:
    return Said(
        tuple(
            prose
            for contact in contacts
            for prose in _local(contact.value.name, contact, CONTACTS, "name")
        )
    )


def _said_in_ledgers(
    dangers: Table[Danger], series: Table[Series], contacts: Table[Contact], cards: Table[Card]
) -> Said:
    return Said(tuple(_ledger_prose(dangers, series, contacts, cards)))


def _ledger_prose(
    dangers: Table[Danger], all_series: Table[Series], contacts: Table[Contact], cards: Table[Card]
) -> Iterator[Prose]:
    for danger in dangers:
        yield from _local(danger.value.title, danger, DANGERS, "title")
        yield from _local(danger.value.say, danger, DANGERS, "say")
    for series in all_series:
        yield from _local(series.value.title, series, REGIONS, "title")
        if series.value.about:
            yield from _local(series.value.about, series, REGIONS, "about")
    for contact in contacts:
        if contact.value.purpose:
            yield from _local(contact.value.purpose, contact, CONTACTS, "for")
    for card in cards:
        shown = card.value.russian
        yield Prose(shown, SHOWN_IN, CARDS, (0,), (card.place("russian").line,))
        for field, said in texts_of(card.value):
            yield from _local(said, card, CARDS, field)


def _memo_prose(text: MemoText) -> Iterator[Prose]:
    yield from front_prose(text)
    for branch in text.body.branches():
        for block in branch.blocks:
            for run in runs_of(block):
                if run:
                    yield run_prose(run, text)


def _flow_prose(flow: FlowFile) -> Iterator[Prose]:
    for name, said in (("title", flow.title), ("about", flow.about)):
        yield from _local(said, flow.entry, flow.file, name)
    for step in flow.steps.values():
        if isinstance(step.step, ChoiceQuestion):
            for number, choice in enumerate(step.step.choices):
                for lang, label in choice.label.by_language.items():
                    place = flow.step_place(step.step.id, "choices", number, "label", lang)
                    yield Prose(label, lang, flow.file, (0,), (place.line,))
    for text in flow.texts:
        for branch in text.body.branches():
            for block in branch.blocks:
                for run in runs_of(block):
                    if run:
                        yield run_prose(run, text)


def front_prose(text: MemoText) -> Iterator[Prose]:
    """The title and the summary."""
    front = text.front
    for field, value in (("title", front.value.title), ("summary", front.value.summary)):
        yield Prose(value, text.lang, text.file, (0,), (front.place(field).line,))


def _unsaid(span: SpanTemplate) -> str:
    return span.text if isinstance(span, Words) else FILLED_IN


def run_prose(run: SpanTemplates, text: MemoText | FlowText, say: Say = _unsaid) -> Prose:
    """One paragraph, item or heading. `say` gives the text of each span."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for span in run:
        starts.append(length)
        pieces.append(say(span))
        length += len(pieces[-1])
    lines = tuple(span.line for span in run)
    return Prose("".join(pieces), text.lang, text.file, tuple(starts), lines)


def _local(text: LocalText, entry: Entry[object], file: str, field: str) -> Iterator[Prose]:
    for lang, said in text.by_language.items():
        yield Prose(said, lang, file, (0,), (entry.place(field, lang).line,))
    if text.anywhere is not None:
        yield Prose(text.anywhere, "", file, (0,), (entry.place(field).line,))
