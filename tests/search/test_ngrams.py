"""BM25 over pieces of words, against numbers worked out by hand."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.folding import LONGEST
from bot.search.ngrams import WORK, NgramIndex, Pieces, pieces

anything = st.text(alphabet=st.characters(), max_size=200)


def index(*texts: str, b: float = 0.5) -> NgramIndex:
    """A document for each text."""
    return NgramIndex(pieces(texts), np.arange(len(texts)), np.ones(len(texts)), length_matters=b)


def scores(of: NgramIndex, text: str) -> list[float]:
    return [float(score) for score in of.scores(pieces([text]).hashes)]


def first(of: NgramIndex, text: str) -> int:
    return int(np.argmax(scores(of, text)))


def test_a_word_of_two_letters_has_both_ends_and_itself() -> None:
    of_word = set(pieces(["да"]).hashes.tolist())
    assert len(of_word) == 3  # " да", "да ", " да "
    assert of_word <= set(pieces(["да!", "дама"]).hashes.tolist())


def test_a_beginning_an_end_and_a_middle_are_different_pieces() -> None:
    assert len(np.intersect1d(pieces(["атак"]).hashes, pieces(["катка"]).hashes)) == 0


def test_pieces_do_not_cross_the_gap_between_words_or_texts() -> None:
    apart = sorted([*pieces(["виза"]).hashes.tolist(), *pieces(["да"]).hashes.tolist()])
    assert sorted(pieces(["виза да"]).hashes.tolist()) == apart
    assert sorted(pieces(["виза", "да"]).hashes.tolist()) == apart


def test_pieces_stand_in_the_order_of_their_texts() -> None:
    found = pieces(["виза", "", "да"])
    assert found.counts.tolist() == [9, 0, 3]
    assert found.texts.tolist() == [0] * 9 + [2] * 3


def test_scores_worked_out_by_hand() -> None:
    """Two documents: "виза" has 4 + 3 + 2 = 9 pieces, "виза патент" has 9 + 15 = 24; the usual length is 16.5.

    Rarity: of a piece in both ln(1 + 0.5 / 2.5) = 0.1823, in one ln(1 + 1.5 / 1.5) = 0.6931, in none
    ln(1 + 2.5 / 0.5) = 1.7918. Both questions are short, so the highest score is that of 30 unknown pieces, 53.75.
    A piece that stands once has the share 1 / (1 + 1.2 s), where s is 0.5 + 0.5 * 9 / 16.5 = 0.7727 in
    the first document (share 0.5189) and 0.5 + 0.5 * 24 / 16.5 = 1.2273 in the second (share 0.4044).
    """
    two = index("виза", "виза патент")
    visa = [9 * 0.1823 * 0.5189 / 53.75, 9 * 0.1823 * 0.4044 / 53.75]
    assert scores(two, "виза") == pytest.approx(visa, rel=1e-3)
    both = [visa[0], (9 * 0.1823 + 15 * 0.6931) * 0.4044 / 53.75]
    assert scores(two, "виза патент") == pytest.approx(both, rel=1e-3)


def test_of_a_long_question_the_unknown_pieces_count_against_it() -> None:
    """36 unknown pieces of two words of seven letters, and 3 known ones of "да". With one document a known
    piece has the rarity ln(1 + 0.5 / 1.5) = 0.2877, an unknown one ln(1 + 1.5 / 0.5) = 1.3863; share 1 / 2.2.
    """
    assert len(pieces(["абвгдеж зиклмно"]).hashes) == 36
    highest = 3 * 0.2877 + 36 * 1.3863
    one = index("да")
    assert scores(one, "да абвгдеж зиклмно") == pytest.approx(
        [3 * 0.2877 / 2.2 / highest], rel=1e-3
    )


def test_length_matters_as_much_as_it_is_told_to() -> None:
    indifferent = scores(index("виза", "виза патент", b=0), "виза")
    assert indifferent[0] == pytest.approx(indifferent[1])
    strict = scores(index("виза", "виза патент", b=1), "виза")
    assert strict[0] > 1.3 * strict[1]


def test_a_weight_counts_as_if_the_text_were_repeated() -> None:
    texts = pieces(["виза", "патент"])
    heavy = NgramIndex(texts, np.array([0, 1]), np.array([2.0, 1.0]), length_matters=0.5)
    texts = pieces(["виза", "виза", "патент"])
    twice = NgramIndex(texts, np.array([0, 0, 1]), np.ones(3), length_matters=0.5)
    assert scores(heavy, "виза") == scores(twice, "виза")
    assert scores(heavy, "виза")[0] > scores(index("виза", "патент"), "виза")[0]


def test_a_question_of_one_common_word_scores_low() -> None:
    two = index("как получить визу", "как получить патент")
    assert max(scores(two, "как")) < 0.02 < max(scores(two, "получить патент"))


def test_rare_words_count_more_than_common_ones() -> None:
    three = index("как получить визу", "как получить патент", "как получить карту")
    assert first(three, "как мне получить патент") == 1


@pytest.mark.parametrize(
    "typed", ["регистрация", "регистрацию", "ригистрацыя", "registratsiya", "РЕГИСТРАЦИИ!!"]
)
def test_endings_slips_and_latin_letters_find_the_word(typed: str) -> None:
    assert first(index("патент", "регистрация"), typed) == 1


@pytest.mark.parametrize("text", ["", "   ", "😀", "\x00", "\ud800", "ёжик"])
def test_what_has_nothing_in_common_finds_nothing(text: str) -> None:
    assert scores(index("патент"), text) == [0]


def test_an_empty_index_finds_nothing() -> None:
    assert scores(index(), "патент") == []
    assert index().work(pieces(["патент"]).hashes) == 0


def test_documents_without_letters_are_never_found() -> None:
    assert scores(index("…", ""), "патент …") == [0, 0]
    assert scores(index("…", "патент", ""), "патент …")[::2] == [0, 0]


def test_ten_thousand_documents_are_searched_within_the_work_allowed() -> None:
    """The work is counted, not timed: machines differ."""
    dice = Random(7)  # noqa: S311 - made-up words, no secret
    syllables = [a + b for a in "бвгдклмнпрст" for b in "аеиоуы"]
    words = ["".join(dice.choices(syllables, k=3)) for _ in range(3_000)]
    titles = [" ".join(dice.sample(words, k=8)) for _ in range(10_000)]
    many = index(*titles)

    assert [first(many, titles[number]) for number in (0, 4_999, 9_999)] == [0, 4_999, 9_999]
    longest = " ".join(words)[:LONGEST]
    asked = np.unique(pieces([longest]).hashes)
    every = sum(many.work(asked[at : at + 1]) for at in range(len(asked)))
    assert 0 < many.work(asked) <= WORK < every


@given(st.lists(anything, max_size=6), st.data())
def test_pieces_of_chosen_texts_are_those_of_the_texts_alone(
    texts: list[str], data: st.DataObject
) -> None:
    some = data.draw(
        st.lists(st.integers(0, len(texts) - 1), max_size=8) if texts else st.just([])
    )
    chosen = pieces(texts).only(np.array(some, dtype=np.int64))
    alone = pieces([texts[at] for at in some])
    assert chosen.hashes.tolist() == alone.hashes.tolist()
    assert chosen.counts.tolist() == alone.counts.tolist()


@given(st.lists(anything, max_size=6), st.integers(0, 6))
def test_pieces_put_together_are_those_of_all_texts(texts: list[str], cut: int) -> None:
    together = pieces(texts[:cut]).followed_by(pieces(texts[cut:]))
    assert together.hashes.tolist() == pieces(texts).hashes.tolist()
    assert together.counts.tolist() == pieces(texts).counts.tolist()


@given(st.lists(anything, max_size=6), anything)
def test_an_index_knows_the_pieces_of_its_texts_and_no_others(
    texts: list[str], other: str
) -> None:
    ours = pieces(texts).hashes
    wanted = np.unique([*ours, *pieces([other]).hashes]).astype(np.uint64)
    known = index(*texts).knows(wanted)
    assert known.tolist() == [piece in set(ours.tolist()) for piece in wanted.tolist()]


@given(st.lists(anything, max_size=6), st.text(alphabet=st.characters(), max_size=LONGEST))
def test_scores_are_shares_of_any_text(texts: list[str], question: str) -> None:
    found = scores(index(*texts), question)
    assert len(found) == len(texts)
    assert all(0 <= score <= 1 for score in found)


@given(anything)
def test_a_text_has_all_its_own_pieces(text: str) -> None:
    alone: Pieces = pieces([text])
    assert alone.counts.sum() == len(alone.hashes)
    among = pieces(["паспорт", text, "виза"])
    assert among.hashes[among.texts == 1].tolist() == alone.hashes.tolist()
