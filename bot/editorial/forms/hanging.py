"""What hangs on an entry of a file, and must be looked at before the entry changes or goes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from bot.editorial.checks.references import check_references
from bot.editorial.edition import CONTACTS, FACTS, SOURCES, Edition
from bot.editorial.forms.ledger import Ledger
from bot.editorial.mentions import Manner, Mention, ReviewedKind, mentions
from bot.editorial.problem import Place
from bot.editorial.table import Table

T = TypeVar("T")

_KINDS = {FACTS: ReviewedKind.FACT, CONTACTS: ReviewedKind.CONTACT}


@dataclass(frozen=True, slots=True)
class Hanging:
    """`how`: shown, relies, button or danger as in `mentions`; rests (a fact or contact on its source), places (the
    regions on theirs), confusable (a term on another), named (anything else that names it).

    `inside` is the id of the memo, danger, fact, contact or term; empty for `places` and `named`. `holds`: the entry
    cannot be taken away from under it.
    """

    how: str
    inside: str
    lang: str | None
    place: Place
    holds: bool = True


def hanging_on(edition: Edition, ledger: Ledger, name: str) -> tuple[Hanging, ...]:
    """Everything that hangs on an entry of a ledger, in the order of the guide."""
    if ledger.file in _KINDS:
        found = list(_mentioned(edition, _KINDS[ledger.file], name))
    elif ledger.file == SOURCES:
        found = list(_resting(edition, name))
    else:
        found = list(_confusable(ledger, name))
    places = {one.place for one in found}
    return (
        *found,
        *(one for one in _named(edition, ledger.file, name) if one.place not in places),
    )


def _mentioned(edition: Edition, kind: ReviewedKind, name: str) -> Iterator[Hanging]:
    for one in mentions(edition):
        if (one.kind, one.name) == (kind, name):
            yield Hanging(one.manner, one.inside, one.lang, one.place, not _by_series(one))


def _by_series(mention: Mention) -> bool:
    """A button to the values of all regions stays when one of them goes."""
    return mention.kind is ReviewedKind.FACT and mention.manner is Manner.BUTTON


def _resting(edition: Edition, name: str) -> Iterator[Hanging]:
    for fact in edition.facts:
        if fact.value.source == name:
            yield Hanging("rests", fact.value.id, None, fact.place("source"))
    for contact in edition.contacts:
        if contact.value.source == name:
            yield Hanging("rests", contact.value.id, None, contact.place("source"))
    if edition.places.source and edition.places.source[0] == name:
        yield Hanging("places", "", None, edition.places.source[1])


def _confusable(ledger: Ledger, name: str) -> Iterator[Hanging]:
    for other, entry in ledger.entries.items():
        names = (ledger.data(other) or {}).get("confusable")
        if isinstance(names, list) and name in names:
            yield Hanging("confusable", other, None, Place(ledger.file, entry.line))


def _named(edition: Edition, file: str, name: str) -> Iterator[Hanging]:
    """What would name nothing if the entry were gone, wherever it stands: also memos that nobody can open."""
    day = date.min  # names do not depend on it
    before = set(check_references(edition, day))
    for problem in check_references(_without(edition, file, name), day):
        if problem.is_error and problem not in before:
            yield Hanging("named", "", None, Place(problem.file, problem.line))


def _without(edition: Edition, file: str, name: str) -> Edition:
    return replace(
        edition,
        facts=_less(edition.facts, name) if file == FACTS else edition.facts,
        sources=_less(edition.sources, name) if file == SOURCES else edition.sources,
        contacts=_less(edition.contacts, name) if file == CONTACTS else edition.contacts,
    )


def _less(table: Table[T], name: str) -> Table[T]:
    entries = {key: entry for key, entry in table.entries.items() if key != name}
    return Table(MappingProxyType(entries), table.spoiled - {name}, table.is_whole)
