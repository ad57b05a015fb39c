"""Numbers as persons type them, in digits and in words. Two numbers, or half of one, are none."""

import pytest

from bot.i18n.typed_numbers import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3), ("0", 0), ("３", 3), ("٣", 3), ("3️⃣", 3), ("🔟", 10), ("3 месяца", 3), ("3 ай", 3), ("3-айдан бери", 3),
        ("3 раза", 3), ("я был 3 раза", 3), ("мне 25 лет", 25), ("двадцать", 20), ("двадцать пять", 25),
        ("двадцати пяти", 25), ("ноль", 0), ("один", 1), ("две", 2), ("сорок", 40), ("сто", 100), ("двести пять", 205),
        ("девятьсот девяносто девять", 999), ("жыйырма", 20), ("жыйырма беш", 25), ("жыйырма-беш", 25), ("он беш", 15),
        ("он", 10), ("он күн", 10), ("үч ай", 3), ("уч ай", 3), ("эки жүз элүү", 250), ("жүз", 100), ("тогуз жүз токсон тогуз", 999),
        ("жыйырма бешинчи", 25), ("twenty five", 25), ("twenty-five", 25), ("two hundred and five", 205),
        ("nine hundred ninety nine", 999), ("yigirma besh", 25), ("o'n besh", 15), ("бисту панҷ", 25), ("се", 3),
        ("jyiyrma besh", 25), ("dvadcat pyat", 25), ("10 000", 10_000), ("10.000", 10_000), ("1,000", 1_000),
        ("5 тысяч", 5_000), ("беш миң", 5_000), ("3, да, 3", 3),
    ],
)  # fmt: skip
def test_a_number(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "не знаю", "много", "он не знает", "3-4", "3 или 4", "2.5", "2,5", "½", "полтора", "бир жарым ай", "несколько",
        "a few", "-5", "два три", "с 2 до 5", "1" * 10, "1" * 4_096, "14.05.2026",
    ],
)  # fmt: skip
def test_what_is_not_one_whole_number_is_none(text: str) -> None:
    assert read_number(text) is None
