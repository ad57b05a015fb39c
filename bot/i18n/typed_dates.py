"""A day as persons type it, in Russian, Kyrgyz, English, Uzbek and Tajik at once: "14.05", "14-майда", "кечээ",
"2 weeks ago", "в прошлый вторник".

A wrong day can cost an entry ban, so what has a second reading is asked back (`Unclear`) and not chosen; two rules stand
above that. Day first, always: on this way "03/04" is the third of April. And a day without its year is the nearest one
that the question allows. It must not read a clock, keep the text, or raise for any text.
"""

from dataclasses import dataclass
from datetime import date

from bot.i18n.typed.choosing import Choice, NotADayReason, Window, choose
from bot.i18n.typed.saying import said

__all__ = ["Day", "NotADay", "NotADayReason", "Read", "Unclear", "Window", "read_day"]


@dataclass(frozen=True, slots=True)
class Day:
    """The text has one reading."""

    day: date


@dataclass(frozen=True, slots=True)
class Unclear:
    """The text names no single day surely: "05/14", "месяц назад", "около 14 мая", "last Tuesday" on a Friday.

    One to three days that it can mean, all of them allowed; the person is asked which.
    """

    candidates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NotADay:
    reason: NotADayReason


Read = Day | Unclear | NotADay


def read_day(text: str, today: date, within: Window) -> Read:
    """The day that the text names. Whatever is read lies in the window. Linear in the text, and total."""
    match choose(said(text), today, within):
        case Choice(days=(day,), is_sure=True):
            return Day(day)
        case Choice(days=days):
            return Unclear(days)
        case NotADayReason() as reason:
            return NotADay(reason)
