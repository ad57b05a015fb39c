"""BM25 over pieces of words, against numbers worked out by hand."""

from random import Random

import pytest

from bot.search.ngrams import OWN_LANGUAGE, WORK, Document, Hit, NgramIndex, pieces


def document(key: str, *texts: str, lang: str = "ru", weight: float = 1.0) -> Document:
    return Document(key, lang, tuple((text, weight) for text in texts))


def keys(hits: list[Hit]) -> list[str]:
    return [hit.key for hit in hits]


def scores(index: NgramIndex, text: str) -> dict[str, float]:
    return {hit.key: hit.score for hit in index.search(text, lang="")}


def test_pieces_of_a_word() -> None:
    assert dict(pieces("Да!")) == {" да": 1, "да ": 1, " да ": 1}


def test_pieces_of_words_do_not_cross_the_gap() -> None:
    assert "а д" not in pieces("виза да")


def test_scores_worked_out_by_hand() -> None:
    """Two documents: "виза" has 4 + 3 + 2 = 9 pieces, "виза патент" has 9 + 15 = 24; the usual length is 16.5.

    Rarity: of a piece in both ln(1 + 0.5 / 2.5) = 0.1823, in one ln(1 + 1.5 / 1.5) = 0.6931, in none
    ln(1 + 2.5 / 0.5) = 1.7918. Both questions are short, so the highest score is that of 30 unknown pieces, 53.75.
    A piece that stands once is worth 2.2 / (1 + 1.2 s) of at most 2.2, where s is 0.5 + 0.5 * 9 / 16.5 = 0.7727 in
    the first document (share 0.5189) and 0.5 + 0.5 * 24 / 16.5 = 1.2273 in the second (share 0.4044).
    """
    index = NgramIndex([document("short", "виза"), document("long", "виза патент")])

    assert scores(index, "виза") == pytest.approx(
        {"short": 9 * 0.1823 * 0.5189 / 53.75, "long": 9 * 0.1823 * 0.4044 / 53.75}, rel=1e-3
    )
    assert scores(index, "виза патент") == pytest.approx(
        {
            "long": (9 * 0.1823 + 15 * 0.6931) * 0.4044 / 53.75,
            "short": 9 * 0.1823 * 0.5189 / 53.75,
        },
        rel=1e-3,
    )


def test_a_question_of_one_common_word_scores_low() -> None:
    index = NgramIndex([document("a", "как получить визу"), document("b", "как получить патент")])
    assert index.search("как", "")[0].score < 0.02 < index.search("получить патент", "")[0].score


def test_a_field_weighs_as_if_it_were_repeated() -> None:
    heavy = NgramIndex([document("a", "виза", weight=2), document("b", "патент")])
    twice = NgramIndex([document("a", "виза", "виза"), document("b", "патент")])
    assert heavy.search("виза", "") == twice.search("виза", "")


def test_rare_words_count_more_than_common_ones() -> None:
    index = NgramIndex(
        [
            document("visa", "как получить визу"),
            document("patent", "как получить патент"),
            document("card", "как получить карту"),
        ]
    )
    assert keys(index.search("как мне получить патент", ""))[0] == "patent"


@pytest.mark.parametrize(
    "typed", ["регистрация", "регистрацию", "ригистрацыя", "registratsiya", "РЕГИСТРАЦИИ!!"]
)
def test_endings_slips_and_latin_letters_find_the_word(typed: str) -> None:
    index = NgramIndex([document("patent", "патент"), document("registration", "регистрация")])
    assert keys(index.search(typed, ""))[0] == "registration"


def test_the_own_language_is_preferred_a_little() -> None:
    index = NgramIndex([document("a", "патент", lang="ru"), document("b", "патент", lang="ky")])
    russian, kyrgyz = index.search("патент", "ru"), index.search("патент", "ky")
    assert (keys(russian), keys(kyrgyz)) == (["a", "b"], ["b", "a"])
    assert kyrgyz[0].score == pytest.approx(kyrgyz[1].score * OWN_LANGUAGE)


def test_translations_of_one_thing_are_one_hit() -> None:
    index = NgramIndex([document("a", "патент", lang="ru"), document("a", "патент", lang="ky")])
    assert keys(index.search("патент", "ru")) == ["a"]


@pytest.mark.parametrize("text", ["", "   ", "😀", "\x00", "ёжик"])
def test_what_has_nothing_in_common_finds_nothing(text: str) -> None:
    assert NgramIndex([document("a", "патент")]).search(text, "ru") == []


def test_an_empty_index_finds_nothing() -> None:
    assert NgramIndex([]).search("патент", "ru") == []


def test_documents_without_letters_are_never_found() -> None:
    assert NgramIndex([document("a", "…"), document("b", "")]).search("патент …", "ru") == []


def test_ten_thousand_documents_are_searched_within_the_work_allowed() -> None:
    """The work is counted, not timed: machines differ."""
    dice = Random(7)  # noqa: S311 - made-up words, no secret
    syllables = [a + b for a in "бвгдклмнпрст" for b in "аеиоуы"]
    words = ["".join(dice.choices(syllables, k=3)) for _ in range(3_000)]
    titles = [" ".join(dice.sample(words, k=4)) for _ in range(10_000)]
    index = NgramIndex(document(str(number), title) for number, title in enumerate(titles))

    assert [keys(index.search(titles[number], "ru"))[0] for number in (0, 4_999, 9_999)] == [
        "0",
        "4999",
        "9999",
    ]
    longest = pieces(" ".join(words)[:4_096])
    afforded = index.affordable(longest)
    assert 0 < len(afforded) < len(longest)
    assert sum(map(index.work, afforded)) <= WORK
