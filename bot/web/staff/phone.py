"""A page of the conversation as a phone draws it, in HTML. It must not decide what stands on the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.conversation.actions import OpenMemo
from bot.conversation.replies import Button, LinkButton, Page
from bot.render.rich_text import Mark, MarkKind, RichText, utf16_length

_QUOTES = (MarkKind.QUOTE, MarkKind.FOLDED_QUOTE)
# What phones find in plain text by themselves.
_FOUND = re.compile(
    r"(?P<address>https?://[^\s<>\"]*[^\s<>\".,;:!?)»”])|(?P<phone>\+\d[\d ()\u00a0-]{6,}\d)"
)


@dataclass(frozen=True, slots=True)
class Key:
    """A button under the page. `opens` is set where it leads to another page of the same memo."""

    label: str
    opens: OpenMemo | None
    is_link: bool


def drawn(text: RichText) -> Markup:
    """Text and marks as HTML; everything written is escaped."""
    units = text.text.encode("utf-16-le")
    return _joined(units, text.marks, 0, len(units) // 2)


def keys_of(page: Page, memo: str) -> list[list[Key]]:
    return [[_key(button, memo) for button in row] for row in page.rows]


def _key(button: Button | LinkButton, memo: str) -> Key:
    action = button.action if isinstance(button, Button) else None
    opens = action if isinstance(action, OpenMemo) and action.memo == memo else None
    return Key(button.label, opens, isinstance(button, LinkButton))


def _between(units: bytes, marks: Sequence[Mark], start: int, end: int) -> Iterator[Markup]:
    """The text from one UTF-16 unit to another, marks nested; one that leaves another is cut in two."""
    waiting = sorted(
        (_clipped(mark, start, end) for mark in marks),
        key=lambda mark: (mark.offset, mark.kind not in _QUOTES, -mark.length),
    )
    at = start
    while waiting:
        mark = waiting.pop(0)
        if mark.length <= 0:
            continue
        mark_end = mark.offset + mark.length
        yield _plain(_said(units, at, mark.offset))
        inside = [one for one in waiting if one.offset < mark_end]
        if mark.kind is MarkKind.FOLDED_QUOTE:
            yield _folded(units, inside, mark.offset, mark_end)
        else:
            yield _around(mark, _joined(units, inside, mark.offset, mark_end))
        at = mark_end
        waiting = [
            clipped for one in waiting if (clipped := _clipped(one, mark_end, end)).length > 0
        ]
        if mark.kind in _QUOTES and _said(units, at, min(at + 1, end)) == "\n":
            at += 1  # a quote is a block of its own: the line break after it is not shown twice
    yield _plain(_said(units, at, end))


def _joined(units: bytes, marks: Sequence[Mark], start: int, end: int) -> Markup:
    return Markup("").join(_between(units, marks, start, end))


def _folded(units: bytes, marks: Sequence[Mark], start: int, end: int) -> Markup:
    """Telegram shows three lines of it until it is pressed; here the first."""
    first = _said(units, start, end).partition("\n")[0]
    cut = min(start + utf16_length(first), end)
    folded = Markup('<details class="quote"><summary>{}</summary>{}</details>')
    return folded.format(
        _joined(units, marks, start, cut), _joined(units, marks, min(cut + 1, end), end)
    )


def _clipped(mark: Mark, start: int, end: int) -> Mark:
    low = max(mark.offset, start)
    high = min(mark.offset + mark.length, end)
    return Mark(mark.kind, low, high - low, mark.url)


def _said(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")


def _around(mark: Mark, inside: Markup) -> Markup:
    match mark.kind:
        case MarkKind.LINK:
            return _link(mark.url or "", inside)
        case MarkKind.QUOTE:
            return Markup("<blockquote>{}</blockquote>").format(inside)
        case MarkKind.BOLD:
            return Markup("<strong>{}</strong>").format(inside)
        case _:
            return Markup("<em>{}</em>").format(inside)


def _link(url: str, inside: Markup) -> Markup:
    if not url.startswith(("https://", "http://")):
        return inside
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(
        url, inside
    )


def _plain(text: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for found in _FOUND.finditer(text):
        parts.append(escape(text[at : found.start()]))
        if phone := found["phone"]:
            number = re.sub(r"[^+\d]", "", phone)
            parts.append(Markup('<a href="tel:{}">{}</a>').format(number, phone))
        else:
            parts.append(_link(found[0], escape(found[0])))
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])
