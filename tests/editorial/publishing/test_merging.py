"""Two changes of one text: both are kept whole, or it is a clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.publishing.merging import Overlap, merge

BASE = b"one\ntwo\nthree\nfour\nfive\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (b"ONE\ntwo\nthree\nfour\nfive\n", BASE, b"ONE\ntwo\nthree\nfour\nfive\n"),
        (BASE, b"one\ntwo\n", b"one\ntwo\n"),
        (b"ONE\ntwo\nthree\nfour\nfive\n", b"one\ntwo\nthree\nfour\n", b"ONE\ntwo\nthree\nfour\n"),
        (b"zero\n" + BASE, BASE + b"six\n", b"zero\n" + BASE + b"six\n"),
        (
            b"one\n2\nthree\nfour\nfive\n",
            b"one\n2\nthree\nfour\nFIVE\n",
            b"one\n2\nthree\nfour\nFIVE\n",
        ),
        (None, BASE, None),
        (BASE, None, None),
        (None, None, None),
        (b"same", b"same", b"same"),
    ],
)
def test_changes_that_do_not_touch_are_both_kept(
    ours: bytes | None, theirs: bytes | None, merged: bytes | None
) -> None:
    assert merge(BASE, ours, theirs) == merged
    assert merge(BASE, theirs, ours) == merged


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (b"1\ntwo\nthree\nfour\nfive\n", b"I\ntwo\nthree\nfour\nfive\n"),
        (b"one\nTWO\nthree\nfour\nfive\n", b"one\ntwo\nTHREE\nfour\nfive\n"),
        (BASE + b"six\n", BASE + b"VI\n"),
        (None, b"one\n"),
        (b"one\ntwo\nthree\nfour\nfive", BASE + b"six\n"),
    ],
    ids=["one line", "neighbours", "both append", "gone and changed", "the last line end"],
)
def test_changes_that_touch_are_a_clash(ours: bytes | None, theirs: bytes | None) -> None:
    assert merge(BASE, ours, theirs) == Overlap()
    assert merge(BASE, theirs, ours) == Overlap()


def test_two_new_files_of_one_name_are_a_clash_unless_equal() -> None:
    assert merge(None, b"a\n", b"b\n") == Overlap()
    assert merge(None, b"a\n", b"a\n") == b"a\n"
    assert merge(None, b"a\n", None) == b"a\n"


LINES = st.lists(st.sampled_from(["", "a", "b", "c", "d", "- x: 1", "\u2028", "я"]), max_size=12)
# Lines that only one side has, so that they can be told apart afterwards.
EDITS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["insert", "delete", "replace"])))


def edit(lines: list[str], edits: list[tuple[int, str]], mark: str) -> list[str]:
    edited = list(lines)
    for number, (place, kind) in enumerate(edits):
        at = min(place, len(edited))
        end = at if kind == "insert" else at + 1
        edited[at:end] = [] if kind == "delete" else [f"{mark}{number}"]
    return edited


def text(lines: list[str], *, ended: bool = True) -> bytes:
    return ("\n".join(lines) + ("\n" if ended and lines else "")).encode()


@given(LINES, EDITS, EDITS, st.booleans(), st.booleans())
def test_no_line_of_either_side_is_lost_without_a_clash(
    base: list[str],
    ours: list[tuple[int, str]],
    theirs: list[tuple[int, str]],
    we_end: bool,
    they_end: bool,
) -> None:
    left, right = edit(base, ours, "ours-"), edit(base, theirs, "theirs-")
    sides = text(base), text(left, ended=we_end), text(right, ended=they_end)

    merged = merge(*sides)

    assert merge(sides[0], sides[2], sides[1]) == merged, "it does not matter who comes first"
    if isinstance(merged, Overlap):
        assert sides[1] not in (sides[0], sides[2]) and sides[2] != sides[0]
        return
    assert merged is not None
    lines = merged.decode().split("\n")
    assert [line for line in lines if line.startswith("ours-")] == [
        line for line in left if line.startswith("ours-")
    ]
    assert [line for line in lines if line.startswith("theirs-")] == [
        line for line in right if line.startswith("theirs-")
    ]
    for line in set(base):
        # A line that both sides left alone each time is there as often as the sides say together.
        kept = base.count(line) - left.count(line), base.count(line) - right.count(line)
        if kept == (0, 0) and we_end and they_end and line:
            assert lines.count(line) == base.count(line)


@given(LINES, LINES)
def test_who_changed_nothing_gets_what_the_other_did(base: list[str], side: list[str]) -> None:
    assert merge(text(base), text(base), text(side)) == text(side)
    assert merge(text(base), text(side), text(base)) == text(side)
    assert merge(text(base), text(side), text(side)) == text(side)
