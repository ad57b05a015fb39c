"""A memo → the pages that a phone shows. No buttons here: they belong to the conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.memo import Memo
from bot.guide.source import Citation
from bot.guide.text import Block, Heading
from bot.render.blocks import block_text
from bot.render.labels import Labels
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined, split

# About two screens of a small phone. Telegram would take 4,096 characters, but nobody reads
# that at once.
PAGE_UNITS = 1800
# Telegram: "Text of the message to be sent, 1-4096 characters after entities parsing". Counted
# here in UTF-16
# units, of which there are never fewer than characters. What a door adds above a page (a
# notice) must fit too.
LONGEST_PAGE_UNITS = 3700


@dataclass(frozen=True, slots=True)
class _Piece:
    text: RichText
    stays_with_next: bool


def memo_pages(
    memo: Memo, shown_for: Citizenship | None, contacts: Mapping[str, Contact], labels: Labels
) -> tuple[RichText, ...]:
    """The pages of a memo, at least one: title on each, summary and notices on the first,
    sources on the last.

    `shown_for` is named on the page; None when everybody reads the same.
    """
    sources = sources_text(memo.citations, labels)
    bodies = memo_bodies(memo, shown_for, contacts, labels)
    # Shown folded to three lines, the sources take no screen of their own.
    if len(bodies[-1]) + len(sources) + 2 <= LONGEST_PAGE_UNITS:
        bodies[-1] = joined([bodies[-1], sources])
    else:
        bodies += split(sources, LONGEST_PAGE_UNITS)
    pages = []
    for number, body in enumerate(bodies, 1):
        foot = checked_text(memo.checked, labels, place_text(number, len(bodies), labels))
        pages.append(joined([title_text(memo), body, foot]))
    return tuple(pages)


def memo_bodies(
    memo: Memo, shown_for: Citizenship | None, contacts: Mapping[str, Contact], labels: Labels
) -> list[RichText]:
    """What stands between title and sources, a page each; at least one."""
    pieces = _pieces(memo.blocks, dict(contacts), labels)
    head = _Piece(head_text(memo, shown_for, labels), stays_with_next=False)
    return _packed([head, *pieces])


def title_text(memo: Memo) -> RichText:
    return RichTextBuilder().add(memo.title, MarkKind.BOLD).build()


def place_text(page: int, pages: int, labels: Labels) -> str:
    """Which page it is, where there are more than one."""
    return labels.page_of.format(page=page, pages=pages) if pages > 1 else ""


def head_text(memo: Memo, shown_for: Citizenship | None, labels: Labels) -> RichText:
    """The summary, and what is to be known about the text."""
    lines = [RichText(memo.summary)]
    if shown_for:
        line = labels.shown_for.format(citizenship=labels.citizenship_names[shown_for])
        lines.append(RichTextBuilder().add(line, MarkKind.ITALIC).build())
    if memo.is_fallback:
        lines.append(RichTextBuilder().add(labels.fallback, MarkKind.BOLD).build())
    if memo.outdated:
        lines.append(RichTextBuilder().add(labels.outdated, MarkKind.BOLD).build())
    return joined(lines)


def _pieces(
    blocks: Iterable[Block], contacts: dict[str, Contact], labels: Labels
) -> Iterable[_Piece]:
    for block in blocks:
        text = block_text(block, contacts, labels)
        parts = split(text, LONGEST_PAGE_UNITS // 2) if text else []
        for part in parts:
            yield _Piece(part, stays_with_next=isinstance(block, Heading))


def _packed(pieces: list[_Piece]) -> list[RichText]:
    """Pieces packed into bodies of about `PAGE_UNITS`; a heading never ends a page."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if not piece.text:
            continue
        if groups and groups[-1][-1].stays_with_next:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    bodies: list[RichText] = []
    for group in groups:
        text = joined([piece.text for piece in group])
        if bodies and len(bodies[-1]) + len(text) + 2 <= PAGE_UNITS:
            bodies[-1] = joined([bodies[-1], text])
        else:
            bodies += split(text, LONGEST_PAGE_UNITS)
    return bodies or [RichText("")]


def checked_text(day: date, labels: Labels, besides: str = "") -> RichText:
    """When what stands above was last compared with its source."""
    said = labels.checked.format(date=labels.format_date(day))
    foot = " · ".join(part for part in (said, besides) if part)
    return RichTextBuilder().add(foot, MarkKind.ITALIC).build()


def sources_text(citations: tuple[Citation, ...], labels: Labels) -> RichText:
    if not citations:
        return RichText("")
    lines = RichTextBuilder().add(labels.sources)
    for citation in citations:
        source = citation.source
        url = source.url if source.show_link else None
        lines.add("\n• ").add(source.title.in_language(labels.lang), url=url)
        details = [labels.cited(article) for article in citation.articles]
        if source.dated:
            details.append(_shown_date(source.dated))
        if details:
            lines.add(f" ({', '.join(details)})")
    # Folded: the law is there for whoever wants it, and does not push the steps off the screen.
    return RichTextBuilder().append(lines.build(), MarkKind.FOLDED_QUOTE).build()


def _shown_date(dated: str) -> str:
    """`2025-11-18` as 18.11.2025, `2025-11` as 11.2025, a year as it is."""
    return ".".join(reversed(dated.split("-")))
