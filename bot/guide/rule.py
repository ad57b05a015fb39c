"""Rules: what a guided check works out from answers, and how it tells the person.

A rule is pure: answers and circumstances in, a route with dates and numbers out. Numbers of the law come from facts,
never from code. It must not hold words for persons: `WorkingLine` names what was done, and locales say it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.errors import ContentError
from bot.guide.citizenship import Citizenship
from bot.guide.fact import Fact
from bot.guide.regional import RegionalValue
from bot.guide.work_calendar import WorkCalendar

UNKNOWN_YEAR = "unknown-year"  # the route of a term that runs into a year without a calendar


class InputKind(StrEnum):
    """What an answer is. The values name kinds of questions in content files."""

    DATE = "date"
    STAYS = "stays"
    NUMBER = "number"
    REGION = "region"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in Russia, both days included; `left` is None while the person is there."""

    entered: date
    left: date | None = None


# By kind: a day, stays in the order in which they were told, a number, the id of a region, the id of a choice.
Answer = date | tuple[Stay, ...] | int | str


def read_answer(kind: InputKind, text: str) -> Answer | None:
    """An answer as it is kept (`2026-05-14`, `2026-01-02/2026-02-01,2026-05-14/`, `3`, an id); None when it is none."""
    try:
        match kind:
            case InputKind.DATE:
                return date.fromisoformat(text)
            case InputKind.STAYS:
                return tuple(_stay(one) for one in text.split(",") if one)
            case InputKind.NUMBER:
                return int(text)
            case _:
                return text or None
    except ValueError:
        return None


def write_stays(stays: tuple[Stay, ...]) -> str:
    """Stays as they are kept: what `read_answer` reads."""
    return ",".join(f"{stay.entered}/{stay.left or ''}" for stay in stays)


def _stay(text: str) -> Stay:
    entered, slash, left = text.partition("/")
    if not slash:
        raise ValueError(text)
    return Stay(date.fromisoformat(entered), date.fromisoformat(left) if left else None)


class WorkingKind(StrEnum):
    """One step of a working; what it says stands beside it, with the fields of `WorkingLine` that it fills."""

    # What happened, `day`.
    ENTERED = "entered"
    GOT_DECISION = "got-decision"
    LEARNED_OF_BAN = "learned-of-ban"
    CONTRACT_ENDED = "contract-ended"
    PAID_UNTIL = "paid-until"
    PATENT_ISSUED = "patent-issued"
    GOT_REFERRAL = "got-referral"
    FAILED_TEST = "failed-test"
    LOST_CARD = "lost-card"
    LOST_PASSPORT = "lost-passport"
    PERMIT_GIVEN = "permit-given"  # the temporary one (RVP)
    VNZH_GIVEN = "vnzh-given"
    PERMIT_CANCELLED = "permit-cancelled"
    BECAME_CITIZEN = "became-citizen"
    DISMISSED = "dismissed"
    WAGE_DUE = "wage-due"
    # How the term runs.
    COUNTS_THAT_DAY = "counts-that-day"  # `day` is counted as the first: the safer way
    COUNTS_FROM_NEXT_DAY = "counts-from-next-day"  # the law starts on the day after, `day`
    FIRST_WORKED_DAY = (
        "first-worked-day"  # what happened on a day off; the first worked day is `day`
    )
    CALENDAR_DAYS = "calendar-days"  # `days` calendar days end on `until`
    WORKING_DAYS = "working-days"  # `days` worked days end on `until`
    MONTHS = "months"  # `days` months end on `until`
    YEARS = "years"  # `days` years end on `until`
    DAYS_OFF_BETWEEN = "days-off-between"  # `days` days off from `day` to `until` are not counted
    # How it ends.
    ENDS_ON_DAY_OFF = "ends-on-day-off"  # `until` is a day off, and no law moves it: act before
    MAY_BE_MOVED = "may-be-moved"  # it may be moved to `until`; not proven, so it is not promised
    BEFORE_LAST_DAY = (
        "before-last-day"  # `until` is a day earlier than the law may allow, to be safe
    )
    MONTHS_BEFORE_END = (
        "months-before-end"  # `days` months before that end, and a day more to be safe: `until`
    )
    NOT_BEFORE = "not-before"  # not sooner than `day`
    # Stays.
    STAY = "stay"  # from `day` to `until`: `days` of this year
    STAY_GOES_ON = "stay-goes-on"  # from `day` until today, `until`: `days` of this year
    USED = "used"  # `days` days of the year that begins on `day` are used
    LIMIT = "limit"  # at most `days` days in the year
    UNBROKEN = (
        "unbroken"  # the unbroken stay since `day`: at most `days` days, the last is `until`
    )
    EARLIER_LIMIT = (
        "earlier-limit"  # of the limits of the year and of a stay, the earlier: `until`
    )
    IF_ENTERED_TODAY = "if-entered-today"  # what follows is as if the person entered today, `day`
    NEW_YEAR = "new-year"  # a new count begins on `day`
    # A right that is not there.
    TOO_SOON_AFTER_ENTRY = (
        "too-soon-after-entry"  # entered on `day`; the right is for after `days` days
    )
    NOT_FOR_EXPIRED = "not-for-expired"  # for a contract that simply ran out nothing was found
    # A value.
    SINCE = "since"  # the value holds since `day`
    # Where it stands: the source and the day of the last check are those of `fact`.
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """`days` is how many of whatever the kind counts; `until` is where something ends; `fact` is an id."""

    kind: WorkingKind
    day: date | None = None
    days: int | None = None
    until: date | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`today` is the day where the person is. `regional` is what the catalogue has of that day."""

    citizenship: Citizenship
    today: date
    facts: Mapping[str, Fact]
    regional: tuple[RegionalValue, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def number(self, fact_id: str, day: date | None = None) -> int:
        """The number of a fact on a day, else (a term that began before anybody wrote it down) on today.

        Raises `ContentError` when there is none: staff are told so before anybody can ask.
        """
        fact = self.facts.get(fact_id)
        found = None
        if fact is not None:
            found = fact.value_on(day or self.today)
            found = fact.value_on(self.today) if found is None else found
        if not isinstance(found, int):
            raise ContentError(f"the fact {fact_id} has no number on {day or self.today}")
        return found


@dataclass(frozen=True, slots=True)
class Worked:
    """What a rule found."""

    route: str
    dates: Mapping[str, date] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    working: tuple[WorkingLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """`inputs` that are `optional` may be left out. `choices` are the ids that an input of kind CHOICE knows.

    `dates` and `numbers` are what texts may show, but on a route only what it does not lack by `lacks`. `facts` are those
    whose values it reads: a change of one tells persons who keep a date. `source` is the legal source in words, for staff.
    `work` may raise `NoCalendar` only when `UNKNOWN_YEAR` is among the routes; the walk makes that route of it.
    """

    name: str
    inputs: Mapping[str, InputKind]
    routes: tuple[str, ...]
    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    facts: tuple[str, ...]
    source: str
    work: Callable[[Mapping[str, Answer], Circumstances], Worked]
    optional: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lacks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
