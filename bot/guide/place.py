"""Places: regions, their cities, which day it is there, and how far it is from one point of the Earth to another.

It must not know who asks: a point is a number here and is kept nowhere.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo

from bot.guide.text import LocalText

# The mean radius that the International Union of Geodesy and Geophysics gives, in kilometres.
_EARTH_RADIUS = 6371.0088


_RUSSIA = "ru"


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, north and east positive."""

    latitude: float
    longitude: float

    @property
    def is_on_earth(self) -> bool:
        """False also for what is no number."""
        return -90 <= self.latitude <= 90 and -180 <= self.longitude <= 180


@dataclass(frozen=True, slots=True)
class City:
    id: str
    name: LocalText
    centre: Point


@dataclass(frozen=True, slots=True)
class Region:
    """`country` is a code such as `ru` (ISO 3166-1 alpha-2, in small letters). `zone` is the name of the time zone in the
    IANA data; every region of Russia has one.
    """

    id: str
    name: LocalText
    country: str
    cities: tuple[City, ...]
    zone: str | None = None


def is_russian(region: Region) -> bool:
    """Whether the law of Russia, its days off and its time zones hold there."""
    return region.country == _RUSSIA


def local_day(moment: datetime, zone: str) -> date:
    """Which day it is in a time zone at an aware moment: at 23:50 in Vladivostok the day that counts is the one
    on the calendar there, although it is afternoon in Moscow.
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def distance_km(one: Point, other: Point) -> float:
    """The way over a sphere (haversine), at most half a per cent wrong. Both must be on Earth."""
    north, south = radians(one.latitude), radians(other.latitude)
    rise = sin((south - north) / 2) ** 2
    turn = sin(radians(other.longitude - one.longitude) / 2) ** 2
    # Rounding can take opposite points a hair above 1.
    return 2 * _EARTH_RADIUS * asin(sqrt(min(rise + cos(north) * cos(south) * turn, 1.0)))
