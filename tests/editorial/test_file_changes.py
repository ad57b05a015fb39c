"""A changed file is told by its changed lines, and what was not touched is not told."""

import time

from bot.editorial.changes import Op, Piece
from bot.editorial.file_changes import ChangedLines, file_changes
from tests.support.bot import REAL_CONTENT

THEN = "one\ntwo words here\nthree\nfour\n"


def test_a_word_in_a_line() -> None:
    assert file_changes(THEN, THEN.replace("words", "signs")) == (
        ChangedLines(
            2,
            (
                Piece(Op.SAME, "two "),
                Piece(Op.REMOVED, "words"),
                Piece(Op.ADDED, "signs"),
                Piece(Op.SAME, " here"),
            ),
        ),
    )


def test_lines_that_came_and_went() -> None:
    now = "zero\none\ntwo words here\nfour\n"

    assert file_changes(THEN, now) == (
        ChangedLines(1, (Piece(Op.ADDED, "zero"),)),
        ChangedLines(4, (Piece(Op.REMOVED, "three"),)),
    )


def test_the_same_and_nothing() -> None:
    assert file_changes(THEN, THEN) == ()
    assert file_changes("", "a\nb\n") == (ChangedLines(1, (Piece(Op.ADDED, "a\nb"),)),)
    assert file_changes("a\nb\n", "") == (ChangedLines(1, (Piece(Op.REMOVED, "a\nb"),)),)


def test_a_change_in_the_largest_file_is_found_at_once() -> None:
    text = (REAL_CONTENT / "facts.yaml").read_text()
    begin = time.perf_counter()

    (changed,) = file_changes(text, f"{text}# one more line\n")

    assert changed.pieces == (Piece(Op.ADDED, "# one more line"),)
    assert time.perf_counter() - begin < 2
