"""Rules of one shape: something happened, and a term of the ledger runs from that day.

Sources: Government resolution 413 of 16.08.2004 point 11 (migration card); the consular memo of the Kyrgyz ministry of
foreign affairs (lost passport); the school order of 2025 (referral to the test); 115-FZ art. 13.3(7) (notice of the place of
work) and 31(2) (leaving after a permit was cancelled); 281-FZ of 08.08.2024 (military register); Labour Code art. 392
(dismissal, wages). None of them was found to say how the term begins or where it ends on a day off, so that the day of
the event is the first and the last day stays where it is.
"""

from collections.abc import Mapping

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
from bot.guide.rules.deadlines import DATES, NUMBERS, ROUTES, against, safe_term
from bot.guide.rules.inputs import day_in

NO_TERM = "no-term"
_ALL_NAMES = (*DATES, *NUMBERS)


def _rule(
    name: str,
    event: str,
    kind: WorkingKind,
    fact: str,
    source: str,
    *besides: str,
) -> Rule:
    """`event` is the input. `besides` are routes: `UNKNOWN_YEAR` for a term of worked days, `NO_TERM` for a term that is
    known for some citizenships only, those of the fact.
    """

    def work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
        day = day_in(answers, event)
        if NO_TERM in besides and not _is_for(fact, circumstances):
            return Worked(NO_TERM, working=(WorkingLine(kind, day=day),))
        deadline, counted = safe_term(day, fact, circumstances)
        return against(deadline, circumstances.today, (WorkingLine(kind, day=day), *counted))

    return Rule(
        name=name,
        inputs={event: InputKind.DATE},
        routes=(*ROUTES, *besides),
        dates=DATES,
        numbers=NUMBERS,
        facts=(fact,),
        lacks=dict.fromkeys(besides, _ALL_NAMES),
        source=source,
        work=work,
    )


def _is_for(fact_id: str, circumstances: Circumstances) -> bool:
    fact = circumstances.facts.get(fact_id)
    return fact is not None and circumstances.citizenship in fact.applies


EVENT_RULES = (
    _rule(
        "migration-card-lost",
        "lost",
        WorkingKind.LOST_CARD,
        "migcard-lost-days",
        "Government resolution 413 of 16.08.2004, point 11",
    ),
    _rule(
        "passport-lost",
        "lost",
        WorkingKind.LOST_PASSPORT,
        "lost-police-days",
        "consular memo of the Kyrgyz ministry of foreign affairs: for citizens of Kyrgyzstan",
        NO_TERM,
    ),
    _rule(
        "school-referral",
        "given",
        WorkingKind.GOT_REFERRAL,
        "school-test-go-days",
        "the school order of 2025 as a school tells it",
        UNKNOWN_YEAR,
    ),
    _rule(
        "patent-notice",
        "issued",
        WorkingKind.PATENT_ISSUED,
        "patent-notice-months",
        "115-FZ art. 13.3(7)",
    ),
    _rule(
        "leave-after-cancelled",
        "cancelled",
        WorkingKind.PERMIT_CANCELLED,
        "rvp-annulled-leave-days",
        "115-FZ art. 31(2)",
    ),
    _rule(
        "military-register",
        "became-citizen",
        WorkingKind.BECAME_CITIZEN,
        "citizenship-military-days",
        "281-FZ of 08.08.2024",
    ),
    _rule(
        "dismissal-claim",
        "dismissed",
        WorkingKind.DISMISSED,
        "end-claim-dismissal-months",
        "Labour Code art. 392",
    ),
    _rule("wage-claim", "due", WorkingKind.WAGE_DUE, "wage-claim-years", "Labour Code art. 392"),
)
