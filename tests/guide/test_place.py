"""How far it is over the Earth, from anywhere to anywhere."""

from datetime import datetime
from math import inf, nan, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.place import Point, distance_km, local_day

MOSCOW, PETERSBURG = Point(55.752, 37.6178), Point(59.9386, 30.3141)
BISHKEK, VLADIVOSTOK = Point(42.87, 74.59), Point(43.1056, 131.8735)
HALF_WAY_ROUND = pi * 6371.0088

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        # Great-circle distances as atlases give them.
        (MOSCOW, PETERSBURG, 634),
        (MOSCOW, BISHKEK, 2990),
        (MOSCOW, VLADIVOSTOK, 6420),
        (Point(0, 179.5), Point(0, -179.5), 111),
        (Point(90, 0), Point(90, 123), 0),
        (Point(90, 17), Point(-90, 0), 20015),
        (Point(0, 0), Point(0, 180), 20015),
        (MOSCOW, MOSCOW, 0),
    ],
)
def test_known_distances(one: Point, other: Point, kilometres: int) -> None:
    assert distance_km(one, other) == pytest.approx(kilometres, rel=0.005, abs=0.5)


@given(POINTS, POINTS)
def test_it_is_as_far_there_as_back_and_never_more_than_half_way_round(
    one: Point, other: Point
) -> None:
    there = distance_km(one, other)

    assert 0 <= there <= HALF_WAY_ROUND + 1e-6
    assert there == pytest.approx(distance_km(other, one), abs=1e-6)


@given(POINTS, POINTS, POINTS)
def test_no_way_round_is_shorter(one: Point, between: Point, other: Point) -> None:
    detour = distance_km(one, between) + distance_km(between, other)

    assert distance_km(one, other) <= detour + 1e-3


@given(st.floats(), st.floats())
def test_whether_a_point_is_on_earth(latitude: float, longitude: float) -> None:
    is_on_earth = Point(latitude, longitude).is_on_earth

    assert is_on_earth == (abs(latitude) <= 90 and abs(longitude) <= 180)


@pytest.mark.parametrize(
    "point", [Point(nan, 0), Point(0, nan), Point(inf, 0), Point(0, -inf), Point(90.1, 0)]
)
def test_what_is_no_place(point: Point) -> None:
    assert not point.is_on_earth


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-07-10T13:50:00+00:00", "Asia/Vladivostok", "2026-07-10"),  # 23:50 there
        ("2026-07-10T14:00:00+00:00", "Asia/Vladivostok", "2026-07-11"),  # midnight there
        ("2026-07-10T14:00:00+00:00", "Europe/Moscow", "2026-07-10"),
        ("2026-12-31T21:00:00+00:00", "Europe/Moscow", "2027-01-01"),
        ("2026-12-31T12:00:00+00:00", "Asia/Kamchatka", "2027-01-01"),
        ("2026-07-10T23:50:00+10:00", "Europe/Moscow", "2026-07-10"),
        ("2026-07-11T00:10:00+10:00", "Europe/Moscow", "2026-07-10"),
    ],
)
def test_the_day_is_that_of_the_place(moment: str, zone: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(moment), zone).isoformat() == day
