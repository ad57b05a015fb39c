"""The directory of contacts: in which drawer one lies, whom a reader finds there, and which
offices are nearest.

It must not know how a contact is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.place import City, Point, Region, distance_km


class Drawer(StrEnum):
    """The kinds of contact as a person looks for them. The values stand in buttons."""

    HOTLINES = "hotlines"
    CONSULATES = "consulates"
    STATE = "state"
    LEGAL_AID = "legal-aid"
    SHELTERS = "shelters"
    NGOS = "ngos"


# Every kind that contacts.yaml knows.
DRAWER_OF: dict[str, Drawer] = {
    "emergency": Drawer.HOTLINES,
    "hotline": Drawer.HOTLINES,
    "embassy": Drawer.CONSULATES,
    "consulate": Drawer.CONSULATES,
    "state": Drawer.STATE,
    "legal-aid": Drawer.LEGAL_AID,
    "shelter": Drawer.SHELTERS,
    "ngo": Drawer.NGOS,
    "union": Drawer.NGOS,
}

_NEAREST = 4


@dataclass(frozen=True, slots=True)
class NearOffice:
    """`to_centre` says that the distance ends in the middle of the office's city: where the office
    itself stands is not known.
    """

    contact: Contact
    kilometres: float
    to_centre: bool


def serving(contacts: Iterable[Contact], citizenship: Citizenship) -> tuple[Contact, ...]:
    """Those who help this citizenship, first those who help fewest others."""
    found = [contact for contact in contacts if citizenship in contact.serves]
    return tuple(sorted(found, key=lambda contact: len(contact.serves)))


def nearest_offices(
    contacts: Iterable[Contact], cities: Mapping[str, City], here: Point
) -> tuple[NearOffice, ...]:
    """The nearest contacts that one can go to. A consulate is always among them, however far:
    its district is wider than a city.
    """
    near = sorted(
        (office for contact in contacts if (office := _office(contact, cities, here))),
        key=lambda office: office.kilometres,
    )
    found = near[:_NEAREST]
    if not any(_is_consulate(office) for office in found):
        found += [office for office in near if _is_consulate(office)][:1]
    return tuple(found)


def nearest_region(regions: Iterable[Region], here: Point, within_km: float) -> Region | None:
    """The region of the nearest city, if there is one so near."""
    found = [
        (distance, number, region)
        for number, region in enumerate(regions)
        for city in region.cities
        if (distance := distance_km(here, city.centre)) <= within_km
    ]
    return min(found)[2] if found else None


def _office(contact: Contact, cities: Mapping[str, City], here: Point) -> NearOffice | None:
    if DRAWER_OF[contact.kind] is Drawer.HOTLINES:
        return None
    if contact.point:
        return NearOffice(contact, distance_km(here, contact.point), to_centre=False)
    city = cities.get(contact.city or "")
    if city is None:
        return None
    return NearOffice(contact, distance_km(here, city.centre), to_centre=True)


def _is_consulate(office: NearOffice) -> bool:
    return DRAWER_OF[office.contact.kind] is Drawer.CONSULATES
