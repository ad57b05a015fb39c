"""Finds numbers with units, days of the year and law articles in running text, in Russian, Kyrgyz and English.

It knows how people write them ("5 000 руб.", "30-дневный", "отуз күн", "2026-жылдын 1-январы"), not which of them
belong to a fact.
"""

# ruff: noqa: RUF001, RUF002, RUF003 (Cyrillic letters are what these patterns are for)

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.guide.fact import FactKind

_SPACE = r"[ \u00a0\u202f\t]"
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,12}"

# What may stand between a number and its unit: "30-ти дней", "3-х месяцев", "30 (тридцати) дней".
_ENDING = r"(?:-?(?:х|ти|ми|мя)(?!\w))?"
_REPEATED = rf"(?:{_SPACE}*\([^)\d]{{1,30}}\))?"
# What joins the ends of a range: "5–7 дней", "от 2 до 5 тысяч", "2 000ден 5 000 рублга".
_JOIN = rf"(?:{_SPACE}*(?:-|–|—){_SPACE}*|{_SPACE}+(?:до|и|или|to|and|or|же|же болбосо){_SPACE}+|[дт][аеоө]н{_SPACE}+)"
_MULTIPLIERS = {
    1000: r"тыс(?:\.|яч\w*)?|миң|thousand|k",
    1_000_000: r"млн\.?|миллион\w*|million",
}
_UNITS: tuple[tuple[FactKind | None, int, str], ...] = (
    (
        FactKind.WORKING_DAYS,
        1,
        rf"рабоч\w+{_SPACE}+(?:день|дн\w+)|(?:жумуш|иш){_SPACE}+күн\w*"
        r"|(?:working|business|work)[ -]days?",
    ),
    (
        FactKind.DAYS,
        1,
        rf"(?:календарн\w+{_SPACE}+)?(?:день|дн(?:я|ей|ю|ям|ями|ях|и|е|ём|ем|евн\w+)|сут(?:ки|ок|кам|ках|очн\w+))"
        rf"|(?:календар\w+{_SPACE}+)?күн(?!өө)\w*|(?:calendar[ -])?days?",
    ),
    (FactKind.DAYS, 7, r"недел\w+|апта\w*|жума\w*|weeks?"),
    (FactKind.HOURS, 1, r"час(?:а|ов|ам|ами|ах|у|е|овой|овая|овое)?|саат\w*|hours?"),
    (
        FactKind.MONTHS,
        1,
        r"месяц\w*|месячн\w+|мес\.|ай(?:дын|га|да|дан|лык|ы|ынан|ына)?|months?",
    ),
    (
        FactKind.YEARS,
        1,
        r"лет(?:н\w+)?|год(?:а|у|ом|ы|ов|ам|ах|е|ичн\w+)?|жыл\w*"
        r"|жаш(?:тан|ка|та|тын|ы|ында|тагы|тар\w*)?|years?",
    ),
    (FactKind.MONEY, 1, r"руб(?:л\w+|\.)?|₽|RUB|rou?bles?"),
    (FactKind.PERCENT, 1, r"%|процент\w*|пайыз\w*|per[ -]?cent"),
    (None, 1, r"сом(?:ов|а|ду|дон|го)?|доллар\w*|dollars?|USD|\$|евро|euros?|€|тенге"),
)
_SPELT: dict[str, dict[int, str]] = {
    "ru": {
        2: "дв(?:а|е|ух|ум|умя)",
        3: "тр(?:и|[её]х|[её]м|емя)",
        4: "четыр(?:е|[её]х|[её]м)",
        5: "пят(?:ь|и)",
        6: "шест(?:ь|и)",
        7: "сем(?:ь|и)",
        8: "вос(?:емь|ьми)",
        9: "девят(?:ь|и)",
        10: "десят(?:ь|и)",
        14: "четырнадцат(?:ь|и)",
        15: "пятнадцат(?:ь|и)",
        18: "восемнадцат(?:ь|и)",
        20: "двадцат(?:ь|и)",
        30: "тридцат(?:ь|и)",
        60: "шест(?:ьдесят|идесяти)",
        90: "девяност(?:о|а)",
    },
    "ky": {
        2: "эки",
        3: "үч",
        4: "төрт",
        5: "беш",
        6: "алты",
        7: "жети",
        8: "сегиз",
        9: "тогуз",
        15: "он беш",
        18: "он сегиз",
        10: "он",
        20: "жыйырма",
        30: "отуз",
        60: "алтымыш",
        90: "токсон",
    },
    "en": {
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        14: "fourteen",
        15: "fifteen",
        18: "eighteen",
        20: "twenty",
        30: "thirty",
        60: "sixty",
        90: "ninety",
    },
}
_MONTHS = (
    "январ|january",
    "феврал|february",
    "март|march",
    "апрел|april",
    "ма[йя]|may",
    "июн|june",
    "июл|july",
    "август|august",
    "сентябр|september",
    "октябр|october",
    "ноябр|november",
    "декабр|december",
)
_MONTH = "|".join(_MONTHS)
_DATES = (
    rf"(?P<day>\d{{1,2}})(?:-го|st|nd|rd|th)?(?:{_SPACE}+|-)(?P<month>{_MONTH})\w*(?:,?{_SPACE}+(?P<year>\d{{4}}))?",
    rf"(?P<month>{_MONTH}){_SPACE}+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?{_SPACE}+(?P<year>\d{{4}}))?(?!\d)",
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})(?!\d)",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
)
_YEAR_BEFORE = re.compile(rf"(?P<year>\d{{4}})-жыл\w*{_SPACE}+$")
_LAW = re.compile(
    rf"\d+-ФЗ|(?<!\w)(?:ст\.|стат(?:ь|е)\w*|art\.|articles?|КоАП|ТК РФ|УК РФ){_SPACE}*\d+(?:\.\d+)*"
    r"|\d+(?:\.\d+)*-берене\w*",
    re.IGNORECASE,
)
_BEFORE = r"(?<![\w.,/№:-])"
_CALENDAR_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class NumberFound:
    """`kind` is None for a unit that no fact has. `values` are both ends of a range."""

    start: int
    text: str
    kind: FactKind | None
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DateFound:
    start: int
    text: str
    day: int
    month: int
    year: int | None


