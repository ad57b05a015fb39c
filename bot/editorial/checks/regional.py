"""Facts that differ by region: one value for each region, all of one kind and for the same people."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Problem, error, nearest, warning
from bot.editorial.table import Entry
from bot.guide.fact import Fact


def check_regional(edition: Edition, today: date) -> Iterator[Problem]:
    first_of: dict[str, Entry[Fact]] = {}
    first_in: dict[tuple[str, str | None], Entry[Fact]] = {}
    for entry in edition.facts:
        fact = entry.value
        if fact.series is None:
            continue
        yield from _names(edition, entry)
        known = first_in.setdefault((fact.series, fact.region), entry)
        if known is not entry:
            where = fact.region or "ru"
            yield error(
                entry.place("series"), "series-repeated", where=where, other=known.value.id
            )
        first = first_of.setdefault(fact.series, entry).value
        for field, is_same in (
            ("kind", fact.kind is first.kind),
            ("applies", fact.applies == first.applies),
        ):
            if not is_same:
                yield error(entry.place(field), "series-differs", field=field, other=first.id)
        if fact.values and fact.value_on(today) is None:
            # Not an error: the page of the region says that the value is not known.
            yield warning(entry.place("values"), "no-value-today", fact=fact.id, day=today)


def _names(edition: Edition, entry: Entry[Fact]) -> Iterator[Problem]:
    for field, name, table in (
        ("series", entry.value.series, edition.places.series),
        ("region", entry.value.region, edition.places.regions),
    ):
        if name is not None and table.lacks(name):
            problem = error(entry.place(field), f"unknown-{field}", name=name)
            yield problem.suggesting(nearest(name, table.entries))
