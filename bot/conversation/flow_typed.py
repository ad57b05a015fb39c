"""What somebody types in the middle of a flow, as an answer to the question that is open.

It must not decide what is done with text that is no answer: `bot.conversation.flow_steps` does.
"""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from bot.conversation.flow_reader import FlowReader
from bot.conversation.stays_draft import DAYS_OF_STAYS
from bot.conversation.typed_label import folded_label
from bot.guide.flow import (
    ChoiceQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    RegionQuestion,
    StaysQuestion,
)
from bot.guide.rule import Stay
from bot.i18n.typed_dates import Day, NotADayReason, Unclear, Window, read_day
from bot.i18n.typed_numbers import read_number
from bot.i18n.typed_stays import read_stay

# Of one: two letters of ten may be wrong.
_ALIKE = 0.8
_SHORTEST_NAME = 3
_MOST = 4  # regions to choose from, when a name may mean several


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as the walk keeps it; for stays a day, or a whole stay."""

    value: str
    stay: Stay | None = None


@dataclass(frozen=True, slots=True)
class Which:
    """It can mean several things: these, each as the walk would keep it."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotSaid:
    """It is no answer. `key` names the line that says how one looks."""

    key: str
    is_near: bool = False  # there was a date or a number in it, only none that can be


def read_typed(here: FlowReader, asked: Question, text: str) -> Said | Which | NotSaid:
    match asked:
        case ChoiceQuestion():
            return _choice(here, asked, text)
        case DateQuestion(past=past, ahead=ahead):
            return _day(text, here.today, Window(past, ahead))
        case NumberQuestion(low=low, high=high):
            number = read_number(text)
            if number is None:
                return NotSaid("flow-no-number")
            if low <= number <= high:
                return Said(str(number))
            return NotSaid("flow-number-out", is_near=True)
        case RegionQuestion():
            return _region(here, text)
        case StaysQuestion():
            stay = read_stay(text, here.today)
            if isinstance(stay, Stay) and stay.left is not None:
                return Said("", stay)
            return _day(text, here.today, Window(DAYS_OF_STAYS, 0))


def _choice(here: FlowReader, asked: ChoiceQuestion, text: str) -> Said | NotSaid:
    typed = folded_label(text)
    offered = asked.offered(here.reader.citizenship)
    for choice in offered:
        if typed and typed in {folded_label(said) for said in choice.label.by_language.values()}:
            return Said(choice.id)
    if typed.isdecimal() and 1 <= int(typed) <= len(offered):
        return Said(offered[int(typed) - 1].id)
    return NotSaid("flow-no-choice")


def _day(text: str, today: date, window: Window) -> Said | Which | NotSaid:
    match read_day(text, today, window):
        case Day(day):
            return Said(day.isoformat())
        case Unclear(candidates):
            return Which(tuple(day.isoformat() for day in candidates))
        case found:
            return NotSaid(
                f"flow-day-{_why(found.reason, window)}",
                is_near=found.reason is not NotADayReason.NO_DATE,
            )


def _why(reason: NotADayReason, window: Window) -> str:
    """Whoever is asked for a day ahead is told of the past, and the other way round."""
    if reason is NotADayReason.IN_FUTURE and window.ahead_days:
        return "too-far-ahead"
    if reason is NotADayReason.TOO_FAR_BACK and not window.past_days:
        return "in-past"
    return str(reason)


def _region(here: FlowReader, text: str) -> Said | Which | NotSaid:
    """By the name in any language, or by one of its cities, with a letter or two wrong."""
    typed = folded_label(text)
    if len(typed) < _SHORTEST_NAME:
        return NotSaid("flow-no-region")
    names: dict[str, str] = {}
    for region in here.regions():
        places = (region.name, *(city.name for city in region.cities))
        for name in (said for place in places for said in place.by_language.values()):
            names.setdefault(folded_label(name), region.id)
    if typed in names:
        return Said(names[typed])
    found = [name for name in names if name.startswith(typed)]
    found = found[:_MOST] or get_close_matches(typed, names, n=_MOST, cutoff=_ALIKE)
    regions = tuple(dict.fromkeys(names[name] for name in found))
    if len(regions) == 1:
        return Said(regions[0])
    return Which(regions) if regions else NotSaid("flow-no-region")
