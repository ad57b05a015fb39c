"""Changes title, summary and questions in the front matter of a text, and leaves every other character alone."""

import json
from collections.abc import Mapping

from bot.editorial.exchange.segments import FRONT, Kind, Segment, closing_fence
from bot.editorial.files.memos import FENCE
from bot.editorial.yaml_tree import read_yaml, value_of


def front_edit(segment: Segment, text: str, whole: str) -> str:
    """What stands in the place of this piece when it says something else."""
    if segment.kind is not Kind.QUESTIONS:
        return scalar(text)
    written = whole[segment.start : segment.end]
    if not written.startswith("-"):
        return f"\n{_questions(text)}"  # it was a list in brackets
    before = written.split("\n")
    kept = dict(zip(segment.text.split("\n"), before, strict=False))
    if len(kept) != len(before):
        kept = {}  # there are comments in it, or questions over two lines
    column = segment.start - (whole.rfind("\n", 0, segment.start) + 1)
    lines = [kept.get(line, f"- {scalar(line)}").strip() for line in text.split("\n")]
    return ("\n" + " " * column).join(lines)


def new_front(texts: Mapping[Kind, str]) -> str:
    """Front matter for a text that is not there yet, with its fences."""
    lines = [FENCE]
    for kind in FRONT:
        if kind is not Kind.QUESTIONS:
            lines.append(f"{kind}: {scalar(texts[kind])}")
        elif texts.get(kind):
            lines += [f"{kind}:", _questions(texts[kind])]
    return "\n".join([*lines, FENCE]) + "\n"


def with_questions(whole: str, text: str) -> str:
    """A text that had no questions, with some."""
    lines = whole.split("\n")
    lines[closing_fence(lines) : closing_fence(lines)] = [f"{Kind.QUESTIONS}:", _questions(text)]
    return "\n".join(lines)


def scalar(text: str) -> str:
    """A text as a YAML value: plain where that is read back as the same text, quoted elsewhere."""
    node, problems = read_yaml(f"x: {text}\n", "")
    # A number or a "no" is read as something else than a text; so is "x", with its quotes.
    is_plain = node is not None and not problems and value_of(node) == {"x": text}
    # YAML's parsers do not agree on tabs.
    return text if is_plain and "\t" not in text else json.dumps(text, ensure_ascii=False)


def _questions(text: str) -> str:
    return "\n".join(f"  - {scalar(line)}" for line in text.split("\n") if line.strip())
