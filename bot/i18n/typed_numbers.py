"""A number as persons type it: "3", "３ месяца", "жыйырма беш", "two hundred and five".

It must not guess: with two numbers, or half of one, there is none.
"""

from bot.i18n.typed import lexicon
from bot.i18n.typed.tokens import Kind, Token, tokens

_MOST_DIGITS = 9


def read_number(text: str) -> int | None:
    """The one number that the text names, from 0 to 999,999,999. Linear in the text, and total."""
    pieces = tokens(text)
    if any(piece.kind is Kind.DATE or piece.is_word(lexicon.VAGUE) for piece in pieces):
        return None  # "3-4", "2.5", "полтора", "a few"
    numbers: set[int] = set()
    at = 0
    while at < len(pieces):
        if pieces[at].kind is not Kind.NUMBER:
            at += 1
            continue
        if at == 1 and pieces[0].is_mark("-"):
            return None  # below zero
        digits, at = _grouped(pieces, at)
        if len(digits) > _MOST_DIGITS:
            return None
        number = int(digits)
        if at < len(pieces) and pieces[at].is_word(lexicon.THOUSAND):
            number, at = number * 1_000, at + 1
        numbers.add(number)
    return numbers.pop() if len(numbers) == 1 else None


def _grouped(pieces: list[Token], at: int) -> tuple[str, int]:
    """The digits from there on, with groups of three after a space, a full stop or a comma, and where they end."""
    digits, end = pieces[at].text, at + 1
    if len(digits) > 3 or pieces[at].from_words:
        return digits, end
    while end < len(pieces) and len(digits) <= _MOST_DIGITS:
        mark = end + 1 < len(pieces) and pieces[end].is_mark(".,") and pieces[end + 1].glued
        group = pieces[end + 1] if mark else pieces[end]
        is_group = group.kind is Kind.NUMBER and len(group.text) == 3 and not group.from_words
        if not is_group or digits.startswith("0"):
            break
        digits, end = digits + group.text, end + (2 if mark else 1)
    return digits, end
