"""The pages of a flow: a question with its answers to tap, the answers looked at once more, the outcome."""

from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from bot.conversation import keyboards
from bot.conversation.actions import Action, OpenMemo
from bot.conversation.calendar_keyboard import Span, month_from_text, month_rows, month_text
from bot.conversation.flow_actions import (
    AnswerStep,
    AskStep,
    KeepDates,
    OpenChecks,
    OpenDates,
    OpenFlow,
    RestartFlow,
    ShowMonth,
    ShowOutcome,
    ShowRegions,
)
from bot.conversation.flow_reader import FlowReader
from bot.conversation.replies import Button, Page, Rows
from bot.conversation.screens import Reader
from bot.conversation.stays_draft import (
    DAYS_OF_STAYS,
    DONE,
    MORE,
    STILL_HERE,
    StaysDraft,
    Wanted,
    draft_from_text,
)
from bot.conversation.working_words import sources_said, working_lines
from bot.guide.flow import (
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Outcome,
    Question,
    RegionQuestion,
    StaysQuestion,
)
from bot.render.blocks import block_text
from bot.render.memo_pages import checked_text, sources_text
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined

_NO_BREAK = "\N{NO-BREAK SPACE}"
_REGIONS_ON_PAGE = 10
_CHANGES_IN_ROW = 5


def checks(reader: Reader) -> Page:
    """The list of checks for this citizenship."""
    flows = offered_flows(reader)
    rows = [(Button(flow.title.in_language(reader.lang), OpenFlow(flow.id)),) for flow in flows]
    lines = [
        RichTextBuilder()
        .add(flow.title.in_language(reader.lang), MarkKind.BOLD)
        .add("\n" + flow.about.in_language(reader.lang))
        .build()
        for flow in flows
    ]
    text = joined([RichText(reader.words.say("checks")), *lines])
    dates = (Button(reader.words.say("button-dates"), OpenDates()),)
    return reader.page(text, (*rows, dates, keyboards.bottom_row(reader.words)))


def offered_flows(reader: Reader) -> tuple[Flow, ...]:
    return tuple(
        flow for flow in reader.book.catalogue.flows.values() if reader.citizenship in flow.readers
    )


def question(
    here: FlowReader, asked: Question, *, month: str | None = None, regions: int = 1
) -> Page:
    """A question. `month` opens the calendar there; `regions` is the page of the list of regions."""
    number = len([one for one in here.questions if one.id != asked.id]) + 1
    title = f"{here.flow.title.in_language(here.lang)}{_NO_BREAK}·{_NO_BREAK}{number}"
    text = RichTextBuilder().add(title, MarkKind.ITALIC).build()
    words = RichTextBuilder().add(asked.asked.text.in_language(here.lang), MarkKind.BOLD).build()
    parts = [text, words]
    if asked.asked.hint:
        parts.append(RichText(asked.asked.hint.in_language(here.lang)))
    match asked:
        case ChoiceQuestion():
            offered = asked.offered(here.reader.citizenship)
            rows: list[tuple[Button, ...]] = [
                (_answer(here, asked, one.label.in_language(here.lang), one.id),)
                for one in offered
            ]
        case DateQuestion(past=past, ahead=ahead):
            span = Span(here.today - timedelta(past), here.today + timedelta(ahead))
            parts.append(RichText(here.words.say("flow-type-a-day")))
            rows = _days(here, asked, span, month)
        case NumberQuestion(low=low, high=high):
            parts.append(RichText(here.words.say("flow-type-a-number", low=low, high=high)))
            rows = []
        case RegionQuestion():
            parts.append(RichText(here.words.say("flow-type-a-region")))
            rows = _regions(here, asked, regions)
        case StaysQuestion():
            draft = draft_from_text(here.check.draft)
            parts += _told(here, draft)
            rows = _stays(here, asked, draft, month)
        case _:
            assert_never(asked)
    return here.reader.page(joined(parts), (*rows, *_bottom(here, asked)))


