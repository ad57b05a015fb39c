"""Days counted from today: "кечээ", "2 недели назад", "in 3 days", "үч күндөн кийин".

It must not know today.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.i18n.typed import lexicon
from bot.i18n.typed.mentions import Pieces, Shifted
from bot.i18n.typed.tokens import Kind

_MOST_UNITS = 4  # years, months, weeks and days


@dataclass(frozen=True, slots=True)
class _Amount:
    first: int
    last: int
    days: int = 0
    months: int = 0
    is_vague: bool = False


def shifts(pieces: Pieces) -> Iterator[Shifted]:
    """Every such day, in no order. What it is said with is used afterwards."""
    yield from _named(pieces)
    for at, token in enumerate(pieces.tokens):
        if token.is_word(lexicon.AGO):
            if amount := _before(pieces, at - 1):
                # "болду" is both: so long ago, and not to the day
                spent = set() if token.is_word(lexicon.UNSURE) else {at}
                yield _shift(pieces, amount, -1, spent)
        elif token.is_word(lexicon.AHEAD_AFTER) and (amount := _before(pieces, at - 1)):
            yield _shift(pieces, amount, 1, {at})
        if token.is_word(lexicon.AHEAD_BEFORE) and (amount := _after(pieces, at + 1)):
            yield _shift(pieces, amount, 1, {at})


def _named(pieces: Pieces) -> Iterator[Shifted]:
    words = [token.text if token.kind is Kind.WORD else "" for token in pieces.tokens]
    at = 0
    while at < len(words):
        morning, found = lexicon.MORNING.at(words, at), lexicon.DAY_SHIFTS.at(words, at)
        length = morning[1] if morning else found[1] if found else 0
        pieces.used.update(range(at, at + length))
        if found and not morning:
            yield Shifted(at, found[0])
        at += length or 1


def _shift(pieces: Pieces, amount: _Amount, sign: int, spent: set[int]) -> Shifted:
    pieces.used.update(range(amount.first, amount.last + 1), spent)
    return Shifted(amount.first, sign * amount.days, sign * amount.months, amount.is_vague)


def _before(pieces: Pieces, last: int) -> _Amount | None:
    """The amount that ends there: "1 месяц и 5 дней"."""
    last = pieces.skip(last, -1, 1, "", lexicon.ARTICLES)
    found: _Amount | None = None
    at = last
    for _ in range(_MOST_UNITS):
        one = _one_ending(pieces, at)
        if one is None:
            break
        found = one if found is None else _sum(found, one)
        at = pieces.skip(one.first - 1, -1, 1, ",", lexicon.JOINING)
    return found


def _one_ending(pieces: Pieces, at: int) -> _Amount | None:
    token = pieces.free(at)
    size = lexicon.UNITS.value(token.text) if token and token.kind is Kind.WORD else None
    if token is None or size is None:
        return None
    number_at = pieces.skip(at - 1, -1, 1, "-")
    number = pieces.free(number_at)
    if number is not None and number.kind is Kind.NUMBER:
        # "3-4 days ago", "3.5 months ago"
        other = pieces.free(pieces.skip(number_at - 1, -1, 2, "-.,/", lexicon.JOINERS))
        is_range = number_at > 0 and other is not None and other.kind is Kind.NUMBER
        return _amount(number_at, at, number.numbers[0], size, is_vague=is_range)
    before = pieces.free(at - 1)
    is_one = lexicon.UNITS_OF_ONE.value(token.text) is not None
    is_vague = not is_one or (before is not None and before.is_word(lexicon.VAGUE))
    return _amount(at, at, 1, size, is_vague=is_vague)


def _after(pieces: Pieces, at: int) -> _Amount | None:
    """The amount that begins there: one unit, with its number or without."""
    first = pieces.skip(at, 1, 1, "", lexicon.ARTICLES)
    for last in (first, first + 1, first + 2):
        one = _one_ending(pieces, last)
        if one is not None:
            return one if one.first <= first or one.is_vague else None
    return None


def _amount(first: int, last: int, number: int, size: int, *, is_vague: bool) -> _Amount:
    months, days = divmod(size, lexicon.MONTHS_OF_SIZE)
    return _Amount(first, last, number * days, number * months, is_vague)


def _sum(later: _Amount, earlier: _Amount) -> _Amount:
    return _Amount(
        earlier.first,
        later.last,
        earlier.days + later.days,
        earlier.months + later.months,
        earlier.is_vague or later.is_vague,
    )
