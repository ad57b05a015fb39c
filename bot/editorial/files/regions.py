"""regions.yaml: regions with their cities, and the series of facts that differ by region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import Field

from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.schema import (
    Country,
    FileModel,
    Id,
    Latitude,
    Local,
    Longitude,
    Text,
    validated,
)
from bot.editorial.table import Entry, Made, Table, read_table
from bot.editorial.yaml_tree import YamlMap, YamlNode, locate
from bot.guide.place import City, Point, Region, is_russian
from bot.guide.regional import Series


class _CityModel(FileModel):
    id: Id
    name: Local
    latitude: Latitude
    longitude: Longitude


class RegionModel(FileModel):
    id: Id
    name: Local
    country: Country
    zone: Text | None = None
    cities: Annotated[list[_CityModel], Field(min_length=1)]


class SeriesModel(FileModel):
    id: Id
    title: Local
    about: Local | None = None


class PlacesModel(FileModel):
    """The two lists are read entry by entry, so that a mistake in one spoils no other."""

    source: Id
    series: list[object] = []
    regions: list[object]


@dataclass(frozen=True, slots=True)
class Places:
    """`source` is where the coordinates of the cities come from, with its place in the file."""

    regions: Table[Region] = field(default_factory=lambda: Table(is_whole=False))
    series: Table[Series] = field(default_factory=lambda: Table(is_whole=False))
    source: tuple[str, Place] | None = None

    def city_regions(self) -> Mapping[str, str]:
        """The region of each city."""
        return {city.id: one.value.id for one in self.regions for city in one.value.cities}

    def lacks_city(self, name: str) -> bool:
        """Whether the city is certainly not in the file."""
        is_known = self.regions.is_whole and not self.regions.spoiled
        return is_known and name not in self.city_regions()


NO_PLACES = Places(Table(MappingProxyType({})), Table(MappingProxyType({})))


def read_places(node: YamlNode | None, file: str) -> tuple[Places, list[Problem]]:
    model, problems = validated(PlacesModel, node, file)
    if model is None or not isinstance(node, YamlMap):
        return Places(), problems
    regions, found = read_table(locate(node, "regions")[0], file, RegionModel, _region)
    problems += [*found, *_repeated_cities(regions)]
    series: Table[Series] = NO_PLACES.series
    if model.series:
        series, found = read_table(locate(node, "series")[0], file, SeriesModel, _series)
        problems += found
    source = (model.source, Place(file, locate(node, "source")[1]))
    return Places(regions, series, source), problems


def _region(model: RegionModel, entry: Entry[RegionModel]) -> Made[Region]:
    cities = tuple(
        City(city.id, city.name, Point(city.latitude, city.longitude)) for city in model.cities
    )
    region = Region(model.id, model.name, model.country, cities, model.zone)
    return region, list(_zone_problems(region, entry))


def _zone_problems(region: Region, entry: Entry[RegionModel]) -> Iterator[Problem]:
    """Terms are counted by the day where a person is, so that a region of Russia must tell its time zone."""
    if region.zone is None and is_russian(region):
        yield error(entry.place("id"), "region-without-zone", region=region.id)
    elif region.zone is not None and region.zone not in available_timezones():
        problem = error(entry.place("zone"), "unknown-zone", name=region.zone)
        yield problem.suggesting(nearest(region.zone, available_timezones()))


def _series(model: SeriesModel, entry: Entry[SeriesModel]) -> Made[Series]:
    return Series(model.id, model.title, model.about), []


def _repeated_cities(regions: Table[Region]) -> list[Problem]:
    """A contact names a city and not its region, so that one city must not be in two."""
    first_lines: dict[str, int] = {}
    problems = []
    for region in regions:
        for number, city in enumerate(region.value.cities):
            place = region.place("cities", number, "id")
            if city.id in first_lines:
                first = first_lines[city.id]
                problems.append(error(place, "duplicate-id", name=city.id, first=first))
            first_lines.setdefault(city.id, place.line)
    return problems
