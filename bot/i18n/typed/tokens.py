"""A typed text in pieces: dates in digits, numbers (also those in words), words and marks.

It must not decide which day is meant: "03.04" stays three and four.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.i18n.typed.folding import fold_text, fold_word
from bot.i18n.typed.lexicon import DAY_ALONE, LINKING, MONTHS, NUMERALS, UNITS, WEAK_NUMERALS

_SEPARATOR = r" ?[./\\,_-]{1,2} ?"
_PIECE = re.compile(
    # 10:30, which names no day
    r"(?P<clock>(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d))"
    rf"|(?P<date>(?<!\d)(?<!\d[./])(?:\d{{4}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR}\d{{1,2}}"
    rf"|\d{{1,2}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR}\d{{4}}"
    # Two short numbers and more have one mark between them: "02.01-15.03" is two dates, "1.2.3" none.
    r"|\d{1,2} ?(?P<mark>[./\\,_-]) ?\d{1,2} ?(?P=mark) ?\d{2}(?! ?(?P=mark) ?\d)"
    r"|\d{1,2}(?P<marks> ?[./\\_-] ?|,)\d{1,2}(?!(?P=marks)\d))(?!\d))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>\S)"
)
_DIGITS = re.compile(r"\d+")
_SPACED = re.compile(r"(\d{1,2}) (\d{1,2})(?: (\d{4}|\d{2}))?")
_RUN_DAY_FIRST = re.compile(r"(\d{2})(\d{2})(\d{4})")
_RUN_YEAR_FIRST = re.compile(r"(\d{4})(\d{2})(\d{2})")


class Kind(Enum):
    DATE = auto()
    NUMBER = auto()
    WORD = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is a folded word, the digits or the mark; `numbers` are those of a date, or the one of a number."""

    kind: Kind
    text: str
    numbers: tuple[int, ...] = ()
    glued: bool = False
    """No space before it."""
    from_words: bool = False
    is_weak: bool = False
    """A numeral that is also another word: "on May" is the tenth in Kyrgyz only."""

    def is_word(self, *among: frozenset[str]) -> bool:
        return self.kind is Kind.WORD and any(self.text in words for words in among)

    def is_mark(self, marks: str) -> bool:
        return self.kind is Kind.MARK and self.text in marks

    @property
    def is_short_number(self) -> bool:
        """A number that may be that of a day."""
        return self.kind is Kind.NUMBER and len(self.text) <= 2


def tokens(text: str) -> list[Token]:
    """The pieces of the text in order. Linear, and total."""
    small = fold_text(text)
    whole = _spaced_date(small)
    if whole is not None:
        return [whole]
    pieces = [_token(found, small) for found in _PIECE.finditer(small)]
    return _with_numerals(_with_ranges([piece for piece in pieces if piece is not None]))


def _spaced_date(small: str) -> Token | None:
    """ "14 05 2026", "14 05" or "14052026", when nothing else is there: elsewhere such digits are a phone."""
    text = small.strip(" .")
    if found := _SPACED.fullmatch(text):
        return Token(Kind.DATE, text, tuple(int(part) for part in found.groups() if part))
    for run, year in ((_RUN_DAY_FIRST, 2), (_RUN_YEAR_FIRST, 0)):
        if found := run.fullmatch(text):
            numbers = tuple(map(int, found.groups()))
            if 1900 <= numbers[year] < 2200:
                return Token(Kind.DATE, text, numbers)
    return None


def _token(found: re.Match[str], text: str) -> Token | None:
    glued = found.start() > 0 and text[found.start() - 1] != " "
    piece = found[0]
    match found.lastgroup:
        case "date":
            return Token(Kind.DATE, piece, tuple(map(int, _DIGITS.findall(piece))), glued)
        case "number":
            # Ten digits are no number that we ask for, and thousands of them are slow to read.
            return Token(Kind.NUMBER, piece, (int(piece[:10]),), glued)
        case "word":
            return Token(Kind.WORD, fold_word(piece), (), glued)
        case "sign":
            return Token(Kind.MARK, piece, (), glued)
        case _:
            return None


