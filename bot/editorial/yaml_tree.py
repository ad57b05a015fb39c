"""YAML text → a tree of texts with line numbers, strictly. Types are the schema's business, not YAML's.

YAML guesses types from how a value looks, and its versions guess differently (`18:00`, `no`, `+7499…`, dates).
So every value stays the text that was written; values that look like a trap must be quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.editorial.problem import Place, Problem, error
from bot.editorial.text_file import UNPRINTABLE

_DEPTH = 12  # the deepest real file has 6


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """It stands at `start:end` of the YAML text; a block with the white space after it."""

    text: str
    is_quoted: bool
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class YamlList:
    """It stands at `start:end` of the YAML text, when it has no brackets with the white space after it."""

    items: tuple["YamlNode", ...]
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class YamlMap:
    """Keys in their order, each once. `is_flow`: between braces. It stands at `start:end` as a list does."""

    entries: tuple[tuple[YamlScalar, "YamlNode"], ...]
    line: int
    is_flow: bool
    start: int
    end: int


YamlNode = YamlScalar | YamlList | YamlMap


def read_yaml(
    text: str, file: str, first_line: int = 1
) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """The tree of one YAML document, None when there is none. `first_line` is where the text stands in its file."""
    reader = _Reader(file, first_line)
    try:
        node = reader.document(text)
    except _Refused as refused:
        return None, (*reader.problems, refused.problem)
    return node, tuple(reader.problems)


def value_of(node: YamlNode) -> object:
    """The tree as plain data: texts, whole numbers, true/false, None, lists and dicts. Dates stay texts."""
    match node:
        case YamlScalar(text, is_quoted):
            return text if is_quoted else _plain_value(text)
        case YamlList(items):
            return [value_of(item) for item in items]
        case YamlMap(entries):
            return {key.text: value_of(value) for key, value in entries}


def span_of(node: YamlScalar | YamlList, text: str) -> tuple[int, int]:
    """Where a value stands in the YAML text, without the white space after it."""
    return node.start, node.start + len(text[node.start : node.end].rstrip())


def locate(node: YamlNode, *path: int | str) -> tuple[YamlNode, int]:
    """The node at a path of keys and indexes and the line of its key; the deepest on the way that exists."""
    line = node.line
    for step in path:
        found = None
        match node:
            case YamlMap(entries):
                found = next(
                    ((key.line, value) for key, value in entries if key.text == step), None
                )
            case YamlList(items) if isinstance(step, int) and step < len(items):
                found = (items[step].line, items[step])
        if found is None:
            break
        line, node = found
    return node, line


_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}$")
_SIGNED_NUMBER = re.compile(r"\+[\d ()-]{6,}$")
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?$")
_SWITCH = re.compile(r"(?:yes|no|on|off)$", re.IGNORECASE)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "false": False}


def _plain_value(text: str) -> object:
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    return int(text) if _WHOLE_NUMBER.match(text) else text


def _trap(text: str) -> str | None:
    """The code of the problem when a plain value means different things to different programs."""
    if _SIGNED_NUMBER.match(text):
        return "unquoted-phone"
    if _TIME.match(text):
        return "unquoted-time"
    if _SWITCH.match(text):
        return "unquoted-switch"
    return None


def _events(text: str) -> Iterator[Event]:
    """The events of the text; the iterator raises where the text is no YAML.

    libyaml, when it is there, is ten times as fast. What it refuses goes to the parser in Python, so that
    verdicts and their lines are the same with and without it.
    """
    events: list[Event] = []
    depth = 0
    try:
        for event in YAML(typ="safe").parse(text):
            events.append(event)
            depth += isinstance(event, CollectionStartEvent) - isinstance(
                event, CollectionEndEvent
            )
            if depth > _DEPTH:  # libyaml slows down with the square of the depth
                break
        else:
            return iter(events)
    except Exception:  # noqa: S110 (see `_next`; the other parser says what is wrong)
        pass
    return iter(YAML(typ="safe", pure=True).parse(text))


class _Refused(Exception):
    """The text is no YAML that we take; ends the reading."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Reader:
    def __init__(self, file: str, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._first_line = first_line
        self._lines: list[str] = []
        self._events: Iterator[Event] = iter(())
        self._end = 0  # of the list or mapping that was read last

    def document(self, text: str) -> YamlNode | None:
        self._lines = text.split("\n")
        self._events = _events(text)
        node: YamlNode | None = None
        while (event := self._next()) is not None:
            match event:
                case DocumentStartEvent() if node is not None:
                    raise self._refused(event, "yaml-two-documents")
                case NodeEvent():
                    node = self._node(event, _DEPTH)
        return node

    def _node(self, event: Event | None, depth: int) -> YamlNode:
        assert event is not None  # the parser closes what it opens, or says that it cannot
        line = self._line(event)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "yaml-alias")
        if depth == 0:
            raise self._refused(event, "yaml-too-deep")
        match event:
            case ScalarEvent(value=text, style=style):
                self._refuse_tag(event)
                is_quoted = bool(style)
                if escaped := UNPRINTABLE.search(text):
                    raise self._refused(
                        event, "control-character", character=f"U+{ord(escaped[0]):04X}"
                    )
                if not is_quoted and (trap := _trap(text)):
                    self._report(event, trap, text=text)
                start, end = event.start_mark.index, event.end_mark.index
                return YamlScalar(text, is_quoted, line, start, end)
            case SequenceStartEvent():
                self._refuse_tag(event)
                items = tuple(self._items(depth - 1))
                return YamlList(items, line, event.start_mark.index, self._end)
            case MappingStartEvent(flow_style=is_flow):
                self._refuse_tag(event)
                entries = tuple(self._entries(depth - 1))
                return YamlMap(entries, line, bool(is_flow), event.start_mark.index, self._end)
            case _:
                raise self._refused(event, "yaml-syntax", detail=type(event).__name__)

    def _items(self, depth: int) -> Iterator[YamlNode]:
        while not isinstance(event := self._next(), SequenceEndEvent):
            yield self._node(event, depth)
        self._end = event.end_mark.index

    def _entries(self, depth: int) -> Iterator[tuple[YamlScalar, YamlNode]]:
        first_lines: dict[str, int] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._node(event, depth)
            value = self._node(self._next(), depth)
            if not isinstance(key, YamlScalar):
                raise self._refused(event, "yaml-complex-key")
            if key.text in first_lines:
                self._report(event, "duplicate-key", field=key.text, first=first_lines[key.text])
                continue
            first_lines[key.text] = key.line
            yield key, value
        self._end = event.end_mark.index

    def _next(self) -> Event | None:
        try:
            return next(self._events, None)
        except MarkedYAMLError as unparsable:
            raise _Refused(self._syntax_problem(unparsable)) from unparsable
        except Exception as unparsable:  # on odd text the parser fails with errors of any class
            raise _Refused(
                error(Place(self._file, self._first_line), "yaml-syntax", detail=str(unparsable))
            ) from unparsable

    def _syntax_problem(self, unparsable: MarkedYAMLError) -> Problem:
        detail = unparsable.problem or unparsable.context or ""
        mark = unparsable.problem_mark or unparsable.context_mark
        if "end of stream" in detail:
            mark = (
                unparsable.context_mark or mark
            )  # where the quote was opened, not where the file ends
        line, column = (mark.line, mark.column) if mark else (0, 0)
        line = min(line, len(self._lines) - 1)
        place = Place(self._file, self._first_line + line)
        if "mapping values are not allowed" in detail:
            return error(place, "yaml-colon")
        if self._lines[line][column:].startswith("\t"):
            return error(place, "yaml-tab")
        return error(place, "yaml-syntax", detail=detail)

    def _refuse_tag(self, event: Event) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._refused(event, "yaml-tag", tag=tag)

    def _line(self, event: Event | None) -> int:
        mark = event.start_mark if event is not None else None
        # What is not there ("---" and the end) stands on the line after the last.
        return self._first_line + min(mark.line if mark is not None else 0, len(self._lines) - 1)

    def _report(self, event: Event | None, code: str, **values: object) -> None:
        self.problems.append(error(Place(self._file, self._line(event)), code, **values))

    def _refused(self, event: Event | None, code: str, **values: object) -> _Refused:
        return _Refused(error(Place(self._file, self._line(event)), code, **values))
