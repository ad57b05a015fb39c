"""Near texts come together, whatever order they come in, and one text between two topics does not join them."""

import random
import time
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.search.grouping import MOST_TEXTS, Group, grouped
from bot.search.piece_vectors import DIMENSION, NEAR, ngram_vectors


def by_angle(texts: Sequence[str]) -> NDArray[np.float32]:
    """Texts that are numbers of degrees."""
    radians = np.radians([float(text) for text in texts])
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def sets(texts: Sequence[str], groups: Sequence[Group]) -> list[list[str]]:
    return [sorted(texts[place] for place in group.members) for group in groups]


def test_near_texts_are_one_group_and_the_largest_comes_first() -> None:
    texts = ["90", "0", "5", "95", "2"]

    groups = grouped(texts, by_angle, 0.9)

    assert [group.members for group in groups] == [(1, 2, 4), (0, 3)]


def test_no_texts_make_no_groups() -> None:
    assert grouped([], by_angle, 0.9) == ()


def test_the_same_text_counts_as_often_as_it_was_asked() -> None:
    (group,) = grouped(["7"] * 5, by_angle, 0.9)

    assert group == Group(members=(0, 1, 2, 3, 4), typical=(0,))


def test_the_most_typical_text_comes_first() -> None:
    (group,) = grouped(["0", "4", "9", "5", "5"], by_angle, 0.9)

    assert group.typical[0] == 3


def test_a_row_of_texts_between_two_topics_does_not_join_them() -> None:
    """Single linkage would make one group of what changes by a little from text to text."""
    texts = [str(degrees) for degrees in range(0, 180, 9)]

    groups = grouped(texts, by_angle, 0.9)

    assert len(groups) >= 3
    assert max(len(group.members) for group in groups) <= 7


def slow_average_linkage(texts: list[str], near: float) -> list[list[str]]:
    """By the book: join the two groups with the highest mean similarity, as long as it is high enough."""
    vectors = by_angle(texts).astype(np.float64)
    groups = [[number] for number in range(len(texts))]
    while len(groups) > 1:
        best, one, other = max(
            (float(np.mean(vectors[a] @ vectors[b].T)), i, j)
            for i, a in enumerate(groups)
            for j, b in enumerate(groups)
            if i < j
        )
        if best < near:
            break
        groups[one] += groups.pop(other)
    return sorted(sorted(texts[number] for number in group) for group in groups)


# No two pairs of these are equally near, so that there is one right answer.
@given(st.lists(st.floats(0, 180).map(lambda x: f"{x:.9f}"), min_size=1, max_size=14, unique=True))
def test_groups_are_those_of_average_linkage(texts: list[str]) -> None:
    angles = sorted(float(text) for text in texts)
    gaps = [later - earlier for earlier, later in pairwise(angles)]
    assume(all(abs(one - other) > 1e-2 for one, other in combinations(gaps, 2)))

    assert sorted(sets(texts, grouped(texts, by_angle, 0.95))) == slow_average_linkage(texts, 0.95)


@given(st.lists(st.sampled_from([str(n) for n in range(0, 180, 7)]), max_size=30), st.randoms())
def test_the_order_of_the_texts_does_not_matter(texts: list[str], chance: random.Random) -> None:
    shuffled = list(texts)
    chance.shuffle(shuffled)

    groups = grouped(texts, by_angle, 0.9)

    assert sets(texts, groups) == sets(shuffled, grouped(shuffled, by_angle, 0.9))
    assert sorted(place for group in groups for place in group.members) == list(range(len(texts)))


def test_more_than_fit_into_memory_are_refused() -> None:
    with pytest.raises(ValueError, match=str(MOST_TEXTS)):
        grouped([str(n) for n in range(MOST_TEXTS + 1)], by_angle, 0.9)


def test_five_thousand_questions_take_seconds() -> None:
    words = "патент регистрация паспорт суд штраф школа ребёнок зарплата хозяин виза границ банк полис".split()  # noqa: SIM905
    chance = random.Random(1)  # noqa: S311
    texts = [
        " ".join(chance.choices(words, k=6)) + f" {chr(1072 + n % 32)}{n}"
        for n in range(MOST_TEXTS)
    ]
    begin = time.perf_counter()

    groups = grouped(texts, ngram_vectors, NEAR)

    assert sum(len(group.members) for group in groups) == MOST_TEXTS
    assert time.perf_counter() - begin < 60  # some five, on two cores that have nothing else to do


class TestNgramVectors:
    def test_rows_have_unit_length_or_are_empty(self) -> None:
        rows = ngram_vectors(["визасыз кирсе болобу", "", "[name] [phone]", "??"])

        assert rows.shape == (4, DIMENSION)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0, 0])

    def test_masks_do_not_make_questions_near(self) -> None:
        rows = ngram_vectors(["[name] [phone] сдать кровь", "[name] [phone] купить дом"])

        assert abs(float(rows[0] @ rows[1])) < 0.1

    def test_another_keyboard_and_other_endings_are_near_another_topic_is_not(self) -> None:
        asked = [
            "үй ижарага алсам келишим керекпи",
            "уй ижарага алуу учун келишим керек",
            "uy ijaraga aluu kelishim kerekpi",
            "кандай дарыларды ала кетсе болот",
            "дары ала кетсем болобу самолётко",
        ]

        assert sets(asked, grouped(asked, ngram_vectors, NEAR)) == [
            sorted(asked[:3]),
            sorted(asked[3:]),
        ]
