"""The patent after it was issued: the next payment, its price in a region, the notice of the place of work.

Source: 115-FZ art. 13.3(5) (a patent ends on the day after the paid period), art. 13.3(7) (notice within two months of the
issue), the laws of the regions on the coefficient of the tax (price).
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.guide.rule import Answer, Circumstances, InputKind, Rule, Worked, WorkingKind, WorkingLine
from bot.guide.rules.deadlines import NUMBERS, on_day_off
from bot.guide.rules.inputs import day_in, id_in

AHEAD, SOON, TODAY, LAPSED = "ahead", "soon", "today", "lapsed"
KNOWN, UNKNOWN = "known", "unknown"

_ENDS = "patent-unpaid-ends"
_SERIES = "patent-price"
_SOON = 10  # when it is time to get the money together; no number of the law
_ONE_DAY = timedelta(days=1)


def _payment(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    """A day before the paid period ends: a payment that arrives on the day after it does not save the patent."""
    paid_until = day_in(answers, "paid-until")
    today = circumstances.today
    pay_by = paid_until - _ONE_DAY
    days = (pay_by - today).days
    if today > paid_until:
        route = LAPSED
    elif days <= 0:
        route = TODAY
    else:
        route = SOON if days <= _SOON else AHEAD
    return Worked(
        route,
        {"next-payment": pay_by},
        {"days-left": max(days, 0), "days-late": max((today - paid_until).days, 0)},
        (
            WorkingLine(WorkingKind.PAID_UNTIL, day=paid_until),
            WorkingLine(WorkingKind.BEFORE_LAST_DAY, until=pay_by),
            *on_day_off(pay_by, circumstances),
            WorkingLine(WorkingKind.RULE, fact=_ENDS),
        ),
    )


def _price(answers: Mapping[str, Answer], circumstances: Circumstances) -> Worked:
    """What a month costs this year. The price of an earlier year is not shown as that of this one: most change with it."""
    region, today = id_in(answers, "region"), circumstances.today
    for value in circumstances.regional:
        fact = circumstances.facts.get(value.fact)
        if (value.series, value.region) != (_SERIES, region) or fact is None:
            continue
        if circumstances.citizenship not in value.applies:
            continue
        price = fact.value_on(today)
        is_of_this_year = value.since is None or value.since.year == today.year
        if isinstance(price, int) and is_of_this_year:
            since = (WorkingLine(WorkingKind.SINCE, day=value.since),) if value.since else ()
            rule = WorkingLine(WorkingKind.RULE, fact=value.fact)
            return Worked(KNOWN, {}, {"price": price}, (*since, rule))
    return Worked(UNKNOWN)


PATENT_PAYMENT = Rule(
    name="patent-payment",
    inputs={"paid-until": InputKind.DATE},
    routes=(AHEAD, SOON, TODAY, LAPSED),
    dates=("next-payment",),
    numbers=NUMBERS,
    facts=(_ENDS,),
    source="115-FZ art. 13.3(5)",
    work=_payment,
)

PATENT_PRICE = Rule(
    name="patent-price",
    inputs={"region": InputKind.REGION},
    routes=(KNOWN, UNKNOWN),
    dates=(),
    numbers=("price",),
    facts=(),
    lacks={UNKNOWN: ("price",)},
    source="laws of the regions; Tax Code art. 227.1",
    work=_price,
)
