"""A list of entries with ids in a YAML file, and the same file with one entry changed, added, moved or taken out.

Every other byte stays as it was. What the fields mean is not known here, and nothing is written.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from bot.editorial.forms.splicing import Edit, Splicer, applied, end_of, line_end, line_start
from bot.editorial.forms.writing_yaml import field, item
from bot.editorial.problem import Place, Problem, error
from bot.editorial.yaml_tree import (
    YamlList,
    YamlMap,
    YamlNode,
    YamlScalar,
    locate,
    read_yaml,
    value_of,
)
from bot.errors import ContentError

Data = Mapping[str, object]

Way = tuple[str | int, ...]

_GLOSSARY: Way = ("terms",)  # a glossary may have its list under this key
_COMMENT = re.compile(r" *#")
_DASH = 2  # characters before the first field of an entry


@dataclass(frozen=True, slots=True)
class Ledger:
    """`text` has `\\n` line ends. `entries` are by id, in the order of the file, each id once; `way` leads from `root` to
    their list.
    """

    file: str
    text: str
    root: YamlNode
    items: YamlList
    entries: Mapping[str, YamlMap]
    way: Way = ()

    def data(self, name: str) -> dict[str, object] | None:
        """The fields of an entry as plain data, None when there is no such entry."""
        entry = self.entries.get(name)
        return None if entry is None else _data(entry)

    def lines(self, name: str) -> range:
        """The lines of the file on which an entry stands, comments above and below it left out."""
        entry = self.entries[name]
        last = entry.line + self.text.count("\n", entry.start, end_of(self.text, entry))
        return range(entry.line, last + 1)

    def field_at(self, name: str, line: int) -> str:
        """The field of an entry that stands on a line of the file."""
        keys = [key for key, _ in self.entries[name].entries]
        return next((key.text for key in reversed(keys) if key.line <= line), keys[0].text)

    def changed(self, wanted: Mapping[str, Data]) -> str:
        """The text in which entries, by their ids, read so. Raises `ContentError` when that cannot be written."""
        edits: list[Edit] = []
        expected = _list_data(self.items)
        for name, data in wanted.items():
            entry = self.entries[name]
            edits += Splicer(self.text, self._samples(entry)).edits(entry, data)
            expected[self._position(entry)] = dict(data)
        return self._sure(applied(self.text, edits), expected) if edits else self.text

    def added(self, wanted: Data, beside: str | None = None) -> str:
        """The text with one more entry, behind another or behind all. Raises as `changed` does."""
        if not self.items.items:
            raise ContentError(f"{self.file} has no entry beside which another could stand")
        before = self.entries.get(beside or "") or self.items.items[-1]
        position = self._position(before) + 1
        column = before.start - line_start(self.text, before.start)
        samples = self._samples(None)
        fields = [
            field(self.text, name, value, samples.get(name), column)
            for name, value in wanted.items()
        ]
        new = f"{' ' * (column - _DASH)}- " + f"\n{' ' * column}".join(fields)
        if isinstance(before, YamlMap) and before.is_flow:
            new = item(self.text, dict(wanted), before, column - _DASH)
        end = line_end(self.text, end_of(self.text, before))
        gap = "\n\n" if self._has_blank_lines() else "\n"
        expected = _list_data(self.items)
        expected.insert(position, dict(wanted))
        return self._sure(applied(self.text, [((end, end), gap + new)]), expected)

    def without(self, name: str) -> str:
        """The text without an entry. Raises as `changed` does, and for the last entry that there is."""
        entry = self.entries[name]
        expected = _list_data(self.items)
        del expected[self._position(entry)]
        start = line_start(self.text, entry.start)
        end = min(line_end(self.text, end_of(self.text, entry)) + 1, len(self.text))
        if self.text[:start].endswith("\n\n") and self.text[end : end + 1] in ("\n", ""):
            start -= 1  # the blank line that parted it from the one before
        return self._sure(applied(self.text, [((start, end), "")]), expected)

    def moved(self, name: str, by: int) -> str:
        """The text in which an entry stands so many places further down, or up; each takes the comment above it along.
        The same text where there is no such place. Raises as `changed` does.
        """
        here = self._position(self.entries[name])
        there = here + by
        if by == 0 or not 0 <= there < len(self.items.items):
            return self.text
        expected = _list_data(self.items)
        expected.insert(there, expected.pop(here))
        spans = [self._with_comment(one) for one in self.items.items]
        pieces = [self.text[start:end] for start, end in spans]
        pieces.insert(there, pieces.pop(here))
        edits = list(zip(spans, pieces, strict=True))
        return self._sure(applied(self.text, edits), expected)

    def _with_comment(self, entry: YamlNode) -> tuple[int, int]:
        """The lines of an entry, from the comment that stands right above it."""
        start = line_start(self.text, entry.start)
        while start:
            above = line_start(self.text, start - 1)
            if not _COMMENT.match(self.text, above):
                break
            start = above
        return start, line_end(self.text, end_of(self.text, entry))

    def taken_over(self, name: str, source: "Ledger") -> str:
        """The text in which an entry stands just as in another state of the file, to the last character of its lines."""
        new = _lines_of(source, name)
        expected = _list_data(self.items)
        data = source.data(name)
        if name in self.entries:
            entry = self.entries[name]
            expected[self._position(entry)] = data
            span = (
                line_start(self.text, entry.start),
                line_end(self.text, end_of(self.text, entry)),
            )
            return self._sure(applied(self.text, [(span, new)]), expected)
        gap = "\n\n" if self._has_blank_lines() else "\n"
        order = list(source.entries)
        above = [one for one in order[: order.index(name)] if one in self.entries]
        if above:
            before = self.entries[above[-1]]
            expected.insert(self._position(before) + 1, data)
            end = line_end(self.text, end_of(self.text, before))
            return self._sure(applied(self.text, [((end, end), gap + new)]), expected)
        expected.insert(0, data)
        start = line_start(self.text, self.items.items[0].start)
        return self._sure(applied(self.text, [((start, start), new + gap)]), expected)

    def _position(self, entry: YamlNode) -> int:
        return next(number for number, one in enumerate(self.items.items) if one is entry)

    def _sure(self, after: str, expected: list[object]) -> str:
        """The new text, once it was read again and its entries say what is expected, each of them."""
        node, problems = read_yaml(after, self.file)
        if node is None or problems or value_of(node) != _with_list(self.root, self.way, expected):
            raise ContentError(f"{self.file}: this cannot be written into the file")
        return after

    def _samples(self, entry: YamlMap | None) -> Mapping[str, YamlNode]:
        """By the name of a field: a value of another entry, written as most of its kind are."""
        ways: dict[str, list[tuple[str, YamlNode]]] = {}
        for one in self.entries.values():
            if one is not entry:
                for key, value in one.entries:
                    ways.setdefault(key.text, []).append((_manner(self.text, value), value))
        samples: dict[str, YamlNode] = {}
        for name, found in ways.items():
            ((common, _),) = Counter(manner for manner, _ in found).most_common(1)
            samples[name] = next(value for manner, value in found if manner == common)
        return samples

    def _has_blank_lines(self) -> bool:
        """Whether most entries have a blank line between them and the one before."""
        gaps = [
            self.text[end_of(self.text, one) : line_start(self.text, other.start)]
            for one, other in pairwise(self.items.items)
        ]
        return sum("\n\n" in gap for gap in gaps) * 2 > len(gaps)


def read_ledger(text: str, file: str) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """The entries of a file; None, with the problems, when it cannot be read whole."""
    node, problems = read_yaml(text, file)
    if node is None or problems:
        return None, problems
    ledger = ledger_at(text, file, node, _GLOSSARY if isinstance(node, YamlMap) else ())
    if ledger is None:
        return None, (error(Place(file, node.line), "not-a-list"),)
    return ledger, ()


def ledger_at(text: str, file: str, root: YamlNode, way: Way) -> Ledger | None:
    """The entries of a list inside a file that was read; None when no list is there."""
    items = _found(root, way)
    if not isinstance(items, YamlList):
        return None
    entries: dict[str, YamlMap] = {}
    for one in items.items:
        name = locate(one, "id")[0]
        if isinstance(one, YamlMap) and isinstance(name, YamlScalar):
            entries.setdefault(name.text, one)
    return Ledger(file, text, root, items, MappingProxyType(entries), way)


def _found(root: YamlNode, way: Way) -> YamlNode | None:
    for number in range(len(way)):
        node, _ = locate(root, *way[: number + 1])
        if node is locate(root, *way[:number])[0]:
            return None  # there is nothing at the next step
    return locate(root, *way)[0]


def _data(entry: YamlMap) -> dict[str, object]:
    data = value_of(entry)
    assert isinstance(data, dict)
    return data


def _lines_of(ledger: Ledger, name: str) -> str:
    entry = ledger.entries[name]
    start = line_start(ledger.text, entry.start)
    return ledger.text[start : line_end(ledger.text, end_of(ledger.text, entry))]


def _list_data(items: YamlList) -> list[object]:
    return [value_of(one) for one in items.items]


def _with_list(root: YamlNode, way: Way, items: list[object]) -> object:
    data = value_of(root)
    if not way:
        return items
    holder: object = data
    for step in way[:-1]:
        holder = _inside(holder, step)
    if isinstance(holder, dict):
        holder[way[-1]] = items
    return data


def _inside(data: object, step: str | int) -> object:
    match data, step:
        case list(), int():
            return data[step]
        case dict(), _:
            return data.get(step)
        case _:
            return None


def _manner(text: str, node: YamlNode) -> str:
    """How a value is written: its brackets, its quotation marks, or on lines of its own."""
    match node:
        case YamlScalar(is_quoted=False):
            return "plain"
        case YamlMap(is_flow=False):
            return "lines"
        case _:
            return text[node.start]
