"""Days of a month as they are written: "14.05.26", "14-майда", "May 14th, 2026", "5-айдын 14ү".

It must not know today: a year that is not written stays open.
"""

from collections.abc import Iterator

from bot.i18n.typed import lexicon
from bot.i18n.typed.mentions import Pieces, Written
from bot.i18n.typed.tokens import Kind, Token

_YEARS = range(1900, 2200)
_SHORT_YEARS = range(15, 41)  # "14 мая 26" at the end; "14 мая 10" is rather an hour
_MONTHS = range(1, 13)
_DAYS = range(1, 32)


def in_digits(pieces: Pieces) -> Iterator[Written]:
    """Dates in digits. Day first, as everybody on this way writes; "05/14" has only one other reading."""
    for at, token in enumerate(pieces.tokens):
        if token.kind is Kind.DATE:
            yield _in_digits(pieces, at, token)


def _in_digits(pieces: Pieces, at: int, token: Token) -> Written:
    first, second, *rest = token.numbers
    if first >= 100:
        return Written(at, rest[0], (second,), first)
    year = _full_year(rest[0]) if rest else _year_beside(pieces, at, at)
    if second not in _MONTHS and first in _MONTHS and second in _DAYS:
        # Without a year it could also be a month and its year, as on a card: sure only with one.
        is_clock = "." in token.text and second < 60 and not rest
        return Written(at, second, (first,), year, year is not None, is_clock)
    is_clock = not rest and "." in token.text and first < 25 and 12 < second < 60
    return Written(at, first, (second,), year, may_be_clock=is_clock)


def with_names(pieces: Pieces) -> Iterator[Written]:
    """Dates with the name of a month. Names with a slip come last, so that they take no number from a right one."""
    found = list(_bound(pieces, _months(pieces, slips=False)))
    found += _bound(pieces, _months(pieces, slips=True))
    for first, last, day_at, months in sorted(found):
        day, year = pieces.tokens[day_at], _year_beside(pieces, first, last)
        yield Written(first, day.numbers[0], months, year, is_sure=not day.is_weak)


# First and last place, that of the day, and the months it can be.
_Bound = tuple[int, int, int, tuple[int, ...]]


def _months(pieces: Pieces, *, slips: bool) -> dict[int, tuple[int, ...]]:
    """Where months are named, and which."""
    found: dict[int, tuple[int, ...]] = {}
    for at in range(len(pieces)):
        token = pieces.free(at)
        if token is None or token.kind is not Kind.WORD:
            continue
        if slips:
            near = pieces.tokens[max(at - 4, 0) : at + 4]
            if any(other.is_short_number for other in near):
                months = lexicon.MONTHS.with_slip(token.text)
                if months:
                    found[at] = months
        elif month := lexicon.MONTHS.value(token.text) or _numbered(pieces, at, token):
            found[at] = (month,)
    return found


def _numbered(pieces: Pieces, at: int, token: Token) -> int | None:
    """ "5-айдын": the fifth month, when a day follows."""
    number_at = pieces.skip(at - 1, -1, 2, "-", lexicon.DAY_SUFFIXES)
    number, day = pieces.free(number_at), pieces.free(at + 1)
    if (
        token.is_word(lexicon.NUMBERED_MONTH)
        and number is not None
        and number.is_short_number
        and number.numbers[0] in _MONTHS
        and day is not None
        and day.is_short_number
    ):
        pieces.used.add(number_at)
        return number.numbers[0]
    return None


def _bound(pieces: Pieces, months: dict[int, tuple[int, ...]]) -> Iterator[_Bound]:
    """Each month with its day, which stands before it rather than after it."""
    open_months: list[int] = []
    for at, named in months.items():
        day_at = pieces.skip(at - 1, -1, 4, "-.,/_", lexicon.DAY_SUFFIXES)
        day = pieces.free(day_at)
        if day is None or not day.is_short_number:
            open_months.append(at)
            continue
        pieces.used.update(range(day_at, at + 1))
        yield day_at, at, day_at, named
        other_at = pieces.skip(day_at - 1, -1, 4, "-.,/", lexicon.JOINERS, lexicon.DAY_SUFFIXES)
        if other_at < day_at - 1:
            yield from _other(pieces, other_at, at, named)
    for at in open_months:
        day_at = pieces.skip(at + 1, 1, 3, "-.,/_", lexicon.BETWEEN_MONTH_AND_DAY)
        day = pieces.free(day_at)
        if day is None or not day.is_short_number or is_counted(pieces, day_at):
            continue
        pieces.used.update(range(at, day_at + 1))
        yield at, day_at, day_at, months[at]
        other_at = pieces.skip(day_at + 1, 1, 3, "-/", lexicon.JOINERS, lexicon.DAY_SUFFIXES)
        if other_at > day_at + 1:
            yield from _other(pieces, other_at, at, months[at])


def _other(pieces: Pieces, at: int, month_at: int, months: tuple[int, ...]) -> Iterator[_Bound]:
    """The second day of one month: "14 или 15 мая", "2–15 мая"."""
    day = pieces.free(at)
    if day is not None and day.is_short_number and day.numbers[0] in _DAYS:
        pieces.used.add(at)
        yield at, max(at, month_at), at, months


def is_counted(pieces: Pieces, at: int) -> bool:
    """Whether the number says how many days or weeks: "в мае 2 недели"."""
    after = pieces.free(at + 1)
    return (
        after is not None
        and after.kind is Kind.WORD
        and not after.is_word(lexicon.DAY_SUFFIXES)
        and lexicon.UNITS.value(after.text) is not None
    )


def _year_beside(pieces: Pieces, first: int, last: int) -> int | None:
    """The year written after the day or before it: "14 мая 2026", "2026-жылдын 14-майы"."""
    after = pieces.skip(last + 1, 1, 4, "-.,/'", lexicon.YEAR_WORDS, lexicon.DAY_SUFFIXES)
    before = pieces.skip(first - 1, -1, 5, "-.,/'", lexicon.YEAR_WORDS)
    for at in (after, before):
        token = pieces.free(at)
        if token is None or token.kind is not Kind.NUMBER:
            continue
        number = token.numbers[0]
        is_short = at == after and len(token.text) == 2 and _is_short_year(pieces, at, number)
        if is_short or (len(token.text) == 4 and number in _YEARS):
            pieces.used.add(at)
            return _full_year(number)
    return None


def _is_short_year(pieces: Pieces, at: int, number: int) -> bool:
    following = pieces.free(at + 1)
    if following is not None and following.is_word(lexicon.YEAR_WORDS):
        return True
    return number in _SHORT_YEARS and all(
        token.kind is Kind.MARK for token in pieces.tokens[at + 1 :]
    )


def _full_year(number: int) -> int:
    """26 is 2026, 87 is 1987."""
    if number >= 100:
        return number
    return number + (2000 if number < 70 else 1900)
