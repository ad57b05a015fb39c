"""The actions of guided checks and of the dates that a person keeps. The rules of `bot.conversation.actions` hold: each
carries what it needs, and its written form never changes meaning.
"""

import re
from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class OpenChecks:
    """The list of guided checks."""


@dataclass(frozen=True, slots=True)
class OpenFlow:
    """Go into a check: at the question where the person left it, else at the beginning."""

    flow: str


@dataclass(frozen=True, slots=True)
class RestartFlow:
    """The first question again, all answers forgotten."""

    flow: str


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """An answer as the walk keeps it: the id of a choice or region, a day, a number; for stays a day or a `StaysWord`."""

    flow: str
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class AskStep:
    """Ask a question again; the other answers stay."""

    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class ShowMonth:
    """The same question with a month of days to tap. `month` is `2026-05`."""

    flow: str
    step: str
    month: str


@dataclass(frozen=True, slots=True)
class ShowRegions:
    """The same question with another page of regions, from 1."""

    flow: str
    step: str
    page: int


@dataclass(frozen=True, slots=True)
class ShowOutcome:
    """The answers have been looked at: the outcome."""

    flow: str


@dataclass(frozen=True, slots=True)
class KeepDates:
    """Remind me of the dates of this outcome."""

    flow: str


@dataclass(frozen=True, slots=True)
class OpenDates:
    """The dates that the person keeps."""


@dataclass(frozen=True, slots=True)
class OpenDate:
    """One kept date, to change or delete."""

    date: str


@dataclass(frozen=True, slots=True)
class MoveDate:
    """Another day for a kept date: `day` is `2026-05-14`, or a month `2026-05` to choose the day in."""

    date: str
    day: str


@dataclass(frozen=True, slots=True)
class SettleDate:
    """It is done: no more reminders of it."""

    date: str


@dataclass(frozen=True, slots=True)
class DelayDate:
    """Later: remind me tomorrow."""

    date: str


@dataclass(frozen=True, slots=True)
class DropDate:
    date: str


@dataclass(frozen=True, slots=True)
class SendCalendar:
    """All kept dates as a file for the calendar of the phone."""


FlowAction = (
    OpenChecks
    | OpenFlow
    | RestartFlow
    | AnswerStep
    | AskStep
    | ShowMonth
    | ShowRegions
    | ShowOutcome
    | KeepDates
)
DateAction = OpenDates | OpenDate | MoveDate | SettleDate | DelayDate | DropDate | SendCalendar

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAY_OR_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_PAGE = re.compile(r"[1-9][0-9]{0,2}")


def written(action: FlowAction | DateAction) -> str:
    match action:
        case OpenChecks():
            return "checks"
        case OpenFlow(flow):
            return f"q:{flow}"
        case RestartFlow(flow):
            return f"q!:{flow}"
        case AnswerStep(flow, step, value):
            return f"q:{flow}:{step}:{value}"
        case AskStep(flow, step):
            return f"q:{flow}:{step}"
        case ShowMonth(flow, step, month):
            return f"qm:{flow}:{step}:{month}"
        case ShowRegions(flow, step, page):
            return f"qr:{flow}:{step}:{page}"
        case ShowOutcome(flow):
            return f"qo:{flow}"
        case KeepDates(flow):
            return f"qk:{flow}"
        case OpenDates():
            return "dates"
        case OpenDate(date):
            return f"date:{date}"
        case MoveDate(date, day):
            return f"date:{date}:{day}"
        case SettleDate(date):
            return f"done:{date}"
        case DelayDate(date):
            return f"later:{date}"
        case DropDate(date):
            return f"drop:{date}"
        case SendCalendar():
            return "ics"
        case _:
            assert_never(action)


def read(parts: list[str]) -> FlowAction | DateAction | None:
    """The action with these parts between colons; None when they are none of ours."""
    if not all(parts):
        return None
    match parts:
        case ["checks"]:
            return OpenChecks()
        case ["q", flow]:
            return OpenFlow(flow)
        case ["q!", flow]:
            return RestartFlow(flow)
        case ["q", flow, step]:
            return AskStep(flow, step)
        case ["q", flow, step, value]:
            return AnswerStep(flow, step, value)
        case ["qm", flow, step, month] if _MONTH.fullmatch(month):
            return ShowMonth(flow, step, month)
        case ["qr", flow, step, page] if _PAGE.fullmatch(page):
            return ShowRegions(flow, step, int(page))
        case ["qo", flow]:
            return ShowOutcome(flow)
        case ["qk", flow]:
            return KeepDates(flow)
        case ["dates"]:
            return OpenDates()
        case ["ics"]:
            return SendCalendar()
        case ["date", date]:
            return OpenDate(date)
        case ["date", date, day] if _DAY_OR_MONTH.fullmatch(day):
            return MoveDate(date, day)
        case ["done", date]:
            return SettleDate(date)
        case ["later", date]:
            return DelayDate(date)
        case ["drop", date]:
            return DropDate(date)
        case _:
            return None
