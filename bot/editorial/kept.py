"""What was made of the parts of an edition, so that the next one takes over what did not change.

Only for results that depend on nothing but the arguments: then nothing in here can be out of date. It must not know
what it keeps.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar, TypeVarTuple

Made = TypeVar("Made")
Things = TypeVarTuple("Things")


class Kept:
    """Results by the function and the things they were made of. May be asked by several threads."""

    def __init__(self, before: "Kept | None" = None) -> None:
        """`before` is looked into; what is not asked for again is left behind with it."""
        # Of the one before only what it made itself, not what it was given: else no edition would ever be let go.
        self._before = before._made if before is not None else {}
        self._made: dict[object, tuple[object, tuple[object, ...]]] = {}

    def of(self, make: Callable[[*Things], Made], *things: *Things) -> Made:
        """`make(*things)`, made once. `make` is a function of a module, pure, and its result is never changed.

        Texts, bytes and days are the same when they are equal, and so are tuples of them; anything else only when it is
        the very same object.
        """
        key = (make, _token(things))
        entry = self._made.get(key) or self._before.get(key)
        if entry is None:
            entry = (make(*things), things)  # `things` are held so that nothing new gets their ids
        self._made[key] = entry
        made: Made = entry[0]  # type: ignore[assignment] # what this function made of these things
        return made

    def every(
        self, find: Callable[[*Things], Iterable[Made]], *things: *Things
    ) -> tuple[Made, ...]:
        """All that `find` finds in the things; otherwise as `of`."""
        return self.of(_listed, find, *things)


def _listed(find: Callable[[*Things], Iterable[Made]], *things: *Things) -> tuple[Made, ...]:
    return tuple(find(*things))


def _token(thing: object) -> object:
    match thing:
        case str() | bytes() | date() | None:
            return thing
        case tuple():
            return tuple(map(_token, thing))
        case _:
            return id(thing)
