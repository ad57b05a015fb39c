"""The question of a usage page as its address has it: which days, whose, of which memo. It must not ask the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from bot.guide.citizenship import Citizenship
from db.counted import FEW, NOT_CHOSEN
from db.usage_days import Asked, Span

FIRST_DAY = date(2020, 1, 1)
# How a group is named in an address where its name in the counts is empty.
_NONE_CHOSEN = "none"
CITIZENSHIPS = (*(str(one) for one in Citizenship), NOT_CHOSEN, FEW)


class Preset(StrEnum):
    """Days that are asked for often; all but `TODAY` end with yesterday or are whole months."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    FOUR_WEEKS = "four-weeks"
    QUARTER = "quarter"
    YEAR = "year"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    OWN = "own"


_DAYS = {Preset.WEEK: 7, Preset.FOUR_WEEKS: 28, Preset.QUARTER: 91, Preset.YEAR: 364}


@dataclass(frozen=True, slots=True)
class Question:
    """`problem` is the key of what is wrong with the dates; then the usual days are shown."""

    preset: Preset
    span: Span
    asked: Asked
    problem: str | None = None

    def query(self, **more: str) -> str:
        """The question as it stands in an address."""
        asked = self.asked
        said = {
            "period": str(self.preset),
            "from": self.span.first.isoformat() if self.preset is Preset.OWN else "",
            "to": self.span.last.isoformat() if self.preset is Preset.OWN else "",
            "lang": _in_address(asked.lang),
            "citizenship": _in_address(asked.citizenship),
            "memo": asked.subject or "",
        }
        return urlencode({name: value for name, value in (said | more).items() if value})


def read_question(parameters: Mapping[str, str], today: date) -> Question:
    """What is not there or makes no sense counts as not asked."""
    asked = Asked(
        lang=_group(parameters.get("lang", "")),
        citizenship=_group(parameters.get("citizenship", "")),
        subject=parameters.get("memo") or None,
    )
    wanted = parameters.get("period", "")
    preset = Preset(wanted) if wanted in list(Preset) else Preset.FOUR_WEEKS
    if preset is not Preset.OWN:
        return Question(preset, _span(preset, today), asked)
    first, last = (_day(parameters.get(name, "")) for name in ("from", "to"))
    if first is None or last is None or not FIRST_DAY <= first <= last <= today:
        usual = Preset.FOUR_WEEKS
        return Question(usual, _span(usual, today), asked, "usage-dates-wrong")
    return Question(preset, Span(first, last), asked)


def _span(preset: Preset, today: date) -> Span:
    yesterday = today - timedelta(days=1)
    first_of_month = today.replace(day=1)
    match preset:
        case Preset.TODAY | Preset.OWN:
            return Span(today, today)
        case Preset.YESTERDAY:
            return Span(yesterday, yesterday)
        case Preset.THIS_MONTH:
            return Span(first_of_month, today)
        case Preset.LAST_MONTH:
            last = first_of_month - timedelta(days=1)
            return Span(last.replace(day=1), last)
        case _:
            return Span(today - timedelta(days=_DAYS[preset]), yesterday)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _group(written: str) -> str | None:
    if written == _NONE_CHOSEN:
        return NOT_CHOSEN
    return written or None


def _in_address(group: str | None) -> str:
    return _NONE_CHOSEN if group == NOT_CHOSEN else group or ""