def _compiled(lang: str) -> re.Pattern[str]:
    spelt = "|".join(sorted(_SPELT.get(lang, {}).values(), key=len, reverse=True)) or r"(?!)"
    number = rf"(?:{_DIGITS}|(?:{spelt})(?!\w))"
    multiplier = "|".join(_MULTIPLIERS.values())
    # A hyphen makes "30-дневный" and "30-day", but in Kyrgyz an ordinal: "3-күнү" is the third day.
    gap = rf"{_SPACE}*" if lang == "ky" else rf"{_SPACE}*-?{_SPACE}*"
    units = "|".join(f"(?P<u{place}>{unit})" for place, (_, _, unit) in enumerate(_UNITS))
    return re.compile(
        rf"{_BEFORE}(?:(?P<low>{number}){_JOIN})?(?P<high>{number})(?P<rest>[.,]\d{{1,2}})?"
        rf"{_ENDING}{_REPEATED}(?:{gap}(?P<times>{multiplier})(?!\w))?{gap}(?:{units})(?!\w)",
        re.IGNORECASE,
    )


_NUMBERS = {lang: _compiled(lang) for lang in (*_SPELT, "")}
_DAYS = tuple(re.compile(rf"(?<![\w.])(?:{pattern})", re.IGNORECASE) for pattern in _DATES)


def numbers_in(text: str, lang: str) -> Iterator[NumberFound]:
    """Numbers with a unit, digits or spelt out, in order. A year of the calendar is none."""
    pattern = _NUMBERS.get(lang, _NUMBERS[""])
    for found in pattern.finditer(text):
        place = next(n for n in range(len(_UNITS)) if found[f"u{n}"] is not None)
        kind, size, _ = _UNITS[place]
        size *= _multiplier(found["times"])
        ends = [_number(end, lang) for end in (found["low"], found["high"]) if end]
        if kind is FactKind.YEARS and ends[-1] in _CALENDAR_YEARS:
            continue
        values = () if found["rest"] else tuple(end * size for end in ends)
        yield NumberFound(found.start(), found[0].strip(), kind, values)


def dates_in(text: str) -> Iterator[DateFound]:
    """Days of the year, with or without the year."""
    for found in chain.from_iterable(pattern.finditer(text) for pattern in _DAYS):
        month = _month(found["month"])
        before = _YEAR_BEFORE.search(text, 0, found.start())
        year = found["year"] or (before["year"] if before else None)
        start = before.start() if before else found.start()
        shown = text[start : found.end()]
        yield DateFound(start, shown, int(found["day"]), month, int(year) if year else None)


def laws_in(text: str) -> Iterator[tuple[int, str]]:
    """Numbers of laws and articles, with their offsets."""
    return ((found.start(), found[0]) for found in _LAW.finditer(text))


def _number(written: str, lang: str) -> int:
    digits = re.sub(r"\D", "", written)
    if digits:
        return int(digits)
    return next(
        value
        for value, spelt in _SPELT[lang].items()
        if re.fullmatch(spelt, written, re.IGNORECASE)
    )


def _multiplier(written: str | None) -> int:
    if written is None:
        return 1
    return next(
        m for m, spelt in _MULTIPLIERS.items() if re.fullmatch(spelt, written, re.IGNORECASE)
    )


def _month(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return next(n for n, stem in enumerate(_MONTHS, 1) if re.match(stem, written, re.IGNORECASE))
