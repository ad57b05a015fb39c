"""The review list of a source, a fact, a contact or a card: all that hangs on it and has to be read again when it changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.editorial.edition import Edition
from bot.editorial.mentions import Mention, ReviewedKind, mentions
from bot.editorial.problem import Place


@dataclass(frozen=True, slots=True)
class Resting:
    """A fact, contact or card that has to be compared again, and where it is written down."""

    kind: ReviewedKind
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReviewList:
    """`resting` are the facts and contacts that rest on a source; of anything else it is itself."""

    kind: ReviewedKind
    name: str
    place: Place
    resting: tuple[Resting, ...]
    mentions: tuple[Mention, ...]


def review_lists(edition: Edition, name: str) -> tuple[ReviewList, ...]:
    """What hangs on the thing of this id: a list for each kind that has it, mostly one, none for an unknown id."""
    known = mentions(edition)
    return tuple(
        ReviewList(
            kind,
            name,
            place,
            resting,
            tuple(
                mention
                for one in resting
                for mention in known
                if (mention.kind, mention.name) == (one.kind, one.name)
            ),
        )
        for kind, place, resting in _things(edition, name)
    )


def review_list_to_json(found: ReviewList) -> dict[str, object]:
    """The shape of `joldosh content review --json`, an item of its list."""
    return {
        "kind": str(found.kind),
        "id": found.name,
        "file": found.place.file,
        "line": found.place.line,
        "rests_on_it": [
            {
                "kind": str(one.kind),
                "id": one.name,
                "file": one.place.file,
                "line": one.place.line,
            }
            for one in found.resting
        ],
        "mentions": [
            {
                "kind": str(one.kind),
                "id": one.name,
                "manner": str(one.manner),
                "in": one.inside,
                "lang": one.lang,
                "citizenships": sorted(one.readers),
                "file": one.place.file,
                "line": one.place.line,
            }
            for one in found.mentions
        ],
    }


def _things(
    edition: Edition, name: str
) -> Iterator[tuple[ReviewedKind, Place, tuple[Resting, ...]]]:
    for kind, table in (
        (ReviewedKind.FACT, edition.facts),
        (ReviewedKind.CONTACT, edition.contacts),
        (ReviewedKind.CARD, edition.cards),
    ):
        if entry := table.entries.get(name):
            place = entry.place("id")
            yield kind, place, (Resting(kind, name, place),)
    if source := edition.sources.entries.get(name):
        resting = (
            Resting(kind, entry.value.id, entry.place("source"))
            for kind, table in (
                (ReviewedKind.FACT, edition.facts),
                (ReviewedKind.CONTACT, edition.contacts),
            )
            for entry in table
            if entry.value.source == name
        )
        yield ReviewedKind.SOURCE, source.place("id"), tuple(resting)
