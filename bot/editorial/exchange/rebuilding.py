"""A translation put together anew on a base text: its parts, contacts and order, with other words in them.

What only the translation says is kept, where it stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.editorial.exchange.segments import (
    FRONT,
    MARKS,
    Kind,
    Segment,
    closing_fence,
    replaced,
    segments_of,
)
from bot.editorial.parts import heading_of


@dataclass(frozen=True, slots=True)
class NewPiece:
    """`name` is that of the piece of the base text, None for what only the translation says. In the order of the text."""

    name: str | None
    kind: Kind
    part: str
    text: str


def rebuilt(base_text: str, front: str, pieces: Sequence[NewPiece]) -> str:
    """`front` is the new front matter with its fences; every piece of the base text must be among `pieces`."""
    base = {one.name: one for one in segments_of(base_text) if one.kind not in FRONT}
    edits: dict[tuple[int, int], str] = {}
    waiting: list[NewPiece] = []
    last: tuple[Segment, str] | None = None
    for piece in pieces:
        segment = base.get(piece.name or "")
        if piece.name is None and piece.text:
            waiting.append(piece)
        if segment is None:
            continue
        if last and waiting:
            # What stood at the end of a part does not go over into the next one.
            ended = [one for one in waiting if one.part == last[0].part != segment.part]
            edits[last[0].start, last[0].end] = last[1] + _after(ended, last[0], base_text)
            waiting = [one for one in waiting if one not in ended]
        start = base_text.rfind("\n", 0, segment.start) + 1
        if waiting:
            edits[start, start] = _before(waiting, segment, base_text)
        waiting = []
        last = (segment, piece.text)
        edits[segment.start, segment.end] = piece.text
    if last:
        edits[last[0].start, last[0].end] = last[1] + _after(waiting, last[0], base_text)
    lines = replaced(base_text, edits).split("\n")
    return front + "\n".join(lines[closing_fence(lines) + 1 :])


def _before(pieces: Sequence[NewPiece], segment: Segment, text: str) -> str:
    start = text.rfind("\n", 0, segment.start) + 1
    line_before = text[:start].rstrip("\n").rpartition("\n")[2]
    is_apart = text[:start].endswith("\n\n") or heading_of(line_before) is not None
    said = "" if is_apart or _is_in_list(pieces[0], segment) else "\n"
    for piece in pieces:
        is_item = _is_in_list(piece, segment)
        said += f"{_mark(piece, segment, text)}{piece.text}\n" + ("" if is_item else "\n")
    return said


def _after(pieces: Sequence[NewPiece], segment: Segment, text: str) -> str:
    return "".join(
        ("\n" if _is_in_list(piece, segment) else "\n\n")
        + _mark(piece, segment, text)
        + piece.text
        for piece in pieces
    )


def _is_in_list(piece: NewPiece, segment: Segment) -> bool:
    return piece.kind is segment.kind is Kind.ITEM


def _mark(piece: NewPiece, segment: Segment, text: str) -> str:
    """The mark of the list it stands in; one of its own elsewhere."""
    if not _is_in_list(piece, segment):
        return MARKS[piece.kind]
    return text[text.rfind("\n", 0, segment.start) + 1 : segment.start]
