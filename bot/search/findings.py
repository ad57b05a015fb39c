"""What a search answers."""

from dataclasses import dataclass

from bot.guide.citizenship import Citizenship


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    lang: str
    citizenship: Citizenship | None


@dataclass(frozen=True, slots=True)
class Finding:
    """`score` compares findings of one question only."""

    memo: str
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """Memos, best first. `is_sure` is False when the best should not be shown as the answer.

    `danger` is the id of a present danger that the words speak of.
    """

    ranked: tuple[Finding, ...] = ()
    is_sure: bool = False
    danger: str | None = None
