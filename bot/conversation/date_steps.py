"""The dates that a person keeps: the list, another day, done, later, delete, and the file for the phone's calendar. Pure.

The dates come with the turn (`State.dates`); what changes is a reply that the service stores in the same commit.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import keyboards, screens
from bot.conversation.actions import Action
from bot.conversation.calendar_keyboard import Span, month_from_text, month_rows, month_text
from bot.conversation.flow_actions import (
    DateAction,
    DelayDate,
    DropDate,
    MoveDate,
    OpenChecks,
    OpenDate,
    OpenDates,
    OpenFlow,
    SendCalendar,
    SettleDate,
)
from bot.conversation.flow_reader import day_at
from bot.conversation.guidebook import Guidebook
from bot.conversation.kept_date import KeptDate
from bot.conversation.replies import (
    Button,
    ChangeDate,
    DateChange,
    FileShown,
    Note,
    NoteKind,
    Page,
    Reply,
    Toast,
)
from bot.conversation.screens import Reader
from bot.conversation.settling import Step
from bot.conversation.state import State
from bot.i18n.values import day_in_words
from bot.render.calendar_file import Reminded, calendar_file
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined

_LONGEST_AHEAD = (
    400  # days; a reminder of next year's date can be set, one of a mistyped year cannot
)
_FILE = "joldosh.ics"


def needs_dates(action: Action) -> bool:
    """Whether the kept dates have to be read for this action."""
    return isinstance(action, DateAction)


def perform_date(book: Guidebook, state: State, action: DateAction) -> Step:
    reader = Reader.of(book, state)
    if isinstance(action, OpenDates):
        note = Note(NoteKind.DATES_OPENED, reader.lang, state.citizenship)
        return replace(state, place=action), (dates(reader, state), note)
    if isinstance(action, SendCalendar):
        return _file(reader, state)
    kept = next((one for one in state.dates if one.id == action.date), None)
    if kept is None:
        page = screens.with_notice(reader, "date-gone", dates(reader, state))
        return replace(state, place=OpenDates()), (page,)
    match action:
        case MoveDate(_, day):
            return _moved(reader, state, kept, day)
        case SettleDate():
            return _changed(reader, state, kept, DateChange.SETTLE, "date-settled")
        case DelayDate():
            return _changed(reader, state, kept, DateChange.DELAY, "date-delayed")
        case DropDate():
            return _changed(reader, state, kept, DateChange.DROP, "date-dropped")
        case _:
            return replace(state, place=OpenDates()), (one_date(reader, state, kept),)


def dates(reader: Reader, state: State) -> Page:
    """All of them, the nearest first."""
    words = reader.words
    ahead = sorted(state.dates, key=lambda kept: kept.day)
    rows: list[tuple[Button, ...]] = [
        (Button(_label(reader, kept), OpenDate(kept.id)),) for kept in ahead
    ]
    if any(not kept.settled for kept in ahead):
        rows.append((Button(words.say("button-calendar-file"), SendCalendar()),))
    rows.append((Button(words.say("button-checks"), OpenChecks()),))
    rows.append(keyboards.bottom_row(words))
    lines = [RichText(f"• {_label(reader, kept)}") for kept in ahead]
    said = words.say("dates" if ahead else "dates-none")
    return reader.page(joined([RichText(said), joined(lines, "\n")]), tuple(rows))


def one_date(reader: Reader, state: State, kept: KeptDate) -> Page:
    words = reader.words
    title = RichTextBuilder().add(_title(reader, kept), MarkKind.BOLD).build()
    left = (kept.day - _today(reader, state, kept)).days
    day = RichText(day_in_words(kept.day, reader.book.units.words(reader.lang)))
    parts = [title, day]
    if left > 0:
        parts.append(RichText(words.count("date-days-left", left)))
    if kept.settled:
        parts.append(RichText(words.say("date-is-settled")))
    rows: list[tuple[Button, ...]] = []
    if not kept.settled:
        rows.append((Button(words.say("button-date-done"), SettleDate(kept.id)),))
    month = month_text(kept.day)
    rows.append((Button(words.say("button-date-move"), MoveDate(kept.id, month)),))
    rows.append((Button(words.say("button-date-drop"), DropDate(kept.id)),))
    if kept.flow in reader.book.catalogue.flows:
        rows.append((Button(words.say("button-date-check"), OpenFlow(kept.flow)),))
    rows.append((Button(words.say("button-dates"), OpenDates()),))
    rows.append(keyboards.bottom_row(words))
    return reader.page(joined(parts), tuple(rows))


def _moved(reader: Reader, state: State, kept: KeptDate, text: str) -> Step:
    """A day moves it; a month is shown to choose in."""
    today = _today(reader, state, kept)
    span = Span(today, today + timedelta(_LONGEST_AHEAD))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        rows = month_rows(
            month_from_text(text, span),
            span,
            reader.words,
            lambda chosen: MoveDate(kept.id, chosen.isoformat()),
            lambda month: MoveDate(kept.id, month),
        )
        back = (Button(reader.words.say("button-back"), OpenDate(kept.id)),)
        bottom = keyboards.bottom_row(reader.words)
        page = reader.say("date-move", (*rows, back, bottom), title=_title(reader, kept))
        return replace(state, place=OpenDates()), (page,)
    if not span.holds(day):
        page = screens.with_notice(reader, "date-out", one_date(reader, state, kept))
        return replace(state, place=OpenDates()), (page,)
    return _changed(reader, state, kept, DateChange.MOVE, "date-moved", day)


def _changed(
    reader: Reader,
    state: State,
    kept: KeptDate,
    change: DateChange,
    key: str,
    day: date | None = None,
) -> Step:
    match change:
        case DateChange.DROP:
            left = tuple(one for one in state.dates if one.id != kept.id)
        case DateChange.SETTLE:
            left = _with(state, replace(kept, settled=True))
        case DateChange.MOVE if day is not None:
            left = _with(state, replace(kept, day=day, settled=False))
        case _:
            left = state.dates
    after = replace(state, dates=left, place=OpenDates())
    note = Note(NoteKind.DATE_CHANGED, reader.lang, state.citizenship, kept.flow)
    said = Toast(reader.words.say(key))
    return after, (
        screens.with_notice(reader, key, dates(reader, after)),
        said,
        ChangeDate(kept.id, change, day),
        note,
    )


def _with(state: State, changed: KeptDate) -> tuple[KeptDate, ...]:
    return tuple(changed if one.id == changed.id else one for one in state.dates)


def _file(reader: Reader, state: State) -> Step:
    open_dates = [kept for kept in state.dates if not kept.settled]
    if not open_dates:
        return replace(state, place=OpenDates()), (dates(reader, state),)
    reminded = tuple(Reminded(kept.id, kept.day, _title(reader, kept)) for kept in open_dates)
    at = state.now or reader.book.catalogue.day
    replies: tuple[Reply, ...] = (
        FileShown(_FILE, calendar_file(reminded, at), reader.words.say("calendar-file")),
    )
    return state, replies


def _label(reader: Reader, kept: KeptDate) -> str:
    day = kept.day.strftime("%d.%m.%Y")
    mark = "✓ " if kept.settled else ""
    return f"{mark}{day} · {_title(reader, kept)}"


def _title(reader: Reader, kept: KeptDate) -> str:
    """What the date is for; of a flow that is gone, only that it is a date."""
    return title_of(reader, kept.flow, kept.name)


def title_of(reader: Reader, flow_id: str, name: str) -> str:
    flow = reader.book.catalogue.flows.get(flow_id)
    named = flow.dates.get(name) if flow else None
    if named is not None:
        return named.in_language(reader.lang)
    return flow.title.in_language(reader.lang) if flow else reader.words.say("date-of-old-check")


def _today(reader: Reader, state: State, kept: KeptDate) -> date:
    return day_at(reader, state.now, kept.zone)
