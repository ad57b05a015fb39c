"""A check that is being written, played by the machine that persons talk with. Nothing is kept: what was pressed and typed
comes with every request, and is done again from the beginning.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from markupsafe import Markup, escape

from bot.conversation.actions import Unreadable, read, written
from bot.conversation.events import ButtonPressed, Event, TextTyped
from bot.conversation.flow_actions import FlowAction, OpenFlow
from bot.conversation.guidebook import make_guidebook
from bot.conversation.machine import step
from bot.conversation.replies import Button, ContactCard, LinkButton, Page, Reply, Toast
from bot.conversation.state import State
from bot.editorial.compiling import UNITS, with_flows
from bot.editorial.edition import Edition
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR, Citizenship
from bot.web.staff.memos.looking import words_for
from bot.web.staff.phone import drawn
from bot.web.staff.shown_phone import day_of_form

MOST_EVENTS = 80
LONGEST_TEXT = 500
PRESSED, TYPED = "press", "type"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose phone it is, on which day, and what has been done on it: pairs of `press` or `type` and what."""

    lang: str
    citizenship: Citizenship
    day: date
    events: tuple[tuple[str, str], ...] = ()

    @property
    def kept(self) -> str:
        return json.dumps(self.events, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class PlayKey:
    """`press` is what the button does; empty where it leads out of the check."""

    label: str
    press: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    text: Markup
    rows: tuple[tuple[PlayKey, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """What stands on the phone after the last event. `said` is what was typed last, `step` where the person stands."""

    bubbles: tuple[Bubble, ...]
    toast: str
    said: str
    step: str


def wish_of(form: Mapping[str, str], languages: tuple[str, ...], today: date, own: str) -> Wish:
    """What the form asks for, with what has just been pressed or typed; `own` is the language of the member."""
    lang, citizenship = form.get("for-lang", ""), form.get("for-citizenship", "")
    if lang not in languages:
        lang = own if own in languages else next(iter(languages), own)
    events = [] if form.get("again") else _events(form.get("played", ""))
    if pressed := form.get(PRESSED, ""):
        events.append((PRESSED, pressed))
    elif said := form.get("say", "").strip():
        events.append((TYPED, said[:LONGEST_TEXT]))
    return Wish(
        lang,
        Citizenship(citizenship) if citizenship in set(Citizenship) else FIRST_CORRIDOR,
        day_of_form(form.get("for-day", "")) or today,
        tuple(events[-MOST_EVENTS:]),
    )


def _events(text: str) -> list[tuple[str, str]]:
    try:
        found = json.loads(text) if len(text) < 60_000 else []
    except (ValueError, RecursionError):
        return []
    return [
        (one[0], one[1])
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
    ]


def play(served: Catalogue, edition: Edition, flow: str, wish: Wish) -> Played | None:
    """None when the check cannot be shown."""
    try:
        catalogue = with_flows(replace(served, day=wish.day), edition, [flow], words_for(UNITS))
    except ContentError:
        return None
    if flow not in catalogue.flows or wish.lang not in catalogue.languages:
        return None
    book = make_guidebook(catalogue, words_for("interface"), units=words_for(UNITS), only=())
    noon = datetime.combine(wish.day, time(9), UTC)
    state = State(lang=wish.lang, citizenship=wish.citizenship, now=noon)
    state, replies = step(book, state, ButtonPressed(OpenFlow(flow)))
    for kind, what in wish.events:
        event = _event(kind, what)
        if event is not None:
            state, replies = step(book, state, event)
    last = wish.events[-1] if wish.events else ("", "")
    return _shown(replies, last[1] if last[0] == TYPED else "", flow)


def _event(kind: str, what: str) -> Event | None:
    """None for what would lead out of the check."""
    if kind == TYPED:
        return TextTyped(what)
    action = read(what)
    is_ours = isinstance(action, FlowAction) and not isinstance(action, Unreadable)
    return ButtonPressed(action) if is_ours else None


def _shown(replies: tuple[Reply, ...], said: str, flow: str) -> Played:
    bubbles: list[Bubble] = []
    toast, stands = "", ""
    for reply in replies:
        match reply:
            case Page():
                rows = tuple(tuple(_key(one) for one in row) for row in reply.rows)
                bubbles.append(Bubble(drawn(reply.text), rows))
            case ContactCard(name=name, phone=phone):
                bubbles.append(Bubble(escape(f"{name}\n{phone}")))
            case Toast(text=text):
                toast = text
            case _:
                subject = getattr(reply, "subject", None) or ""
                if subject.startswith(f"{flow}/"):
                    stands = subject.removeprefix(f"{flow}/")
    return Played(tuple(bubbles), toast, said, stands)


def _key(button: Button | LinkButton) -> PlayKey:
    action = button.action if isinstance(button, Button) else None
    press = written(action) if isinstance(action, FlowAction) else ""
    return PlayKey(button.label, press, isinstance(button, LinkButton))
