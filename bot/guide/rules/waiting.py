"""What may be done only after a time, and sometimes only before another: residence permit, citizenship, a second test.

Source: 115-FZ art. 6(1), 8(1), 8(5) (permits); 138-FZ art. 15 (citizenship); order 170/727 of 2025 (school test). A first
day is told late and a last day early, so that neither is wrong by another way to count.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.guide.fact import FactKind
from bot.guide.rule import Answer, Circumstances, InputKind, Rule, Worked, WorkingKind, WorkingLine
from bot.guide.rules.deadlines import on_day_off
from bot.guide.rules.inputs import day_in
from bot.guide.terms import months_after, months_with, years_after

WAIT, OPEN, LATE = "wait", "open", "late"

_FROM, _BEFORE = "vnzh-apply-from-months", "vnzh-apply-before-months"
_PERMIT = "rvp-term-years"
_NUMBERS = ("days-to-wait",)
_MONTHS = 12
_ONE_DAY = timedelta(days=1)


def _window(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    """From the day after the months of the first year are over until a day before the months before the end begin."""
    given, today = day_in(answers, "rvp-given"), circumstances.today
    after = circumstances.number(_FROM, given)
    years, before = circumstances.number(_PERMIT, given), circumstances.number(_BEFORE, given)
    opens = months_after(given, after) + _ONE_DAY
    ends = months_with(given, years * _MONTHS)
    closes = months_after(ends, -before) - _ONE_DAY
    return Worked(
        WAIT if today < opens else OPEN if today <= closes else LATE,
        {"from-month": opens, "before-month": closes},
        {
            "days-to-wait": max((opens - today).days, 0),
            "days-left": max((closes - today).days, 0),
        },
        (
            WorkingLine(WorkingKind.PERMIT_GIVEN, day=given),
            WorkingLine(WorkingKind.MONTHS, days=after, until=opens - _ONE_DAY),
            WorkingLine(WorkingKind.NOT_BEFORE, day=opens),
            WorkingLine(WorkingKind.YEARS, days=years, until=ends),
            WorkingLine(WorkingKind.MONTHS_BEFORE_END, days=before, until=closes),
            *on_day_off(closes, circumstances),
            *(WorkingLine(WorkingKind.RULE, fact=fact) for fact in (_FROM, _BEFORE, _PERMIT)),
        ),
    )


def _not_before(name: str, event: str, kind: WorkingKind, fact: str, source: str) -> Rule:
    """A rule for what may be done once the months or years of a fact are over."""

    def work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
        day, today = day_in(answers, event), circumstances.today
        number = circumstances.number(fact, day)
        is_years = circumstances.facts[fact].kind is FactKind.YEARS
        over: date = (years_after if is_years else months_after)(day, number)
        first = over + _ONE_DAY
        unit = WorkingKind.YEARS if is_years else WorkingKind.MONTHS
        return Worked(
            WAIT if today < first else OPEN,
            {"from": first},
            {"days-to-wait": max((first - today).days, 0)},
            (
                WorkingLine(kind, day=day),
                WorkingLine(unit, days=number, until=over),
                WorkingLine(WorkingKind.NOT_BEFORE, day=first),
                WorkingLine(WorkingKind.RULE, fact=fact),
            ),
        )

    return Rule(
        name=name,
        inputs={event: InputKind.DATE},
        routes=(WAIT, OPEN),
        dates=("from",),
        numbers=_NUMBERS,
        facts=(fact,),
        source=source,
        work=work,
    )


VNZH_WINDOW = Rule(
    name="vnzh-window",
    inputs={"rvp-given": InputKind.DATE},
    routes=(WAIT, OPEN, LATE),
    dates=("from-month", "before-month"),
    numbers=(*_NUMBERS, "days-left"),
    facts=(_FROM, _BEFORE, _PERMIT),
    source="115-FZ art. 6(1), 8(1), 8(5)",
    work=_window,
)

WAITING_RULES = (
    VNZH_WINDOW,
    _not_before(
        "citizenship-residence",
        "vnzh-given",
        WorkingKind.VNZH_GIVEN,
        "citizenship-residence-years",
        "138-FZ art. 15",
    ),
    _not_before(
        "school-retake",
        "failed",
        WorkingKind.FAILED_TEST,
        "school-retake-months",
        "order 170/727 of 2025",
    ),
)
