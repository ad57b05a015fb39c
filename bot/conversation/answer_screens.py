"""The pages that come after a question: the answer, "which do you mean?", "not sure", and what a vote leads to. Pure
look-ups: which of them it is, `answering` decides.
"""

from dataclasses import replace

from bot.conversation import keyboards, screens
from bot.conversation.actions import NoneOfThese, OpenMemo, SetLanguage, Vote
from bot.conversation.guidebook import differs_by_citizenship
from bot.conversation.replies import Button, LinkButton, Page, Rows
from bot.conversation.screens import Reader, assumption
from bot.guide.danger import Danger
from bot.guide.memo import Memo
from bot.i18n.interface import Words
from bot.render.answer_page import AnswerPage, Place, answer_lines, answer_page
from bot.render.rich_text import RichText, joined


def lines_of(reader: Reader, memo: Memo, places: tuple[Place, ...]) -> tuple[RichText, ...]:
    contacts, labels = reader.book.catalogue.contacts, reader.book.labels[reader.lang]
    return answer_lines(memo, places, contacts, labels)


def answer(
    reader: Reader, memo: Memo, lines: tuple[RichText, ...], others: tuple[str, ...]
) -> Page:
    """The memo with the lines that answer above it, the next candidates, and "was this it?"."""
    book = reader.book
    answered = _answer_text(reader, memo, lines)
    candidates = keyboards.memo_link_rows(book, others, reader.lang, reader.citizenship)
    shown = {button.action for row in candidates for button in row}
    rest = keyboards.memo_rows(book, memo, 1, base=False, citizenship=reader.citizenship)
    rows: list[tuple[Button | LinkButton, ...]] = [*candidates, _vote_row(reader.words, memo.id)]
    if not answered.is_whole:
        rows.append((Button(reader.words.say("button-whole-text"), OpenMemo(memo.id)),))
    rows += [row for row in rest if not {_action(button) for button in row} & shown]
    return replace(reader.page(answered.text, tuple(rows)), is_reply=True)


def short_answer(reader: Reader, memo: Memo, lines: tuple[RichText, ...], danger: Danger) -> Page:
    """Below the page of a danger, whose telephone numbers it pushes up the screen and therefore has too: the lines or
    the summary, and the way to the memo. Who is in danger is not asked for a vote.
    """
    calls = screens.danger_calls(reader, danger)
    whole = Button(reader.words.say("button-whole-text"), OpenMemo(memo.id))
    text = _answer_text(reader, memo, lines, briefly=True).text
    return reader.page(text, (*calls, (whole,), keyboards.bottom_row(reader.words)))


def _answer_text(
    reader: Reader, memo: Memo, lines: tuple[RichText, ...], *, briefly: bool = False
) -> AnswerPage:
    book = reader.book
    differs = differs_by_citizenship(book.catalogue, memo)
    answered = answer_page(
        memo,
        reader.citizenship if differs else None,
        book.catalogue.contacts,
        book.labels[reader.lang],
        lines,
        pages=len(book.pages[memo.id, reader.lang, reader.citizenship]),
        briefly=briefly,
    )
    found = RichText("" if lines else reader.words.say("answer-found"))
    assumed = assumption(reader) if reader.is_assumed and differs else RichText("")
    return replace(answered, text=joined([found, assumed, answered.text]))


def which(reader: Reader, memos: tuple[str, str]) -> Page:
    """One short question: two memos to choose from, and neither."""
    rows = (
        *keyboards.memo_link_rows(reader.book, memos, reader.lang, reader.citizenship),
        (Button(reader.words.say("button-none-of-these"), NoneOfThese()),),
        keyboards.bottom_row(reader.words),
    )
    return replace(reader.say("which", rows), is_reply=True)


def not_sure(reader: Reader, nearest: tuple[str, ...]) -> Page:
    """An honest "not sure", and people to call; with it what may be meant, else the sections. Not both: of a longer
    keyboard a phone shows the end, and what is said above it would be out of sight.
    """
    words = reader.words
    near = keyboards.memo_link_rows(reader.book, nearest, reader.lang, reader.citizenship)
    if not near:
        return reader.say("not-sure", keyboards.ways_on_rows(reader.book, words))
    text = joined([RichText(words.say("not-sure")), RichText(words.say("perhaps"))])
    return reader.page(text, (*near, keyboards.call_row(words), keyboards.bottom_row(words)))


def out_of_scope(reader: Reader) -> Page:
    """For what the guide is not about: what it is about."""
    return reader.say("out-of-scope", keyboards.ways_on_rows(reader.book, reader.words))


def missed(reader: Reader, memo: Memo | None) -> Page:
    """The answer was not it: the ways on, and the way back for whoever slipped."""
    words = reader.words
    back: Rows = ()
    if memo:
        back = ((Button(words.say("button-back-to", title=memo.title), OpenMemo(memo.id)),),)
    return reader.say("answer-missed", (*back, *keyboards.ways_on_rows(reader.book, words)))


def with_language_of_question(reader: Reader, page: Page, asked_in: str | None) -> Page:
    """The page with a way to the language that the question was asked in, or a line that there are no texts in it."""
    book = reader.book
    if asked_in is None or asked_in == reader.lang:
        return page
    if asked_in in book.catalogue.languages:
        label = book.words(asked_in).say("button-read-in-this-language")
        return replace(page, rows=((Button(label, SetLanguage(asked_in)),), *page.rows))
    name = book.labels[reader.lang].language_names.get(asked_in)
    if name is None:
        return page
    line = RichText(reader.words.say("no-texts-in-language", language=name))
    return replace(page, text=joined([line, page.text]))


def _vote_row(words: Words, memo: str) -> tuple[Button, ...]:
    return (
        Button(words.say("button-helped"), Vote(memo, helped=True)),
        Button(words.say("button-missed"), Vote(memo, helped=False)),
    )


def _action(button: object) -> object:
    return button.action if isinstance(button, Button) else None
