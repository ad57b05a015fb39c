"""The language of a question, learnt from questions."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.language import Languages
from tests.search.small import QUESTIONS

ASKED = [
    (lang, question)
    for by_language in QUESTIONS.values()
    for lang, questions in by_language.items()
    for question in questions
]
LEARNT = Languages(ASKED)


def test_chances_worked_out_by_hand() -> None:
    """Each language has one word of three pieces, none in common, six pieces in all. A piece that it has comes up in
    1.05 of 3.3 + 1, another in 0.05. Three pieces that share letters count as half a one each: 3 / 6 of ln(1.05 / 0.05).
    """
    two = Languages([("ru", "бв"), ("ky", "гд")])
    odds = sqrt(1.05 / 0.05)
    chances = two.chances("бв")
    assert chances == pytest.approx({"ru": odds / (odds + 1), "ky": 1 / (odds + 1)}, rel=1e-5)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("сколько дней можно жить без регистрации", "ru"),
        ("айлыгымды бербей жатышат", "ky"),
        ("necha kun beriladi", "uz"),
    ],
)
def test_a_question_is_in_the_language_of_questions_like_it(text: str, lang: str) -> None:
    chances = LEARNT.chances(text)
    assert max(chances, key=chances.__getitem__) == lang
    assert chances[lang] > 0.9


def test_letters_that_folding_makes_one_tell_languages_apart() -> None:
    two = Languages([("ru", "кун"), ("ky", "күн")])
    assert two.chances("күн")["ky"] > 0.7
    assert two.chances("кун")["ru"] > 0.7


def test_apostrophes_are_letters_of_uzbek() -> None:
    two = Languages([("uz", "to'g'ri"), ("en", "to g ri")])
    assert two.chances("to'g'ri")["uz"] > 0.9


@pytest.mark.parametrize("text", ["", "😀", "???", "ஃஃஃஃ", "\ud800"])
def test_what_looks_like_none_is_as_likely_each(text: str) -> None:
    assert LEARNT.chances(text) == pytest.approx({"ru": 1 / 3, "ky": 1 / 3, "uz": 1 / 3})


def test_a_language_whose_questions_have_no_letters_is_no_trouble() -> None:
    assert Languages([("ru", "???"), ("ky", "😀")]).chances("да") == {"ru": 0.5, "ky": 0.5}


def test_no_questions_no_languages() -> None:
    assert Languages([]).chances("да") == {}


@given(st.text(alphabet=st.characters(), max_size=4_096))
def test_chances_of_any_text_make_one(text: str) -> None:
    chances = LEARNT.chances(text)
    assert sum(chances.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances.values())
