"""What stands in buttons: it fits, it comes back as what it was, and nothing in it can be wrong."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import flow_screens
from bot.conversation.actions import (
    Action,
    OpenDanger,
    OpenMemo,
    OpenMenu,
    OpenSection,
    SetLanguage,
    ShowCard,
    ShowContact,
    Unreadable,
)
from bot.conversation.check import Check
from bot.conversation.events import ButtonPressed, CommandGiven, Event
from bot.conversation.flow_actions import (
    AskStep,
    DropDate,
    KeepDates,
    MoveDate,
    OpenDate,
    RestartFlow,
    SettleDate,
    ShowOutcome,
)
from bot.conversation.flow_reader import flow_reader
from bot.conversation.guidebook import Guidebook
from bot.conversation.machine import COMMANDS, step
from bot.conversation.replies import Button, Page
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.guide.citizenship import Citizenship
from bot.guide.flow import DateQuestion, NumberQuestion, RegionQuestion, StaysQuestion
from bot.render.rich_text import RichText
from bot.telegram.callbacks import pack, unpack
from tests.conversation.test_actions import ACTIONS
from tests.conversation.test_machine import READERS, guidebook, in_each_guide

LONG_IDS = st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)
LONG_ACTIONS: st.SearchStrategy[Action] = st.one_of(
    ACTIONS,
    st.builds(OpenSection, LONG_IDS),
    st.builds(OpenMemo, LONG_IDS, st.integers(1, 999), st.booleans()),
    st.builds(OpenDanger, LONG_IDS),
    st.builds(ShowContact, LONG_IDS),
    st.builds(ShowCard, LONG_IDS),
)
LANGUAGES = st.none() | st.sampled_from(["ru", "ky", "en", "uz", "tg"])
CITIZENSHIPS = st.none() | st.sampled_from(list(Citizenship))


@settings(deadline=None)
@given(LONG_ACTIONS, LANGUAGES, CITIZENSHIPS)
def test_every_button_fits_and_does_what_it_was_made_for(
    action: Action, lang: str | None, citizenship: Citizenship | None
) -> None:
    payload = pack(action, lang, citizenship)
    pressed = unpack(payload)

    assert payload.isascii()
    assert 1 <= len(payload) <= 64
    assert pressed.action == action
    assert (pressed.lang, pressed.citizenship) in {(lang, citizenship), (None, None)}


@settings(deadline=None)
@given(ACTIONS, LANGUAGES, CITIZENSHIPS)
def test_a_button_with_an_id_of_usual_length_knows_its_reader(
    action: Action, lang: str | None, citizenship: Citizenship | None
) -> None:
    pressed = unpack(pack(action, lang, citizenship))

    assert pressed == ButtonPressed(action, lang, citizenship)


def test_where_not_everything_fits_the_reader_is_left_out_first() -> None:
    memo = OpenMemo("a" * 40, 123, base=True)

    assert pack(memo, "ky", Citizenship.OTHER_VISA_FREE) == f"m:{'a' * 40}:123:b"


@pytest.mark.parametrize(
    "action", [OpenMemo("a" * 63), OpenMemo("регистрация"), SetLanguage("кы")], ids=str
)
def test_what_cannot_be_written_leads_to_the_menu(action: Action) -> None:
    assert unpack(pack(action, "ky", Citizenship.KG)) == ButtonPressed(OpenMenu())


@settings(deadline=None)
@given(st.none() | st.text(max_size=100) | st.text("smcd|:-!?b019ягky", max_size=20))
def test_any_payload_is_an_event(payload: str | None) -> None:
    pressed = unpack(payload)

    assert isinstance(pressed, ButtonPressed)
    assert pressed.lang is None or pressed.lang.isalpha()


@pytest.mark.parametrize(
    "payload", [None, "", "|", "||", "||||", "nonsense", "m:", "cit:atlantis|ky"]
)
def test_nonsense_is_an_unreadable_button(payload: str | None) -> None:
    assert unpack(payload).action == Unreadable()


def test_a_button_whose_reader_is_spoiled_still_opens_its_page() -> None:
    assert unpack("s:work|<b>|atlantis") == ButtonPressed(OpenSection("work"))
    assert unpack("s:work") == ButtonPressed(OpenSection("work"))
    assert unpack("s:work|ky|kg|more") == ButtonPressed(OpenSection("work"), "ky")


@in_each_guide
def test_every_button_of_the_guidance_fits_and_comes_back_whole(content: str) -> None:
    """All pages of all readers: each button is walked to once, and packed for the page it stands on."""
    book = guidebook(content)
    walked = set()
    for lang, citizenship in READERS:
        for page, button in buttons_of(book, State(lang=lang, citizenship=citizenship)):
            payload = pack(button.action, page.lang, page.citizenship)
            walked.add(payload)
            assert len(payload.encode()) <= 64
            assert unpack(payload) == ButtonPressed(button.action, page.lang, page.citizenship)
    memos = sum(len(memos) for memos in book.catalogue.memos.values())
    assert len([payload for payload in walked if payload.startswith("m:")]) >= memos


@in_each_guide
def test_every_button_of_every_check_fits_and_comes_back_whole(content: str) -> None:
    """Each question as it is asked first, with its calendar and all pages of regions, and stays half told."""
    book = guidebook(content)
    asked = set()
    for lang, citizenship in READERS:
        for page in pages_of_flows(book, State(lang=lang, citizenship=citizenship)):
            for button in (button for row in page.rows for button in row):
                if isinstance(button, Button):
                    payload = pack(button.action, page.lang, page.citizenship)
                    asked.add(payload.partition("|")[0])
                    assert len(payload.encode()) <= 64
                    # The longest names of regions leave no room for whom the button was made.
                    assert unpack(payload).action == button.action
    for flow in book.catalogue.flows.values():
        questions = [name for name in flow.steps if flow.question(name)]
        assert all(
            any(payload.startswith(f"q:{flow.id}:{name}:") for payload in asked)
            for name in questions
            if not isinstance(flow.question(name), NumberQuestion)
        )


def pages_of_flows(book: Guidebook, state: State) -> Iterator[Page]:
    reader = Reader.of(book, state)
    for flow in flow_screens.offered_flows(reader):
        here = flow_reader(reader, state, flow)
        for question in (found for name in flow.steps if (found := flow.question(name))):
            yield flow_screens.question(here, question)
            match question:
                case DateQuestion():
                    yield flow_screens.question(here, question, month="2026-11")
                case StaysQuestion():
                    for draft in ("2026-11-01/?", "2026-11-01/2026-11-09"):
                        told = replace(here, check=Check(flow.id, draft=draft))
                        yield flow_screens.question(told, question)
                        yield flow_screens.question(told, question, month="2026-11")
                case RegionQuestion():
                    for number in range(1, 12):
                        yield flow_screens.question(here, question, regions=number)
        for action in (ShowOutcome(flow.id), KeepDates(flow.id), RestartFlow(flow.id)):
            yield reader.page(RichText("…"), ((Button("…", action),),))
        for name in flow.steps:
            yield reader.page(RichText("…"), ((Button("…", AskStep(flow.id, name)),),))


def test_every_button_of_a_kept_date_fits() -> None:
    kept = "0123456789abcdef0123456789abcdef"
    for action in (OpenDate(kept), MoveDate(kept, "2026-12-31"), SettleDate(kept), DropDate(kept)):
        for citizenship in Citizenship:
            payload = pack(action, "ky", citizenship)
            assert len(payload.encode()) <= 64
            assert unpack(payload).action == action


def buttons_of(book: Guidebook, reader: State) -> list[tuple[Page, Button]]:
    """Every button that this reader can reach, with a page that it stands on."""
    found: dict[Action, tuple[Page, Button]] = {}
    waiting: deque[Event] = deque(CommandGiven(name) for name in COMMANDS)
    while waiting:
        _, replies = step(book, reader, waiting.popleft())
        for page in (reply for reply in replies if isinstance(reply, Page)):
            for button in (button for row in page.rows for button in row):
                if isinstance(button, Button) and button.action not in found:
                    found[button.action] = page, button
                    waiting.append(ButtonPressed(button.action))
    return list(found.values())
