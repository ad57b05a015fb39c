"""Which numbers may be shown. It must not know what they count.

Counts of days tell no small group of persons (`db.closing`). What is shown has a rule of its own beside that: a number
from 1 to 4 is hidden, and if the others and the total would tell it, another number goes with it.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from db.counted import SMALLEST_GROUP

Key = TypeVar("Key", bound=Hashable)

HIDDEN = "<5"
Shown = int | None
"""None is a number that is hidden."""


def shown(number: int) -> Shown:
    """A number that stands alone."""
    return None if 0 < number < SMALLEST_GROUP else number


def parts_shown(parts: Mapping[Key, int]) -> dict[Key, Shown]:
    """Parts of a whole that is shown or can be added up elsewhere.

    What is hidden are at least two numbers that are `SMALLEST_GROUP` together, so that taking the others from the whole
    tells none of them. Where there is nothing left to hide with a small one, the whole is small itself, and `shown` hides it.
    """
    hidden = {key for key, count in parts.items() if shown(count) is None}
    others = sorted(
        (key for key, count in parts.items() if count and key not in hidden),
        key=lambda key: parts[key],
        reverse=True,
    )
    while hidden and others and not _is_safe([parts[key] for key in hidden]):
        hidden.add(others.pop())
    return {key: None if key in hidden else count for key, count in parts.items()}


def _is_safe(hidden: list[int]) -> bool:
    return len(hidden) > 1 and sum(hidden) >= SMALLEST_GROUP
