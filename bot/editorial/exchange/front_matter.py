"""Title and summary as YAML in the front matter of a text."""

import json
from collections.abc import Mapping

from bot.editorial.exchange.segments import FRONT, Kind
from bot.editorial.files.memos import FENCE
from bot.editorial.yaml_tree import read_yaml, value_of


def new_front(texts: Mapping[Kind, str]) -> str:
    """Front matter for a text that is not there yet, with its fences."""
    lines = [f"{kind}: {scalar(texts[kind])}" for kind in FRONT]
    return "\n".join([FENCE, *lines, FENCE]) + "\n"


def scalar(text: str) -> str:
    """A text as a YAML value: plain where that is read back as the same text, quoted elsewhere."""
    node, problems = read_yaml(f"x: {text}\n", "")
    # A number or a "no" is read as something else than a text; so is "x", with its quotes.
    is_plain = node is not None and not problems and value_of(node) == {"x": text}
    # YAML's parsers do not agree on tabs.
    return text if is_plain and "\t" not in text else json.dumps(text, ensure_ascii=False)
