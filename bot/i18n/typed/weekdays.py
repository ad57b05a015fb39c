"""Weekdays as they are said: "в понедельник", "прошлый вторник", "өткөн жуманын дүйшөмбүсүндө".

It must not know today.
"""

from bot.i18n.typed import lexicon
from bot.i18n.typed.mentions import OnWeekday, Order, Pieces
from bot.i18n.typed.tokens import Kind

# How many weeks or months from this one.
PERIODS = {Order.LAST: -1, Order.THIS: 0, Order.NEXT: 1}


def weekdays(pieces: Pieces) -> tuple[list[OnWeekday], int | None]:
    """The weekdays, and which week from this one they are said to be in, if any is said."""
    found: list[OnWeekday] = []
    week: int | None = None
    named = {
        at: day - 1
        for at in range(len(pieces))
        if (token := pieces.free(at))
        and token.kind is Kind.WORD
        and (day := lexicon.WEEKDAYS.value(token.text)) is not None
    }
    for at, token in enumerate(pieces.tokens):
        if token.kind is not Kind.WORD:
            continue
        order = order_of(pieces, at)
        if order is Order.OTHER:
            continue
        # In Kyrgyz a week and Friday are one word: "өткөн жуманын бейшембиси" is the week, "жумада" is Friday.
        is_week = lexicon.UNITS.value(token.text) == lexicon.DAYS_OF_WEEK and at not in pieces.used
        if is_week and order in PERIODS and (at not in named or len(named) > 1):
            week = PERIODS[order]
        elif at in named and not (is_week and _has_number_before(pieces, at)):
            is_sure = not (is_week and order is not Order.PLAIN)
            found.append(OnWeekday(at, named[at], order, is_sure))
    return found, week


def order_of(pieces: Pieces, at: int) -> Order:
    """What is said beside a weekday, a week or a month: the last, the next, this one."""
    before, after = pieces.free(at - 1), pieces.free(at + 1)
    if before is not None and before.is_word(lexicon.OTHER):
        return Order.OTHER
    if before is not None and before.is_word(lexicon.THIS):
        return Order.THIS
    for beside in (before, after):  # after it in Tajik, and in "понедельник прошлой недели"
        if beside is not None and beside.is_word(lexicon.LAST):
            return Order.LAST
        if beside is not None and beside.is_word(lexicon.NEXT):
            return Order.NEXT
    return Order.PLAIN


def _has_number_before(pieces: Pieces, at: int) -> bool:
    before = pieces.free(at - 1)
    return before is not None and before.kind is Kind.NUMBER
