"""Which offices are nearest, and what the reader is told of the distance."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.files.contacts import ContactModel
from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.guide.contact import Contact
from bot.guide.directory import DRAWER_OF, nearest_offices, nearest_region, serving
from bot.guide.fact import Confidence
from bot.guide.place import City, Point, Region
from bot.guide.text import LocalText

MOSCOW = City("moscow", LocalText(anywhere="Москва"), Point(55.752, 37.6178))
KAZAN = City("kazan", LocalText(anywhere="Казань"), Point(55.7887, 49.1221))
CITIES = {city.id: city for city in (MOSCOW, KAZAN)}
REGIONS = [
    Region("moscow", LocalText(anywhere="Москва"), "ru", (MOSCOW,)),
    Region("tatarstan", LocalText(anywhere="Татарстан"), "ru", (KAZAN,)),
]
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def contact(name: str, kind: str = "ngo", city: str | None = "moscow") -> Contact:
    return Contact(
        id=name,
        kind=kind,
        name=LocalText(anywhere=name),
        purpose=None,
        phones=(),
        hours=None,
        languages=(),
        address=None,
        city=city,
        region=city,
        point=None,
        serves=EVERYBODY,
        url=None,
        email=None,
        source="law",
        checked=date(2026, 11, 1),
        review=date(2027, 5, 1),
        confidence=Confidence.HIGH,
    )


def test_every_kind_of_contact_lies_in_a_drawer() -> None:
    kinds = ContactModel.model_json_schema()["properties"]["kind"]["enum"]

    assert set(kinds) == DRAWER_OF.keys()


def test_an_office_whose_place_is_known_is_measured_to_its_door() -> None:
    at_the_door = replace(contact("door"), point=Point(55.7, 37.6))

    [office] = nearest_offices([at_the_door], CITIES, Point(55.7, 37.6))

    assert (office.kilometres, office.to_centre) == (0, False)


def test_an_office_whose_place_is_not_known_is_measured_to_its_city() -> None:
    [office] = nearest_offices([contact("somewhere")], CITIES, MOSCOW.centre)

    assert (office.kilometres, office.to_centre) == (0, True)


def test_nobody_is_sent_to_a_hotline_or_to_a_place_that_is_not_known() -> None:
    contacts = [contact("line", "hotline"), contact("112", "emergency"), contact("?", city=None)]

    assert nearest_offices(contacts, CITIES, MOSCOW.centre) == ()


def test_the_nearest_consulate_is_shown_however_many_offices_are_nearer() -> None:
    near = [contact(f"ngo-{number}") for number in range(9)]
    consulate = contact("far", "consulate", "kazan")

    found = nearest_offices([*near, consulate], CITIES, MOSCOW.centre)

    assert [office.contact.id for office in found] == [*(f"ngo-{n}" for n in range(4)), "far"]


def test_the_nearest_stand_first_and_on_one_distance_those_who_help_fewest() -> None:
    ours = replace(contact("ours"), serves=frozenset({Citizenship.TJ}))
    contacts = serving([contact("kazan", city="kazan"), contact("all"), ours], Citizenship.TJ)

    found = nearest_offices(contacts, CITIES, Point(55.8, 38))

    assert [office.contact.id for office in found] == ["ours", "all", "kazan"]
    assert [one.id for one in serving(contacts, Citizenship.KG)] == ["kazan", "all"]


@given(POINTS)
def test_from_anywhere_on_earth_offices_are_found(here: Point) -> None:
    contacts = [contact("a"), contact("b", city="kazan"), contact("c", "embassy")]

    found = nearest_offices(contacts, CITIES, here)

    assert {office.contact.id for office in found} == {"a", "b", "c"}
    distances = [office.kilometres for office in found]
    assert distances == sorted(distances)


@pytest.mark.parametrize(
    ("here", "region"),
    [
        (MOSCOW.centre, "moscow"),
        (Point(55.9, 37.4), "moscow"),
        (Point(55.6, 49.0), "tatarstan"),
        (Point(56.86, 35.9), None),  # Tver, which the guide does not know
        (Point(-90, 0), None),
    ],
)
def test_the_region_is_named_only_near_a_city_of_it(here: Point, region: str | None) -> None:
    found = nearest_region(REGIONS, here, within_km=60)

    assert (found.id if found else None) == region
