"""Data as YAML in the manner of what stands beside it: in one line or in several, with its quotation marks."""

import re

from bot.editorial.exchange.short_texts import written
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, YamlScalar, span_of

_STEP = 2  # blanks of one level
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")  # a day needs no marks, whatever its neighbours have


def field(text: str, name: str, value: object, like: YamlNode | None, column: int) -> str:
    """The lines of a field whose name begins at a column; those after the first have their indent.

    `like` is a sample out of `text`, None when there is none.
    """
    match value, like:
        case dict(), YamlMap(is_flow=False) if value:
            inner = " " * (column + _STEP)
            lines = [
                inner + field(text, *one, column + _STEP) for one in _with_samples(value, like)
            ]
            return "\n".join([f"{name}:", *lines])
        case list(), YamlList() if value and not is_flow(text, like):
            lines = [item(text, one, _of_item(like, one), column + _STEP) for one in value]
            return "\n".join([f"{name}:", *lines])
        case str(), _ if "\n" in value and (said := block(value, column + _STEP)):
            return f"{name}: {said}"
        case _:
            return f"{name}: {on_one_line(text, value, like, in_flow=False)}"


def block(value: str, column: int) -> str | None:
    """A text as a block of lines that begin at a column, without the line break at its end; None where a block cannot say
    it: with blanks before its first word, or with more than one line break at its end.
    """
    body = value.removesuffix("\n")
    if not body or body != body.strip("\n") or body.startswith((" ", "\t")):
        return None
    sign = "|" if value.endswith("\n") else "|-"
    lines = (f"{' ' * column}{line}" if line.strip() else "" for line in body.split("\n"))
    return "\n".join([sign, *lines])


def is_block(text: str, node: YamlNode) -> bool:
    """Whether a text stands on lines of its own, after a sign."""
    return isinstance(node, YamlScalar) and text[node.start : node.start + 1] in ("|", ">")


def item(text: str, value: object, like: YamlNode | None, column: int) -> str:
    """`- value` with the dash at a column, the indent on every line."""
    match value, like:
        case dict(), YamlMap(is_flow=False) if value:
            inner = column + _STEP
            fields = [field(text, *one, inner) for one in _with_samples(value, like)]
            return " " * column + "- " + f"\n{' ' * inner}".join(fields)
        case _:
            return f"{' ' * column}- {on_one_line(text, value, like, in_flow=False)}"


def on_one_line(text: str, value: object, like: YamlNode | None, *, in_flow: bool) -> str:
    """A value on one line; `in_flow` says that it will stand between braces or brackets."""
    match value:
        case dict():
            pieces = [
                f"{name}: {on_one_line(text, one, sample, in_flow=True)}"
                for name, one, sample in _with_samples(value, like)
            ]
            return "{" + ", ".join(pieces) + "}"
        case list():
            pieces = [on_one_line(text, one, _of_item(like, one), in_flow=True) for one in value]
            return "[" + ", ".join(pieces) + "]"
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case str():
            return written(value, _mark(text, value, like), is_flow=in_flow)
        case _:
            return str(value)


def is_flow(text: str, node: YamlList) -> bool:
    """Whether the list stands between brackets."""
    return text[node.start : node.start + 1] == "["


def _mark(text: str, value: str, like: YamlNode | None) -> str:
    if not isinstance(like, YamlScalar) or not like.is_quoted or _PLAIN.fullmatch(value):
        return ""
    start, _ = span_of(like, text)
    return text[start : start + 1]


def _with_samples(
    value: dict[str, object], like: YamlNode | None
) -> list[tuple[str, object, YamlNode | None]]:
    """Each key with its value and a sample: what the same key has there, else the first."""
    entries = like.entries if isinstance(like, YamlMap) else ()
    by_name = {key.text: node for key, node in entries}
    first = next(iter(by_name.values()), None)
    return [(name, one, by_name.get(name, first)) for name, one in value.items()]


def _of_item(like: YamlNode | None, value: object) -> YamlNode | None:
    """The sample for an item: the first that has the same fields, else the first."""
    if not isinstance(like, YamlList):
        return None
    if isinstance(value, dict):
        for one in like.items:
            if isinstance(one, YamlMap) and {key.text for key, _ in one.entries} == set(value):
                return one
    return next(iter(like.items), None)
