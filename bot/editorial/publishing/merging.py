"""Puts two changes of one text together, line by line, or says that they touch. Pure; knows nothing of YAML and Markdown.

Changes that only lie side by side count as touching, as in git: no line of either side is ever lost silently. What the
lines mean together, the checks of the edition say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Overlap:
    """Both sides changed the same lines."""


@dataclass(frozen=True, slots=True)
class BothSides:
    """A place that both sides changed: its lines as they were, and as each side has them. None stands for no file."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines `begin:end` of the base became `lines`."""

    begin: int
    end: int
    lines: tuple[bytes, ...]


def merge(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> bytes | Overlap | None:
    """The text with both changes. None stands for a file that is not there."""
    parts = merged_parts(base, ours, theirs)
    if any(isinstance(part, BothSides) for part in parts):
        return Overlap()
    return joined([part for part in parts if not isinstance(part, BothSides)])


def merged_parts(
    base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> tuple[bytes | BothSides | None, ...]:
    """The text with both changes, in the order of the text, cut where somebody has to decide. A None stands alone: the
    file is not there.
    """
    if theirs in (ours, base):
        return (ours,)
    if ours == base:
        return (theirs,)
    if base is None or ours is None or theirs is None:
        return (BothSides(base, ours, theirs),)
    return tuple(_merge_lines(_lines(base), _lines(ours), _lines(theirs)))


def joined(parts: Sequence[bytes | None]) -> bytes | None:
    """The parts as one text again; None when there is no file."""
    there = [part for part in parts if part is not None]
    return b"".join(there) if there else None


def _lines(text: bytes) -> list[bytes]:
    # Not splitlines(): that also breaks at marks which are no line ends to git and to editors.
    lines = text.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _merge_lines(
    base: list[bytes], ours: list[bytes], theirs: list[bytes]
) -> Iterator[bytes | BothSides]:
    left, right = _hunks(base, ours), _hunks(base, theirs)
    done = 0
    for begin, end in _places([*left, *right]):
        yield b"".join(base[done:begin])
        mine, other = (_side(base, begin, end, hunks) for hunks in (left, right))
        before = b"".join(base[begin:end])
        if other in (mine, before):
            yield mine
        elif mine == before:
            yield other
        else:
            yield BothSides(before, mine, other)
        done = end
    yield b"".join(base[done:])


def _places(hunks: list[_Hunk]) -> list[tuple[int, int]]:
    """Stretches of the base that are changed; hunks that overlap or touch are one."""
    places: list[tuple[int, int]] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.begin, hunk.end)):
        if places and hunk.begin <= places[-1][1]:
            begin, end = places.pop()
            places.append((begin, max(end, hunk.end)))
        else:
            places.append((hunk.begin, hunk.end))
    return places


def _side(base: list[bytes], begin: int, end: int, hunks: list[_Hunk]) -> bytes:
    """What a side made of a stretch that no hunk leaves."""
    lines: list[bytes] = []
    for hunk in hunks:
        if begin <= hunk.begin and hunk.end <= end:
            lines += [*base[begin : hunk.begin], *hunk.lines]
            begin = hunk.end
    return b"".join([*lines, *base[begin:end]])


def _hunks(base: Sequence[bytes], side: Sequence[bytes]) -> list[_Hunk]:
    """What a side changed. Equal ends are cut off first: files have thousands of lines, changes few."""
    shorter = min(len(base), len(side))
    head = next((n for n in range(shorter) if base[n] != side[n]), shorter)
    left = shorter - head
    tail = next((n for n in range(left) if base[-1 - n] != side[-1 - n]), left)
    matcher = SequenceMatcher(
        None, base[head : len(base) - tail], side[head : len(side) - tail], autojunk=False
    )
    return [
        _Hunk(head + i1, head + i2, tuple(side[head + j1 : head + j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]
