"""Until when a decision may be appealed: a fine or an expulsion, or a closed entry.

Source: the Code of Administrative Offences art. 30.3 (ten days from getting the copy) and 4.8 (the count starts on the day
after, days off count; a term in days that ends on a day off moves to the next worked day, one in 24-hour days does not);
the Code of Administrative Judicial Procedure art. 219(1) (three months from learning of it).

Whether the ten days are days or 24-hour days is not proven, nor how the three months are counted. So the person is told the
day that no reading puts later. On the days between it and the last one that another reading allows, they are told to file
at once, not that it is too late.
"""

from collections.abc import Mapping
from datetime import date

from bot.guide.rule import (
    UNKNOWN_YEAR,
    Answer,
    Circumstances,
    InputKind,
    Rule,
    Worked,
    WorkingKind,
    WorkingLine,
)
from bot.guide.rules.deadlines import (
    DATES,
    LAST_DAY,
    NUMBERS,
    ROUTES,
    Working,
    against,
    on_day_off,
    safe_term,
)
from bot.guide.rules.inputs import day_in, id_in
from bot.guide.terms import days_after, months_after, moved

_OFFENCE, _COUNTING, _ENTRY = "expel-appeal-days", "count-koap-terms", "ban-appeal-months"
_CLOSED_ENTRY = "closed-entry"


def _work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    got = day_in(answers, "got")
    is_entry = id_in(answers, "kind") == _CLOSED_ENTRY
    safe, latest, working = (_of_entry if is_entry else _of_offence)(got, circumstances)
    today = circumstances.today
    if today <= safe:
        return against(safe, today, working)
    allowed = moved(latest, circumstances.calendar)
    if allowed > safe:
        working = (*working, WorkingLine(WorkingKind.MAY_BE_MOVED, until=allowed))
    worked = against(allowed, today, working)
    if today <= allowed:
        return Worked(LAST_DAY, worked.dates, worked.numbers, worked.working)
    return worked


def _of_offence(got: date, circumstances: Circumstances) -> tuple[date, date, Working]:
    """The day that is safe, the one that the law may move, and the working."""
    days = circumstances.number(_OFFENCE, got)
    end = days_after(got, days)
    return (
        end,
        end,
        (
            WorkingLine(WorkingKind.GOT_DECISION, day=got),
            WorkingLine(WorkingKind.COUNTS_FROM_NEXT_DAY, day=days_after(got, 1)),
            WorkingLine(WorkingKind.CALENDAR_DAYS, days=days, until=end),
            *on_day_off(end, circumstances),
            WorkingLine(WorkingKind.RULE, fact=_OFFENCE),
            WorkingLine(WorkingKind.RULE, fact=_COUNTING),
        ),
    )


def _of_entry(learned: date, circumstances: Circumstances) -> tuple[date, date, Working]:
    safe, counted = safe_term(learned, _ENTRY, circumstances)
    latest = months_after(learned, circumstances.number(_ENTRY, learned))
    return safe, latest, (WorkingLine(WorkingKind.LEARNED_OF_BAN, day=learned), *counted)


APPEAL_DEADLINE = Rule(
    name="appeal-deadline",
    inputs={"got": InputKind.DATE, "kind": InputKind.CHOICE},
    optional=frozenset({"kind"}),
    choices={"kind": ("fine", "expulsion", _CLOSED_ENTRY)},
    routes=(*ROUTES, UNKNOWN_YEAR),
    dates=DATES,
    numbers=NUMBERS,
    facts=(_OFFENCE, _COUNTING, _ENTRY),
    lacks={UNKNOWN_YEAR: (*DATES, *NUMBERS)},
    source="Code of Administrative Offences art. 30.3, 4.8; Code of Administrative Judicial Procedure art. 219(1)",
    work=_work,
)
