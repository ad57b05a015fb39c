"""Every way through a flow is found, whatever term the law sets, and without trying all days of all questions."""

from datetime import date

import pytest

from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.guide.fact import Confidence, DatedValue, Fact, FactKind
from bot.guide.flow import (
    Asked,
    ByRule,
    Choice,
    ChoiceQuestion,
    DateQuestion,
    Flow,
    Outcome,
    RegionQuestion,
    StaysQuestion,
    Step,
)
from bot.guide.paths import all_paths
from bot.guide.rule import Circumstances
from bot.guide.text import LocalText
from bot.guide.walk import Regions

TODAY = date(2026, 11, 24)
REGIONS = Regions(frozenset({"moscow", "perm"}))
SAID = LocalText({"ru": "?"})
ASKED = Asked(SAID)
ROUTES = ("in-time", "last-day", "late")


def lost_card(days: int) -> Circumstances:
    fact = Fact(
        id="migcard-lost-days",
        kind=FactKind.DAYS,
        statement="The card is replaced within some days.",
        applies=EVERYBODY,
        values=(DatedValue(days),),
        source="law",
        article=None,
        checked=TODAY,
        confidence=Confidence.HIGH,
        review=TODAY,
    )
    return Circumstances(Citizenship.KG, TODAY, {fact.id: fact})


def flow_of(*steps: Step) -> Flow:
    ends = {name: Outcome(name, SAID, {}, ()) for name in ROUTES}
    return Flow("flow", SAID, SAID, steps[0].id, {step.id: step for step in steps}, ends)


LOST = DateQuestion("lost", ASKED, "count", past=400)
COUNT = ByRule("count", "migration-card-lost", {"lost": "lost"}, {name: name for name in ROUTES})


@pytest.mark.parametrize("days", [2, 3, 5, 12, 17, 23, 33, 64, 100])
def test_every_route_is_found_whatever_the_term_is(days: int) -> None:
    paths = all_paths(flow_of(LOST, COUNT), lost_card(days), REGIONS)

    assert {path.walked.path[-1] for path in paths} == set(ROUTES)


def test_questions_on_which_nothing_depends_do_not_multiply() -> None:
    more: list[Step] = [
        StaysQuestion("trips", ASKED, "where"),
        RegionQuestion("where", ASKED, "day-0"),
    ]
    days: list[Step] = [
        DateQuestion(f"day-{n}", ASKED, f"day-{n + 1}", past=400) for n in range(9)
    ]
    last = DateQuestion("day-8", ASKED, "lost", past=400)

    paths = list(all_paths(flow_of(*more, *days[:-1], last, LOST, COUNT), lost_card(3), REGIONS))

    assert len(paths) == len(ROUTES)


def test_a_question_without_a_choice_for_somebody_is_where_they_are_lost() -> None:
    choice = Choice("yes", SAID, "late", frozenset({Citizenship.UZ}))
    flow = flow_of(ChoiceQuestion("for-some", ASKED, (choice,)))

    [path] = all_paths(flow, lost_card(3), REGIONS)

    assert path.walked.outcome is None
    assert path.walked.path == ("for-some",)
