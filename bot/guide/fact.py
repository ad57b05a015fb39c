"""Facts: typed, dated, sourced values. A number that the law sets lives here once and nowhere
else.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.guide.citizenship import Citizenship
from bot.guide.text import LocalText


class FactKind(StrEnum):
    DAYS = "days"  # calendar days
    WORKING_DAYS = "working-days"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"
    MONEY = "money"  # roubles
    PERCENT = "percent"
    COUNT = "count"
    DATE = "date"
    TEXT = "text"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included."""

    low: int
    high: int


FactValue = int | Range | date | LocalText


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the days on which it holds; both ends included, None is open."""

    value: FactValue
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with a `series` differs by region; without a `region` it holds in the whole country."""

    id: str
    kind: FactKind
    statement: str
    applies: frozenset[Citizenship]
    values: tuple[DatedValue, ...]
    source: str
    article: str | None
    checked: date
    review: date
    confidence: Confidence
    note: str | None = None
    series: str | None = None
    region: str | None = None

    def value_on(self, day: date) -> FactValue | None:
        """The value that holds on `day`, or None when none is known for it."""
        dated = self.dated_value_on(day)
        return dated.value if dated else None

    def dated_value_on(self, day: date) -> DatedValue | None:
        """The same with the days on which it holds."""
        return next((dated for dated in self.values if dated.holds_on(day)), None)
