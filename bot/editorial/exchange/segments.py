"""The text file of a memo as pieces for a translator, each with its exact place, so that one can be replaced alone.

Fences of parts, lines with a contact, list marks and blank lines are structure: they stay where they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from bot.editorial.files.memos import FENCE
from bot.editorial.markdown import markdown_parser
from bot.editorial.parts import heading_of, read_parts
from bot.editorial.placeholders import contact_alone
from bot.editorial.template import BlockTemplate
from bot.editorial.yaml_tree import YamlMap, YamlScalar, read_yaml, span_of
from bot.errors import ContentError

_PARSER = markdown_parser()
_NAME = re.compile(r"\{([^{}|]*)[^{}]*\}")
_LINK = re.compile(r"\]\(\s*([^()\s]+)\s*\)")


class Kind(StrEnum):
    TITLE = "title"
    SUMMARY = "summary"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


FRONT = (Kind.TITLE, Kind.SUMMARY)
_BLOCKS = {
    "heading_open": Kind.HEADING,
    "list_item_open": Kind.ITEM,
    "blockquote_open": Kind.QUOTE,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """`text` on one line stands at `start:end` of the file, on `lines` (first, last).

    `part` is what opened its part ("for kg"), empty outside of parts. `name` is unique in the file.
    """

    name: str
    kind: Kind
    part: str
    text: str
    start: int
    end: int
    lines: tuple[int, int]

    @property
    def facts(self) -> tuple[str, ...]:
        return facts_in(self.text)


def segments_of(text: str) -> tuple[Segment, ...]:
    """The pieces of a text file with `\\n` line ends, in order. Raises `ContentError` when there is no reading it."""
    lines = text.split("\n")
    end = closing_fence(lines)
    starts = _starts(lines)
    return (*_front(text, starts, end), *_body(lines, starts, end + 1))


def closing_fence(lines: Sequence[str]) -> int:
    """The index of the line that closes the front matter."""
    if lines[0].rstrip() == FENCE:
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() == FENCE:
                return number
    raise ContentError("the text has no front matter; see `joldosh content check`")


def facts_in(text: str) -> tuple[str, ...]:
    """What it shows of the ledgers, and where its links lead; the form of a number may differ by language."""
    return (*sorted(_NAME.findall(text)), *sorted(_LINK.findall(text)))


MARKS = {Kind.HEADING: "## ", Kind.ITEM: "- ", Kind.QUOTE: "> ", Kind.PARAGRAPH: ""}


def is_one_piece(kind: Kind, text: str) -> bool:
    """Whether the text is still one heading, paragraph, item or quote when it stands on its line."""
    line = MARKS[kind] + text
    return heading_of(line) is None and list(_runs([line])) == [(kind, 0, [text])]


def replaced(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    """The text with these places replaced, every other character as it was."""
    pieces: list[str] = []
    at = 0
    for (start, end), new in sorted(edits.items()):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def whole_lines(whole: str, piece: Segment) -> tuple[int, int]:
    """The lines of a piece, with the blank line after them when there is one before them too."""
    lines = whole.split("\n")
    first, last = piece.lines[0] - 1, piece.lines[1]
    if last < len(lines) and not lines[last].strip() and not lines[first - 1].strip():
        last += 1
    starts = _starts(lines)
    return starts[first], min(starts[last], len(whole))


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _front(text: str, starts: list[int], end: int) -> Iterator[Segment]:
    offset = starts[1]
    written = text[offset : starts[end]]
    node, problems = read_yaml(written, "", first_line=2)
    if node is None and problems:
        raise ContentError("the front matter cannot be read; see `joldosh content check`")
    entries = {key.text: value for key, value in node.entries} if isinstance(node, YamlMap) else {}
    for kind in FRONT:
        value = entries.get(kind)
        if not isinstance(value, YamlScalar):
            continue
        shown = " ".join(value.text.split())
        start, stop = span_of(value, written)
        last = value.line + written.count("\n", start, stop)
        yield Segment(kind, kind, "", shown, offset + start, offset + stop, (value.line, last))


def _body(lines: list[str], starts: list[int], first: int) -> list[Segment]:
    found: list[Segment] = []

    def take(stretch: list[str], first_line: int) -> tuple[BlockTemplate, ...]:
        part = heading_of(lines[first_line - 2]) or ""
        for kind, number, contents in _runs(stretch):
            at = first_line - 1 + number
            segment = _segment(kind, part, lines, starts, at, contents, len(found) + 1)
            found.append(segment)
        return ()

    read_parts(lines[first:], first + 1, "", take)
    return found


def _segment(
    kind: Kind,
    part: str,
    lines: list[str],
    starts: list[int],
    at: int,
    contents: list[str],
    number: int,
) -> Segment:
    last = at + len(contents) - 1
    column, last_column = lines[at].rfind(contents[0]), lines[last].rfind(contents[-1])
    if column < 0 or last_column < 0:
        raise ContentError(f"line {at + 1} cannot be given to a translator: write it without tabs")
    return Segment(
        name=f"body-{number}",
        kind=kind,
        part=part,
        text=" ".join(contents),
        start=starts[at] + column,
        end=starts[last] + last_column + len(contents[-1]),
        lines=(at + 1, last + 1),
    )


def _runs(stretch: list[str]) -> Iterator[tuple[Kind, int, list[str]]]:
    """Kind, first line (from 0) and lines of every heading, paragraph, list item and quote; no contacts."""
    inside: list[Kind] = []
    tokens = _PARSER.parse("\n".join(stretch))
    for token, before in zip(tokens[1:], tokens, strict=False):
        _enter(before, inside)
        if token.type != "inline" or before.type not in ("paragraph_open", "heading_open"):
            continue
        contents = [line.strip() for line in token.content.split("\n")]
        if token.map and not all(map(contact_alone, contents)):
            yield (inside[-1] if inside else Kind.PARAGRAPH), token.map[0], contents


def _enter(token: Token, inside: list[Kind]) -> None:
    opened = token.type.replace("_close", "_open")
    if opened in _BLOCKS:
        if token.nesting > 0:
            inside.append(_BLOCKS[opened])
        else:
            inside.pop()
