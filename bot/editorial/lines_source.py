"""A file of example questions taken apart for an editor, and put together again: what was not changed stays as it was.

It must not judge: the file that comes out is checked like any other.
"""

import json
from collections.abc import Mapping, Sequence

from bot.editorial.yaml_tree import YamlList, YamlMap, YamlScalar, read_yaml


def lines_by_language(text: str) -> dict[str, list[str]]:
    """The lines of each language, in their order; empty for a file that cannot be read."""
    return {lang: [line.text for line in lines] for lang, lines in _lists(text).items()}


def language_and_number(text: str, line: int) -> tuple[str, int] | None:
    """Which line of which language (from 1) begins on a line of the file."""
    for lang, lines in _lists(text).items():
        for number, one in enumerate(lines, 1):
            if one.line == line:
                return lang, number
    return None


def with_lines(before: str, lines: Mapping[str, Sequence[str]]) -> str:
    """The file with these lines. Languages whose lines are as they were keep theirs to the letter."""
    old = lines_by_language(before)
    blocks = _blocks(before) if old else {}
    for lang, typed in lines.items():
        now = [" ".join(line.split()) for line in typed if line.strip()]
        if now == old.get(lang, []):
            continue
        quoted = [f"  - {json.dumps(line, ensure_ascii=False)}\n" for line in now]
        blocks[lang] = "".join([f"{lang}:\n", *quoted]) if now else ""
    return "".join(blocks.values())


def _lists(text: str) -> dict[str, list[YamlScalar]]:
    node, _ = read_yaml(text, "")
    if not isinstance(node, YamlMap):
        return {}
    return {
        key.text: [item for item in listed.items if isinstance(item, YamlScalar)]
        for key, listed in node.entries
        if isinstance(listed, YamlList)
    }


def _blocks(text: str) -> dict[str, str]:
    """The text cut before each language; what stands above the first one goes with it."""
    blocks: dict[str, str] = {}
    waiting, lang = "", ""
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha() and ":" in line:
            lang = line.partition(":")[0].strip()
            blocks[lang], waiting = waiting + line, ""
        elif lang:
            blocks[lang] += line
        else:
            waiting += line
    return blocks
