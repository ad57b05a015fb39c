"""By when somebody who entered Russia must be registered at the address.

Source: 109-FZ of 18.07.2006 art. 20 (seven working days); the Treaty on the EAEU art. 97(6) (30 days), the agreements of
Russia with Uzbekistan, Tajikistan (15 days) and Belarus (90 days). The terms of treaties run in calendar days from the
day of entry (count-registration-days); no text was found that moves them from a day off.
"""

from collections.abc import Mapping

from bot.guide.citizenship import Citizenship
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
from bot.guide.rules.inputs import day_in, id_in

_FACTS = {
    Citizenship.KG: "reg-kg-30-days",
    Citizenship.OTHER_EAEU: "reg-kg-30-days",
    Citizenship.UZ: "reg-uz-15-days",
    Citizenship.TJ: "reg-tj-15-days",
    Citizenship.OTHER_VISA_FREE: "reg-others-7-days",
    Citizenship.VISA: "reg-others-7-days",
}
_OF_BELARUS = "reg-by-90-days"
_BELARUS, _OTHER = "belarus", "other"


def registration_fact(citizenship: Citizenship, *, is_belarus: bool = False) -> str:
    """The fact whose term holds for this person."""
    if is_belarus and citizenship is Citizenship.OTHER_EAEU:
        return _OF_BELARUS
    return _FACTS[citizenship]


def _work(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    """Who did not say whether they are from Belarus gets the shorter term of the others."""
    entered = day_in(answers, "entered")
    is_belarus = id_in(answers, "belarus") == _BELARUS
    fact = registration_fact(circumstances.citizenship, is_belarus=is_belarus)
    deadline, counted = safe_term(entered, fact, circumstances)
    event = WorkingLine(WorkingKind.ENTERED, day=entered)
    return against(deadline, circumstances.today, (event, *counted))


REGISTRATION_DEADLINE = Rule(
    name="registration-deadline",
    inputs={"entered": InputKind.DATE, "belarus": InputKind.CHOICE},
    optional=frozenset({"belarus"}),
    choices={"belarus": (_BELARUS, _OTHER)},
    routes=(*ROUTES, UNKNOWN_YEAR),
    lacks={UNKNOWN_YEAR: (*DATES, *NUMBERS)},
    dates=DATES,
    numbers=NUMBERS,
    facts=tuple(dict.fromkeys([*_FACTS.values(), _OF_BELARUS])),
    source="109-FZ art. 20; Treaty on the EAEU art. 97(6); agreements with Uzbekistan, Tajikistan, Belarus",
    work=_work,
)
