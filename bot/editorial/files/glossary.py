"""glossary.yaml: the one name of each thing, and the wrong names that texts must not use.

Only what the checks need is read; the rest of an entry is for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.problem import Place, Problem, error
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, locate, value_of


@dataclass(frozen=True, slots=True)
class Term:
    """`names` is the term by language, `allowed` other names that texts may use, `forbidden` beginnings of wrong names."""

    id: str
    kind: str
    names: Mapping[str, str]
    allowed: Mapping[str, tuple[str, ...]]
    paraphrase: tuple[str, ...]
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
    allowed, forbidden = (
        _texts_by_language(entry, "allowed"),
        _texts_by_language(entry, "forbidden"),
    )
    if allowed is None or forbidden is None:
        return None
    paraphrase = entry.get("paraphrase") or []
    if not isinstance(paraphrase, list) or not all(isinstance(lang, str) for lang in paraphrase):
        return None
    names = {key: text for key, text in entry.items() if len(key) == 2 and isinstance(text, str)}
    return Term(name, str(entry.get("kind", "")), names, allowed, tuple(paraphrase), forbidden)


def _texts_by_language(entry: dict[str, object], field: str) -> dict[str, tuple[str, ...]] | None:
    """None when the field holds anything else."""
    found = entry.get(field) or {}
    if not isinstance(found, dict):
        return None
    by_language: dict[str, tuple[str, ...]] = {}
    for lang, texts in found.items():
        if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
            return None
        by_language[lang] = tuple(texts)
    return by_language
