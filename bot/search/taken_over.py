"""Parts of an index that are made of the same things in the next edition, and so need not be made again.

It must not know what a part is.
"""

from collections.abc import Callable
from typing import TypeVar

Part = TypeVar("Part")


class TakenOver:
    """The parts of an index by name, each with what it was made of. Made by one thread; then only read."""

    def __init__(self, before: "TakenOver | None" = None) -> None:
        self._before = before._parts if before is not None else {}
        self._parts: dict[str, tuple[object, object]] = {}

    def part(self, name: str, made_of: object, make: Callable[[], Part]) -> Part:
        """What `make` makes, or the part of this name of the edition before when that was made of something equal.

        `made_of` has everything that the part depends on.
        """
        earlier = self._before.get(name)
        part = earlier[1] if earlier is not None and earlier[0] == made_of else make()
        self._parts[name] = (made_of, part)
        return part  # type: ignore[return-value] # of this name there is one kind of part

    def end(self) -> None:
        """Let go of the edition before."""
        self._before = {}
