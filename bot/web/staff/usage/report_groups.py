"""Who came, what was read, and whom people called: counts by language, citizenship, memo and contact."""

from collections import Counter

from bot.conversation.replies import NoteKind
from bot.web.staff.usage.desk import (
    ANSWERED,
    DANGER,
    HELPED,
    HOTLINES,
    MISSED,
    OF_A_MEMO,
    QUESTIONS,
    READ,
    Desk,
    agreed,
    by_rows,
    changed,
    of_kind,
    per_cent,
)
from bot.web.staff.usage.figures import share
from bot.web.staff.usage.report import Report, Table
from bot.web.staff.usage.steps import steps_of
from db.small_numbers import parts_shown

_OF_A_THING = {
    "dangers": DANGER,
    "contacts": NoteKind.CONTACT_SHOWN,
    "cards": NoteKind.CARD_SHOWN,
}


async def people(desk: Desk) -> Report:
    """Who came, as far as it may be told."""
    days, labels = desk.days, desk.labels
    note = await _told(desk)
    tables = []
    for name, came_by, used_by, label in (
        ("languages", days.persons_by_language, days.by_language, labels.language),
        ("citizenships", days.persons_by_citizenship, days.by_citizenship, labels.citizenship),
    ):
        came = await came_by(desk.span, desk.asked)
        came_before = parts_shown(await came_by(desk.span.before, desk.asked))
        read = parts_shown(await used_by(desk.span, desk.asked, (READ,)))
        asked = (
            {}
            if desk.asked.subject
            else parts_shown(await used_by(desk.span, desk.asked, QUESTIONS))
        )
        told, whole = parts_shown(came), sum(came.values())
        rows = tuple(
            (
                label(group),
                told.get(group, 0),
                per_cent(share(told.get(group, 0), whole)),
                changed(told.get(group, 0), came_before.get(group, 0)),
                read.get(group, 0),
                asked.get(group, 0),
            )
            for group in sorted({*told, *read, *asked}, key=lambda one: (-came.get(one, 0), one))
        )
        title = desk.say(f"usage-{name}")
        heads = (
            desk.say(f"usage-by-{name}"),
            desk.say("usage-visits"),
            desk.say("usage-share"),
            desk.say("usage-change"),
            labels.kind(READ),
            desk.say("usage-asked"),
        )
        tables.append(Table(name, title, heads, rows, by_rows(title, rows), note))
    return Report((), tuple(tables))


async def memos(desk: Desk) -> Report:
    """What is read most, and what people say to it."""
    counts = await desk.days.by_subject(desk.span, desk.asked, OF_A_MEMO)
    counts_before = await desk.days.by_subject(desk.span.before, desk.asked, (READ,))
    read, answered, yes, no = (parts_shown(of_kind(counts, kind)) for kind in OF_A_MEMO)
    read_before = parts_shown(of_kind(counts_before, READ))
    rows = tuple(
        (
            desk.labels.memo(memo),
            read.get(memo, 0),
            changed(read.get(memo, 0), read_before.get(memo, 0)),
            answered.get(memo, 0),
            yes.get(memo, 0),
            no.get(memo, 0),
            agreed(yes.get(memo, 0), no.get(memo, 0)),
        )
        for memo in sorted(
            {memo for _, memo in counts}, key=lambda memo: (-counts.get((READ, memo), 0), memo)
        )
    )
    heads = (
        desk.say("usage-memo"),
        desk.kind(READ),
        desk.say("usage-change"),
        desk.kind(ANSWERED),
        desk.kind(HELPED),
        desk.kind(MISSED),
        desk.say("usage-yes-share"),
    )
    title = desk.say("usage-memos")
    return Report(
        tuple(await desk.numbers(*OF_A_MEMO)),
        (Table("memos", title, heads, rows, by_rows(title, rows)),),
    )


async def help_given(desk: Desk) -> Report:
    """Hotlines, urgent cards, contacts, cards to hold out. None of these is of a memo."""
    steps = steps_of(desk.span)
    by_day = await desk.days.by_day(desk.span, desk.asked, (HOTLINES, DANGER))
    tables = [desk.kinds_over_time("help", steps, by_day, HOTLINES, DANGER)]
    kinds = tuple(_OF_A_THING.values())
    counts = await desk.days.by_subject(desk.span, desk.asked, kinds)
    counts_before = await desk.days.by_subject(desk.span.before, desk.asked, kinds)
    dangers = Counter(await desk.days.by_kind(desk.span, desk.asked, DANGER))[DANGER]
    for name, kind in _OF_A_THING.items():
        parts = of_kind(counts, kind)
        before = parts_shown(of_kind(counts_before, kind))
        # The list of dangers is noted without one of them.
        if kind is DANGER and (listed := dangers - sum(parts.values())):
            parts[""] = listed
        told = parts_shown(parts)
        rows = tuple(
            (
                desk.labels.subject(kind, subject) if subject else desk.say("usage-danger-list"),
                told[subject],
                changed(told[subject], before.get(subject, 0)),
            )
            for subject in sorted(parts, key=lambda one: (-parts[one], one))
        )
        heads = (desk.say(f"usage-by-{name}"), desk.say("usage-times"), desk.say("usage-change"))
        title = desk.say(f"usage-{name}")
        tables.append(Table(name, title, heads, rows, by_rows(title, rows)))
    return Report(
        tuple(await desk.numbers(HOTLINES, *_OF_A_THING.values())),
        tuple(tables),
    )


async def _told(desk: Desk) -> str:
    """Of which days languages and citizenships are told."""
    told = desk.span.within(await desk.days.told())
    if told is None:
        return desk.say("usage-told-none")
    return desk.labels.words.say("usage-told", days=desk.labels.span(told))
