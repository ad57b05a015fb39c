"""glossary.yaml: the one name of each thing, and the wrong names that texts must not use.

Only what the checks need is read; the rest of an entry is for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.problem import Place, Problem, error
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, locate, value_of


@dataclass(frozen=True, slots=True)
class Term:
    """`names` is the term by language, `forbidden` the beginnings of wrong names by language."""

    id: str
    names: Mapping[str, str]
    forbidden: Mapping[str, tuple[str, ...]]


def read_glossary(node: YamlNode | None, file: str) -> tuple[tuple[Term, ...], list[Problem]]:
    """Terms from a list of entries, bare or under `terms`."""
    if isinstance(node, YamlMap):
        node = locate(node, "terms")[0]
    if not isinstance(node, YamlList):
        return (), [error(Place(file, node.line if node else 1), "not-a-list")]
    terms = []
    problems = []
    for item in node.items:
        term = _term(value_of(item))
        if term is None:
            problems.append(error(Place(file, item.line), "bad-term"))
        else:
            terms.append(term)
    return tuple(terms), problems


def _term(entry: object) -> Term | None:
    if not isinstance(entry, dict) or not isinstance(name := entry.get("id"), str):
        return None
    forbidden = entry.get("forbidden") or {}
    if not isinstance(forbidden, dict):
        return None
    by_language: dict[str, tuple[str, ...]] = {}
    for lang, beginnings in forbidden.items():
        if not isinstance(beginnings, list) or not all(
            isinstance(b, str) and b.strip() for b in beginnings
        ):
            return None
        by_language[lang] = tuple(beginnings)
    names = {key: text for key, text in entry.items() if len(key) == 2 and isinstance(text, str)}
    return Term(name, names, by_language)
