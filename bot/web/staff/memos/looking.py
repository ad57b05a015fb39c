"""What the editor shows beside the text: its problems, its measures, and the memo as a phone shows it.

Nothing is written here. The work takes a few hundred milliseconds at most and runs in a thread.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from markupsafe import Markup

from bot.conversation.actions import OpenMemo
from bot.conversation.guidebook import make_guidebook
from bot.conversation.screens import Reader, memo
from bot.editorial.compiling import UNITS, with_memo
from bot.editorial.drafting import drafted
from bot.editorial.edition import Edition
from bot.editorial.lines_source import language_and_number
from bot.editorial.measuring import Measures, measures
from bot.editorial.problem import Problem
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR, Citizenship
from bot.i18n.interface import Interface, load_interface
from bot.web.staff.frame import SignedIn, StaffRoom
from bot.web.staff.memos.tabs import Kind, Tab
from bot.web.staff.memos.work import Work
from bot.web.staff.phone import Key, drawn, keys_of


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose phone is looked at, on which day; `page` and `base` are what was pressed on it."""

    lang: str
    citizenship: Citizenship
    day: date
    page: int = 1
    base: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    text: Markup
    keys: list[list[Key]]


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the words of the member. `tab` is where it can be mended, empty for a file that is not of this memo;
    `field` and `line` where in it: for questions the line of the field, else that of the file.
    """

    file: str
    line: int
    is_error: bool
    words: str
    tab: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """`here` are the problems of the tab, `beside` those of the other files of the draft, `elsewhere` what the draft breaks.

    `phone` is None when the memo cannot be shown. `outdated` are languages whose text falls behind.
    """

    here: tuple[Told, ...]
    beside: tuple[Told, ...]
    elsewhere: tuple[Told, ...]
    outdated: tuple[str, ...]
    measures: Measures | None
    phone: Phone | None

    @property
    def errors(self) -> int:
        return sum(one.is_error for one in (*self.here, *self.beside, *self.elsewhere))


def wish_of(form: Mapping[str, str], work: Work, tab: Tab) -> Wish:
    """What the form asks to see; what it does not say is the language of the tab, the first corridor and today."""
    languages = work.published.edition.languages
    lang = form.get("for-lang", "")
    if lang not in languages:
        lang = tab.name if tab.kind is Kind.TEXT else languages[0]
    citizenship, page = form.get("for-citizenship", ""), form.get("page", "")
    return Wish(
        lang=lang,
        citizenship=Citizenship(citizenship)
        if citizenship in set(Citizenship)
        else FIRST_CORRIDOR,
        day=_day(form.get("for-day", "")) or work.published.day,
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1,
        base=form.get("base") == "yes",
    )


async def look(
    room: StaffRoom, staff: SignedIn, work: Work, tab: Tab, text: str, wish: Wish
) -> Look:
    """At the memo with this text in the file of the tab."""
    return await asyncio.to_thread(_look, room, staff, work, tab, text, wish)


def _look(room: StaffRoom, staff: SignedIn, work: Work, tab: Tab, text: str, wish: Wish) -> Look:
    files = work.with_text(tab.path, text) if text or work.text(tab.path) else work.files()
    found = drafted(work.published, files)
    texts = {tab.path: text}
    here = [one for one in found.problems if one.file == tab.path]
    beside = [one for one in found.problems if one.file != tab.path]
    return Look(
        here=told(staff.lang, work, here, texts),
        beside=told(staff.lang, work, beside, texts),
        elsewhere=told(staff.lang, work, found.elsewhere, texts),
        outdated=tuple(lang for memo_id, lang in found.outdated if memo_id == work.memo),
        measures=measures(found.edition, work.memo, tab.name, work.published.day)
        if tab.kind is Kind.TEXT
        else None,
        phone=phone_of(room.served(), found.edition, work.memo, wish),
    )


def phone_of(served: Catalogue, edition: Edition, memo_id: str, wish: Wish) -> Phone | None:
    """The page that a person would see; None when the memo cannot be shown."""
    languages = {wish.lang, *edition.languages[: wish.base]}
    try:
        catalogue = with_memo(
            replace(served, day=wish.day), edition, memo_id, languages, words_for(UNITS)
        )
    except ContentError:
        return None
    if wish.lang not in catalogue.languages:
        return None
    book = make_guidebook(catalogue, words_for("interface"), only={memo_id})
    reader = Reader(book, wish.lang, wish.citizenship, is_assumed=False)
    page = memo(reader, OpenMemo(memo_id, max(wish.page, 1), wish.base))
    return Phone(drawn(page.text), keys_of(page, memo_id)) if page else None


def told(
    lang: str,
    work: Work,
    problems: Iterable[Problem],
    texts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Told, ...]:
    """Problems in the words of a member, errors first. `texts` are files as they are typed, where they are not saved."""
    words = words_for("editorial").words(lang)
    tabs = {tab.path: tab for tab in work.tabs}

    def one(problem: Problem) -> Told:
        tab = tabs.get(problem.file)
        field, line = "body", problem.line
        if tab and tab.kind is Kind.QUESTIONS:
            text = texts.get(tab.path) or work.text(tab.path)
            asked, line = language_and_number(text, problem.line) or ("", problem.line)
            field = f"lines-{asked}" if asked else ""
        return Told(
            problem.file,
            line,
            problem.is_error,
            problem.message(words),
            tab.name if tab else "",
            field,
        )

    return tuple(sorted(map(one, problems), key=lambda problem: not problem.is_error))


@cache
def words_for(domain: str) -> Interface:
    """The texts of a domain, read once."""
    return load_interface(domain=domain)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
