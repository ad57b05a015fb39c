"""How fast the bot answered, and what failed. These are counts of no person, so small ones are shown."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from bot.web.staff.usage.charts import Bars, Series
from bot.web.staff.usage.desk import Desk, by_rows
from bot.web.staff.usage.figures import Figure, percentile
from bot.web.staff.usage.report import Number, Report, Table
from bot.web.staff.usage.steps import steps_of
from db.usage_days import Span

_PARTS = (50, 95)

ByDay = Mapping[date, Counter[int]]


async def service(desk: Desk) -> Report:
    """Median and 95 per cent of the times, and failures by kind."""
    by_day: dict[date, Counter[int]] = {}
    for (day, within), count in (await desk.days.responses_by_day(desk.span)).items():
        by_day.setdefault(day, Counter())[within] = count
    before = await desk.days.responses(desk.span.before)
    failures, failures_before = [
        await desk.days.failures(span) for span in (desk.span, desk.span.before)
    ]
    now = _times(by_day, desk.span)
    sent = desk.say("usage-answers-sent")
    failed = desk.say("usage-failures")
    numbers = (
        Number(sent, Figure(now.total(), sum(before.values()))),
        *(
            Number(
                desk.say(f"usage-within-{part}"),
                Figure(percentile(now, part), percentile(before, part)),
                is_time=True,
                is_better=False,
            )
            for part in _PARTS
        ),
        Number(
            failed, Figure(sum(failures.values()), sum(failures_before.values())), is_better=False
        ),
    )
    bounds = tuple(desk.labels.bound(bound) for bound in sorted(now))
    counts = tuple(now[bound] for bound in sorted(now))
    title = desk.say("usage-times-of-answers")
    times = Table(
        "times",
        title,
        (desk.say("usage-within"), sent),
        tuple(zip(bounds, counts, strict=True)),
        Bars(title, bounds, (Series(sent, counts),)),
    )
    rows = tuple((desk.say(f"failure-{kind}"), failures[kind]) for kind in sorted(failures))
    heads = (desk.say("usage-what-failed"), desk.say("usage-times"))
    kinds = Table("failures", failed, heads, rows, by_rows(failed, rows))
    return Report(numbers, (_response(desk, by_day), times, kinds))


def _response(desk: Desk, by_day: ByDay) -> Table:
    labels, steps = desk.labels, steps_of(desk.span)
    title = desk.say("usage-response")
    heads = tuple(desk.say(f"usage-within-{part}") for part in _PARTS)
    times_of = [_times(by_day, step.span) for step in steps]
    columns = [tuple(percentile(times, part) for times in times_of) for part in _PARTS]
    names = tuple(labels.step(step) for step in steps)
    rows = tuple(
        (name, *(labels.bound(time) if time else "" for time in times))
        for name, *times in zip(names, *columns, strict=True)
    )
    series = tuple(
        Series(head, tuple(time or 0 for time in column))
        for head, column in zip(heads, columns, strict=True)
    )
    chart = Bars(title, names, series, unit=desk.say("usage-unit-milliseconds"))
    return Table("response", title, (desk.say(f"usage-{steps[0].form}"), *heads), rows, chart)


def _times(by_day: ByDay, span: Span) -> Counter[int]:
    times: Counter[int] = Counter()
    for day in span:
        times.update(by_day.get(day, {}))
    return times
