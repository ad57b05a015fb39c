"""Nearness to groups of texts, against numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.search.embedding import Vectors
from bot.search.nearness import Groups, NearMeanings, NearWords
from bot.search.ngrams import Numbers, pieces


def numbers(*each: int) -> Numbers:
    return np.array(each, dtype=np.int64)


def rows(*each: tuple[float, ...]) -> Vectors:
    return np.array(each, dtype=np.float32)


def test_a_group_is_as_near_as_its_three_nearest_texts_on_average() -> None:
    groups = Groups(numbers(0, 1, 0, 0, 0), 2)
    # Of the first group 0.9, 0.6 and 0.3 count, and 0.1 does not.
    assert groups.best(np.array([0.9, 0.6, 0.1, 0.6, 0.3])) == pytest.approx([0.6, 0.2])


def test_a_group_of_one_text_does_not_win_by_chance() -> None:
    groups = Groups(numbers(0, 1, 1, 1), 2)
    assert np.argmax(groups.best(np.array([0.9, 0.4, 0.4, 0.4]))) == 1


def test_a_group_without_texts_is_nowhere_near() -> None:
    assert Groups(numbers(2, 2), 4).best(np.array([0.9, 0.3])) == pytest.approx([0, 0, 0.4, 0])


def test_no_texts_and_no_groups() -> None:
    assert Groups(numbers(), 2).best(np.zeros(0)).tolist() == [0, 0]
    assert Groups(numbers(), 0).best(np.zeros(0)).tolist() == []


def test_words_are_nearest_to_the_group_that_has_them() -> None:
    near = NearWords(pieces(["виза", "патент", "патенты"]), numbers(0, 1, 1), 3)
    visa, patent, nothing = near.of(pieces(["патентом"]).hashes)
    assert patent > visa == nothing == 0


def test_meaning_worked_out_by_hand() -> None:
    """Two groups of one text each, (1, 0) and (0, 1): the middle is (1/2, 1/2), seen from it the texts are
    (1/2, -1/2) and its opposite, so a question like the first has the cosines 1 and -1, each a third of its group's mean.
    Directions: the square is ((3/2, -1/2), (-1/2, 3/2)), for which (1, -1) is stretched by 2; the right side
    is (1/2, -1/2), so the direction of the first group is (1/4, -1/4), and the question lies 1/4 along it.
    """
    near = NearMeanings(rows((1, 0), (0, 1)), numbers(0, 1), 2)
    assert near.near(rows((1, 0))) == pytest.approx([1 / 3, -1 / 3])
    assert near.directions(rows((1, 0))) == pytest.approx(np.array([[1 / 4, -1 / 4]]))


def test_the_part_that_is_nearest_to_a_group_counts_for_it() -> None:
    near = NearMeanings(rows((1, 0), (0, 1)), numbers(0, 1), 2)
    assert near.near(rows((1, 0), (0, 1))) == pytest.approx([1 / 3, 1 / 3])
    assert near.directions(rows((1, 0), (0, 1))).shape == (2, 2)


def test_texts_without_a_vector_are_left_out() -> None:
    full = NearMeanings(rows((1, 0), (0, 1)), numbers(0, 1), 2)
    gaps = NearMeanings(rows((0, 0), (1, 0), (0, 0), (0, 1)), numbers(1, 0, 0, 1), 2)
    question = rows((0.6, 0.8))
    assert gaps.near(question) == pytest.approx(full.near(question))
    assert gaps.directions(question) == pytest.approx(full.directions(question))


@pytest.mark.parametrize("vectors", [np.zeros((0, 2)), np.zeros((3, 2)), np.zeros((3, 0))])
def test_without_any_vector_no_meaning_is_known(vectors: Vectors) -> None:
    assert not NearMeanings(vectors, np.zeros(len(vectors), dtype=np.int64), 1).is_known


def test_of_texts_that_all_mean_the_same_none_is_nearer() -> None:
    near = NearMeanings(rows((1, 0), (1, 0)), numbers(0, 1), 2)
    assert near.near(rows((0, 1))).tolist() == [0, 0]


@given(
    arrays(np.float32, (5, 4), elements=st.floats(-1, 1, width=32)),
    arrays(np.float32, (2, 4), elements=st.floats(-1, 1, width=32)),
)
def test_nearness_in_meaning_is_within_bounds(texts: Vectors, parts: Vectors) -> None:
    near = NearMeanings(texts, numbers(0, 0, 1, 1, 1), 2)
    if near.is_known:
        assert np.abs(near.near(parts)).max() <= 1 + 1e-6
        assert np.isfinite(near.directions(parts)).all()
