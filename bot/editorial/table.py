"""Entries of a ledger by id, each knowing the file and lines it was written on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.editorial.problem import Place, Problem, error
from bot.editorial.schema import FileModel, validated
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, YamlScalar, locate

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=FileModel)
Made = tuple[T | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Entry(Generic[T_co]):
    """A thing and the YAML it was made from."""

    value: T_co
    file: str
    node: YamlMap

    def place(self, *path: int | str) -> Place:
        """Where a field stands; the line of the entry when it has no such field."""
        return Place(self.file, locate(self.node, *path)[1])


@dataclass(frozen=True, slots=True)
class Table(Generic[T_co]):
    """`spoiled` are ids whose entries have errors of their own.

    `is_whole` is False when the file could not be read, so that nothing can be said about what it lacks.
    """

    entries: Mapping[str, Entry[T_co]] = field(default_factory=lambda: MappingProxyType({}))
    spoiled: frozenset[str] = frozenset()
    is_whole: bool = True

    def __iter__(self) -> Iterator[Entry[T_co]]:
        return iter(self.entries.values())

    def get(self, name: str) -> T_co | None:
        entry = self.entries.get(name)
        return entry.value if entry else None

    def lacks(self, name: str) -> bool:
        """Whether the id is certainly not in the file: one problem should not be reported twice."""
        return self.is_whole and name not in self.entries and name not in self.spoiled

    def values(self) -> dict[str, T_co]:
        return {name: entry.value for name, entry in self.entries.items()}


def read_table(
    node: YamlNode | None,
    file: str,
    model: type[M],
    make: Callable[[M, Entry[M]], Made[T]],
) -> tuple[Table[T], list[Problem]]:
    """A list of mappings with ids as a table. `make` turns a valid model into what the table holds."""
    if not isinstance(node, YamlList):
        return Table(is_whole=False), [error(Place(file, node.line if node else 1), "not-a-list")]
    entries: dict[str, Entry[T]] = {}
    first_lines: dict[str, int] = {}
    problems: list[Problem] = []
    for item in node.items:
        name, line = _name(item)
        if name and name in first_lines:
            place = Place(file, line)
            problems.append(error(place, "duplicate-id", name=name, first=first_lines[name]))
            continue
        valid, found = validated(model, item, file)
        problems += found
        value: T | None = None
        if valid is not None and isinstance(item, YamlMap):
            value, found = make(valid, Entry(valid, file, item))
            problems += found
            if value is not None:
                entries[name] = Entry(value, file, item)
        if name:
            first_lines[name] = line
    return Table(MappingProxyType(entries), frozenset(first_lines) - entries.keys()), problems


def _name(item: YamlNode) -> tuple[str, int]:
    found, line = locate(item, "id")
    return (found.text if isinstance(found, YamlScalar) else ""), line
