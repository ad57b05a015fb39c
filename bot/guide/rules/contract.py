"""The end of a labour contract: how long one may look for the next one.

Source: the Treaty on the EAEU art. 97(9): a worker whose contract ends early, after 90 days from entry, may sign a new one
within 15 days without leaving. For a contract that simply runs out nothing was found. 115-FZ art. 13.3: a patent goes on
while it is paid. For workers with a visa no term was found.
"""

from collections.abc import Mapping
from datetime import date

from bot.guide.citizenship import GROUPS, Citizenship
from bot.guide.rule import Answer, Circumstances, InputKind, Rule, Worked, WorkingKind, WorkingLine
from bot.guide.rules.deadlines import DATES, NUMBERS, ROUTES, against, safe_term
from bot.guide.rules.inputs import day_in, id_in, optional_day_in
from bot.guide.terms import days_after

TOO_SOON, RAN_OUT, PATENT, ASK = "too-soon", "ran-out", "patent", "ask"

_TERM, _AFTER_ENTRY = "end-15-days", "end-after-entry-days"
_OF_PATENT, _OF_ALL = "end-patent-next-job", "end-leave-or-new-contract"
_EARLY, _EXPIRED = "early", "expired"


def _work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    ended = day_in(answers, "ended")
    event = WorkingLine(WorkingKind.CONTRACT_ENDED, day=ended)
    citizenship = circumstances.citizenship
    if citizenship in GROUPS["visa-free"]:
        return Worked(PATENT, working=(event, WorkingLine(WorkingKind.RULE, fact=_OF_PATENT)))
    if citizenship is Citizenship.VISA:
        return Worked(ASK, working=(event, WorkingLine(WorkingKind.RULE, fact=_OF_ALL)))
    if id_in(answers, "how") == _EXPIRED:
        unsure = WorkingLine(WorkingKind.NOT_FOR_EXPIRED)
        return Worked(RAN_OUT, working=(event, unsure, WorkingLine(WorkingKind.RULE, fact=_TERM)))
    entered = optional_day_in(answers, "entered")
    if entered and not _is_long_enough(entered, ended, circumstances):
        days = circumstances.number(_AFTER_ENTRY, ended)
        soon = WorkingLine(WorkingKind.TOO_SOON_AFTER_ENTRY, day=entered, days=days)
        rule = WorkingLine(WorkingKind.RULE, fact=_AFTER_ENTRY)
        return Worked(TOO_SOON, working=(event, soon, rule))
    deadline, counted = safe_term(ended, _TERM, circumstances)
    return against(deadline, circumstances.today, (event, *counted))


def _is_long_enough(entered: date, ended: date, circumstances: Circumstances) -> bool:
    """Whether the contract ended after the days from entry were over, the day of entry not among them: when in doubt, no."""
    return ended > days_after(entered, circumstances.number(_AFTER_ENTRY, ended))


_NO_TERM = (*DATES, *NUMBERS)

CONTRACT_ENDED = Rule(
    name="contract-ended",
    inputs={"ended": InputKind.DATE, "entered": InputKind.DATE, "how": InputKind.CHOICE},
    optional=frozenset({"entered", "how"}),
    choices={"how": (_EARLY, _EXPIRED)},
    routes=(*ROUTES, TOO_SOON, RAN_OUT, PATENT, ASK),
    dates=DATES,
    numbers=NUMBERS,
    facts=(_TERM, _AFTER_ENTRY, _OF_PATENT, _OF_ALL),
    lacks={TOO_SOON: _NO_TERM, RAN_OUT: _NO_TERM, PATENT: _NO_TERM, ASK: _NO_TERM},
    source="Treaty on the EAEU art. 97(9); 115-FZ art. 13.3",
    work=_work,
)