def summary(here: FlowReader) -> Page:
    """What has been answered, to look at before it is relied on. Each answer can be changed."""
    lines = [
        RichTextBuilder()
        .add(f"{number}. {asked.asked.text.in_language(here.lang)}\n")
        .add(here.answer_in_words(asked, here.walked.given[asked.id]), MarkKind.BOLD)
        .build()
        for number, asked in enumerate(here.questions, 1)
    ]
    title = RichTextBuilder().add(here.flow.title.in_language(here.lang), MarkKind.ITALIC).build()
    parts = [title, RichText(here.words.say("flow-look-again")), *lines]
    show = Button(here.words.say("button-flow-result"), ShowOutcome(here.flow.id))
    again = Button(here.words.say("button-flow-again"), RestartFlow(here.flow.id))
    rows = ((show,), *changes(here), (again,), keyboards.bottom_row(here.words))
    return here.reader.page(joined(parts), rows)


def changes(here: FlowReader) -> Rows:
    """A button to change each answer, by its number."""
    buttons = [
        Button(
            here.words.say("button-flow-change", number=number), AskStep(here.flow.id, asked.id)
        )
        for number, asked in enumerate(here.questions, 1)
    ]
    return tuple(
        tuple(buttons[at : at + _CHANGES_IN_ROW]) for at in range(0, len(buttons), _CHANGES_IN_ROW)
    )


def outcome(here: FlowReader, end: Outcome) -> Page:
    """What to do, how the days were counted, and whom to ask."""
    book, labels = here.reader.book, here.reader.book.labels[here.lang]
    page = end.pages[here.lang, here.reader.citizenship]
    title = here.filled_text(end.title.in_language(here.lang))
    blocks = [
        block_text(here.filled(block), dict(book.catalogue.contacts), labels)
        for block in page.blocks
    ]
    parts = [RichTextBuilder().add(title, MarkKind.BOLD).build(), *blocks]
    if lines := working_lines(here):
        working = "\n".join([here.words.say("flow-working"), *lines])
        parts.append(RichTextBuilder().add(working, MarkKind.QUOTE).build())
    said = sources_said(here)
    besides = tuple(one for one in page.citations if one.source.id not in said)
    parts.append(sources_text(besides, labels))
    if page.checked:
        parts.append(checked_text(page.checked, labels))
    rows: list[tuple[Button, ...]] = []
    if kept_dates(here, end):
        rows.append((Button(here.words.say("button-remind-me"), KeepDates(here.flow.id)),))
    rows += keyboards.contact_rows(book, page.contacts, here.words)
    rows += keyboards.memo_link_rows(book, end.memos, here.lang, here.reader.citizenship)
    if len(here.questions) == 1:
        change = here.words.say("button-flow-change-answer")
        rows.append((Button(change, AskStep(here.flow.id, here.questions[0].id)),))
    elif here.questions:
        look = here.words.say("button-flow-change-answers")
        rows.append((Button(look, OpenFlow(here.flow.id)),))
    rows.append((Button(here.words.say("button-checks"), OpenChecks()),))
    rows.append(keyboards.bottom_row(here.words))
    return replace(here.reader.page(joined(parts), tuple(rows)), in_place=not end.urgent)


def kept_dates(here: FlowReader, end: Outcome) -> dict[str, date]:
    """The dates of this outcome that lie ahead, so that somebody can be reminded of them."""
    dates = here.walked.dates
    return {name: dates[name] for name in end.keep if dates.get(name, here.today) > here.today}


def kept(here: FlowReader, dates: dict[str, date]) -> Page:
    """What the person will be reminded of, and how that can be undone."""
    lines = [
        f"• {here.day(day)} · {here.flow.dates[name].in_language(here.lang)}"
        if name in here.flow.dates
        else f"• {here.day(day)}"
        for name, day in dates.items()
    ]
    text = joined([RichText(here.words.say("date-kept")), RichText("\n".join(lines))])
    rows = (
        (Button(here.words.say("button-dates"), OpenDates()),),
        keyboards.bottom_row(here.words),
    )
    return here.reader.page(text, rows)


def not_for_you(reader: Reader, flow: Flow) -> Page:
    """A check that is not for this citizenship, opened by a link."""
    page = checks(reader)
    citizenship = reader.words.say(f"citizenship-{reader.citizenship}")
    title = flow.title.in_language(reader.lang)
    line = reader.words.say("flow-not-for-you", title=title, citizenship=citizenship)
    return replace(page, text=joined([RichText(line), page.text]))


