"""What a line of a file belongs to, for showing the line alone: the part of a memo's text, the entry of a ledger.

It looks at the lines only, so that it works for files with errors too.
"""

import re
from collections.abc import Sequence

from bot.editorial.files.memos import TEXT_SUFFIX
from bot.editorial.parts import heading_of

_ENTRY = re.compile(r"\s*(?:- )?\{?\s*id: *[\"']?(?P<id>[\w-]+)|(?P<key>[\w-]+):")


def place_in(file: str, lines: Sequence[str], number: int) -> str:
    """What opened the part ("for kg") or the entry ("reg-kg-days") that holds this line (from 1); empty where nothing did."""
    before = reversed(lines[: max(number, 1)])
    if file.endswith(TEXT_SUFFIX):
        return next((heading for line in before if (heading := heading_of(line)) is not None), "")
    found = next((entry for line in before if (entry := _ENTRY.match(line))), None)
    return (found["id"] or found["key"]) if found else ""
