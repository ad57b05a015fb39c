"""Folding makes one spelling of many, and takes whatever strangers send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.folding import LONGEST, fold

anything = st.text(alphabet=st.characters(), max_size=LONGEST)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Регистрация", "регистратсия"),
        ("ещё ЁЛКА", "еше елка"),
        ("Үйдөн чыгарбай жатышат, ЭҢ жаман", "уидон чигарбаи жатишат ен жаман"),
        ("Ҳуҷҷатҳо, рӯз, тоҷикӣ, қарз, ғам", "хучатхо руз точики карз гам"),
        ("ўзбек", "узбек"),
        ("о\u0306бъяснить", "обяснить"),
        ("паспорт!!! паспорт???", "паспорт паспорт"),
        ("помогитееее", "помогите"),
        ("прово\u200bжу не\u00adт", "провожу нет"),
        ("\u202eпаспорт\u202c", "паспорт"),
        ("ＰＡＳＳＰＯＲＴ №４", "pasport no4"),
        ("5000 рублей, 112", "5000 рублеи 112"),
        ("٣ дня", "3 дня"),
        ("oʻzbek o‘zbek o'zbek o`zbek", "ozbek ozbek ozbek ozbek"),
        ("+7 (499) 237-43-74", "7 499 237 43 74"),
        ("  \t\n ", ""),
        ("😀🤝", ""),
        ("\x00a\x00", "a"),
        ("\ud83d", ""),
    ],
)
def test_a_text_folds_to(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("kyrgyz", "on_a_russian_keyboard"),
    [
        ("өңчөй үй", "ончой уй"),
        ("каттоо", "катто"),
        ("мөөнөт", "моонот"),
        ("жүрсөңүз", "журсонуз"),
    ],
)
def test_kyrgyz_on_a_russian_keyboard_is_the_same_word(
    kyrgyz: str, on_a_russian_keyboard: str
) -> None:
    assert fold(kyrgyz) == fold(on_a_russian_keyboard)


def test_digits_that_repeat_are_another_number() -> None:
    assert fold("112") != fold("12")


def test_an_infinitive_is_not_what_happens() -> None:
    assert fold("держать") != fold("держат")


def test_soft_signs_inside_words_do_not_matter() -> None:
    assert fold("больше объявлений, ночь") == fold("болше обявлений, ноч")


def test_nothing_is_read_beyond_the_longest_message() -> None:
    assert fold("а б " * LONGEST) == fold(("а б " * LONGEST)[:LONGEST])


@given(anything)
def test_folding_never_fails_and_leaves_words(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= LONGEST
    assert folded == " ".join(folded.split())
    assert all(letter.isalnum() or letter == " " for letter in folded)


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_and_stays_folded() -> None:
    every = [chr(code) for code in range(0x30000)]  # the planes that have letters
    pages = ["x".join(every[start : start + 500]) for start in range(0, len(every), 500)]
    assert all(fold(fold(page)) == fold(page) for page in pages)
