"""The first thirty days of who came to work: the medical examination, the fingerprints, the application for a patent.

Source: 274-FZ of 01.07.2021 and 115-FZ art. 5(16)-(18) (examination, fingerprints, photograph), 115-FZ art. 13.3 (patent).
All run in calendar days from entry, and no text was found that says how a last day that is a day off is treated.
"""

from collections.abc import Mapping

from bot.guide.citizenship import GROUPS, Citizenship
from bot.guide.rule import Answer, Circumstances, InputKind, Rule, Worked, WorkingKind, WorkingLine
from bot.guide.rules.deadlines import DATES, NUMBERS, ROUTES, against, safe_term
from bot.guide.rules.inputs import day_in

_EXAMINATION, _OF_VISA, _PATENT = "med-days", "med-days-visa", "patent-30-days"


def thirty_day_facts(citizenship: Citizenship) -> tuple[str, ...]:
    """What this person has to do in the first days; the shortest term is the one that counts."""
    if citizenship in GROUPS["visa-free"]:
        return (_PATENT, _EXAMINATION)
    return (_OF_VISA,) if citizenship is Citizenship.VISA else (_EXAMINATION,)


def _work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    entered = day_in(answers, "entered")
    facts = thirty_day_facts(circumstances.citizenship)
    terms = {fact: safe_term(entered, fact, circumstances) for fact in facts}
    deadline, counted = min(terms.values(), key=lambda term: term[0])
    others = [WorkingLine(WorkingKind.RULE, fact=fact) for fact in facts]
    event = WorkingLine(WorkingKind.ENTERED, day=entered)
    working = (event, *counted, *(line for line in others if line not in counted))
    return against(deadline, circumstances.today, working)


FIRST_THIRTY_DAYS = Rule(
    name="first-thirty-days",
    inputs={"entered": InputKind.DATE},
    routes=ROUTES,
    dates=DATES,
    numbers=NUMBERS,
    facts=(_EXAMINATION, _OF_VISA, _PATENT),
    source="274-FZ; 115-FZ art. 13.3",
    work=_work,
)
