"""What search reads of the guide: titles, summaries, lines, and the questions that people ask.

It takes the catalogue apart and puts nothing together: no vectors, no pieces, no weights.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.guide.catalogue import Catalogue
from bot.guide.memo import Memo
from bot.guide.text import ContactBlock, Heading, ListBlock, Paragraph, Quote, Spans, plain
from bot.search.findings import Line


class Kind(StrEnum):
    TITLE = "title"
    SUMMARY = "summary"
    LINE = "line"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text that speaks of a memo; of none of them when `memo` is None."""

    memo: str | None
    lang: str
    kind: Kind
    text: str


def passages(catalogue: Catalogue) -> tuple[Passage, ...]:
    """Each once, though a memo reads nearly the same for all citizenships."""
    found: dict[Passage, None] = {}
    for memos in catalogue.memos.values():
        for memo in memos.values():
            found[Passage(memo.id, memo.lang, Kind.TITLE, memo.title)] = None
            found[Passage(memo.id, memo.lang, Kind.SUMMARY, memo.summary)] = None
            for _, text in lines(memo):
                found[Passage(memo.id, memo.lang, Kind.LINE, text)] = None
    return (*found, *_questions(catalogue))


def titles_and_questions(catalogue: Catalogue) -> tuple[Passage, ...]:
    """Only titles and questions, in the order of `passages`: what is read for its meaning, too."""
    titles = (
        Passage(memo.id, memo.lang, Kind.TITLE, memo.title)
        for memos in catalogue.memos.values()
        for memo in memos.values()
    )
    return (*dict.fromkeys(titles), *_questions(catalogue))


def _questions(catalogue: Catalogue) -> tuple[Passage, ...]:
    found: dict[Passage, None] = {}
    for memo_id, by_language in catalogue.questions.items():
        for lang, questions in by_language.items():
            for question in questions:
                found[Passage(memo_id, lang, Kind.QUESTION, question)] = None
    for lang, questions in catalogue.not_ours.items():
        for question in questions:
            found[Passage(None, lang, Kind.QUESTION, question)] = None
    return tuple(found)


def lines(memo: Memo) -> Iterator[tuple[Line, str]]:
    """The lines of a memo that could answer, each with the heading above it, without which many mean nothing."""
    heading = ""
    for number, block in enumerate(memo.blocks):
        match block:
            case Heading(spans):
                heading = plain(spans).rstrip(":. ") + ": "
            case Paragraph(spans):
                yield from _said(heading, spans, Line(number))
            case ListBlock(items):
                for item, spans in enumerate(items):
                    yield from _said(heading, spans, Line(number, item))
            case Quote() | ContactBlock():
                # Words to hold out to others, and whom to call: not what somebody asks.
                pass


def _said(heading: str, spans: Spans, line: Line) -> Iterator[tuple[Line, str]]:
    if text := plain(spans).strip():
        yield line, heading + text
