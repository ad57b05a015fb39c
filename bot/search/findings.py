"""What is asked, and what a search answers."""

from dataclasses import dataclass
from enum import StrEnum

from bot.guide.citizenship import Citizenship


@dataclass(frozen=True, slots=True)
class Question:
    """`lang` is the language that the person reads. `citizenship` is None until they have told theirs."""

    text: str
    lang: str
    citizenship: Citizenship | None


@dataclass(frozen=True, slots=True)
class Finding:
    """`score` compares findings of one question only."""

    memo: str
    score: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a memo, by its place: the number of the block, from 0, and of the item when the block is a list."""

    block: int
    item: int | None = None


class Verdict(StrEnum):
    """What to do with the findings: show the best, ask which of the first two is meant, or admit not to know."""

    SURE = "sure"
    WHICH = "which"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Findings:
    """Memos, best first.

    `lines` are those lines of the best memo, as the asking person reads it, that answer; in the order of the memo, and
    none when no line stands out. `danger` is the id of a present danger that the words speak of. `asked_in` is the language of
    the question when it is surely another than the person reads; it may be one that the guide has no texts in.
    """

    ranked: tuple[Finding, ...] = ()
    verdict: Verdict = Verdict.UNSURE
    lines: tuple[Line, ...] = ()
    danger: str | None = None
    asked_in: str | None = None

    @property
    def is_answered(self) -> bool:
        return self.verdict is not Verdict.UNSURE
