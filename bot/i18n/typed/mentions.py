"""What a typed text says of days, before anybody asks which days these are: "14 May", "three weeks ago", "on Monday".

It must not know today, nor which days are allowed.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from bot.i18n.typed.tokens import Token


@dataclass(frozen=True, slots=True)
class Written:
    """A day of a month. Several months: one slip of the finger away from each. They may be no months at all (13)."""

    at: int
    day: int
    months: tuple[int, ...]
    year: int | None = None
    is_sure: bool = True
    may_be_clock: bool = False
    """10.30 in digits: half past ten, when another day is named."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """So many days and months from today. Nobody counts months to the day."""

    at: int
    days: int = 0
    months: int = 0
    is_vague: bool = False
    """ "several days ago": no day at all."""


class Order(Enum):
    PLAIN = auto()
    LAST = auto()
    NEXT = auto()
    THIS = auto()
    OTHER = auto()
    """The last but one, or every: none that could be counted to."""


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """`weekday` counts from 0, Monday."""

    at: int
    weekday: int
    order: Order = Order.PLAIN
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class DayAlone:
    """The number of a day without its month; `month_shift` is that of "last month"."""

    at: int
    day: int
    month_shift: int | None = None


@dataclass(slots=True)
class Pieces:
    """The tokens of a text, and which of them already belong to something."""

    tokens: list[Token]
    used: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.tokens)

    def free(self, at: int) -> Token | None:
        """The token there, unless there is none or it is used."""
        return self.tokens[at] if 0 <= at < len(self.tokens) and at not in self.used else None

    def skip(self, at: int, step: int, most: int, marks: str, *words: frozenset[str]) -> int:
        """The first place from `at` on, in steps, that has none of these marks and words; at most `most` further."""
        for _ in range(most):
            token = self.free(at)
            if token is None or not (token.is_mark(marks) or token.is_word(*words)):
                break
            at += step
        return at
