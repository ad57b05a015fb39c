"""What to put where in a YAML text so that one node of it says something else, and every other character stays.

Comments, quotation marks, order and line breaks of what does not change are not touched. It must not know what the
fields mean, and writes nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from types import MappingProxyType

from bot.editorial.forms.writing_yaml import (
    block,
    field,
    is_block,
    is_flow,
    item,
    on_one_line,
)
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, YamlScalar, span_of, value_of

Edit = tuple[tuple[int, int], str]
_STEP = 2  # blanks of one level
Samples = Mapping[str, YamlNode]
_NO_SAMPLES: Samples = MappingProxyType({})


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made. Of two at one place the first comes first."""
    pieces: list[str] = []
    done = 0
    for (start, end), new in sorted(edits, key=lambda edit: edit[0]):
        pieces += (text[done:start], new)
        done = end
    return "".join([*pieces, text[done:]])


def line_end(text: str, offset: int) -> int:
    """Where the line of this character ends: before its line break."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def end_of(text: str, node: YamlNode) -> int:
    """Where the last character of a node stands, a comment after it not included."""
    match node:
        case YamlScalar():
            return span_of(node, text)[1]
        case YamlList(items) if items and not is_flow(text, node):
            return end_of(text, items[-1])
        case YamlMap(entries, is_flow=False) if entries:
            return end_of(text, entries[-1][1])
        case _:
            return node.end


class Splicer:
    """Finds the edits in a text. `samples` show how a new field of an entry is written, by its name."""

    def __init__(self, text: str, samples: Samples = _NO_SAMPLES) -> None:
        self._text = text
        self._samples = samples

    def edits(self, entry: YamlMap, wanted: Mapping[str, object]) -> list[Edit]:
        """After them the entry reads `wanted`, data as `value_of` gives it; none when it does already.

        A new key goes after the key that is before it in `wanted`.
        """
        return list(self._map(entry, wanted, self._samples))

    def _node(self, node: YamlNode, wanted: object, *, in_flow: bool) -> Iterator[Edit]:
        match node, wanted:
            case YamlMap(), dict():
                yield from self._map(node, wanted, _NO_SAMPLES)
            case YamlList(), list():
                yield from self._list(node, wanted)
            case YamlScalar(), _ if not _is_same(value_of(node), wanted):
                new = self._block(node, wanted) if not in_flow else None
                if new is None:
                    new = on_one_line(self._text, wanted, node, in_flow=in_flow)
                yield span_of(node, self._text), new

    def _block(self, node: YamlScalar, wanted: object) -> str | None:
        """A text of lines, or one that stood on lines before, on lines of its own; None for what cannot stand so."""
        was_block = is_block(self._text, node)
        if not isinstance(wanted, str) or not (was_block or "\n" in wanted):
            return None
        line = self._text[line_start(self._text, node.start) : node.start]
        column = len(line) - len(line.lstrip(" -")) + _STEP
        if was_block:
            below = self._text[line_end(self._text, node.start) : node.end].lstrip("\n")
            column = len(below) - len(below.lstrip(" ")) or column
        return block(wanted, column)

    def _map(
        self, node: YamlMap, wanted: Mapping[str, object], samples: Samples
    ) -> Iterator[Edit]:
        numbers = {key.text: number for number, (key, _) in enumerate(node.entries)}
        first_kept = min((numbers[name] for name in wanted if name in numbers), default=0)
        for name, number in numbers.items():
            key, value = node.entries[number]
            if name not in wanted:
                yield from self._without_key(node, number, first_kept)
            elif self._is_new(value, wanted[name]):
                span = key.start, end_of(self._text, value)
                yield span, self._key(node, name, wanted[name], value)
            else:
                yield from self._node(value, wanted[name], in_flow=node.is_flow)
        added: dict[int, list[str]] = {}
        last = -1  # the number of the key before the next one
        for name in wanted:
            last = numbers.get(name, last)
            if name not in numbers:
                added.setdefault(last, []).append(name)
        for after, names in added.items():
            keys = [self._key(node, name, wanted[name], samples.get(name)) for name in names]
            yield self._with_keys(node, after, first_kept, keys)

    def _is_new(self, node: YamlNode, wanted: object) -> bool:
        """Whether the node cannot become this piece by piece, so that the field is written anew."""
        match node, wanted:
            case YamlMap(entries), dict():
                return not any(key.text in wanted for key, _ in entries)
            case YamlList(items), list():
                return bool(items or wanted) and not (items and wanted)
            case YamlScalar(), dict() | list():
                return True
            case YamlScalar(start=start, end=end), _:
                return start == end and wanted is not None
            case _:
                return True

    def _key(self, node: YamlMap, name: str, value: object, like: YamlNode | None) -> str:
        if like is None and isinstance(value, str):
            like = next((v for _, v in node.entries[::-1] if isinstance(v, YamlScalar)), None)
        if node.is_flow:
            return f"{name}: {on_one_line(self._text, value, like, in_flow=True)}"
        return field(self._text, name, value, like, self._column(node))

    def _column(self, node: YamlMap) -> int:
        return node.start - line_start(self._text, node.start)

    def _without_key(self, node: YamlMap, number: int, first_kept: int) -> Iterator[Edit]:
        key, value = node.entries[number]
        first = node.entries[0][0].start
        if node.is_flow:
            spans = [(key.start, end_of(self._text, value)) for key, value in node.entries]
            yield _without_in_flow(spans, number, is_first=number < first_kept)
        elif number > first_kept or not self._text[line_start(self._text, first) : first].strip():
            yield self._lines(line_start(self._text, key.start), value), ""
        elif number == 0:
            # The first key stands on the line of a dash, which goes over to the first that stays.
            yield (first, node.entries[first_kept][0].start), ""

    def _lines(self, start: int, last: YamlNode) -> tuple[int, int]:
        """From a line on to the end of the line on which a node ends."""
        end = line_end(self._text, end_of(self._text, last))
        return start, min(end + 1, len(self._text))

    def _with_keys(self, node: YamlMap, after: int, first_kept: int, keys: Sequence[str]) -> Edit:
        """Keys after that of a number, or before the first that stays."""
        joint = ", " if node.is_flow else f"\n{' ' * self._column(node)}"
        if after < 0:
            start = node.entries[first_kept][0].start
            return (start, start), "".join(f"{key}{joint}" for key in keys)
        end = end_of(self._text, node.entries[after][1])
        end = end if node.is_flow else line_end(self._text, end)
        return (end, end), "".join(f"{joint}{key}" for key in keys)

    def _list(self, node: YamlList, wanted: Sequence[object]) -> Iterator[Edit]:
        now = [json.dumps(value_of(one), sort_keys=True) for one in node.items]
        then = [json.dumps(one, sort_keys=True) for one in wanted]
        stays = False  # whether any item before this one stays
        matcher = SequenceMatcher(None, now, then, autojunk=False)
        for tag, first, last, new_first, new_last in matcher.get_opcodes():
            both = min(last - first, new_last - new_first)
            stays = stays or both > 0
            if tag == "equal":
                continue
            for one, value in zip(
                node.items[first:last], wanted[new_first:new_last], strict=False
            ):
                yield from self._item(one, value, in_flow=is_flow(self._text, node))
            for number in range(first + both, last):
                yield self._without_item(node, number, is_first=not stays)
            if new := wanted[new_first + both : new_last]:
                yield self._with_items(node, first + both, new)

    def _item(self, node: YamlNode, wanted: object, *, in_flow: bool) -> Iterator[Edit]:
        if self._is_new(node, wanted):
            span = node.start, end_of(self._text, node)
            yield span, on_one_line(self._text, wanted, node, in_flow=in_flow)
        else:
            yield from self._node(node, wanted, in_flow=in_flow)

    def _without_item(self, node: YamlList, number: int, *, is_first: bool) -> Edit:
        if is_flow(self._text, node):
            spans = [(one.start, end_of(self._text, one)) for one in node.items]
            return _without_in_flow(spans, number, is_first=is_first)
        one = node.items[number]
        return self._lines(line_start(self._text, one.start), one), ""

    def _with_items(self, node: YamlList, before: int, new: Sequence[object]) -> Edit:
        """Items before that of a number; after the last one when there are only so many."""
        text, like = self._text, node.items[max(before - 1, 0)]
        end = end_of(text, like)
        if is_flow(text, node):
            pieces = [on_one_line(text, one, like, in_flow=True) for one in new]
            if before == 0:
                return (like.start, like.start), "".join(f"{piece}, " for piece in pieces)
            return (end, end), "".join(f", {piece}" for piece in pieces)
        start = line_start(text, like.start)
        dash = re.compile(r" *(?=- )").match(text, start)
        lines = [item(text, one, like, len(dash[0]) if dash else 0) for one in new]
        if before == 0:
            return (start, start), "".join(f"{line}\n" for line in lines)
        end = line_end(text, end)
        return (end, end), "".join(f"\n{line}" for line in lines)


def _without_in_flow(spans: Sequence[tuple[int, int]], number: int, *, is_first: bool) -> Edit:
    """`is_first`: nothing before it stays, so that the comma after it goes."""
    if is_first:
        return (spans[number][0], spans[number + 1][0]), ""
    return (spans[number - 1][1], spans[number][1]), ""


def _is_same(one: object, other: object) -> bool:
    """Equal, and a whole number is no truth."""
    return type(one) is type(other) and one == other
