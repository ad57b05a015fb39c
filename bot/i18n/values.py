"""Values of facts in words: "30 күндүн", "от 2 000 до 5 000 рублей", "2026-жылдын 1-январына чейин".

Nouns and months with their cases are in the `units` domain of `locales/`; digits, month names and plural rules
come from CLDR. It must not know where a value stands or what it means.
"""

from datetime import date
from enum import StrEnum

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from bot.guide.fact import FactKind, FactValue, Range
from bot.guide.text import LocalText
from bot.i18n.interface import Words


class Form(StrEnum):
    """How a value stands in its sentence. Kyrgyz has its own suffix for each case, Russian four, English none."""

    PLAIN = ""
    GENITIVE = "gen"
    DATIVE = "dat"
    LOCATIVE = "loc"
    ABLATIVE = "abl"
    NUMBER = "number"
    ON = "on"
    FROM = "from"
    UNTIL = "until"


_NUMBER_FORMS = frozenset(
    {Form.PLAIN, Form.GENITIVE, Form.DATIVE, Form.LOCATIVE, Form.ABLATIVE, Form.NUMBER}
)


def forms_of(kind: FactKind, *, is_range: bool = False) -> frozenset[Form]:
    """The forms in which a value of this kind can be shown. A range is shown in one form only."""
    match kind:
        case FactKind.DATE:
            return frozenset({Form.PLAIN, Form.ON, Form.FROM, Form.UNTIL})
        case FactKind.TEXT:
            return frozenset({Form.PLAIN})
        case FactKind.COUNT:
            return frozenset({Form.PLAIN} if is_range else {Form.PLAIN, Form.NUMBER})
        case _:
            return frozenset({Form.PLAIN}) if is_range else _NUMBER_FORMS


def in_words(kind: FactKind, value: FactValue, form: Form, words: Words) -> str:
    """The value as it is read in the language of `words` (domain `units`).

    Raises `ValueError` for a form that `forms_of` does not give for this kind.
    """
    if form not in forms_of(kind, is_range=isinstance(value, Range)):
        raise ValueError(f"a fact of kind {kind} has no form {form}")
    match value:
        case LocalText():
            return value.in_language(words.lang)
        case date():
            return _day(value, form, words)
        case Range(low, high):
            return _range(kind, low, high, words)
        case _:
            return _amount(kind, value, form, words)


def number_in_words(number: int, words: Words) -> str:
    """Digits with the language's separator of thousands: a no-break space, in English a comma."""
    return format_decimal(number, locale=words.lang)


def _amount(kind: FactKind, number: int, form: Form, words: Words) -> str:
    digits = number_in_words(number, words)
    if form is Form.NUMBER or kind is FactKind.COUNT:
        return digits
    key = f"{kind}|{form}" if form else str(kind)
    text = words.count(key, number, amount=digits)
    # gettext answers with the key when it has no text: a language without cases has the plain form only.
    return words.count(str(kind), number, amount=digits) if text == key else text


def _range(kind: FactKind, low: int, high: int, words: Words) -> str:
    return words.say(
        "range",
        low=number_in_words(low, words),
        high=_amount(kind, high, Form.PLAIN, words),
        high_genitive=_amount(kind, high, Form.GENITIVE, words),
        low_ablative=_amount(kind, low, Form.ABLATIVE, words),
        high_dative=_amount(kind, high, Form.DATIVE, words),
    )


def _day(day: date, form: Form, words: Words) -> str:
    suffix = f"|{form}" if form else ""
    key = f"month-{day.month}{suffix}"
    month = words.say(key)
    if month == key:  # the language says dates with the plain month name, which CLDR has
        month = format_date(day, "MMMM", locale=words.lang)
    return words.say(f"date{suffix}", day=day.day, month=month, year=day.year)


def day_in_words(day: date, words: Words) -> str:
    """A day as it is written in a line: "13 июня 2026", "2026-жылдын 13-июну"."""
    return _day(day, Form.PLAIN, words)


def month_of_year(day: date, lang: str) -> str:
    """The month of a day as the head of a calendar: "июнь 2026"."""
    return format_date(day, "LLLL y", locale=lang)


def weekday_short(number: int, lang: str) -> str:
    """The shortest usual name of a weekday, without a full stop: seven of them share a row of a phone. 0 is Monday."""
    return str(get_day_names("short", context="stand-alone", locale=lang)[number]).rstrip(".")
