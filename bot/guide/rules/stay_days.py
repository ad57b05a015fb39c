"""How many days in Russia are used in this calendar year, and until when somebody may stay on.

Source: 115-FZ of 25.07.2002 art. 5(1) as of 260-FZ of 08.08.2024: 90 days in total in a calendar year, and no unbroken
stay of more than 90 days, so that a stay over New Year does not give 180 days in a row. The day of entry and the day of
leaving both count, which is the safer way; no text was found that moves a last day from a day off.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.guide.rule import (
    Answer,
    Circumstances,
    InputKind,
    Rule,
    Stay,
    Worked,
    WorkingKind,
    WorkingLine,
)
from bot.guide.rules.deadlines import on_day_off
from bot.guide.rules.inputs import stays_in
from bot.guide.terms import days_after, days_with

FINE, FEW_LEFT, LAST_DAY, OVER, NOTHING_LEFT, UNCLEAR = (
    "fine",
    "few-left",
    "last-day",
    "over",
    "nothing-left",
    "unclear",
)
YEARLY, UNBROKEN = "stay90-rule", "stay90-continuous"

_LAST, _NEW_COUNT = "last-day", "new-count"
_NUMBERS = ("used", "left", "over-by")
_FEW = 14  # when it is time to pack or to find a ground; no number of the law
_ONE_DAY = timedelta(days=1)


def _work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    today = circumstances.today
    stays = _in_order(stays_in(answers, "trips"), today)
    if stays is None:
        return Worked(UNCLEAR)
    yearly = circumstances.number(YEARLY)
    unbroken = circumstances.number(UNBROKEN)
    new_year = date(today.year, 1, 1)
    present = [
        day for stay in stays for day in _days(max(stay.entered, new_year), stay.left or today)
    ]
    days = sorted(set(present))
    used = len(days)
    is_here = bool(stays) and stays[-1].left is None
    joined = _joined(stays if is_here else (*stays, Stay(today)))
    # The last lawful day of who stays on, or of who would enter today and stay on.
    since = joined[-1].entered
    counted = used if today in days else used + 1
    in_year = days[yearly - 1] if used > yearly else _last_in_year(today, yearly - counted, yearly)
    last = min(in_year, days_with(since, unbroken))
    too_many = max(used - yearly, 0)
    too_long = max(
        (_broken(stay, today, unbroken, new_year) for stay in _joined(stays)), default=0
    )
    over_by = max(too_many, too_long)
    left = max((last - today).days, 0) if is_here else max(yearly - used, 0)
    route = _route(over_by, left, is_here=is_here)
    new_count = date(today.year + 1, 1, 1)
    return Worked(
        route=route,
        dates={_NEW_COUNT: new_count} | ({} if route == NOTHING_LEFT else {_LAST: last}),
        numbers=dict(zip(_NUMBERS, (used, left, over_by), strict=True)),
        working=(
            *_told(stays, today, new_year),
            WorkingLine(WorkingKind.USED, day=new_year, days=used),
            WorkingLine(WorkingKind.LIMIT, days=yearly),
            *_going_on(since, unbroken, today, is_here=is_here, may_enter=route != NOTHING_LEFT),
            *(
                (WorkingLine(WorkingKind.NEW_YEAR, day=new_count),)
                if last.year > today.year or route == NOTHING_LEFT
                else ()
            ),
            *(() if route == NOTHING_LEFT else on_day_off(last, circumstances)),
            WorkingLine(WorkingKind.RULE, fact=YEARLY),
            WorkingLine(WorkingKind.RULE, fact=UNBROKEN),
        ),
    )


def _route(over_by: int, left: int, *, is_here: bool) -> str:
    if over_by:
        return OVER
    if left == 0:
        return LAST_DAY if is_here else NOTHING_LEFT
    return FEW_LEFT if left <= _FEW else FINE


def _in_order(stays: tuple[Stay, ...], today: date) -> tuple[Stay, ...] | None:
    """By the day of entry; None when they cannot all be true, or are not yet. One may enter on the day one left."""
    ordered = tuple(sorted(stays, key=lambda stay: (stay.entered, stay.left or date.max)))
    ends = today + _ONE_DAY  # later than any day that is taken
    for stay in reversed(ordered):
        left = stay.left or today
        # Who has not left cannot have entered again; who did leave may have entered on the same day.
        if stay.entered > left or left > min(today, ends) or (stay.left is None and ends <= today):
            return None
        ends = stay.entered
    return ordered


def _joined(stays: tuple[Stay, ...]) -> list[Stay]:
    """Unbroken stays: to leave and to enter on one day breaks nothing, as no day was spent abroad."""
    joined: list[Stay] = []
    for stay in stays:
        if joined and joined[-1].left == stay.entered:
            joined[-1] = Stay(joined[-1].entered, stay.left)
        else:
            joined.append(stay)
    return joined


def _broken(stay: Stay, today: date, unbroken: int, new_year: date) -> int:
    """How many days an unbroken stay that reaches into this year was too long."""
    left = stay.left or today
    return max((left - stay.entered).days + 1 - unbroken, 0) if left >= new_year else 0


def _last_in_year(today: date, more: int, yearly: int) -> date:
    """The last day by the yearly count when `more` days after today may be spent; the next year has a count of its own."""
    last = days_after(today, more)
    if last < date(today.year, 12, 31):
        return last
    return days_with(date(today.year + 1, 1, 1), yearly)


def _going_on(
    since: date, unbroken: int, today: date, *, is_here: bool, may_enter: bool
) -> tuple[WorkingLine, ...]:
    """How long the stay may go on that one is in, or would begin today."""
    until = days_with(since, unbroken)
    line = WorkingLine(WorkingKind.UNBROKEN, day=since, days=unbroken, until=until)
    if is_here:
        return (line,)
    return (WorkingLine(WorkingKind.IF_ENTERED_TODAY, day=today), line) if may_enter else ()


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _told(stays: tuple[Stay, ...], today: date, new_year: date) -> tuple[WorkingLine, ...]:
    """One line for each stay that has days in this year."""
    lines = []
    for stay in stays:
        left = stay.left or today
        days = (left - max(stay.entered, new_year)).days + 1
        if days > 0:
            kind = WorkingKind.STAY if stay.left else WorkingKind.STAY_GOES_ON
            lines.append(WorkingLine(kind, day=stay.entered, days=days, until=left))
    return tuple(lines)


STAY_DAYS = Rule(
    name="stay-days",
    inputs={"trips": InputKind.STAYS},
    routes=(FINE, FEW_LEFT, LAST_DAY, OVER, NOTHING_LEFT, UNCLEAR),
    dates=(_LAST, _NEW_COUNT),
    numbers=_NUMBERS,
    lacks={UNCLEAR: (_LAST, _NEW_COUNT, *_NUMBERS), NOTHING_LEFT: (_LAST,)},
    facts=(YEARLY, UNBROKEN),
    source="115-FZ art. 5(1)",
    work=_work,
)
