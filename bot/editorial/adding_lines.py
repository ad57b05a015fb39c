"""One more line that people type at the end of its language in a YAML text; every other character stays as it was.

Whether the line belongs there is not asked here.
"""

import json
from collections.abc import Callable

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


def with_line(text: str, file: str, lang: str, line: str) -> str:
    """A file of lines by language (empty when it is not there yet) with this line at the end of its language.

    Raises `ContentError` when the file cannot be read, or written without changing more than was asked for.
    """
    tree = _tree(text, file)
    written = json.dumps(line, ensure_ascii=False)
    found = _field(tree, lang)
    if found is None:
        begin = text if not text or text.endswith("\n") else f"{text}\n"
        new = f"{begin}{lang}:\n  - {written}\n"
    else:
        new = _appended(text, file, found, written)

    def wanted(data: object) -> object:
        assert isinstance(data, dict)
        return {**data, lang: [*(data.get(lang) or []), line]}

    return _just(text, new, file, wanted)


def _tree(text: str, file: str) -> YamlNode | None:
    tree, problems = read_yaml(text, file) if text.strip() else (None, ())
    if problems or not (tree is None or isinstance(tree, YamlMap)):
        raise ContentError(f"{file} cannot be read; see `joldosh content check`")
    return tree


def _field(node: YamlNode | None, name: str) -> YamlNode | None:
    entries = node.entries if isinstance(node, YamlMap) else ()
    return next((value for key, value in entries if key.text == name), None)


def _appended(text: str, file: str, listed: YamlNode, written: str) -> str:
    last = listed.items[-1] if isinstance(listed, YamlList) and listed.items else None
    if not isinstance(last, YamlScalar):
        raise ContentError(f"{file} has a list that cannot be added to")
    start, end = span_of(last, text)
    begin = text.rfind("\n", 0, start) + 1
    dash = text[begin:start]
    if dash.strip() != "-":
        return f"{text[:end]}, {written}{text[end:]}"  # between brackets
    at = (text + "\n").index("\n", end)  # after a comment on the last line
    return f"{text[:at]}\n{dash}{written}{text[at:]}"


def _just(before: str, after: str, file: str, wanted: Callable[[object], object]) -> str:
    """What was written, if read again it says what was asked for and nothing else."""
    then, now = _tree(before, file), _tree(after, file)
    if now is None or value_of(now) != wanted(value_of(then) if then else {}):
        raise ContentError(f"{file} cannot take this without changing more than was asked for")
    return after
