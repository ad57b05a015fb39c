"""Contacts: hotlines and offices, with how sure we are of each phone."""

from dataclasses import dataclass
from datetime import date

from bot.guide.citizenship import Citizenship
from bot.guide.fact import Confidence
from bot.guide.place import Point
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
    """`city` and `region` are ids; with a city the region is that of the city. `point` is where the
    office itself stands, None when that is not known.
    """

    id: str
    kind: str
    name: LocalText
    purpose: LocalText | None
    phones: tuple[Phone, ...]
    hours: LocalText | None
    languages: tuple[str, ...]
    address: LocalText | None
    city: str | None
    region: str | None
    point: Point | None
    serves: frozenset[Citizenship]
    url: str | None
    email: str | None
    source: str
    checked: date
    review: date
    confidence: Confidence
