"""What differs by region: series of facts (the price of a patent, the minimum wage) and the
values of one day.
"""

from dataclasses import dataclass
from datetime import date

from bot.guide.citizenship import Citizenship
from bot.guide.fact import Confidence
from bot.guide.source import Citation
from bot.guide.text import LocalText


@dataclass(frozen=True, slots=True)
class Series:
    """`about` is one short sentence to stand under the value."""

    id: str
    title: LocalText
    about: LocalText | None


@dataclass(frozen=True, slots=True)
class RegionalValue:
    """What a fact of a series says on the catalogue's day. `region` is None where it holds in the
    whole country; `text` is None when no value is known for the day; `since` is the first day of the
    value, when the ledger names it: a price of last year must be seen to be one; `citation` is None when the
    source is for staff only.
    """

    series: str
    region: str | None
    fact: str
    text: LocalText | None
    since: date | None
    applies: frozenset[Citizenship]
    citation: Citation | None
    checked: date
    confidence: Confidence
