"""Chances and verdicts, against numbers worked out by hand."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.search.evidence import Measure, Measures
from bot.search.findings import Finding, Verdict
from bot.search.ranking import Ranked, ranked, verdict
from tests.search.small import memo_numbers

KEYS = ("a", None, "b")


def measures(*words: float, lines: tuple[float, ...] = ()) -> Measures:
    found = np.zeros((len(words), len(Measure)))
    found[:, Measure.WORDS] = words
    if lines:
        found[:, Measure.LINES] = lines
    return found


def found(*chances: float, nowhere: float = 0.0) -> Ranked:
    return Ranked(tuple(Finding(str(at), one) for at, one in enumerate(chances)), nowhere)


def test_chances_worked_out_by_hand() -> None:
    """Totals are 10 · 0.3 = 3, 10 · 0.1 + 2 = 3 and 10 · 0.2 + 5 · 0.4 = 4."""
    numbers = memo_numbers({"words": 10, "lines": 5}, not_ours=2.0)
    result = ranked(KEYS, measures(0.3, 0.1, 0.2, lines=(0, 0, 0.4)), numbers)
    every = exp(3) + exp(3) + exp(4)
    assert [one.memo for one in result.findings] == ["b", "a"]
    scores = [one.score for one in result.findings]
    assert scores == pytest.approx([exp(4) / every, exp(3) / every])
    assert result.nowhere == pytest.approx(exp(3) / every)


def test_without_not_ours_something_always_answers() -> None:
    result = ranked(("a", "b"), measures(0, 0), memo_numbers())
    assert result == Ranked((Finding("a", 0.5), Finding("b", 0.5)), 0)


def test_of_equal_chances_the_first_of_the_guide_stands_first() -> None:
    keys = tuple("edcba")
    result = ranked(keys, measures(0.1, 0.2, 0.2, 0.1, 0.2), memo_numbers())
    assert "".join(one.memo for one in result.findings) == "dcaeb"


def test_the_chance_of_some_memos_is_the_sum_of_theirs() -> None:
    result = ranked(tuple("abcd"), measures(*[0.1] * 4), memo_numbers())
    assert result.chance_of({"b", "d", "gone"}) == pytest.approx(2 / 4)
    assert result.chance_of(()) == 0


def test_no_memos_no_answer() -> None:
    result = ranked((), measures(), memo_numbers())
    assert result == Ranked((), 1)
    assert verdict(result, memo_numbers(refuse=2)) is Verdict.UNSURE


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        # refuse is 0.5: from it on, the answer is "not sure"
        (found(0.5, 0.0, nowhere=0.5), Verdict.UNSURE),
        (found(0.5, 0.0, nowhere=0.499), Verdict.SURE),
        (found(0.01, 0.0, nowhere=0.99), Verdict.UNSURE),
        # which is 0.25: from this share of the best one on, both are offered
        (found(0.8, 0.2), Verdict.WHICH),
        (found(0.8, 0.199), Verdict.SURE),
        (found(0.4, 0.4, 0.2), Verdict.WHICH),
        (found(1.0), Verdict.SURE),
        # who is not sure asks nothing
        (found(0.2, 0.2, nowhere=0.6), Verdict.UNSURE),
    ],
)
def test_verdicts_at_the_border(result: Ranked, expected: Verdict) -> None:
    assert verdict(result, memo_numbers(refuse=0.5, which=0.25)) is expected


@given(
    st.permutations([None, *"abcdefgh"]),
    st.integers(0, 9),
    arrays(float, (9, len(Measure)), elements=st.floats(-50, 50)),
    st.floats(-100, 100),
)
def test_the_chances_of_all_and_of_nowhere_make_one(
    order: list[str | None], count: int, measured: Measures, not_ours: float
) -> None:
    keys = order[:count]
    numbers = memo_numbers({one.name.lower(): 3.0 for one in Measure}, not_ours=not_ours)
    result = ranked(keys, measured[:count], numbers)
    scores = [one.score for one in result.findings]
    assert sum(scores) + result.nowhere == pytest.approx(1)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score < 1 + 1e-9 for score in [*scores, result.nowhere])
    assert verdict(result, numbers) in Verdict
