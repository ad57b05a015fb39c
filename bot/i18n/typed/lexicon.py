"""What words mean for a day or a number: the table of words and the names that CLDR has, folded.

It must not know how words stand together.
"""

from babel import Locale

from bot.i18n.typed.forms import Forms, folded, folded_values, phrases
from bot.i18n.typed.table import valued, words_of

_LOCALES = ("ru", "ky", "en", "uz", "uz_Cyrl", "tg")


def _from_cldr(kind: str, width: str, first: int) -> dict[str, int]:
    """Names of months or weekdays in all our languages. CLDR counts months from 1 and weekdays from 0."""
    return {
        name.rstrip("."): number + first
        for locale in map(Locale.parse, _LOCALES)
        for context in ("format", "stand-alone")
        for number, name in getattr(locale, kind)[context][width].items()
    }


def _listed(part: str, *names: str) -> frozenset[str]:
    return folded(word for name in names for word in words_of(part, name))


TURKIC_FROM = _listed("endings", "turkic_from")
_CASES = _listed("endings", "turkic", "turkic_from")
_ENDINGS_OF_NAMES = _CASES | _listed("endings", "tajik")

_month_names = folded_values(_from_cldr("months", "wide", 0) | valued("months"))
_short_months = folded_values(_from_cldr("months", "abbreviated", 0) | valued("months_short"))
MONTHS = Forms(
    _short_months | _month_names,
    _month_names,
    _ENDINGS_OF_NAMES,
    _listed("month_words", "never"),
)
BETWEEN_MONTH_AND_DAY = _listed("month_words", "between")
NUMBERED_MONTH = _listed("month_words", "numbered")

# Short names of weekdays are other words too often ("sun", "sat"); those that are not are in the table.
_weekday_names = folded_values(_from_cldr("days", "wide", 1) | valued("weekdays"))
WEEKDAYS = Forms(
    _weekday_names, _weekday_names, _ENDINGS_OF_NAMES, _listed("weekday_words", "never")
)
LAST, NEXT, THIS, OTHER = (
    _listed("weekday_words", name) for name in ("last", "next", "this", "other")
)

DAY_SHIFTS, YEAR_SHIFTS = phrases(valued("days")), phrases(valued("years"))
MORNING = phrases(dict.fromkeys(words_of("day_parts", "morning"), 0))
YEAR_WORDS = _listed("year_words", "words")

AGO = _listed("shifts", "ago")
AHEAD_BEFORE, AHEAD_AFTER = _listed("shifts", "ahead_before"), _listed("shifts", "ahead_after")
JOINING, ARTICLES = _listed("shifts", "joining"), _listed("shifts", "articles")
VAGUE = _listed("shifts", "vague")

DAY_SUFFIXES, DAY_ALONE = _listed("day_words", "suffixes"), _listed("day_words", "alone")
UNSURE, JOINERS = _listed("day_words", "unsure"), _listed("day_words", "joiners")

SINCE = _listed("stays", "since")
COMING, LEAVING = (
    tuple(sorted(_listed("stays", name))) for name in ("coming", "leaving")
)  # beginnings of words
STILL_HERE = phrases(dict.fromkeys(words_of("stays", "here"), 1))

# The size of a unit: days, or months times a thousand.
DAYS_OF_WEEK, MONTHS_OF_SIZE = 7, 1_000
_SIZES = {"day": 1, "week": DAYS_OF_WEEK, "month": MONTHS_OF_SIZE, "year": 12 * MONTHS_OF_SIZE}
_one_unit = folded_values(
    {word: size for name, size in _SIZES.items() for word in words_of("units", name)}
)
_many_units = folded_values(
    {word: size for name, size in _SIZES.items() for word in words_of("units", f"{name}_many")}
)
UNITS = Forms(_many_units | _one_unit, _one_unit, _CASES)
# "месяц назад" is one month, "дней назад" is not one day.
UNITS_OF_ONE = Forms(_one_unit, _one_unit, _CASES)

_NEVER_NUMERALS = _listed("numeral_words", "never")
_numerals = folded_values(valued("numerals"))
NUMERALS = (
    Forms(_numerals, _numerals, _listed("endings", "tajik_ordinals"), _NEVER_NUMERALS),
    Forms(
        {},
        folded_values(valued("numerals_russian_ordinals")),
        _listed("endings", "russian_ordinals"),
        _NEVER_NUMERALS,
    ),
    Forms(
        folded_values(valued("numerals_turkic")),
        folded_values(valued("numerals_turkic")),
        _CASES | _listed("endings", "turkic_ordinals"),
        _NEVER_NUMERALS,
    ),
)
WEAK_NUMERALS, LINKING = _listed("numeral_words", "weak"), _listed("numeral_words", "linking")
THOUSAND = _listed("numeral_words", "thousand")
