"""Whatever is typed: no text breaks the reading, and what a language writes is read back."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.rule import Stay
from bot.i18n.typed_dates import Day, NotADay, Unclear, Window, read_day
from bot.i18n.typed_numbers import read_number
from bot.i18n.typed_stays import NotAStay, NotAStayReason, read_stay

TODAY = date(2026, 6, 3)
PAST = Window(past_days=400)
LONGEST = 4_096

# What the room is full of, so that random texts are near to those that persons type.
WORDS = """
    14 05 2026 31 29.02 14.05 05/14 0 99999999 ١٤ 1️⃣ ½ ﷽ мая май-да января июня июгя 5-айдын 14-го числа
    назад мурун ago in через кийин дня күн жума week year months несколько
    понедельник last өткөн бул кечээ эртең менен он два hundred бир миң
    - . , / : ( и или с по до бери здесь прошлого года былтыр
"""
PIECES = st.sampled_from([*WORDS.split(), "\u200f", "\0", "\ud800"])
TEXTS = st.text(max_size=LONGEST) | st.lists(PIECES, max_size=30).map(" ".join)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
WINDOWS = st.builds(Window, st.integers(0, 5_000), st.integers(0, 5_000))


@settings(deadline=None)
@given(TEXTS, DAYS, WINDOWS)
def test_whatever_is_read_lies_in_the_window(text: str, today: date, within: Window) -> None:
    match read_day(text, today, within):
        case Day(found):
            days: tuple[date, ...] = (found,)
        case Unclear(candidates):
            days = candidates
            assert days
        case _:
            days = ()

    assert all(-within.past_days <= (one - today).days <= within.ahead_days for one in days)


@settings(deadline=None)
@given(TEXTS, DAYS)
def test_a_stay_has_ended_or_has_no_end(text: str, today: date) -> None:
    match read_stay(text, today):
        case Stay(entered, left):
            assert entered <= (left or today) <= today
        case NotAStay(reason):
            assert reason in NotAStayReason


@settings(deadline=None)
@given(TEXTS)
def test_a_number_is_not_below_zero(text: str) -> None:
    number = read_number(text)

    assert number is None or number >= 0


# The American short form, month first, is the one of CLDR that nobody here writes.
FORMS = [
    (locale, form)
    for locale in ("ru", "ky", "en", "en_GB", "uz", "uz_Cyrl", "tg")
    for form in ("full", "long", "medium", "short")
    if (locale, form) != ("en", "short")
]


@pytest.mark.parametrize(("locale", "form"), FORMS)
@settings(deadline=None)
@given(wanted=DAYS)
def test_every_date_that_a_language_writes_is_read_back(
    locale: str, form: str, wanted: date
) -> None:
    today = min(wanted + timedelta(days=100), date(2069, 12, 31))  # short years are those to 2069
    wanted = min(wanted, today)

    text = format_date(wanted, form, locale=locale)

    assert read_day(text, today, Window(40_000)) == Day(wanted)


@settings(deadline=None)
@given(st.integers(0, 30_000), st.integers(0, 399))
def test_a_day_without_its_year_is_the_nearest_that_is_allowed(start: int, back: int) -> None:
    today = date(2000, 1, 1) + timedelta(days=start)
    wanted = today - timedelta(days=back % 365)

    found = read_day(f"{wanted.day}.{wanted.month}", today, PAST)

    assert found == Day(wanted)


@pytest.mark.parametrize(
    "piece",
    ["1 ", "14-", "1.", "мая ", "14 мая ", "назад ", "дня и ", "он ", "бир жүз ", "вторник ", "сентяьрв5 ", "\u200f", "﷽", "👍"],
)  # fmt: skip
def test_the_longest_message_is_read_as_any_other(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]

    assert isinstance(read_day(text, TODAY, PAST), Day | NotADay | Unclear)
    assert isinstance(read_stay(text, TODAY), Stay | NotAStay)
