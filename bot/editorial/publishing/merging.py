"""Puts two changes of one text together, line by line, or says that they touch. Pure; knows nothing of YAML and Markdown.

Changes that only lie side by side count as touching, as in git: no line of either side is ever lost silently. What the
lines mean together, the checks of the edition say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Overlap:
    """Both sides changed the same lines."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines `begin:end` of the base became `lines`."""

    begin: int
    end: int
    lines: tuple[bytes, ...]


def merge(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> bytes | Overlap | None:
    """The text with both changes. None stands for a file that is not there."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    if base is None or ours is None or theirs is None:
        return Overlap()
    return _merge_lines(_lines(base), _lines(ours), _lines(theirs))


def _lines(text: bytes) -> list[bytes]:
    # Not splitlines(): that also breaks at marks which are no line ends to git and to editors.
    lines = text.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _merge_lines(base: list[bytes], ours: list[bytes], theirs: list[bytes]) -> bytes | Overlap:
    hunks = sorted(
        {*_hunks(base, ours), *_hunks(base, theirs)}, key=lambda hunk: (hunk.begin, hunk.end)
    )
    merged: list[bytes] = []
    done = -1  # so that a change at the very beginning touches nothing
    for hunk in hunks:
        if hunk.begin <= done:
            return Overlap()
        merged += base[max(done, 0) : hunk.begin]
        merged += hunk.lines
        done = hunk.end
    return b"".join([*merged, *base[max(done, 0) :]])


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
