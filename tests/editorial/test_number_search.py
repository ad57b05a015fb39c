"""Numbers, days and articles as people write them in running text."""

import pytest

from bot.editorial.number_search import dates_in, laws_in, numbers_in
from bot.guide.fact import FactKind

D, W, H, M, Y = (
    FactKind.DAYS,
    FactKind.WORKING_DAYS,
    FactKind.HOURS,
    FactKind.MONTHS,
    FactKind.YEARS,
)
MONEY, PERCENT = FactKind.MONEY, FactKind.PERCENT


@pytest.mark.parametrize(
    ("lang", "text", "kind", "values"),
    [
        ("ru", "за 30 дней", D, (30,)),
        ("ru", "30-дневный срок", D, (30,)),
        ("ru", "30 календарных дней", D, (30,)),
        ("ru", "30-ти дней", D, (30,)),
        ("ru", "30 (тридцати) дней", D, (30,)),
        ("ru", "тридцати дней", D, (30,)),
        ("ru", "Семь рабочих дней", W, (7,)),
        ("ru", "5–7 дней", D, (5, 7)),
        ("ru", "две недели", D, (14,)),
        ("ru", "72 часа", H, (72,)),
        ("ru", "3-х месяцев", M, (3,)),
        ("ru", "18 лет", Y, (18,)),
        ("ru", "5 000 руб.", MONEY, (5000,)),
        ("ru", "5000₽", MONEY, (5000,)),
        ("ru", "5\u00a0000 рублей", MONEY, (5000,)),
        ("ru", "5 тыс. рублей", MONEY, (5000,)),
        ("ru", "от 2 до 5 тысяч рублей", MONEY, (2000, 5000)),
        ("ru", "13%", PERCENT, (13,)),
        ("ru", "13 процентов", PERCENT, (13,)),
        ("ru", "2,5 месяца", M, ()),
        ("ru", "100 долларов", None, (100,)),
        ("ky", "30 күн", D, (30,)),
        ("ky", "отуз күндүн ичинде", D, (30,)),
        ("ky", "90 күндүк мөөнөт", D, (90,)),
        ("ky", "7 жумуш күнүнүн ичинде", W, (7,)),
        ("ky", "6 айга", M, (6,)),
        ("ky", "18 жаштан", Y, (18,)),
        ("ky", "5 000 рублга чейин", MONEY, (5000,)),
        ("ky", "2000ден 5 000 рублга", MONEY, (2000, 5000)),
        ("ky", "5 миң рубль", MONEY, (5000,)),
        ("ky", "13 пайыз", PERCENT, (13,)),
        ("en", "within 30 days", D, (30,)),
        ("en", "a 30-day term", D, (30,)),
        ("en", "thirty days", D, (30,)),
        ("en", "7 working days", W, (7,)),
        ("en", "2,000 to 5,000 roubles", MONEY, (2000, 5000)),
        ("en", "13 per cent", PERCENT, (13,)),
        ("uz", "30 % va", PERCENT, (30,)),
    ],
)
def test_a_number_with_a_unit_is_found(
    lang: str, text: str, kind: FactKind | None, values: tuple[int, ...]
) -> None:
    assert [(found.kind, found.values) for found in numbers_in(text, lang)] == [(kind, values)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "в 2026 году"),
        ("ru", "он день и ночь работал"),
        ("ru", "5-й день"),
        ("ru", "дом 30, квартира 5"),
        ("ru", "109-ФЗ"),
        ("ru", "приложение 2 месту"),
        ("ky", "2026-жылдын"),
        ("ky", "3-күнү"),
        ("ky", "5 айып пул"),
        ("en", "in 2026"),
        ("en", "one day"),
    ],
)
def test_what_is_no_number_with_a_unit(lang: str, text: str) -> None:
    assert list(numbers_in(text, lang)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 1 января 2026 года", (1, 1, 2026)),
        ("до 5 мая", (5, 5, None)),
        ("01.02.2025", (1, 2, 2025)),
        ("2026-01-31", (31, 1, 2026)),
        ("2026-жылдын 13-июнуна чейин", (13, 6, 2026)),
        ("13-июнга чейин", (13, 6, None)),
        ("by 13 June 2026", (13, 6, 2026)),
        ("June 13, 2026", (13, 6, 2026)),
    ],
)
def test_a_day_of_the_year_is_found(text: str, expected: tuple[int, int, int | None]) -> None:
    assert [(found.day, found.month, found.year) for found in dates_in(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["109-ФЗ", "ст. 18.8", "статьёй 20", "18.8-берене", "article 20", "КоАП 18"]
)
def test_the_number_of_a_law_is_found(text: str) -> None:
    assert [law for _, law in laws_in(f"см. {text}.")] == [text]