def leads_nowhere(here: FlowReader) -> Page:
    """No step comes next. A check of the content keeps such a flow out; an old edition may have lost what it needs."""
    memos = [OpenMemo(memo) for end in here.flow.outcomes.values() for memo in end.memos]
    names = dict.fromkeys(memo.memo for memo in memos)
    rows = keyboards.memo_link_rows(here.reader.book, names, here.lang, here.reader.citizenship)
    again = Button(here.words.say("button-flow-again"), RestartFlow(here.flow.id))
    return here.reader.say(
        "flow-leads-nowhere",
        ((again,), *rows, keyboards.call_row(here.words), keyboards.bottom_row(here.words)),
    )


def _answer(here: FlowReader, asked: Question, label: str, value: str) -> Button:
    return Button(label, AnswerStep(here.flow.id, asked.id, value))


def _days(
    here: FlowReader, asked: Question, span: Span, month: str | None
) -> list[tuple[Button, ...]]:
    """Today and yesterday with a tap, and the calendar; nobody has to know how dates are typed."""
    flow, step = here.flow.id, asked.id

    def choose(day: date) -> Action:
        return AnswerStep(flow, step, day.isoformat())

    def turn(text: str) -> Action:
        return ShowMonth(flow, step, text)

    if month is not None:
        return month_rows(month_from_text(month, span), span, here.words, choose, turn)
    near = [
        Button(here.words.say(key), choose(day))
        for key, day in (
            ("button-today", here.today),
            ("button-yesterday", here.today - timedelta(1)),
        )
        if span.holds(day)
    ]
    opened = min(max(here.today, span.first), span.last)
    calendar = Button(here.words.say("button-calendar"), turn(month_text(opened)))
    return [tuple(near), (calendar,)] if near else [(calendar,)]


def _told(here: FlowReader, draft: StaysDraft) -> list[RichText]:
    """The stays so far, and what is wanted next."""
    parts = []
    told = draft.stays[:-1] if draft.wanted is Wanted.LEFT else draft.stays
    if told:
        parts.append(RichText(here.stays(told)))
    match draft.wanted:
        case Wanted.LEFT:
            entered = here.day(draft.stays[-1].entered)
            parts.append(RichText(here.words.say("stays-left", entered=entered)))
        case Wanted.ENTERED:
            number = len(draft.stays) + 1
            parts.append(RichText(here.words.say("stays-entered", number=number)))
        case Wanted.ALL:
            parts.append(RichText(here.words.say("stays-all")))
    return parts


def _stays(
    here: FlowReader, asked: Question, draft: StaysDraft, month: str | None
) -> list[tuple[Button, ...]]:
    if draft.wanted is Wanted.ALL and month is None:
        return [
            (_answer(here, asked, here.words.say("button-stays-done"), DONE),),
            (_answer(here, asked, here.words.say("button-stays-more"), MORE),),
        ]
    first = here.today - timedelta(DAYS_OF_STAYS)
    if draft.wanted is Wanted.LEFT:
        first = max(first, draft.stays[-1].entered)
    rows = _days(here, asked, Span(min(first, here.today), here.today), month)
    if draft.wanted is Wanted.LEFT:
        still = _answer(here, asked, here.words.say("button-still-here"), STILL_HERE)
        rows = [(still,), *rows]
    return rows


def _regions(here: FlowReader, asked: Question, page: int) -> list[tuple[Button, ...]]:
    regions = here.regions()
    pages = max(1, -(-len(regions) // _REGIONS_ON_PAGE))
    number = min(page, pages)
    shown = regions[(number - 1) * _REGIONS_ON_PAGE : number * _REGIONS_ON_PAGE]
    rows: list[tuple[Button, ...]] = [
        (_answer(here, asked, region.name.in_language(here.lang), region.id),) for region in shown
    ]
    flow, step = here.flow.id, asked.id
    rows += keyboards.turning_rows(
        here.words, number, pages, lambda other: ShowRegions(flow, step, other)
    )
    return rows


def _bottom(here: FlowReader, asked: Question) -> Rows:
    """Back to the question before, out of the check, and help in danger."""
    before = [one for one in here.questions if one.id != asked.id]
    back = (
        Button(here.words.say("button-back"), AskStep(here.flow.id, before[-1].id))
        if before
        else Button(here.words.say("button-checks"), OpenChecks())
    )
    return ((back,), keyboards.bottom_row(here.words))
