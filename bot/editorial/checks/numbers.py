"""Numbers that belong to a fact but stand in prose, where nobody would find them when the rule changes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.number_search import DateFound, NumberFound, dates_in, laws_in, numbers_in
from bot.editorial.problem import Place, Problem, error, warning
from bot.editorial.prose import Said, said_in
from bot.editorial.table import Table
from bot.guide.fact import Fact, FactKind, Range

_NAMED = 3  # facts named in a hint


def check_numbers(edition: Edition, today: date) -> Iterator[Problem]:
    ledger = edition.kept.of(_Ledger, edition.facts)
    for said in said_in(edition):
        for place, found in edition.kept.every(_found, said):
            match found:
                case NumberFound():
                    yield _problem(place, found, ledger.with_number(found))
                case DateFound():
                    yield _problem(place, found, ledger.with_day(found))
                case str(law):
                    yield warning(place, "law-in-prose", law=law)


def _found(said: Said) -> Iterator[tuple[Place, NumberFound | DateFound | str]]:
    """Numbers, days and laws."""
    for prose in said.prose:
        for number in numbers_in(prose.text, prose.lang):
            yield prose.place(number.start), number
        for day in dates_in(prose.text):
            yield prose.place(day.start), day
        for offset, law in laws_in(prose.unquoted):
            yield prose.place(offset), law


def _problem(place: Place, found: NumberFound | DateFound, facts: list[str]) -> Problem:
    if not facts:
        return warning(place, "number-without-fact", text=found.text)
    placeholders = ", ".join(f"{{{fact}}}" for fact in facts[:_NAMED])
    return error(place, "number-of-fact", text=found.text, facts=placeholders)


class _Ledger:
    """Facts by kind and value, past and future values included: an old price in prose is worse than today's."""

    def __init__(self, facts: Table[Fact]) -> None:
        self._by_number: Mapping[tuple[FactKind, int], list[str]] = defaultdict(list)
        self._by_day: Mapping[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for entry in facts:
            self._enter(entry.value)

    def with_number(self, found: NumberFound) -> list[str]:
        if found.kind is None:
            return []
        names = [
            name for value in found.values for name in self._by_number.get((found.kind, value), [])
        ]
        return list(dict.fromkeys(names))

    def with_day(self, found: DateFound) -> list[str]:
        return [
            name
            for year, name in self._by_day.get((found.month, found.day), [])
            if found.year in (None, year)
        ]

    def _enter(self, fact: Fact) -> None:
        for dated in fact.values:
            match dated.value:
                case int(number):
                    self._by_number[fact.kind, number].append(fact.id)
                case Range(low, high):
                    self._by_number[fact.kind, low].append(fact.id)
                    self._by_number[fact.kind, high].append(fact.id)
                case date(year=year, month=month, day=day):
                    self._by_day[month, day].append((year, fact.id))
