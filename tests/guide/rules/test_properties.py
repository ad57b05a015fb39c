"""What must hold of the rules for any answers: no day is told that is later than the law allows."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.files.facts import read_facts
from bot.editorial.yaml_tree import read_yaml
from bot.errors import ContentError
from bot.guide.citizenship import Citizenship
from bot.guide.fact import FactKind
from bot.guide.rule import (
    UNKNOWN_YEAR,
    Answer,
    InputKind,
    Rule,
    Stay,
    Worked,
    WorkingKind,
    read_answer,
    write_stays,
)
from bot.guide.rules import RULES
from bot.guide.work_calendar import NoCalendar
from tests.guide.rules.ledger import FACTS, on
from tests.house.sources import ROOT

ONE_DAY = timedelta(days=1)
FEW = 40  # for each of the rules
PEOPLE = st.sampled_from(Citizenship)
DAYS = st.dates(date(2025, 6, 1), date(2028, 6, 1))
# Long before the last year that the calendar has, so that every term ends in a known one.
KNOWN = st.dates(date(2026, 1, 1), date(2027, 8, 31))
STAYS = st.lists(
    st.builds(
        lambda entered, days: Stay(entered, entered + timedelta(days=days) if days >= 0 else None),
        st.dates(date(2026, 1, 1), date(2027, 6, 1)),
        st.integers(-1, 120),
    ),
    max_size=5,
).map(tuple)


def answered(rule: Rule, day: date, stays: tuple[Stay, ...], pick: int) -> dict[str, Answer]:
    """An answer of the right kind to each input; every second pick leaves the optional ones out."""
    answers: dict[str, Answer] = {}
    for name, kind in rule.inputs.items():
        if name in rule.optional and pick % 2:
            continue
        match kind:
            case InputKind.DATE:
                answers[name] = day
            case InputKind.STAYS:
                answers[name] = stays
            case InputKind.CHOICE:
                answers[name] = rule.choices[name][pick % len(rule.choices[name])]
            case _:
                answers[name] = "moscow"
    return answers


def worked(rule: Rule, answers: Mapping[str, Answer], today: date, who: Citizenship) -> Worked:
    try:
        return rule.work(answers, on(today, who))
    except NoCalendar:
        return Worked(UNKNOWN_YEAR)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
@settings(max_examples=FEW)
@given(day=DAYS, today=DAYS, who=PEOPLE, stays=STAYS, pick=st.integers(0, 5))
def test_a_rule_answers_whatever_is_told(
    rule: Rule, day: date, today: date, who: Citizenship, stays: tuple[Stay, ...], pick: int
) -> None:
    found = worked(rule, answered(rule, day, stays, pick), today, who)

    assert found.route in rule.routes
    names = {*rule.dates, *rule.numbers} - set(rule.lacks.get(found.route, ()))
    assert {*found.dates, *found.numbers} == names
    assert all(number >= 0 for number in found.numbers.values())
    for line in found.working:
        assert line.fact is None or line.fact in FACTS


DEADLINES = {name: rule for name, rule in RULES.items() if "deadline" in rule.dates}


@pytest.mark.parametrize("rule", DEADLINES.values(), ids=DEADLINES.keys())
@settings(max_examples=FEW)
@given(day=KNOWN, who=PEOPLE, pick=st.integers(0, 5), wait=st.integers(0, 500))
def test_a_deadline_that_is_kept_stays_the_same_until_it_is_over(
    rule: Rule, day: date, who: Citizenship, pick: int, wait: int
) -> None:
    """A person who asks again on another day, before the deadline, is told the same day."""
    answers = answered(rule, day, (), pick)
    first = worked(rule, answers, day, who)
    if "deadline" not in first.dates:
        return
    deadline = first.dates["deadline"]
    later = min(day + timedelta(days=wait), deadline)

    again = worked(rule, answers, later, who)

    assert again.dates == first.dates
    assert again.route == ("last-day" if later == deadline else "in-time")
    assert again.numbers["days-left"] == (deadline - later).days
    after = worked(rule, answers, deadline + timedelta(days=40), who)
    assert after.route in ("late", UNKNOWN_YEAR)


@given(STAYS, st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_days_of_stay_are_those_that_one_counts_on_a_wall_calendar(
    stays: tuple[Stay, ...], today: date
) -> None:
    found = RULES["stay-days"].work({"trips": stays}, on(today))
    if found.route == "unclear":
        return
    crossed_out = [
        day
        for day in (date(today.year, 1, 1) + timedelta(days=number) for number in range(366))
        if day <= today
        if any(stay.entered <= day <= (stay.left or today) for stay in stays)
    ]

    assert found.numbers["used"] == len(crossed_out)


@given(st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(0, 89), st.integers(1, 60))
def test_nobody_is_told_a_day_that_is_over_the_limit_when_it_comes(
    entered: date, days: int, before: int
) -> None:
    """Who stays on until the day they were told is never over; who stays a day longer always is."""
    earlier = Stay(entered - timedelta(days=before + 20), entered - timedelta(days=20))
    trips = (earlier, Stay(entered))
    today = entered + timedelta(days=days)
    told = RULES["stay-days"].work({"trips": trips}, on(today))
    if told.route == "over":
        return
    last = told.dates["last-day"]

    assert RULES["stay-days"].work({"trips": trips}, on(last)).route == "last-day"
    over = RULES["stay-days"].work({"trips": trips}, on(last + ONE_DAY))
    assert (over.route, over.numbers["over-by"]) == ("over", 1)


@given(STAYS)
def test_stays_are_read_as_they_were_written(stays: tuple[Stay, ...]) -> None:
    assert read_answer(InputKind.STAYS, write_stays(stays)) == stays


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (InputKind.DATE, "2026-02-31"),
        (InputKind.DATE, "tomorrow"),
        (InputKind.STAYS, "2026-01-02"),
        (InputKind.STAYS, "2026-01-02/soon"),
        (InputKind.NUMBER, "three"),
        (InputKind.CHOICE, ""),
    ],
)
def test_what_is_no_answer_is_none(kind: InputKind, text: str) -> None:
    assert read_answer(kind, text) is None


def test_the_served_ledger_has_what_the_rules_read() -> None:
    """By id, with a number of the kind that the cases were worked out with; a change of one needs new cases."""
    node, _ = read_yaml((ROOT / "content" / "facts.yaml").read_text("utf-8"), "facts.yaml")
    served, _ = read_facts(node, "facts.yaml")

    for rule in RULES.values():
        for name in rule.facts:
            fact = served.get(name)
            assert fact is not None, f"{rule.name} reads {name}"
            assert fact.kind is FACTS[name].kind
            if fact.kind is not FactKind.TEXT:
                assert isinstance(fact.value_on(date(2026, 11, 30)), int)
            if fact.kind is FactKind.WORKING_DAYS:
                assert UNKNOWN_YEAR in rule.routes


def test_a_rule_does_not_guess_what_it_was_not_told() -> None:
    rule = RULES["registration-deadline"]

    with pytest.raises(ContentError, match="entered"):
        rule.work({}, on(date(2026, 6, 1)))
    with pytest.raises(ContentError, match="no day"):
        rule.work({"entered": "yesterday"}, on(date(2026, 6, 1)))


def test_the_working_tells_what_happened_how_it_was_counted_and_where_it_stands() -> None:
    found = RULES["registration-deadline"].work(
        {"entered": date(2026, 5, 14)}, on(date(2026, 5, 20))
    )

    assert [
        (line.kind, line.day or line.until, line.days, line.fact) for line in found.working
    ] == [
        (WorkingKind.ENTERED, date(2026, 5, 14), None, None),
        (WorkingKind.COUNTS_THAT_DAY, date(2026, 5, 14), None, None),
        (WorkingKind.CALENDAR_DAYS, date(2026, 6, 12), 30, None),
        (WorkingKind.ENDS_ON_DAY_OFF, date(2026, 6, 12), None, None),
        (WorkingKind.RULE, None, None, "reg-kg-30-days"),
    ]


def test_the_working_of_worked_days_tells_the_days_off_in_between() -> None:
    found = RULES["registration-deadline"].work(
        {"entered": date(2026, 3, 14)}, on(date(2026, 3, 14), Citizenship.VISA)
    )

    assert [(line.kind, line.day, line.days, line.until) for line in found.working[:-1]] == [
        (WorkingKind.ENTERED, date(2026, 3, 14), None, None),
        (WorkingKind.FIRST_WORKED_DAY, date(2026, 3, 16), None, None),
        (WorkingKind.DAYS_OFF_BETWEEN, date(2026, 3, 16), 2, date(2026, 3, 24)),
        (WorkingKind.WORKING_DAYS, None, 7, date(2026, 3, 24)),
    ]
