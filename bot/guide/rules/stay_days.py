"""How many days in Russia are used in this calendar year, and until when somebody may stay on.

Source: 115-FZ of 25.07.2002 art. 5(1) as of 260-FZ of 08.08.2024: 90 days in total in a calendar year, and no unbroken
stay of more than 90 days, so that a stay over New Year does not give 180 days in a row. The day of entry and the day of
leaving both count, which is the safer way; no text was found that moves a last day from a day off.
"""

from collections.abc import Iterator, Mapping
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
    """The last day is that of who stays on, or of who would enter today; where a limit was broken, the one it had."""
    today = circumstances.today
    stays = _in_order(stays_in(answers, "trips"), today)
    if stays is None:
        return Worked(UNCLEAR)
    yearly, unbroken = circumstances.number(YEARLY), circumstances.number(UNBROKEN)
    days = _days_this_year(stays, today)
    is_here = bool(stays) and stays[-1].left is None
    since = _joined(stays if is_here else (*stays, Stay(today)))[-1].entered
    broken = list(_broken(stays, days, today, yearly, unbroken))
    if broken:
        last, over_by = min(broken)[0], max(too_many for _, too_many in broken)
    else:
        more = yearly - len({*days, today})
        last, over_by = min(_last_of_year(today, more, yearly), days_with(since, unbroken)), 0
    left = max((last - today).days, 0) if is_here else max(yearly - len(days), 0)
    route = _route(over_by, left, is_here=is_here)
    new_count = date(today.year + 1, 1, 1)
    goes_on = route not in (OVER, NOTHING_LEFT)
    working = [
        *_told(stays, today),
        WorkingLine(WorkingKind.USED, day=date(today.year, 1, 1), days=len(days)),
        WorkingLine(WorkingKind.LIMIT, days=yearly),
    ]
    if goes_on and not is_here:
        working.append(WorkingLine(WorkingKind.IF_ENTERED_TODAY, day=today))
    if goes_on:
        until = days_with(since, unbroken)
        working.append(WorkingLine(WorkingKind.UNBROKEN, day=since, days=unbroken, until=until))
        working.append(WorkingLine(WorkingKind.EARLIER_LIMIT, until=last))
        working += on_day_off(last, circumstances)
    if last.year > today.year or route == NOTHING_LEFT:
        working.append(WorkingLine(WorkingKind.NEW_YEAR, day=new_count))
    working += [WorkingLine(WorkingKind.RULE, fact=fact) for fact in (YEARLY, UNBROKEN)]
    return Worked(
        route=route,
        dates={_NEW_COUNT: new_count} | ({} if route == NOTHING_LEFT else {_LAST: last}),
        numbers=dict(zip(_NUMBERS, (len(days), left, over_by), strict=True)),
        working=tuple(working),
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


def _broken(
    stays: tuple[Stay, ...], days: list[date], today: date, yearly: int, unbroken: int
) -> Iterator[tuple[date, int]]:
    """The limits that were broken this year: the last lawful day of each, and how many days there were after it."""
    if len(days) > yearly:
        yield days[yearly - 1], len(days) - yearly
    for stay in _joined(stays):
        left, last = stay.left or today, days_with(stay.entered, unbroken)
        if left > last and left.year == today.year:
            yield last, (left - last).days


def _last_of_year(today: date, more: int, yearly: int) -> date:
    """The last day by the yearly count when so many days after today may be spent. Who may stay until New Year's Eve goes
    on with the days of the next year.
    """
    last = days_after(today, more)
    if last < date(today.year, 12, 31):
        return last
    return days_with(date(today.year + 1, 1, 1), yearly)


def _days_this_year(stays: tuple[Stay, ...], today: date) -> list[date]:
    """Every day of this year in one of the stays, once."""
    return sorted({day for stay in stays for day in _of_this_year(stay, today)})


def _of_this_year(stay: Stay, today: date) -> list[date]:
    first = max(stay.entered, date(today.year, 1, 1))
    days = ((stay.left or today) - first).days + 1
    return [first + timedelta(days=number) for number in range(days)]


def _told(stays: tuple[Stay, ...], today: date) -> Iterator[WorkingLine]:
    """One line for each stay that has days in this year."""
    for stay in stays:
        if days := len(_of_this_year(stay, today)):
            kind = WorkingKind.STAY if stay.left else WorkingKind.STAY_GOES_ON
            yield WorkingLine(kind, day=stay.entered, days=days, until=stay.left or today)


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
