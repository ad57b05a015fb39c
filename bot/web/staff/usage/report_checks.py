"""Guided checks: how many began, reached each question and came to an end, and where they left.

Notes have no order and no person, so where somebody left is worked out from counts: whoever was asked a question and came
to none of the next. A question can be asked again, so it is a least number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.replies import NoteKind
from bot.guide.flow import ByCitizenship, ByRule, Flow, ways_on
from bot.web.staff.usage.desk import Desk, by_rows, changed, of_kind, per_cent
from bot.web.staff.usage.figures import share
from bot.web.staff.usage.report import Cell, Report, Table
from db.small_numbers import Shown, parts_shown, shown

STARTED, ASKED, ENDED = NoteKind.FLOW_STARTED, NoteKind.FLOW_ASKED, NoteKind.FLOW_ENDED
KEPT = NoteKind.DATE_KEPT
SUMMARY = "summary"  # the answers, looked at once more before the outcome


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of one flow: `asked` by question (with `SUMMARY`) and `ended` by outcome, as they may be shown."""

    started: Shown
    asked: Mapping[str, Shown]
    ended: Mapping[str, Shown]
    finished: Shown


async def checks(desk: Desk) -> Report:
    """All checks, and each by its questions."""
    counts = await desk.days.by_subject(desk.span, desk.asked, (STARTED, ASKED, ENDED, KEPT))
    before = await desk.days.by_subject(desk.span.before, desk.asked, (STARTED,))
    started = of_kind(counts, STARTED)
    asked, ended = (_by_flow(of_kind(counts, kind)) for kind in (ASKED, ENDED))
    names = sorted({*started, *asked, *ended}, key=lambda one: (-started.get(one, 0), one))
    told, told_before = parts_shown(started), parts_shown(of_kind(before, STARTED))
    finished = parts_shown({name: sum(ended.get(name, {}).values()) for name in names})
    kept = parts_shown(of_kind(counts, KEPT))
    rows = tuple(
        (
            desk.labels.flow(name),
            told.get(name, 0),
            changed(told.get(name, 0), told_before.get(name, 0)),
            finished[name],
            per_cent(_at_most_all(finished[name], told.get(name, 0))),
            kept.get(name, 0),
        )
        for name in names
    )
    heads = (
        desk.say("usage-check"),
        desk.kind(STARTED),
        desk.say("usage-change"),
        desk.kind(ENDED),
        desk.say("usage-finished-share"),
        desk.kind(KEPT),
    )
    title = desk.say("usage-checks")
    tables = [Table("checks", title, heads, rows, by_rows(title, rows))]
    for name in names:
        of_one = _Counts(
            told.get(name, 0),
            parts_shown(asked.get(name, {})),
            parts_shown(ended.get(name, {})),
            finished[name],
        )
        tables.append(_of_flow(desk, name, of_one))
    return Report(tuple(await desk.numbers(STARTED, ENDED, KEPT)), tuple(tables))


def _by_flow(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for subject, count in counts.items():
        flow, _, name = subject.partition("/")
        found.setdefault(flow, {})[name] = count
    return found


def _of_flow(desk: Desk, name: str, counts: _Counts) -> Table:
    flow = desk.labels.catalogue.flows.get(name)
    rows: list[tuple[Cell, ...]] = []
    for step in _in_order(flow, counts.asked):
        reached = counts.asked[step]
        rows.append(
            (
                desk.labels.step_of_flow(flow, step),
                reached,
                per_cent(_at_most_all(reached, counts.started)),
                _left(flow, step, counts) if flow else "",
            )
        )
    for outcome in _in_order(flow, counts.ended):
        reached = counts.ended[outcome]
        said = f"✓ {desk.labels.step_of_flow(flow, outcome)}"
        rows.append((said, reached, per_cent(_at_most_all(reached, counts.started)), ""))
    heads = (
        desk.say("usage-step"),
        desk.say("usage-times"),
        desk.say("usage-of-started"),
        desk.say("usage-left"),
    )
    title = desk.labels.flow(name)
    table = tuple(rows)
    note = desk.say("usage-left-note")
    return Table(f"check-{name}"[:31], title, heads, table, by_rows(title, table), note)


def _in_order(flow: Flow | None, found: Mapping[str, Shown]) -> list[str]:
    """As the flow has them; the summary and what the flow has no more at the end."""
    known = [*flow.steps, *flow.outcomes] if flow else []
    last = len(known)
    return sorted(
        found, key=lambda one: (known.index(one) if one in known else last, one == SUMMARY, one)
    )


def _left(flow: Flow, step: str, counts: _Counts) -> Cell:
    """At least so many; a small or hidden number stays hidden, and so does one that would be told by it."""
    here = counts.asked.get(step, 0)
    if step == SUMMARY:
        after = [count for name, count in counts.ended.items() if not _is_urgent(flow, name)]
    elif step in flow.steps:
        nexts = sorted(set(_next_shown(flow, step)))
        # An urgent outcome comes at once, the others behind the answers looked at once more, if there are several.
        behind = SUMMARY in counts.asked
        after = [
            counts.asked.get(one, 0) if one in flow.steps else counts.ended.get(one, 0)
            for one in nexts
            if one in flow.steps or _is_urgent(flow, one) or not behind
        ]
        if behind and any(one in flow.outcomes and not _is_urgent(flow, one) for one in nexts):
            after.append(counts.asked[SUMMARY])
    else:
        return ""
    if here is None or any(one is None for one in after):
        return None
    left = here - sum(one for one in after if one is not None)
    return shown(max(left, 0))


def _is_urgent(flow: Flow, name: str) -> bool:
    return name in flow.outcomes and flow.outcomes[name].urgent


def _next_shown(flow: Flow, step: str) -> Iterator[str]:
    """The questions and outcomes that come next, past the steps that ask nothing."""
    waiting, seen = [*ways_on(flow.steps[step])], {step}
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        following = flow.steps.get(name)
        if isinstance(following, ByCitizenship | ByRule):
            waiting += ways_on(following)
        else:
            yield name


def _at_most_all(part: Shown, whole: Shown) -> int | None:
    """A share; who goes through again without beginning anew counts twice, and more than all is told as all."""
    found = share(part, whole)
    return None if found is None else min(found, 100)
