"""How a fact is read: its values in words, the sentences of memos it stands in, and what a change does to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.editorial.changes import Piece, word_changes
from bot.editorial.compiling import UNITS
from bot.editorial.edition import Edition
from bot.editorial.files.memos import MemoText
from bot.editorial.filling import Filler
from bot.editorial.problem import Place
from bot.editorial.prose import run_prose
from bot.editorial.sentences import sentences_in
from bot.editorial.template import FactShown, PhoneShown, SpanTemplate, SpanTemplates, runs_of
from bot.errors import ContentError
from bot.guide.fact import DatedValue, Fact
from bot.i18n.interface import Interface, load_interface
from bot.i18n.values import Form, in_words

_ONE_DAY = timedelta(days=1)
_NOT_SAID = "…"  # for a fact that has an error of its own


@dataclass(frozen=True, slots=True)
class ValueInWords:
    """A value as persons read it, by language. `day` is one on which it holds: today, where that is one."""

    value: DatedValue
    day: date
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A sentence of a memo with the fact filled in; the value stands at `start:end` of it."""

    memo: str
    lang: str
    text: str
    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph, item or heading of a memo that reads otherwise from a day on."""

    memo: str
    lang: str
    day: date
    pieces: tuple[Piece, ...]
    place: Place


def values_in_words(fact: Fact, languages: Sequence[str], today: date) -> tuple[ValueInWords, ...]:
    """Every value of a fact, in its order."""
    return tuple(
        ValueInWords(
            dated,
            _day_of(dated, today),
            {
                lang: in_words(fact.kind, dated.value, Form.PLAIN, _units().words(lang))
                for lang in languages
            },
        )
        for dated in fact.values
    )


def sentences_with(edition: Edition, fact: str, day: date) -> tuple[SentenceRead, ...]:
    """Every sentence in which memos show a fact, as it is read on a day; memos in the order of the guide."""
    return tuple(_Reading(edition, day).sentences(fact))


def paragraphs_changed(
    before: Edition, after: Edition, names: frozenset[str], today: date
) -> tuple[ParagraphChange, ...]:
    """What reads otherwise in the memos when these facts and contacts change, today and on each day on which a value of
    theirs begins or ends.

    The texts of the memos must be the same in both editions. A change is told once, for its first day.
    """
    found: list[ParagraphChange] = []
    told: set[tuple[Place, tuple[Piece, ...]]] = set()
    for day in _turning_days((before, after), names, today):
        then, now = _Reading(before, day), _Reading(after, day)
        for memo_id, text, run in _runs(after, names):
            was, reads = then.said(text, run), now.said(text, run)
            pieces = word_changes(was, reads)
            place = Place(text.file, run[0].line)
            if was != reads and (place, pieces) not in told:
                told.add((place, pieces))
                found.append(ParagraphChange(memo_id, text.lang, day, pieces, place))
    return tuple(found)


@cache
def _units() -> Interface:
    return load_interface(domain=UNITS)


class _Reading:
    """The texts of an edition as they are read on a day."""

    def __init__(self, edition: Edition, day: date) -> None:
        facts, contacts = edition.facts.values(), edition.contacts.values()
        self._edition = edition
        self._fillers = {
            lang: Filler(facts, contacts, day, _units().words(lang), shows_gaps=True)
            for lang in edition.languages
        }

    def said(self, text: MemoText, run: SpanTemplates) -> str:
        return run_prose(run, text, lambda span: self._say(text, span)).text

    def sentences(self, fact: str) -> Iterator[SentenceRead]:
        for memo_id, text, run in _runs(self._edition, frozenset({fact})):
            prose = run_prose(run, text, lambda span, text=text: self._say(text, span))  # type: ignore[misc]
            ends = (*prose.starts[1:], len(prose.text))
            for span, start, end in zip(run, prose.starts, ends, strict=True):
                if isinstance(span, FactShown) and span.fact == fact:
                    for sentence in sentences_in(prose.text):
                        first, last = start - sentence.start, end - sentence.start
                        if 0 <= first < last <= len(sentence.text):
                            place = Place(text.file, span.line)
                            yield SentenceRead(
                                memo_id, text.lang, sentence.text, first, last, place
                            )

    def _say(self, text: MemoText, span: SpanTemplate) -> str:
        filler = self._fillers.get(text.lang)
        try:
            return filler.said(span) if filler else _NOT_SAID
        except ContentError:
            return _NOT_SAID


def _runs(
    edition: Edition, names: frozenset[str]
) -> Iterator[tuple[str, MemoText, SpanTemplates]]:
    """Paragraphs, items and headings that show one of these facts, or the phone of one of these contacts."""
    for memo_id in edition.listed_memos:
        memo = edition.memos.get(memo_id)
        texts = memo.texts if memo else {}
        for lang in edition.languages:
            if lang in texts:
                for branch in texts[lang].body.branches():
                    for block in branch.blocks:
                        for run in runs_of(block):
                            if any(_names(span) in names for span in run):
                                yield memo_id, texts[lang], run


def _names(span: SpanTemplate) -> str | None:
    match span:
        case FactShown(name) | PhoneShown(name):
            return name
        case _:
            return None


def _day_of(dated: DatedValue, today: date) -> date:
    if dated.holds_on(today):
        return today
    return dated.since or dated.until or today


def _turning_days(editions: Sequence[Edition], names: frozenset[str], today: date) -> list[date]:
    days = {today}
    for edition in editions:
        for name in names:
            fact = edition.facts.get(name)
            for dated in fact.values if fact else ():
                days |= {dated.since} if dated.since else set()
                days |= (
                    {dated.until + _ONE_DAY} if dated.until and dated.until < date.max else set()
                )
    return sorted(day for day in days if day >= today)
