"""Whether what somebody typed may become an example question of the guide. It decides nothing about the memo."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.editorial.edition import Edition
from bot.editorial.files.lines import LONGEST, Lines
from bot.search.folding import fold
from bot.search.masking import MASK, masked, without_masks

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 2


class Flaw(StrEnum):
    SHORT = "short"
    LONG = "long"
    NAMES = "names"  # something in it could name somebody
    THERE = "there"  # the guide has the line already


@dataclass(frozen=True, slots=True)
class Example:
    """`text` is masked once more and on one line. `where` is the memo that has the line, None for what is not ours."""

    text: str
    flaw: Flaw | None = None
    where: str | None = None


def example_of(typed: str, edition: Edition) -> Example:
    """Looks through all lines of the guide: in a thread."""
    text = masked(typed)
    if MASK.search(text):
        return Example(text, Flaw.NAMES)
    if len(_WORD.findall(text)) < _FEWEST_WORDS:
        return Example(text, Flaw.SHORT)
    if len(text) > LONGEST:
        return Example(text, Flaw.LONG)
    wanted = fold(text)
    for memo in edition.memos.values():
        if _has(memo.questions, wanted):
            return Example(text, Flaw.THERE, memo.id)
    if _has(edition.not_ours, wanted):
        return Example(text, Flaw.THERE)
    return Example(text)


def suggested(asked: str) -> str:
    """A kept question as the beginning of an example: without its masks."""
    return without_masks(asked).strip(" ,.;:-…")


def _has(lines: Lines, folded: str) -> bool:
    return any(fold(line.text) == folded for typed in lines.values() for line in typed)
