"""The short texts by language in the YAML files (names, titles, what to say), each with its exact place.

A short text is a mapping of languages to texts, wherever it stands. Comments, quotation marks and the style of
every other value stay as they are.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.editorial.schema import LANGUAGES
from bot.editorial.snapshot import LEDGERS
from bot.editorial.yaml_tree import (
    YamlList,
    YamlMap,
    YamlNode,
    YamlScalar,
    read_yaml,
    span_of,
    value_of,
)
from bot.errors import ContentError

# The glossary and the wording are what translations are checked with; what people type is not translated, nor are days off.
_NOT_TRANSLATED = ("glossary.yaml", "wording.yaml", "not-ours.yaml", "calendar.yaml")
FILES = tuple(file for file in LEDGERS if file not in _NOT_TRANSLATED)
# A field whose base text is another field: what a card means is a translation of what it says.
_BASES = {"meaning": "russian"}

Edit = tuple[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A text on one line, and its place in the file: characters from start to end, lines from first to last."""

    text: str
    span: tuple[int, int]
    lines: range


@dataclass(frozen=True, slots=True)
class ShortText:
    """`id` is the way to it by ids and fields; `entry`, the id of the entry it is in, is where that begins.

    `days` is when it holds, for a dated value. `path` is the way by keys and indexes.
    """

    id: str
    entry: str
    entry_lines: range
    field: str
    days: str
    base: Said
    said: Mapping[str, Said]
    path: tuple[int | str, ...]
    node: YamlMap


# A large file takes a second to read, and every language asks for the same ones.
@lru_cache(maxsize=32)
def short_texts(text: str, file: str, base_language: str) -> tuple[ShortText, ...]:
    """All of a file with `\\n` line ends, in its order. Raises `ContentError` when there is no reading it."""
    node = _tree(text, file)
    found: dict[str, ShortText] = {}
    for one in _Finder(text, base_language).texts(node, (), (), None):
        found.setdefault(one.id, one)  # an id that is there twice is a problem of the file
    return tuple(found.values())


def edit_of(text: str, one: ShortText, lang: str, new: str) -> Edit:
    """What to put where, so that the text says this in this language."""
    said = one.said.get(lang)
    if said:
        return said.span, written(new, text[said.span[0]], is_flow=one.node.is_flow)
    key, last = one.node.entries[-1]
    assert isinstance(last, YamlScalar)
    start, end = span_of(last, text)
    value = f"{lang}: {written(new, text[start : start + 1], is_flow=one.node.is_flow)}"
    if one.node.is_flow:
        return (end, end), f", {value}"
    end = (text + "\n").index("\n", end)  # after a comment on the last line
    column = key.start - (text.rfind("\n", 0, key.start) + 1)
    return (end, end), f"\n{' ' * column}{value}"


def written(text: str, like: str, *, is_flow: bool) -> str:
    """A text as a YAML value: in the quotation marks of another, and in some wherever it needs them."""
    if like == "'" and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    line = f"{{x: {text}}}" if is_flow else f"x: {text}"
    node, problems = read_yaml(f"{line}\n", "")
    is_plain = node is not None and not problems and value_of(node) == {"x": text}
    # A colon inside braces means different things to different parsers, and so do tabs.
    is_plain = is_plain and "\t" not in text and not (is_flow and ":" in text)
    return text if is_plain and like != '"' else json.dumps(text, ensure_ascii=False)


def says_just(text: str, after: str, changes: Sequence[tuple[ShortText, str, str]]) -> bool:
    """Whether a file, read again, differs from what it was in these texts (which, language, what) and nothing else."""
    then, _ = read_yaml(text, "")
    now, problems = read_yaml(after, "")
    if then is None or now is None or problems:
        return False
    wanted = value_of(then)
    for one, lang, new in changes:
        _at(wanted, one.path)[lang] = new
    return value_of(now) == wanted


def one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def _tree(text: str, file: str) -> YamlNode:
    node, problems = read_yaml(text, file)
    if node is None or problems:
        raise ContentError(f"{file} cannot be read; see `joldosh content check`")
    return node


def _at(data: object, path: Sequence[int | str]) -> dict[str, object]:
    for step in path:
        match data:
            case list() if isinstance(step, int):
                data = data[step]
            case dict():
                data = data[step]
    assert isinstance(data, dict)
    return data


class _Finder:
    def __init__(self, text: str, base_language: str) -> None:
        self._text = text
        self._base_language = base_language

    def texts(
        self,
        node: YamlNode,
        path: tuple[int | str, ...],
        names: tuple[str, ...],
        parent: YamlMap | None,
        entry: tuple[str, range] | None = None,
    ) -> Iterator[ShortText]:
        match node:
            case YamlList(items):
                ends = [*(item.line for item in items[1:]), self._text.count("\n") + 2]
                for number, (item, end) in enumerate(zip(items, ends, strict=True)):
                    inner = (*names, _field(item, "id") or str(number + 1))
                    where = entry or ("/".join(inner), range(item.line, end))
                    yield from self.texts(item, (*path, number), inner, parent, where)
            case YamlMap() if entry and _is_by_language(node):
                if one := self._text_of(node, path, names, parent, entry):
                    yield one
            case YamlMap(entries) if _field(node, "show") != "false":  # else it is for staff
                for key, value in entries:
                    inner = (*names, key.text)
                    if not isinstance(value, YamlScalar):
                        yield from self.texts(value, (*path, key.text), inner, node, entry)

    def _text_of(
        self,
        node: YamlMap,
        path: tuple[int | str, ...],
        names: tuple[str, ...],
        parent: YamlMap | None,
        entry: tuple[str, range],
    ) -> ShortText | None:
        said = {
            key.text: self._said(value)
            for key, value in node.entries
            if isinstance(value, YamlScalar)
        }
        base = said.get(self._base_language)
        if base is None and parent:
            field = _BASES.get(names[-1])
            stands_for = next((v for key, v in parent.entries if key.text == field), None)
            base = self._said(stands_for) if isinstance(stands_for, YamlScalar) else None
        if base is None or not base.text:
            return None
        days = [_field(parent, name) for name in ("from", "until")] if parent else []
        return ShortText(
            "/".join(names),
            *entry,
            names[-1],
            "…".join(days) if any(days) else "",
            base,
            said,
            path,
            node,
        )

    def _said(self, node: YamlScalar) -> Said:
        start, end = span_of(node, self._text)
        last = node.line + self._text.count("\n", start, end)
        return Said(one_line(node.text), (start, end), range(node.line, last + 1))


def _is_by_language(node: YamlMap) -> bool:
    return bool(node.entries) and all(
        key.text in LANGUAGES and isinstance(value, YamlScalar) for key, value in node.entries
    )


def _field(node: YamlNode | None, name: str) -> str:
    if not isinstance(node, YamlMap):
        return ""
    found = next((value for key, value in node.entries if key.text == name), None)
    return found.text if isinstance(found, YamlScalar) else ""
