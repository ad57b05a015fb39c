"""Which pieces of words speak for a group, against numbers worked out by hand."""

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.directions import WordDirections
from bot.search.nearness import MOST_GROUPS
from bot.search.ngrams import pieces


def directions(*groups: tuple[str, ...]) -> WordDirections:
    texts = [text for group in groups for text in group]
    owners = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return WordDirections(pieces(texts), owners, len(groups))


def of(learnt: WordDirections, text: str) -> list[float]:
    return [float(score) for score in learnt.of(pieces([text]).hashes)]


# A word of one letter is one piece.
TWO = directions(("а",), ("б",))


def test_directions_worked_out_by_hand() -> None:
    """Each text is one column of length 1; wanted is 1/2 for its own group and -1/2 for the other, and the restraint of 1
    beside the square of 1 halves that.
    """
    assert of(TWO, "а") == pytest.approx([1 / 4, -1 / 4], rel=1e-5)
    assert of(TWO, "б") == pytest.approx([-1 / 4, 1 / 4], rel=1e-5)
    assert of(TWO, "а б") == pytest.approx([0, 0], abs=1e-6)


def test_an_unknown_piece_weakens_what_is_known_by_its_rarity() -> None:
    """Of two texts one has a known piece, ln(3 / 1.5); none has the unknown one, ln(3 / 0.5)."""
    known, unknown = log(3 / 1.5), log(3 / 0.5)
    share = known / sqrt(known**2 + unknown**2)
    assert of(TWO, "а ж") == pytest.approx([share / 4, -share / 4], rel=1e-5)
    assert of(TWO, "ж") == [0, 0]


def test_what_two_groups_share_speaks_for_neither_and_what_one_has_alone_does() -> None:
    learnt = directions(
        ("снять запрет", "как снять"), ("узнать запрет", "где узнать"), ("патент", "нужен патент")
    )
    lift, find, patent = of(learnt, "снять")
    assert lift > 0 > max(find, patent)
    first, second, third = of(learnt, "запрет")
    assert abs(first - second) < (lift - find) / 5
    assert min(first, second) > 0 > third


def test_saying_it_twice_says_no_more() -> None:
    assert of(TWO, "а а а") == of(TWO, "а")


@pytest.mark.parametrize("groups", [(), ((),), ((), ()), (("…", ""),), (("", ""), ("😀",))])
def test_from_nothing_nothing_is_learnt(groups: tuple[tuple[str, ...], ...]) -> None:
    assert of(directions(*groups), "патент") == [0] * len(groups)


def test_a_group_without_texts_has_no_direction() -> None:
    assert of(directions(("а",), (), ("б",)), "а")[1] == 0


@given(st.text(alphabet=st.characters(), max_size=4_096))
def test_any_question_lies_somewhere(text: str) -> None:
    scores = of(TWO, text)
    assert np.isfinite(scores).all()
    assert scores[0] == pytest.approx(-scores[1], abs=1e-6)
    assert np.abs(scores).max() <= 1 / 4 + 1e-6


def test_for_too_many_groups_nothing_is_learnt_and_nothing_breaks() -> None:
    texts = [f"слово{number}" for number in range(MOST_GROUPS + 1)]
    learnt = WordDirections(pieces(texts), np.arange(len(texts)), len(texts))
    assert not learnt.of(pieces(["слово7"]).hashes).any()
