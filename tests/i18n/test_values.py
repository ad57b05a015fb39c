"""Values in words, in three languages: numerals with cases, sums, ranges, days of the year."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.fact import FactKind, FactValue, Range
from bot.guide.text import LocalText
from bot.i18n.interface import load_interface
from bot.i18n.values import Form, forms_of, in_words

UNITS = load_interface(domain="units")

DAYS, WORKING, MONEY, DATE = FactKind.DAYS, FactKind.WORKING_DAYS, FactKind.MONEY, FactKind.DATE


def said(lang: str, kind: FactKind, value: FactValue, form: str = "") -> str:
    """The words with plain spaces, so that expectations can be typed."""
    return in_words(kind, value, Form(form), UNITS.words(lang)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("number", "russian", "genitive", "kyrgyz", "english"),
    [
        (1, "1 день", "1 дня", "1 күн", "1 day"),
        (2, "2 дня", "2 дней", "2 күн", "2 days"),
        (5, "5 дней", "5 дней", "5 күн", "5 days"),
        (11, "11 дней", "11 дней", "11 күн", "11 days"),
        (21, "21 день", "21 дня", "21 күн", "21 days"),
        (30, "30 дней", "30 дней", "30 күн", "30 days"),
        (111, "111 дней", "111 дней", "111 күн", "111 days"),
    ],
)
def test_a_number_of_days(
    number: int, russian: str, genitive: str, kyrgyz: str, english: str
) -> None:
    assert said("ru", DAYS, number) == russian
    assert said("ru", DAYS, number, "gen") == genitive
    assert said("ky", DAYS, number) == kyrgyz
    assert said("en", DAYS, number) == english


@pytest.mark.parametrize(
    ("kind", "form", "kyrgyz"),
    [
        (DAYS, "gen", "30 күндүн"),
        (DAYS, "dat", "30 күнгө"),
        (DAYS, "loc", "30 күндө"),
        (DAYS, "abl", "30 күндөн"),
        (WORKING, "", "30 жумуш күнү"),
        (WORKING, "gen", "30 жумуш күнүнүн"),
        (WORKING, "dat", "30 жумуш күнүнө"),
        (WORKING, "abl", "30 жумуш күнүнөн"),
        (FactKind.HOURS, "dat", "30 саатка"),
        (FactKind.MONTHS, "gen", "30 айдын"),
        (FactKind.YEARS, "dat", "30 жылга"),
        (MONEY, "dat", "30 рублга"),
        (MONEY, "gen", "30 рублдун"),
        (FactKind.PERCENT, "abl", "30 пайыздан"),
    ],
)
def test_a_kyrgyz_noun_carries_the_suffix(kind: FactKind, form: str, kyrgyz: str) -> None:
    assert said("ky", kind, 30, form) == kyrgyz


@pytest.mark.parametrize(
    ("kind", "number", "form", "russian"),
    [
        (WORKING, 1, "", "1 рабочий день"),
        (WORKING, 3, "", "3 рабочих дня"),
        (WORKING, 7, "gen", "7 рабочих дней"),
        (FactKind.HOURS, 72, "", "72 часа"),
        (FactKind.MONTHS, 12, "dat", "12 месяцам"),
        (FactKind.YEARS, 1, "", "1 год"),
        (FactKind.YEARS, 3, "", "3 года"),
        (FactKind.YEARS, 5, "", "5 лет"),
        (FactKind.YEARS, 18, "gen", "18 лет"),
        (FactKind.PERCENT, 13, "", "13 процентов"),
        (FactKind.COUNT, 3, "", "3"),
        (DAYS, 30, "number", "30"),
        (DAYS, 30, "abl", "30 дней"),
    ],
)
def test_a_russian_noun_agrees_with_its_number(
    kind: FactKind, number: int, form: str, russian: str
) -> None:
    assert said("ru", kind, number, form) == russian


def test_thousands_are_parted_by_a_space_that_does_not_break() -> None:
    assert in_words(MONEY, 5000, Form.PLAIN, UNITS.words("ru")) == "5\u00a0000 рублей"
    assert in_words(MONEY, 5000, Form.DATIVE, UNITS.words("ky")) == "5\u00a0000 рублга"
    assert in_words(MONEY, 5000, Form.PLAIN, UNITS.words("en")) == "5,000 roubles"


def test_a_range_names_its_unit_as_the_language_does() -> None:
    fine = Range(2000, 5000)
    assert said("ru", MONEY, fine) == "от 2 000 до 5 000 рублей"
    assert said("ky", MONEY, fine) == "2 000 рублдан 5 000 рублга чейин"
    assert said("en", MONEY, fine) == "from 2,000 to 5,000 roubles"
    assert said("ru", DAYS, Range(1, 21)) == "от 1 до 21 дня"


@pytest.mark.parametrize(
    ("day", "form", "russian", "kyrgyz", "english"),
    [
        (date(2026, 1, 1), "", "1 января 2026 года", "2026-жылдын 1-январы", "1 January 2026"),
        (
            date(2026, 1, 1),
            "from",
            "с 1 января 2026 года",
            "2026-жылдын 1-январынан баштап",
            "from 1 January 2026",
        ),
        (
            date(2026, 4, 5),
            "until",
            "до 5 апреля 2026 года",
            "2026-жылдын 5-апрелине чейин",
            "until 5 April 2026",
        ),
        (
            date(2026, 6, 13),
            "until",
            "до 13 июня 2026 года",
            "2026-жылдын 13-июнуна чейин",
            "until 13 June 2026",
        ),
        (
            date(2026, 8, 31),
            "on",
            "31 августа 2026 года",
            "2026-жылдын 31-августунда",
            "on 31 August 2026",
        ),
    ],
)
def test_a_day_of_the_year(day: date, form: str, russian: str, kyrgyz: str, english: str) -> None:
    assert said("ru", DATE, day, form) == russian
    assert said("ky", DATE, day, form) == kyrgyz
    assert said("en", DATE, day, form) == english


def test_the_kyrgyz_months_before_until() -> None:
    said_months = [said("ky", DATE, date(2026, month, 1), "until") for month in range(1, 13)]

    # The forms of the style guide.
    assert [words.split("1-")[1].split()[0] for words in said_months] == [
        "январына",
        "февралына",
        "мартына",
        "апрелине",
        "майына",
        "июнуна",
        "июлуна",
        "августуна",
        "сентябрына",
        "октябрына",
        "ноябрына",
        "декабрына",
    ]


def test_a_text_falls_back_to_the_base_language() -> None:
    article = LocalText({"ru": "ст. 18.8 КоАП", "ky": "КоАП 18.8-берене"})
    assert said("ky", FactKind.TEXT, article) == "КоАП 18.8-берене"
    assert said("en", FactKind.TEXT, article) == "ст. 18.8 КоАП"


_VALUES: dict[FactKind, FactValue] = {
    FactKind.DATE: date(2026, 1, 1),
    FactKind.TEXT: LocalText(anywhere="слова"),
}


@pytest.mark.parametrize(("lang", "kind"), list(product(["ru", "ky", "en"], FactKind)))
def test_every_form_that_is_promised_can_be_said(lang: str, kind: FactKind) -> None:
    for form in forms_of(kind):
        words = said(lang, kind, _VALUES.get(kind, 12), str(form))
        assert words
        assert "|" not in words, "gettext answered with the key"
    if kind not in (FactKind.DATE, FactKind.TEXT):
        assert "20" in said(lang, kind, Range(10, 20))


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        (DAYS, 30, Form.FROM),
        (DATE, date(2026, 1, 1), Form.GENITIVE),
        (MONEY, Range(1, 2), Form.DATIVE),
        (FactKind.TEXT, LocalText(anywhere="x"), Form.NUMBER),
    ],
)
def test_a_form_that_is_not_promised_is_refused(
    kind: FactKind, value: FactValue, form: Form
) -> None:
    with pytest.raises(ValueError, match="has no form"):
        in_words(kind, value, form, UNITS.words("ky"))


@given(st.integers(0, 10**9), st.sampled_from(["ru", "ky", "en"]))
def test_the_digits_are_never_lost(number: int, lang: str) -> None:
    words = said(lang, MONEY, number)
    assert "".join(character for character in words if character.isdigit()) == str(number)
