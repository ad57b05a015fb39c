"""How days are counted: where a day is cut, who is counted once, which times are told apart. It must not know a table.

Groups are languages with citizenships. What nobody has chosen is `NOT_CHOSEN` in the counts, since a key has no NULL;
`FEW` stands in the place of what is not told (`db.closing`).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from hashlib import blake2b

# As the guide counts its days, in Moscow (`bot.editorial.day`); this room may not ask that one, so a test compares them.
ZONE = timezone(timedelta(hours=3))

NOT_CHOSEN = ""
FEW = "few"

# A group of fewer persons is not told apart.
SMALLEST_GROUP = 5

SALT_BYTES = 32
_PSEUDONYM_BYTES = 16

# Milliseconds, each about 1.4 times the one before: a median read from them is at most so much too high.
RESPONSE_BOUNDS = (
    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700,
    1000, 1500, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 60_000,
)  # fmt: skip
SLOWER = 2**31 - 1

Group = tuple[str, str]
"""Language and citizenship."""


def counted_day(moment: datetime) -> date:
    """The day that an aware moment is counted in."""
    return moment.astimezone(ZONE).date()


def group_of(lang: str | None, citizenship: str | None) -> Group:
    return lang or NOT_CHOSEN, citizenship or NOT_CHOSEN


def pseudonym(person: str, salt: bytes) -> bytes:
    """What a person is called for one day. Nobody can make it again once the day's salt is gone."""
    return blake2b(person.encode(), key=salt, digest_size=_PSEUDONYM_BYTES).digest()


def response_bound(seconds: float) -> int:
    """The least bound, in milliseconds, that is not below; `SLOWER` above all of them."""
    milliseconds = seconds * 1000
    return next((bound for bound in RESPONSE_BOUNDS if milliseconds <= bound), SLOWER)


def folded(persons: Mapping[Group, int]) -> dict[Group, Group]:
    """As which group each group of a day is told, so that none told has fewer than `SMALLEST_GROUP` persons.

    A small group loses its citizenship, and its language too where those of one language are still too few together.
    The rest that is left then must not be small either, or subtracting the others from the whole would tell it: the
    smallest groups join it until it is large enough, or until nothing is told apart.
    """
    told = {
        group: group if size >= SMALLEST_GROUP else (group[0], FEW)
        for group, size in persons.items()
    }
    rest = (FEW, FEW)
    while small := min(_too_small(_sizes(told, persons), rest), default=None):
        told = {
            group: rest if as_group == small[1] else as_group for group, as_group in told.items()
        }
    return told


def _sizes(told: Mapping[Group, Group], persons: Mapping[Group, int]) -> dict[Group, int]:
    sizes = dict.fromkeys(told.values(), 0)
    for group, as_group in told.items():
        sizes[as_group] += persons[group]
    return sizes


def _too_small(sizes: Mapping[Group, int], rest: Group) -> list[tuple[int, Group]]:
    """What has to join the rest next, with its size: small groups, else, while the rest is small, any other."""
    others = [(size, group) for group, size in sizes.items() if group != rest]
    small = [one for one in others if one[0] < SMALLEST_GROUP]
    if small or sizes.get(rest, SMALLEST_GROUP) >= SMALLEST_GROUP:
        return small
    return others