def _with_ranges(pieces: Sequence[Token]) -> list[Token]:
    """ "2-3 мая", "3-4 дня" and "10-11 числа" are two numbers, not the second of March."""
    whole: list[Token] = []
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.DATE and len(piece.numbers) == 2 and _is_range(pieces, at):
            first, second = _DIGITS.findall(piece.text)
            mark = piece.text.removeprefix(first).removesuffix(second).strip()
            whole += [
                Token(Kind.NUMBER, first, (int(first),), piece.glued),
                Token(Kind.MARK, mark, (), glued=True),
                Token(Kind.NUMBER, second, (int(second),), glued=True),
            ]
        else:
            whole.append(piece)
    return whole


def _is_range(pieces: Sequence[Token], at: int) -> bool:
    is_dash = at + 1 < len(pieces) and pieces[at + 1].is_mark("-") and pieces[at + 1].glued
    after = pieces[at + 1 + is_dash : at + 2 + is_dash]
    if "-" in pieces[at].text and any(piece.is_word(DAY_ALONE) for piece in after):
        return True
    return any(_counts(piece) for piece in (*pieces[max(at - 1, 0) : at], *after))


def _counts(piece: Token) -> bool:
    if piece.kind is not Kind.WORD:
        return False
    is_month = MONTHS.value(piece.text) is not None or bool(MONTHS.with_slip(piece.text))
    return is_month or UNITS.value(piece.text) is not None


def _with_numerals(pieces: Sequence[Token]) -> list[Token]:
    """Numbers in words become numbers: "двадцать пятого", "жыйырма беш", "two hundred and five"."""
    whole: list[Token] = []
    at = 0
    while at < len(pieces):
        number, end = _numeral(pieces, at)
        # "14үндө" ends in a locative, not in the Uzbek ten.
        is_ending = pieces[at].glued and at > 0 and pieces[at - 1].kind is Kind.NUMBER
        if is_ending or number is None or _is_other_word(pieces, at, end):
            whole.append(pieces[at])
            at += 1
        else:
            is_weak = end == at + 1 and pieces[at].text in WEAK_NUMERALS
            whole.append(
                Token(Kind.NUMBER, str(number), (number,), pieces[at].glued, True, is_weak)
            )
            at = end
    return whole


def _numeral(pieces: Sequence[Token], at: int) -> tuple[int | None, int]:
    """The number below a thousand whose words begin there, and where they end."""
    total, end, limit = 0, at, 1_000
    while end < len(pieces):
        here = end
        if end > at and (pieces[end].is_mark("-") or pieces[end].is_word(LINKING)):
            here += 1
        value = _value(pieces, here)
        if value is None or (value == 0 and end > at):
            break
        if value < 10 and _value(pieces, here + 1) == 100 and limit > 100:
            value, here = value * 100, here + 1
        # Hundreds, then tens, then ones; "five six" are two numbers.
        if value >= limit:
            break
        total, end = total + value, here + 1
        limit = 100 if value >= 100 else 10 if value % 10 == 0 and value else 0
    return (total, end) if end > at else (None, at)


def _value(pieces: Sequence[Token], at: int) -> int | None:
    if at >= len(pieces) or pieces[at].kind is not Kind.WORD:
        return None
    return next(
        (value for forms in NUMERALS if (value := forms.value(pieces[at].text)) is not None),
        None,
    )


def _is_other_word(pieces: Sequence[Token], at: int, end: int) -> bool:
    """A word like "он" that stands alone: a number only with what it counts, or as the whole text."""
    if end > at + 1 or pieces[at].text not in WEAK_NUMERALS or len(pieces) == 1:
        return False
    if end == len(pieces) or not _counts(pieces[end]):
        return True
    # "on May 5"
    return any(piece.kind is Kind.NUMBER for piece in pieces[end + 1 : end + 3])
