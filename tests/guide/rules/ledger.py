"""The ledger that the cases were worked out with: the numbers of November 2026, held still. And the calendar that is served."""

from datetime import date
from functools import cache

from bot.editorial.files.calendar import read_calendar
from bot.editorial.yaml_tree import read_yaml
from bot.guide.citizenship import EVERYBODY, GROUPS, Citizenship
from bot.guide.fact import Confidence, DatedValue, Fact, FactKind
from bot.guide.regional import RegionalValue
from bot.guide.rule import Circumstances
from bot.guide.text import LocalText
from bot.guide.work_calendar import WorkCalendar
from tests.house.sources import ROOT

DAYS, WORKED, MONTHS, YEARS = (
    FactKind.DAYS,
    FactKind.WORKING_DAYS,
    FactKind.MONTHS,
    FactKind.YEARS,
)
_TERMS = {
    "reg-kg-30-days": (DAYS, 30),
    "reg-by-90-days": (DAYS, 90),
    "reg-uz-15-days": (DAYS, 15),
    "reg-tj-15-days": (DAYS, 15),
    "reg-others-7-days": (WORKED, 7),
    "stay90-rule": (DAYS, 90),
    "stay90-continuous": (DAYS, 90),
    "med-days": (DAYS, 30),
    "med-days-visa": (DAYS, 30),
    "patent-30-days": (DAYS, 30),
    "patent-notice-months": (MONTHS, 2),
    "end-15-days": (DAYS, 15),
    "end-after-entry-days": (DAYS, 90),
    "expel-appeal-days": (DAYS, 10),
    "ban-appeal-months": (MONTHS, 3),
    "migcard-lost-days": (DAYS, 3),
    "lost-police-days": (DAYS, 3),
    "school-test-go-days": (WORKED, 7),
    "school-retake-months": (MONTHS, 3),
    "rvp-annulled-leave-days": (DAYS, 15),
    "citizenship-military-days": (DAYS, 14),
    "citizenship-residence-years": (YEARS, 5),
    "end-claim-dismissal-months": (MONTHS, 1),
    "wage-claim-years": (YEARS, 1),
    "vnzh-apply-from-months": (MONTHS, 8),
    "vnzh-apply-before-months": (MONTHS, 4),
    "rvp-term-years": (YEARS, 3),
}
_STATEMENTS = (
    "patent-unpaid-ends",
    "end-patent-next-job",
    "end-leave-or-new-contract",
    "count-koap-terms",
)
_PRICES = (
    DatedValue(8900, date(2025, 1, 1), date(2025, 12, 31)),
    DatedValue(10000, date(2026, 1, 1)),
)


def fact(
    name: str,
    kind: FactKind,
    *values: DatedValue,
    applies: frozenset[Citizenship] = EVERYBODY,
) -> Fact:
    checked = date(2026, 11, 23)
    return Fact(name, kind, name, applies, values, "law", None, checked, checked, Confidence.HIGH)


FACTS = {name: fact(name, kind, DatedValue(number)) for name, (kind, number) in _TERMS.items()}
FACTS |= {name: fact(name, FactKind.TEXT) for name in _STATEMENTS}
FACTS["lost-police-days"] = fact(
    "lost-police-days", DAYS, DatedValue(3), applies=frozenset({Citizenship.KG})
)
FACTS["patent-price-moscow"] = fact(
    "patent-price-moscow", FactKind.MONEY, *_PRICES, applies=GROUPS["visa-free"]
)


@cache
def served_calendar() -> WorkCalendar:
    """content/calendar.yaml, which must be without a problem."""
    text = (ROOT / "content" / "calendar.yaml").read_text("utf-8")
    node, unparsable = read_yaml(text, "calendar.yaml")
    calendar, problems = read_calendar(node, "calendar.yaml")
    assert not unparsable
    assert problems == []
    return calendar.work


def on(today: date, who: Citizenship = Citizenship.KG) -> Circumstances:
    price = FACTS["patent-price-moscow"]
    dated = price.dated_value_on(today)
    moscow = RegionalValue(
        series="patent-price",
        region="moscow",
        fact=price.id,
        text=LocalText(anywhere="price"),
        since=dated.since if dated else None,
        applies=price.applies,
        citation=None,
        checked=price.checked,
        confidence=price.confidence,
    )
    return Circumstances(who, today, FACTS, (moscow,), served_calendar())
