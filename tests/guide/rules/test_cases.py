"""Every rule against what was worked out by hand (`cases.yaml`)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.guide.citizenship import Citizenship
from bot.guide.place import local_day
from bot.guide.rule import UNKNOWN_YEAR, Answer, Worked, read_answer
from bot.guide.rules import RULES
from bot.guide.rules.deadlines import ROUTES
from bot.guide.rules.events import EVENT_RULES
from bot.guide.rules.waiting import OPEN, WAIT, WAITING_RULES
from bot.guide.work_calendar import NoCalendar
from tests.guide.rules.ledger import on

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))


def worked(case: Mapping[str, Any]) -> Worked:
    """As the walk does it: a year without a calendar is a route."""
    rule = RULES[case["rule"]]
    answers: dict[str, Answer] = {}
    for name, text in case["answers"].items():
        answer = read_answer(rule.inputs[name], text)
        assert answer is not None
        answers[name] = answer
    if at := case.get("at"):
        answers[at["input"]] = local_day(datetime.fromisoformat(at["moment"]), at["zone"])
    try:
        return rule.work(answers, on(case["today"], Citizenship(case["who"])))
    except NoCalendar:
        return Worked(UNKNOWN_YEAR)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['name']}" for case in CASES])
def test_a_rule_answers_what_was_worked_out_by_hand(case: Mapping[str, Any]) -> None:
    found = worked(case)

    assert found.route == case["route"], case["why"]
    assert found.dates == case.get("dates", {}), case["why"]
    assert found.numbers == case.get("numbers", {}), case["why"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['name']}" for case in CASES])
def test_a_rule_finds_what_it_says_it_finds(case: Mapping[str, Any]) -> None:
    rule, found = RULES[case["rule"]], worked(case)

    assert found.route in rule.routes
    names = {*rule.dates, *rule.numbers} - set(rule.lacks.get(found.route, ()))
    assert {*found.dates, *found.numbers} == names


def test_there_is_a_case_for_every_rule_and_every_route() -> None:
    """Rules of one shape share the code of their routes, so that each of these needs only what is its own."""
    shown = {(case["rule"], case["route"]) for case in CASES}
    alike = {rule.name for rule in (*EVENT_RULES, *WAITING_RULES)}
    routes = {
        (rule.name, route)
        for rule in RULES.values()
        for route in rule.routes
        if rule.name not in alike or route not in (*ROUTES, WAIT, OPEN)
    }

    assert routes - shown == set()
    assert RULES.keys() == {name for name, _ in shown}


def test_no_two_cases_are_one() -> None:
    seen = [
        (case["rule"], case["who"], case["today"], str(case["answers"]), str(case.get("at")))
        for case in CASES
    ]

    assert len(seen) == len(set(seen))
