"""Rich text: a string and marks over it, with a builder and a splitter. Knows no memo and no
Telegram method.

Offsets and lengths count UTF-16 code units: the Bot API counts entities so, and so does a browser.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class MarkKind(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    QUOTE = "blockquote"
    FOLDED_QUOTE = "expandable_blockquote"
    LINK = "text_link"


@dataclass(frozen=True, slots=True)
class Mark:
    kind: MarkKind
    offset: int
    length: int
    url: str | None = None


def utf16_length(text: str) -> int:
    """How many UTF-16 code units the text takes: characters beyond U+FFFF (most emoji) take
    two.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class RichText:
    text: str
    marks: tuple[Mark, ...] = ()

    def __len__(self) -> int:
        return utf16_length(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(slots=True)
class RichTextBuilder:
    """Collects text and marks; `build` trims outer white space as Telegram does, so that
    offsets stay right.
    """

    _parts: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, *kinds: MarkKind, url: str | None = None) -> "RichTextBuilder":
        if not text:
            return self
        length = utf16_length(text)
        for kind in kinds:
            self._marks.append(Mark(kind, self._length, length))
        if url is not None:
            self._marks.append(Mark(MarkKind.LINK, self._length, length, url))
        self._parts.append(text)
        self._length += length
        return self

    def append(self, rich: RichText, *kinds: MarkKind) -> "RichTextBuilder":
        """Add rich text as it stands, optionally with more marks over the whole of it."""
        if not rich.text:
            return self
        length = len(rich)
        self._marks += [Mark(kind, self._length, length) for kind in kinds]
        self._marks += [Mark(m.kind, m.offset + self._length, m.length, m.url) for m in rich.marks]
        self._parts.append(rich.text)
        self._length += length
        return self

    def build(self) -> RichText:
        return _trimmed(RichText("".join(self._parts), tuple(self._marks)))


def joined(parts: list[RichText], separator: str = "\n\n") -> RichText:
    """Rich texts one after another, empty ones left out."""
    builder = RichTextBuilder()
    for number, part in enumerate(part for part in parts if part):
        if number:
            builder.add(separator)
        builder.append(part)
    return builder.build()


def cut(rich: RichText, start: int, end: int) -> RichText:
    """The piece between two character indices of the text (not UTF-16 units), marks clipped to
    it.
    """
    before = utf16_length(rich.text[:start])
    piece = rich.text[start:end]
    length = utf16_length(piece)
    marks = []
    for mark in rich.marks:
        low = max(mark.offset - before, 0)
        high = min(mark.offset + mark.length - before, length)
        if high > low:
            marks.append(Mark(mark.kind, low, high - low, mark.url))
    return RichText(piece, tuple(marks))


def split(rich: RichText, limit: int) -> list[RichText]:
    """Pieces of at most `limit` UTF-16 units, cut at paragraphs, else lines, else words, else
    anywhere.

    No character is lost but white space at the cuts, and a surrogate pair is never cut.
    `limit` must be 2 or more.
    """
    if limit < 2:
        raise ValueError("a piece must be able to hold one character beyond U+FFFF")
    return [piece for piece in _pieces(rich, limit) if piece]


def _pieces(rich: RichText, limit: int) -> Iterator[RichText]:
    rest = _trimmed(rich)
    while len(rest) > limit:
        end = _characters_within(rest.text, limit)
        at = _cut_place(rest.text, end)
        yield _trimmed(cut(rest, 0, at))
        rest = _trimmed(cut(rest, at, len(rest.text)))
    yield rest


def _characters_within(text: str, limit: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return index
    return len(text)


def _cut_place(text: str, end: int) -> int:
    for separator in ("\n\n", "\n", " "):
        at = text.rfind(separator, 0, end + len(separator))
        # A cut in the first half wastes the page; rather cut at a lesser boundary.
        if at > end // 2:
            return at
    return end


def _trimmed(rich: RichText) -> RichText:
    stripped = rich.text.strip()
    if len(stripped) == len(rich.text):
        return rich
    start = len(rich.text) - len(rich.text.lstrip())
    return cut(rich, start, start + len(stripped))
