"""The running text that persons read, piece by piece, each character with its line. The checks of wording read it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.editorial.edition import CARDS, CONTACTS, DANGERS, REGIONS, Edition
from bot.editorial.files.cards import texts_of
from bot.editorial.files.memos import MemoText
from bot.editorial.problem import Place
from bot.editorial.table import Entry
from bot.editorial.template import SpanTemplate, SpanTemplates, Words, runs_of
from bot.guide.card import SHOWN_IN
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


def prose_of(edition: Edition) -> Iterator[Prose]:
    """Titles, summaries and texts of memos, and the prose of the ledgers."""
    for _, text in edition.texts():
        yield from memo_prose(text)
    yield from ledger_prose(edition)


def name_prose(edition: Edition) -> Iterator[Prose]:
    """What contacts are called: names may hold numbers and phones, so only the checks of words read them."""
    for contact in edition.contacts:
        yield from _local(contact.value.name, contact, CONTACTS, "name")


def ledger_prose(edition: Edition) -> Iterator[Prose]:
    """What dangers and cards say, what contacts are for, and what series are about."""
    for danger in edition.dangers:
        yield from _local(danger.value.title, danger, DANGERS, "title")
        yield from _local(danger.value.say, danger, DANGERS, "say")
    for series in edition.places.series:
        yield from _local(series.value.title, series, REGIONS, "title")
        if series.value.about:
            yield from _local(series.value.about, series, REGIONS, "about")
    for contact in edition.contacts:
        if contact.value.purpose:
            yield from _local(contact.value.purpose, contact, CONTACTS, "for")
    for card in edition.cards:
        shown = card.value.russian
        yield Prose(shown, SHOWN_IN, CARDS, (0,), (card.place("russian").line,))
        for field, said in texts_of(card.value):
            yield from _local(said, card, CARDS, field)


def memo_prose(text: MemoText) -> Iterator[Prose]:
    """One piece for the title, the summary, and every paragraph, item and heading."""
    yield from front_prose(text)
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


def run_prose(run: SpanTemplates, text: MemoText, say: Say = _unsaid) -> Prose:
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
