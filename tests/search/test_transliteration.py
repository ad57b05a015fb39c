"""What is typed in Latin letters is read as it sounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.folding import LONGEST, fold
from bot.search.transliteration import readings


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        # Russian, as in chats
        ("shtraf", "штраф"),
        ("shchit i borshch", "щит и борщ"),
        ("zhena khochet", "жена хочет"),
        ("ya yurist", "я юрист"),
        ("4to delat, e6elon, pa4ka", "что делат, ешелон, пачка"),
        ("wkola", "школа"),
        ("skolko 4asov", "сколько часов"),
        ("vyezd yest moye", "выезд ест мое"),
        ("tsena", "цена"),
        # Kyrgyz
        ("kattoo kerek", "каттоо керек"),
        ("jumush jok", "жумуш жок"),
        ("qayda çalam, ömür boyu, üchün", "кайда чалам, өмүр бою, үчүн"),
        ("şaar ığ", "шаар ыг"),
        # Uzbek, with every apostrophe
        ("roʻyxat, ro‘yxat, ro'yxat, ro`yxat", "рўйхат, рўйхат, рўйхат, рўйхат"),
        ("toʻgʻri xoʻjayin", "тўғри хўжайин"),
        # English loans meet the Russian word
        ("passport", "паспорт"),
        ("contract", "контракт"),
        ("patent", "патент"),
    ],
)
def test_latin_letters_are_read_as_they_sound(latin: str, cyrillic: str) -> None:
    assert readings(latin) == (fold(latin), fold(cyrillic))


@pytest.mark.parametrize(
    "text", ["сколько дней", "6 дней, 4 часа", "90 дней", "", "???", "каттоо"]
)
def test_a_text_without_latin_letters_has_one_reading(text: str) -> None:
    assert readings(text) == (fold(text),)


def test_english_stays_as_it_is_beside_its_reading() -> None:
    assert readings("my boss took my passport")[0] == "my bos tok my pasport"


@pytest.mark.parametrize("number", ["90dnei", "na 14dney", "46", "4kun", "4 yuni"])
def test_numbers_are_not_read_as_letters(number: str) -> None:
    digits = [letter for letter in number if letter.isdigit()]
    assert [letter for letter in readings(number)[-1] if letter.isdigit()] == digits


def test_a_latin_letter_inside_a_cyrillic_word_is_a_slip() -> None:
    slip = "п\u0061спорт"
    assert readings(slip)[-1] == "паспорт"


def test_a_word_of_two_alphabets_is_read_whole() -> None:
    assert readings("simка")[-1] == "симка"


@given(st.text(alphabet=st.characters(), max_size=LONGEST))
def test_reading_never_fails(text: str) -> None:
    assert len(readings(text)) in {1, 2}
