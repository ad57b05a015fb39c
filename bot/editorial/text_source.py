"""The file of a memo's text taken apart for an editor, and put together again. Nothing that was not changed is touched.

It must not judge: the file that comes out is checked like any other.
"""

from dataclasses import dataclass

from bot.editorial.exchange.front_matter import scalar
from bot.editorial.files.memos import FENCE
from bot.editorial.yaml_tree import YamlMap, YamlScalar, read_yaml

TITLE, SUMMARY = "title", "summary"


@dataclass(frozen=True, slots=True)
class TextSource:
    """`first_line` is the line of the file at which `body` begins."""

    title: str
    summary: str
    body: str
    first_line: int


def taken_apart(text: str) -> TextSource:
    """A text without front matter is all body. Blank lines around the body are not part of it."""
    front, body, first_line = _divided(text)
    values = _values("\n".join(front))
    begins = len(body) - len(body.lstrip("\n"))
    title, summary = values.get(TITLE, ""), values.get(SUMMARY, "")
    return TextSource(title, summary, body.strip("\n"), first_line + begins)


def put_together(before: str, title: str, summary: str, body: str) -> str:
    """The file with this title, summary and body; the rest of its front matter is that of the text `before`, which may be
    empty.
    """
    front, old_body, _ = _divided(before)
    old = taken_apart(before)
    fields = _fields(front)
    for name, typed, then in ((TITLE, title, old.title), (SUMMARY, summary, old.summary)):
        now = " ".join(typed.split())
        if now != then or name not in fields:
            fields[name] = [f"{name}: {scalar(now)}"]
    first = (*fields.pop(TITLE), *fields.pop(SUMMARY))
    rest = [line for field in fields.values() for line in field]
    if not front or body.strip("\n") != old.body:
        old_body = f"\n{body.strip(chr(10))}\n"
    return "\n".join([FENCE, *first, *rest, FENCE, old_body])


def _divided(text: str) -> tuple[list[str], str, int]:
    """The lines of the front matter without its fences, what comes after, and the line at which that begins."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if lines[0].rstrip() != FENCE or end is None:
        return [], text, 1
    return lines[1:end], "\n".join(lines[end + 1 :]), end + 2


def _fields(front: list[str]) -> dict[str, list[str]]:
    """The lines of each field; those before the first stay with it."""
    fields: dict[str, list[str]] = {}
    waiting: list[str] = []
    name = None
    for line in front:
        if line[:1].isalpha() and ":" in line:
            name = line.partition(":")[0].rstrip()
            fields[name] = [*waiting, line]
            waiting = []
        elif name is None:
            waiting.append(line)
        else:
            fields[name].append(line)
    return fields


def _values(front: str) -> dict[str, str]:
    node, _ = read_yaml(front, "")
    if not isinstance(node, YamlMap):
        return {}
    return {
        key.text: " ".join(value.text.split())
        for key, value in node.entries
        if isinstance(value, YamlScalar)
    }
