"""The diagram of the conversation, drawn from the machine itself: every button of every page
is pressed.

Pages of one kind (all memos, all sections) are one node. It must not know the machine better
than by calling it.
"""

from collections import deque
from dataclasses import replace

from bot.conversation.actions import Action
from bot.conversation.events import (
    ButtonPressed,
    Event,
    LocationSent,
    NotTextKind,
    NotTextSent,
    Started,
    TextTyped,
)
from bot.conversation.flow_actions import AnswerStep, ShowMonth, ShowRegions
from bot.conversation.guidebook import Guidebook
from bot.conversation.machine import COMMANDS, step
from bot.conversation.replies import (
    Button,
    CardShown,
    ContactCard,
    ForgetPerson,
    OfficePin,
    Page,
    Reply,
)
from bot.conversation.state import State
from bot.guide.citizenship import Citizenship
from bot.guide.place import Point
from bot.search.findings import Finding, Findings, Verdict

Edge = tuple[str, str, str]

_BEFORE = "Start"
_CONTACT = "ContactCard"
_CARD = "CardShown"
_PIN = "OfficePin"
_FORGOTTEN = "Forgotten"


def draw(book: Guidebook) -> str:
    """The conversation as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {_BEFORE}"]
    lines += [f"    {start} --> {end}: {label}" for start, end, label in sorted(edges(book))]
    return "\n".join(lines) + "\n"


def edges(book: Guidebook) -> set[Edge]:
    """(from page, to page, what the person did), over all pages that a person can reach by
    pressing buttons.
    """
    found: set[Edge] = set()
    seen: set[tuple[State, Action]] = set()
    waiting: deque[tuple[str, State, Event, str]] = deque(_first_events(book))
    while waiting:
        origin, state, event, label = waiting.popleft()
        after, replies = step(book, state, event)
        for reply in replies:
            target = _node(reply, after)
            if target is None:
                continue
            found.add((origin, target, label))
            for button in _buttons(reply):
                way = (replace(after, check=None), _kind(button.action))
                if way not in seen:
                    seen.add(way)
                    did = type(button.action).__name__
                    waiting.append((target, after, ButtonPressed(button.action), did))
    return found


def _kind(action: Action) -> Action:
    """One action for all days, months and pages of a question: they lead to the same kinds of pages. So each answer of a
    check is pressed once, and not with every other answer.
    """
    match action:
        case AnswerStep(value=value) if value[:1].isdecimal():
            return replace(action, value="")
        case ShowMonth():
            return replace(action, month="")
        case ShowRegions():
            return replace(action, page=0)
        case _:
            return action


def _first_events(book: Guidebook) -> list[tuple[str, State, Event, str]]:
    settled = State(lang=book.catalogue.base_language, citizenship=Citizenship.KG)
    memo, other = list(book.catalogue.memos[book.catalogue.base_language, Citizenship.KG])[:2]
    sure = Findings((Finding(memo, 1.0),), Verdict.SURE)
    which = Findings((Finding(memo, 1.0), Finding(other, 1.0)), Verdict.WHICH)
    events: list[tuple[str, State, Event, str]] = [
        (_BEFORE, State(), Started(), "start"),
        (_BEFORE, State(), Started(memo), "deep link"),
        ("AnyPage", settled, TextTyped("?", Findings()), "question not understood"),
        ("AnyPage", settled, TextTyped("?", sure), "question answered"),
        ("AnyPage", settled, TextTyped("?", which), "which of two"),
        ("AnyPage", settled, NotTextSent(NotTextKind.OTHER), "photo, voice, sticker"),
        ("AnyPage", settled, LocationSent(Point(55.75, 37.62)), "location"),
    ]
    for danger in book.catalogue.dangers[:1]:
        urgent = Findings((), danger=danger.id)
        events.append(("AnyPage", settled, TextTyped("?", urgent), "urgent words"))
    events += [
        ("AnyPage", settled, ButtonPressed(action), f"command {name}")
        for name, action in COMMANDS.items()
    ]
    return events


def _node(reply: Reply, after: State) -> str | None:
    match reply:
        case Page(rows=rows):
            return _page_name(rows, after)
        case ContactCard():
            return _CONTACT
        case CardShown():
            return _CARD
        case OfficePin():
            return _PIN
        case ForgetPerson():
            return _FORGOTTEN
        case _:
            return None


def _page_name(rows: object, after: State) -> str:
    kinds = {type(button.action).__name__ for button in _all_buttons(rows)}
    for mark, name in (("SetLanguage", "PickLanguage"), ("SetCitizenship", "PickCitizenship")):
        if mark in kinds:
            return name
    return type(after.place).__name__.removeprefix("Open")


def _all_buttons(rows: object) -> list[Button]:
    assert isinstance(rows, tuple)
    return [button for row in rows for button in row if isinstance(button, Button)]


def _buttons(reply: Reply) -> list[Button]:
    return _all_buttons(reply.rows) if isinstance(reply, Page | CardShown) else []
