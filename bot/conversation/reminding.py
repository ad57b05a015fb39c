"""What a person is told who has asked to be reminded: before the day, on it and after it, and when a rule behind it changes.

It must not know when a letter is due, or how it gets there: jobs do.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.conversation import keyboards
from bot.conversation.check import Check, Given, meant_by
from bot.conversation.date_steps import title_of
from bot.conversation.flow_actions import DelayDate, OpenDates, OpenFlow, SettleDate
from bot.conversation.flow_reader import flow_reader
from bot.conversation.guidebook import Guidebook
from bot.conversation.replies import Button, Page, Rows
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.guide.citizenship import citizenship_named
from bot.i18n.values import day_in_words
from bot.render.rich_text import RichText, joined
from db.kept_date import KeptDate

_MOST_MEMOS = 2


def reminder(book: Guidebook, kept: KeptDate, days_left: int) -> Page | None:
    """So many days before the date; on it with 0, after it below that."""
    reader = _reader(book, kept)
    words = reader.words
    values = {"title": title_of(reader, kept.flow, kept.name), "day": _said(reader, kept.day)}
    if days_left > 0:
        lines = [words.say("reminder-before", **values), words.count("date-days-left", days_left)]
    elif days_left == 0:
        lines = [words.say("reminder-today", **values)]
    else:
        lines = [words.say("reminder-after", **values)]
    done = Button(words.say("button-date-done"), SettleDate(kept.id))
    later = Button(words.say("button-date-later"), DelayDate(kept.id))
    first = (done, later) if days_left > 0 else (done,)
    return _page(reader, kept, lines, (first,))


def changed(book: Guidebook, kept: KeptDate, day: date | None) -> Page | None:
    """A fact behind the date has another value now. `day` is None when none follows from the answers any more."""
    reader = _reader(book, kept)
    values = {"title": title_of(reader, kept.flow, kept.name), "old": _said(reader, kept.day)}
    if day is None:
        line = reader.words.say("fact-changed-no-date", **values)
    else:
        line = reader.words.say("fact-changed", **values, new=_said(reader, day))
    check = Button(reader.words.say("button-date-check"), OpenFlow(kept.flow))
    return _page(reader, kept, [line], ((check,),))


def recomputed(book: Guidebook, kept: KeptDate, answers: Mapping[str, str]) -> date | None:
    """The date that follows from the same answers by the facts of today; None when none does."""
    flow = book.catalogue.flows.get(kept.flow)
    if flow is None:
        return None
    base = book.catalogue.base_language
    given = {
        step: Given(value, meant_by(question, base))
        for step, value in answers.items()
        if (question := flow.question(step))
    }
    state = replace(_state(kept), check=Check(flow.id, given))
    return flow_reader(_reader(book, kept), state, flow).walked.dates.get(kept.name)


def _page(reader: Reader, kept: KeptDate, lines: list[str], first: Rows) -> Page:
    rows = (
        *first,
        *_memos(reader, kept.flow),
        (Button(reader.words.say("button-dates"), OpenDates()),),
        keyboards.bottom_row(reader.words),
    )
    text = joined([RichText(line) for line in lines])
    return replace(reader.page(text, rows), in_place=False)


def _state(kept: KeptDate) -> State:
    return State(lang=kept.lang, citizenship=citizenship_named(kept.citizenship))


def _reader(book: Guidebook, kept: KeptDate) -> Reader:
    return Reader.of(book, _state(kept))


def _said(reader: Reader, day: date) -> str:
    return day_in_words(day, reader.book.units.words(reader.lang))


def _memos(reader: Reader, flow_id: str) -> list[tuple[Button, ...]]:
    """What to read about it: the memos of the outcomes that keep a date."""
    flow = reader.book.catalogue.flows.get(flow_id)
    outcomes = flow.outcomes.values() if flow else ()
    memos = [memo for outcome in outcomes if outcome.keep for memo in outcome.memos]
    rows = keyboards.memo_link_rows(reader.book, memos, reader.lang, reader.citizenship)
    return rows[:_MOST_MEMOS]
