"""Numbers that could name somebody: phones, documents, cards, accounts; also said in words.

Four digits are enough, however they are grouped. It must leave readable what a question hangs on: days, dates from 2015
on (older ones are birthdays), sums of money, numbers of articles.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.search.masking_text import Item, Kind, Span, TextRead, beginnings_of, words_of

_FEWEST_DIGITS = 4
_PHONE_DIGITS = range(10, 14)
_LOCAL_PHONE = 9
_SAID_IN_A_ROW = 5
_LONGEST_READABLE = 40  # from one day and hour to another

_O = "OoОо"  # typed for a zero
_BETWEEN = r"(?:[^\w\ue000-\ue005]|_){1,3}(?:(?:тире|дефис|минус|dash|tire)\s)?"
_RUN = re.compile(
    rf"(?P<series>(?<![^\W_])(?:[^\W\d_]{{1,4}}|[A-Z]{{2}}[ №#-]{{1,2}}))?"
    rf"(?P<run>[+(]{{0,2}}(?:(?<![^\W_])[{_O}](?=\d))?\d(?:[\d]|[{_O}Il](?=[\d{_O}])|{_BETWEEN}(?=[(+]{{0,2}}\d))*)"
    r"(?P<rest>[^\W_]*)"
)
# A number of a car, of a passport: letters between digits.
_MIXED = re.compile(r"(?<![^\W_])(?P<word>[^\W\d_]*)(?P<code>\d+[^\W\d_]+\d[^\W_]*)")
_CAR = re.compile(
    r"(?<![^\W_])[АВЕКМНОРСТУХABEKMHOPCTYX]\s?\d{3}\s?[АВЕКМНОРСТУХABEKMHOPCTYX]{2}\s?\d{2,3}(?!\d)"
)

_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"20(?:1[5-9]|[2-4]\d)"
_DATE = rf"(?:{_DAY}[./-]{_MONTH}[./-](?:{_YEAR}|(?:1[5-9]|[2-4]\d))|{_YEAR}-{_MONTH}-{_DAY})"
_CLOCK = r"(?:[01]?\d|2[0-4])[:.][0-5]\d"
_DASH = r"\s?[-–—]\s?"
_ARTICLE = r"\d{1,3}(?:\.\d{1,2}){0,2}"
_AMOUNT = (
    r"(?:\d{1,6}(?:[.,]\d{1,2})?|\d{1,3}(?:[ .,]\d{3}){1,2}|\d{1,4}00(?:\s?[-–—/]\s?)\d{1,4}00)"
)

_DATES = re.compile(rf"{_DATE}(?:(?:{_DASH}|,?\s){_DATE})?(?:,?\s{_CLOCK})?")
_DATE_AND_DAYS = re.compile(rf"{_DATE}[,;.]?\s\d{{1,3}}")
_YEARS = re.compile(rf"{_YEAR}(?:\s?[-–—/,]\s?(?:{_YEAR}|\d\d))?|{_DAY},\s{_YEAR}")
_OLD_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)\d\d)?")
_CLOCKS = re.compile(rf"{_CLOCK}(?:{_DASH}{_CLOCK})?")
_AMOUNTS = re.compile(_AMOUNT)
# A fine of 50000: no number of a document is as round.
_ROUND = re.compile(r"[1-9]\d{0,2}000|[1-9]\d{1,2}00|[1-9]\d{0,2} 000")
_COUNTED = re.compile(r"\d{1,3}(?:\s?[-–—/,]\s?|\s)\d{1,3}|\d{4,5}")
_SHARE = re.compile(r"(?P<some>\d{2,3})\s?/\s?(?P<all>\d{2,3})")
_ONE_ARTICLE = re.compile(
    r"(?:\d\.\d{1,2}\.\d{1,2}|\d{2}\.\d{1,2}(?:\.\d)?|\d{3}\.\d)(?:,\s\d{2}\.\d{1,2}){0,2}"
)
_ARTICLES = re.compile(rf"{_ARTICLE}(?:[,;]\s{_ARTICLE}|{_DASH}{_ARTICLE}){{0,3}}")
_LIST = re.compile(r"\d{1,2}(?:,\s?\d{1,2}){1,3}")
_MOST_LISTED = 6

_SIGNS = "$€₽"
_CURRENCY, _CURRENCY_BEGINNINGS = (
    words_of("numbers", "currency"),
    beginnings_of("numbers", "currency_beginnings"),
)
_UNITS, _UNIT_BEGINNINGS = (
    words_of("numbers", "units"),
    beginnings_of("numbers", "unit_beginnings"),
)
_YEAR_WORDS, _BIRTH = words_of("numbers", "years"), beginnings_of("numbers", "birth")
_ARTICLE_WORDS, _SAID = words_of("numbers", "article"), words_of("numbers", "said")


def numbers(read: TextRead) -> Iterator[Span]:
    starts = [item.start for item in read.items]
    for found in _RUN.finditer(read.text):
        run = found["run"]
        if _digits(run) < _FEWEST_DIGITS or _may_stay(read, found, starts):
            continue
        start, end = found.span("run")
        if found["series"]:
            start = found.start("series")
        # "4509паспорт": the word stays, two letters belong to the number.
        if found["rest"] and len(found["rest"]) < 4:
            end = found.end("rest")
        yield Span(start, end, _kind(run))
    for found in _MIXED.finditer(read.text):
        if _digits(found["code"]) >= _FEWEST_DIGITS:
            start = found.start("code") if len(found["word"]) > 4 else found.start()
            yield Span(start, found.end(), Kind.NUMBER)
    for found in _CAR.finditer(read.text):
        yield Span(found.start(), found.end(), Kind.NUMBER)
    yield from _said(read)


def is_counted(item: Item) -> bool:
    """Whether the word says what the number before it counts: days, roubles."""
    return _is(item, _UNITS, _UNIT_BEGINNINGS) or _is(item, _CURRENCY, _CURRENCY_BEGINNINGS)


def _may_stay(read: TextRead, found: re.Match[str], starts: list[int]) -> bool:
    if found["series"] or len(found["run"]) > _LONGEST_READABLE:
        return False
    run, end = found["run"], found.end("run")
    position = bisect_left(starts, end)
    after = (
        read.items[position]
        if position < len(starts) and read.items[position].start - end <= 2
        else None
    )
    first = bisect_left(starts, found.start("run"))
    before = read.items[max(first - 3, 0) : first]
    sign_before = read.text[: found.start("run")].rstrip()[-1:]
    sign_after = read.text[end:].lstrip()[:1]
    is_birth = any(
        _is(item, frozenset(), _BIRTH) for item in [*before, *read.items[position : position + 2]]
    )
    is_unit = after is not None and _is(after, _UNITS, _UNIT_BEGINNINGS)
    is_year = after is not None and after.folded in _YEAR_WORDS
    is_money = (
        (after is not None and _is(after, _CURRENCY, _CURRENCY_BEGINNINGS))
        or (sign_before and sign_before in _SIGNS)
        or (sign_after and sign_after in _SIGNS)
    )
    if is_money and _AMOUNTS.fullmatch(run):
        return True
    if not is_birth and (_DATES.fullmatch(run) or _YEARS.fullmatch(run)):
        return True
    if not is_birth and is_year and _OLD_YEAR.fullmatch(run):
        return True
    if is_unit and not is_birth and (_COUNTED.fullmatch(run) or _DATE_AND_DAYS.fullmatch(run)):
        return True
    if before and before[-1].folded in _ARTICLE_WORDS and _ARTICLES.fullmatch(run):
        return len(run) < 4 or "." in run or "," in run or not run.isdigit()
    return bool(
        _CLOCKS.fullmatch(run)
        or _ONE_ARTICLE.fullmatch(run)
        or _is_share(run)
        or _ROUND.fullmatch(run)
        or (_LIST.fullmatch(run) and _digits(run) <= _MOST_LISTED)
    )


def _is_share(run: str) -> bool:
    """90/180 days: round numbers, the second the larger."""
    found = _SHARE.fullmatch(run)
    if found is None:
        return False
    some, whole = int(found["some"]), int(found["all"])
    return some < whole <= 365 and some % 5 == 0 and whole % 5 == 0


def _said(read: TextRead) -> Iterator[Span]:
    """Five and more numbers in a row, mostly words, that count nothing."""
    row: list[Item] = []
    for item in (*read.items, None):
        if item is not None and (item.folded in _SAID or (item.is_number and row)):
            row.append(item)
            continue
        words = sum(not one.is_number for one in row)
        counts = item is not None and is_counted(item)
        if words >= _SAID_IN_A_ROW - 1 and len(row) >= _SAID_IN_A_ROW and not counts:
            yield Span(row[0].start, row[-1].end, Kind.PHONE)
        row = []


def _is(item: Item, whole: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    return not item.is_number and (item.folded in whole or item.folded.startswith(beginnings))


def _kind(run: str) -> Kind:
    digits = _digits(run)
    is_phone = (
        run.startswith(("+", "("))
        or digits == _LOCAL_PHONE
        or (digits in _PHONE_DIGITS and run[0] in f"0789{_O}")
    )
    return Kind.PHONE if is_phone else Kind.NUMBER


def _digits(run: str) -> int:
    return sum(character.isdigit() or character in f"{_O}Il" for character in run)
