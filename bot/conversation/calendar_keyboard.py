"""A month of days to tap. Pure rows of buttons; what a day means is its page's business."""

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.actions import Action
from bot.conversation.replies import Button
from bot.i18n.interface import Words
from bot.i18n.values import month_of_year, weekday_short

_WEEKS = Calendar(firstweekday=0)  # weeks begin on Monday in every language of the corridor
_NO_DAY = "·"  # a button must say something


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that may be tapped."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def month_rows(
    month: date,
    span: Span,
    words: Words,
    choose: Callable[[date], Action],
    turn: Callable[[str], Action],
) -> list[tuple[Button, ...]]:
    """The month of a day: its name, the weekdays, a row for each week, and the arrows to the months beside it. Days outside
    the span are dots that show the month again.
    """
    first = min(max(month, span.first), span.last).replace(day=1)
    stay = turn(month_text(first))
    # A row of its own: between two arrows a third of a phone's width cuts the name.
    rows: list[tuple[Button, ...]] = [(Button(month_of_year(first, words.lang), stay),)]
    rows.append(tuple(Button(weekday_short(day, words.lang), stay) for day in range(7)))
    for week in _WEEKS.monthdatescalendar(first.year, first.month):
        days = [day if day.month == first.month and span.holds(day) else None for day in week]
        if any(days):
            rows.append(
                tuple(
                    Button(str(day.day), choose(day)) if day else Button(_NO_DAY, stay)
                    for day in days
                )
            )
    if arrows := _arrows(first, span, words, turn):
        rows.append(arrows)
    return rows


def month_text(day: date) -> str:
    return f"{day:%Y-%m}"


def month_from_text(text: str, span: Span) -> date:
    """The first day of a month that was written so; for what is none, the last month of the span."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return span.last


def _arrows(
    first: date, span: Span, words: Words, turn: Callable[[str], Action]
) -> tuple[Button, ...]:
    """They say where they lead: a bare arrow above "back" would look like it."""
    before = first - timedelta(days=1)
    after = (first + timedelta(days=31)).replace(day=1)
    arrows = []
    if span.first <= before:
        arrows.append(Button(f"◀ {month_of_year(before, words.lang)}", turn(month_text(before))))
    if after <= span.last:
        arrows.append(Button(f"{month_of_year(after, words.lang)} ▶", turn(month_text(after))))
    return tuple(arrows)
