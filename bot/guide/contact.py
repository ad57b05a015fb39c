"""Contacts: hotlines and offices, with how sure we are of each phone."""

from dataclasses import dataclass
from datetime import date

from bot.guide.citizenship import Citizenship
from bot.guide.fact import Confidence
from bot.guide.text import LocalText


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is dialled: `+7…`, or a short one like 112."""

    number: str
    confidence: Confidence

    @property
    def is_short(self) -> bool:
        return not self.number.startswith("+")


@dataclass(frozen=True, slots=True)
class Contact:
    id: str
    kind: str
    name: LocalText
    purpose: LocalText | None
    phones: tuple[Phone, ...]
    hours: LocalText | None
    languages: tuple[str, ...]
    address: LocalText | None
    city: LocalText | None
    region: str | None
    serves: frozenset[Citizenship]
    url: str | None
    source: str
    checked: date
    review: date
    confidence: Confidence
