"""Markdown → block templates. Only what persons can be shown on every door; anything else is a problem with its line.

All of CommonMark and tables are switched on, so that unsupported syntax is recognised and named, not shown as it stands.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.editorial.placeholders import contact_alone, spans_of
from bot.editorial.problem import Place, Problem, error
from bot.editorial.template import (
    BlockTemplate,
    ContactTemplate,
    HeadingTemplate,
    ListTemplate,
    Look,
    ParagraphTemplate,
    QuoteTemplate,
    SpanTemplate,
    SpanTemplates,
    Words,
)
from bot.guide.text import Emphasis

MEMO_LINK = "memo:"
_WEB_LINKS = ("https://", "http://")
_BARE_LINK = re.compile(r"https?://\S+")
_BROKEN_LINK = re.compile(r"\]\s*\(")


class _Parser(MarkdownIt):
    def normalizeLink(self, url: str) -> str:
        return url  # Cyrillic addresses are shown as they were written


def markdown_parser() -> MarkdownIt:
    """The grammar that every reader of a text must share."""
    parser = _Parser("commonmark").enable(["table", "strikethrough"])
    # Reference links are defined far from where they stand and vanish when misspelt.
    return parser.disable("reference")


class MarkdownReader:
    """Reads the blocks of one file and collects its problems. `results`: whether results of a flow may be shown."""

    def __init__(self, file: str, *, results: bool = False) -> None:
        self.problems: list[Problem] = []
        self._results = results
        self._file = file
        self._parser = markdown_parser()
        self._first_line = 1

    def blocks(self, lines: Sequence[str], first_line: int) -> tuple[BlockTemplate, ...]:
        """The blocks of some lines, the first of which has this number in the file."""
        self._first_line = first_line
        if not any(line.strip() for line in lines):
            return ()
        tokens = self._parser.parse("\n".join(lines))
        return tuple(self._blocks(tokens))

    def _blocks(self, tokens: list[Token]) -> Iterator[BlockTemplate]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _end(tokens, at)
            inside = tokens[at + 1 : end]
            line = self._line(token)
            match token.type:
                case "paragraph_open":
                    yield from self._paragraph(inside[0], line)
                case "heading_open" if token.markup == "##":
                    yield HeadingTemplate(self._run(inside[0], line), line)
                case "heading_open":
                    self._report(line, "heading-level")
                case "bullet_list_open" | "ordered_list_open":
                    items = tuple(self._items(inside))
                    start = int(token.attrs.get("start", 1))
                    yield ListTemplate(items, token.type == "ordered_list_open", start, line)
                case "blockquote_open":
                    yield QuoteTemplate(tuple(self._paragraphs(inside)), line)
                case _:
                    self._refuse(token, line)
            at = end + 1

    def _items(self, tokens: list[Token]) -> Iterator[SpanTemplates]:
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            paragraphs = list(self._paragraphs(tokens[at + 1 : end]))
            if len(paragraphs) != 1:
                code = "paragraphs-in-item" if paragraphs else "empty-item"
                self._report(self._line(tokens[at]), code)
            yield from paragraphs[:1]
            at = end + 1

    def _paragraphs(self, tokens: list[Token]) -> Iterator[SpanTemplates]:
        """The runs of a list item or quote, which may hold nothing but paragraphs."""
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            line = self._line(tokens[at])
            if tokens[at].type == "paragraph_open":
                yield self._run(tokens[at + 1], line)
            elif tokens[at].type in ("bullet_list_open", "ordered_list_open"):
                self._report(line, "nested-list")
            else:
                self._refuse(tokens[at], line)
            at = end + 1

    def _paragraph(self, inline: Token, line: int) -> Iterator[BlockTemplate]:
        contacts = [contact_alone(text) for text in inline.content.split("\n")]
        if all(contacts):
            yield from (
                ContactTemplate(contact, line + number)
                for number, contact in enumerate(contacts)
                if contact
            )
        else:
            yield ParagraphTemplate(self._run(inline, line), line)

    def _run(self, inline: Token, line: int) -> SpanTemplates:
        spans: list[SpanTemplate] = []
        look = Look()
        for token in inline.children or []:
            match token.type:
                case "text":
                    place = Place(self._file, line)
                    found, problems = spans_of(token.content, look, place, results=self._results)
                    spans += found
                    self.problems += problems
                    self._check_links(token.content, line)
                case "softbreak":
                    line += 1
                    spans.append(Words(" ", look, line))
                case "strong_open" | "em_open":
                    look = self._emphasised(look, token, line)
                case "strong_close" | "em_close":
                    look = Look(Emphasis.PLAIN, look.url, look.memo)
                case "link_open":
                    look = self._linked(look, token, line)
                case "link_close":
                    look = Look(look.emphasis)
                case _:
                    self._refuse(token, line)
                    line += token.type == "hardbreak"
        return tuple(_joined(spans))

    def _emphasised(self, look: Look, token: Token, line: int) -> Look:
        if look.emphasis is not Emphasis.PLAIN:
            self._report(line, "nested-emphasis")
        emphasis = Emphasis.BOLD if token.type == "strong_open" else Emphasis.ITALIC
        return Look(emphasis, look.url, look.memo)

    def _linked(self, look: Look, token: Token, line: int) -> Look:
        target = str(token.attrs.get("href", ""))
        if token.markup == "autolink":
            self._report(line, "bare-link", link=target)
        elif "title" in token.attrs:
            self._report(line, "link-title")
        if target.startswith(MEMO_LINK):
            return Look(look.emphasis, memo=target.removeprefix(MEMO_LINK))
        if not target.startswith(_WEB_LINKS):
            self._report(line, "link-target", link=target)
        return Look(look.emphasis, url=target)

    def _check_links(self, text: str, line: int) -> None:
        if _BROKEN_LINK.search(text):
            self._report(line, "broken-link")
        elif bare := _BARE_LINK.search(text):
            self._report(line, "bare-link", link=bare[0])

    def _refuse(self, token: Token, line: int) -> None:
        if token.nesting >= 0:  # its end is not a second problem
            self._report(line, "unsupported-markdown", what=token.type.removesuffix("_open"))

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)

    def _report(self, line: int, code: str, **values: object) -> None:
        self.problems.append(error(Place(self._file, line), code, **values))


def _end(tokens: list[Token], at: int) -> int:
    """The index of the token that closes the one at `at`; `at` itself for a token that holds nothing."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _joined(spans: list[SpanTemplate]) -> Iterator[SpanTemplate]:
    """Neighbouring words of one look and line as one span."""
    held: Words | None = None
    for span in spans:
        if isinstance(span, Words) and held and (held.look, held.line) == (span.look, span.line):
            held = Words(held.text + span.text, span.look, span.line)
            continue
        if held:
            yield held
        held = span if isinstance(span, Words) else None
        if not isinstance(span, Words):
            yield span
    if held:
        yield held
