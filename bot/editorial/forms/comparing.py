"""How one state of a file differs from another: by entries, and in them by fields. It must not judge the changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.editorial.changes import Piece, word_changes
from bot.editorial.forms.ledger import Ledger
from bot.editorial.yaml_tree import value_of


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field and how it reads otherwise, word by word."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    id: str
    kind: Kind
    fields: tuple[FieldChange, ...]


def entry_changes(before: Ledger, after: Ledger) -> tuple[EntryChange, ...]:
    """In the order of the file as it is after; what is gone stands at the end."""
    return tuple(_changes(before, after))


def field_changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[FieldChange, ...]:
    """The fields of an entry that differ, those that came at the end."""
    return tuple(
        FieldChange(name, word_changes(said(before.get(name)), said(after.get(name))))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    )


def said(value: object) -> str:
    """A value as a member reads it, with no word of any language: lists with commas, each value with its days."""
    match value:
        case None:
            return ""
        case bool():
            return "✓" if value else "✗"
        case {"min": low, "max": high}:
            return f"{low} … {high}"
        case {"value": held, **days}:
            ends = " … ".join(said(days.get(name)) for name in ("from", "until"))
            return f"{said(held)} ({ends.strip()})" if days else said(held)
        case {"number": number, **doubt}:
            return (
                f"{number} ({said(doubt['confidence'])})"
                if doubt.get("confidence")
                else str(number)
            )
        case dict():
            return "; ".join(f"{key}: {said(one)}" for key, one in value.items())
        case list():
            parts = "\n" if any(isinstance(one, dict) for one in value) else ", "
            return parts.join(map(said, value))
        case _:
            return str(value)


def _changes(before: Ledger, after: Ledger) -> Iterator[EntryChange]:
    for name, entry in after.entries.items():
        then, now = before.data(name), after.data(name) or {}
        if then is None:
            yield EntryChange(name, Kind.NEW, field_changes({}, now))
        elif value_of(before.entries[name]) != value_of(entry):
            yield EntryChange(name, Kind.CHANGED, field_changes(then, now))
    for name in before.entries:
        if name not in after.entries:
            yield EntryChange(name, Kind.GONE, field_changes(before.data(name) or {}, {}))
