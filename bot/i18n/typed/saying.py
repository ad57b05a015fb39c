"""All that a text says of days, and how sure it sounds. It must not know today."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.i18n.typed import lexicon
from bot.i18n.typed.dates import in_digits, is_counted, with_names
from bot.i18n.typed.forms import Phrases
from bot.i18n.typed.mentions import DayAlone, OnWeekday, Pieces, Shifted, Written
from bot.i18n.typed.shifts import shifts
from bot.i18n.typed.tokens import Kind, tokens
from bot.i18n.typed.weekdays import PERIODS, order_of, weekdays

_UNSURE_MARKS = "?~≈"


class Movement(Enum):
    COMING = auto()
    LEAVING = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """`days` in the order of the text; `year_shift` is that of "last year"; `week` counts from this one."""

    days: tuple[Written | Shifted, ...]
    weekdays: tuple[OnWeekday, ...]
    week: int | None
    alone: tuple[DayAlone, ...]
    year_shift: int | None
    is_sure: bool
    has_since: bool
    is_still_here: bool
    movements: tuple[Movement, ...]


def said(text: str) -> Said:
    pieces = Pieces(tokens(text))
    words = [token.text if token.kind is Kind.WORD else "" for token in pieces.tokens]
    year_shift = _first(lexicon.YEAR_SHIFTS, words)
    days: list[Written | Shifted] = [*shifts(pieces), *in_digits(pieces), *with_names(pieces)]
    on_weekdays, week = weekdays(pieces)
    return Said(
        days=tuple(sorted(_without_clock(days), key=lambda day: day.at)),
        weekdays=tuple(on_weekdays),
        week=week,
        alone=tuple(_alone(pieces)),
        year_shift=year_shift,
        is_sure=not any(
            token.is_mark(_UNSURE_MARKS)
            or (token.is_word(lexicon.UNSURE) and at not in pieces.used)
            for at, token in enumerate(pieces.tokens)
        ),
        has_since=_has_since(pieces),
        is_still_here=_first(lexicon.STILL_HERE, words) is not None,
        movements=tuple(_movements(words)),
    )


def _movements(words: list[str]) -> Iterator[Movement]:
    """Words of coming and leaving, in the order of the text."""
    for word in words:
        if word.startswith(lexicon.COMING):
            yield Movement.COMING
        elif word.startswith(lexicon.LEAVING):
            yield Movement.LEAVING


def _first(phrases: Phrases, words: list[str]) -> int | None:
    found = (phrases.at(words, at) for at in range(len(words)))
    return next((value for value, _ in filter(None, found)), None)


def _without_clock(days: list[Written | Shifted]) -> Iterator[Written | Shifted]:
    """Without half past ten, 10.30, when the text names a day as well."""
    certain = [day for day in days if not (isinstance(day, Written) and day.may_be_clock)]
    return iter(certain or days)


def _alone(pieces: Pieces) -> Iterator[DayAlone]:
    """ "14-го", "14 числа", "өткөн айдын 14үндө"; also "14" when it is all that is typed."""
    shift = next(
        (
            PERIODS[order]
            for at, token in enumerate(pieces.tokens)
            if token.kind is Kind.WORD
            and lexicon.UNITS.value(token.text) == lexicon.MONTHS_OF_SIZE
            and (order := order_of(pieces, at)) in PERIODS
        ),
        None,
    )
    kinds = [token.kind for token in pieces.tokens]
    is_whole = Kind.WORD not in kinds and kinds.count(Kind.NUMBER) == 1
    for at in range(len(pieces)):
        number = pieces.free(at)
        if number is None or not number.is_short_number or is_counted(pieces, at):
            continue
        after = pieces.free(pieces.skip(at + 1, 1, 1, "-"))
        is_day = after is not None and after.is_word(lexicon.DAY_ALONE)
        if is_day or shift is not None or is_whole:
            yield DayAlone(at, number.numbers[0], shift)


def _has_since(pieces: Pieces) -> bool:
    """Whether a word or an ending says "from"."""
    return any(
        token.is_word(lexicon.SINCE)
        or (
            token.kind is Kind.WORD
            and lexicon.MONTHS.value(token.text) is not None
            and token.text.endswith(tuple(lexicon.TURKIC_FROM))
        )
        for token in pieces.tokens
    )
