"""The usage at a glance, and how the search answers."""

from collections.abc import Iterable

from bot.web.staff.usage.desk import (
    ANSWERED,
    DANGER,
    HELPED,
    HOTLINES,
    MISSED,
    QUESTIONS,
    READ,
    REFUSED,
    UNSURE,
    Desk,
)
from bot.web.staff.usage.figures import Figure
from bot.web.staff.usage.report import Number, Report
from bot.web.staff.usage.steps import steps_of
from db.small_numbers import Shown, shown
from db.usage_days import Span


async def overview(desk: Desk) -> Report:
    """The numbers at a glance."""
    kinds = (READ, ANSWERED, UNSURE, REFUSED, HELPED, MISSED, HOTLINES, DANGER)
    numbers = await desk.numbers(*kinds)
    steps = steps_of(desk.span)
    by_day = await desk.days.by_day(
        desk.span, desk.asked, (READ, ANSWERED) if desk.asked.subject else (READ, *QUESTIONS)
    )
    tables = [
        desk.kinds_over_time("reading", steps, by_day, READ),
        desk.over_time(
            "asking", steps, {desk.say("usage-asked"): desk.of_kinds(steps, by_day, QUESTIONS)}
        ),
    ]
    if not desk.asked.subject:
        came, before = [
            await desk.days.persons(span, desk.asked) for span in (desk.span, desk.span.before)
        ]
        a_day = Figure(_a_day(came.values(), desk.span), _a_day(before.values(), desk.span))
        numbers.insert(0, Number(desk.say("usage-persons-a-day"), a_day))
        by_step = [
            round(sum(came.get(day, 0) for day in step.span) / step.span.days) for step in steps
        ]
        tables.insert(
            0, desk.over_time("persons", steps, {desk.say("usage-persons-a-day"): by_step})
        )
    return Report(tuple(numbers), tuple(tables))


async def questions(desk: Desk) -> Report:
    """How the search answers, and what people say to it."""
    of = (ANSWERED,) if desk.asked.subject else QUESTIONS
    steps = steps_of(desk.span)
    by_day = await desk.days.by_day(desk.span, desk.asked, (*of, HELPED, MISSED))
    return Report(
        tuple(await desk.numbers(*of, HELPED, MISSED)),
        (
            desk.kinds_over_time("questions", steps, by_day, *of, stacked=True),
            desk.kinds_over_time("votes", steps, by_day, HELPED, MISSED, stacked=True),
        ),
    )


def _a_day(persons: Iterable[int], span: Span) -> Shown:
    """On average. A few of one day alone are hidden like any few."""
    return shown(round(sum(persons) / span.days))
