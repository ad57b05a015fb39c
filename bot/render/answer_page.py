"""The page that answers a question: title, the lines of the memo that answer, then the beginning of the memo with
its sources. It must not choose the lines: their places come in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.memo import Memo
from bot.guide.text import Block, ContactBlock, Heading, ListBlock, Paragraph, Quote
from bot.render.blocks import contact_text, spans_text
from bot.render.labels import Labels
from bot.render.memo_pages import (
    LONGEST_PAGE_UNITS,
    checked_text,
    head_text,
    memo_bodies,
    place_text,
    sources_text,
    title_text,
)
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined

# What a small phone shows above its keyboard. What is longer is no longer "in short".
MOST_LINES = 3
MOST_LINE_UNITS = 700

# The number of a block, from 0, and of the item when the block is a list.
Place = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`is_whole` when all of the first page of the memo is in it."""

    text: RichText
    is_whole: bool


def answer_lines(
    memo: Memo, places: Iterable[Place], contacts: Mapping[str, Contact], labels: Labels
) -> tuple[RichText, ...]:
    """The lines at these places, in this order. A place that there is not gives none, nor does a line that is too
    long: half a rule would say something else.
    """
    lines: list[RichText] = []
    room = MOST_LINE_UNITS
    for block, item in dict.fromkeys(places):
        found = memo.blocks[block] if 0 <= block < len(memo.blocks) else None
        line = _line(found, item, contacts, labels) if found else RichText("")
        if line and len(line) <= room and len(lines) < MOST_LINES:
            lines.append(line)
            room -= len(line)
    return tuple(lines)


def answer_page(
    memo: Memo,
    shown_for: Citizenship | None,
    contacts: Mapping[str, Contact],
    labels: Labels,
    lines: tuple[RichText, ...],
    *,
    pages: int,
    briefly: bool = False,
) -> AnswerPage:
    """`pages` is how many the memo has. `briefly`, or when all of it would be too long, only the summary stands in
    the place of the first page. Sources stand here even when the memo has them pages later.
    """
    above = [title_text(memo), *_in_short(lines, labels)]
    sources = sources_text(memo.citations, labels)
    if not briefly:
        foot = checked_text(memo.checked, labels, place_text(1, pages, labels))
        body = memo_bodies(memo, shown_for, contacts, labels)[0]
        text = joined([*above, body, sources, foot])
        if len(text) <= LONGEST_PAGE_UNITS:
            return AnswerPage(text, is_whole=True)
    above.append(head_text(memo, shown_for, labels))
    foot = checked_text(memo.checked, labels)
    text = joined([*above, sources, foot])
    if len(text) > LONGEST_PAGE_UNITS:
        text = joined([*above, foot])
    return AnswerPage(text, is_whole=False)


def _in_short(lines: tuple[RichText, ...], labels: Labels) -> list[RichText]:
    if not lines:
        return []
    heading = RichTextBuilder().add(labels.in_short, MarkKind.BOLD).build()
    quote = RichTextBuilder().append(joined(list(lines)), MarkKind.QUOTE).build()
    return [joined([heading, quote], "\n")]


def _line(
    block: Block, item: int | None, contacts: Mapping[str, Contact], labels: Labels
) -> RichText:
    """The text without the marks of a quote: Telegram knows no quote in a quote."""
    match block:
        case Paragraph(spans) if item is None:
            return spans_text(spans)
        case ListBlock(items) if item is not None and 0 <= item < len(items):
            return spans_text(items[item])
        case Quote(paragraphs) if item is None:
            return joined([spans_text(spans) for spans in paragraphs], "\n")
        case ContactBlock(contact) if item is None and contact in contacts:
            return contact_text(contacts[contact], labels)
        case Heading() | Paragraph() | ListBlock() | Quote() | ContactBlock():
            return RichText("")
