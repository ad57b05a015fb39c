"""What rules with a last day share: how a term of the ledger runs from an event, and how today stands to its end.

Where no law is proven to say otherwise, the day of the event is the first of the term and a last day that is a day off
stays where it is: both give the earlier day (`docs/dates.md`).
"""

from datetime import date

from bot.errors import ContentError
from bot.guide.fact import FactKind
from bot.guide.rule import Circumstances, Worked, WorkingKind, WorkingLine
from bot.guide.terms import days_with, months_with, working_days_with

IN_TIME, LAST_DAY, LATE = "in-time", "last-day", "late"
ROUTES = (IN_TIME, LAST_DAY, LATE)
DATES = ("deadline",)
NUMBERS = ("days-left", "days-late")

Working = tuple[WorkingLine, ...]


def safe_term(event: date, fact_id: str, circumstances: Circumstances) -> tuple[date, Working]:
    """The last day of the fact's term with the day of the event as the first, and how it was counted.

    The kind of the fact says whether days, worked days, months or years are counted. Raises `NoCalendar`.
    """
    number = circumstances.number(fact_id, event)
    calendar = circumstances.calendar
    first = WorkingLine(WorkingKind.COUNTS_THAT_DAY, day=event)
    match circumstances.facts[fact_id].kind:
        case FactKind.DAYS:
            end = days_with(event, number)
            counted: Working = (WorkingLine(WorkingKind.CALENDAR_DAYS, days=number, until=end),)
        case FactKind.WORKING_DAYS:
            end = working_days_with(event, number, calendar)
            begin = calendar.worked_from(event)
            if begin != event:
                first = WorkingLine(WorkingKind.FIRST_WORKED_DAY, day=begin)
            off = (end - begin).days + 1 - number
            between = WorkingLine(WorkingKind.DAYS_OFF_BETWEEN, day=begin, days=off, until=end)
            counted = (WorkingLine(WorkingKind.WORKING_DAYS, days=number, until=end),)
            counted = (between, *counted) if off else counted
        case FactKind.MONTHS:
            end = months_with(event, number)
            counted = (WorkingLine(WorkingKind.MONTHS, days=number, until=end),)
        case FactKind.YEARS:
            end = months_with(event, number * 12)
            counted = (WorkingLine(WorkingKind.YEARS, days=number, until=end),)
        case kind:
            raise ContentError(f"the fact {fact_id} is no term: {kind}")
    rule = WorkingLine(WorkingKind.RULE, fact=fact_id)
    return end, (first, *counted, *on_day_off(end, circumstances), rule)


def on_day_off(end: date, circumstances: Circumstances) -> Working:
    """The line that warns of a last day on which offices are closed; nothing where the year is not known."""
    calendar = circumstances.calendar
    if calendar.is_known(end) and calendar.is_off(end):
        return (WorkingLine(WorkingKind.ENDS_ON_DAY_OFF, until=end),)
    return ()


def against(deadline: date, today: date, working: Working) -> Worked:
    """How a deadline stands today. One of the two numbers is always 0."""
    route = IN_TIME if today < deadline else LAST_DAY if today == deadline else LATE
    days = (deadline - today).days
    numbers = {"days-left": max(days, 0), "days-late": max(-days, 0)}
    return Worked(route, {"deadline": deadline}, numbers, working)
