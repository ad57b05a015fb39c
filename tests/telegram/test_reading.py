"""Messages become events: what was meant by a text, a command, a picture or a service message."""

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import CallbackQuery, Message
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.actions import Vote
from bot.conversation.events import (
    ButtonPressed,
    CommandGiven,
    Event,
    LocationSent,
    NotTextKind,
    NotTextSent,
    Started,
    TextTyped,
)
from bot.guide.place import Point
from bot.telegram.reading import event_of, event_of_text, press_of

PERSON = {"id": 7, "is_bot": False, "first_name": "Айбек"}
FILE = {"file_id": "f", "file_unique_id": "f"}
SCREEN = FILE | {"width": 640, "height": 480}
PLACE = {"latitude": 55.7, "longitude": 37.6}


def message(**content: Any) -> Message:
    return Message.model_validate(
        {
            "message_id": 1,
            "date": datetime(2026, 11, 24, tzinfo=UTC),
            "chat": {"id": 7, "type": "private"},
            "from": PERSON,
            **content,
        }
    )


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Сколько дней без регистрации?", TextTyped("Сколько дней без регистрации?")),
        ("/start", Started()),
        ("/start registration-first", Started("registration-first")),
        ("/START  work-patent ", Started("work-patent")),
        ("/start@joldosh_bot work-patent", Started("work-patent")),
        ("/start " + "x" * 100, Started("x" * 64)),
        ("/menu", CommandGiven("menu")),
        (" /Sos\n", CommandGiven("sos")),
        ("/hotlines@joldosh_bot", CommandGiven("hotlines")),
        ("/ask когда платить\nза патент", CommandGiven("ask", "когда платить\nза патент")),
        ("/ask\nкогда платить", CommandGiven("ask", "когда платить")),
        ("/no_such_thing", CommandGiven("no_such_thing")),
        # What only looks like a command is what the person wrote.
        ("/", TextTyped("/")),
        ("/меню", TextTyped("/меню")),
        ("/menu, please", TextTyped("/menu, please")),
        ("да/нет", TextTyped("да/нет")),
        ("/" + "x" * 65, TextTyped("/" + "x" * 65)),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_a_text_means(text: str, event: Event) -> None:
    assert event_of_text(text) == event
    assert event_of(message(text=text)) == event


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_text_is_a_command_or_stays_as_it_was_typed(text: str) -> None:
    event = event_of_text(text)

    assert isinstance(event, Started | CommandGiven) or event == TextTyped(text)
    assert not isinstance(event, Started | CommandGiven) or text.strip().startswith("/")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [SCREEN]}, NotTextKind.PHOTO),
        ({"live_photo": SCREEN | {"duration": 3}, "photo": [SCREEN]}, NotTextKind.PHOTO),
        ({"voice": FILE | {"duration": 7}}, NotTextKind.VOICE),
        ({"audio": FILE | {"duration": 7}}, NotTextKind.VOICE),
        ({"video_note": FILE | {"duration": 7, "length": 240}}, NotTextKind.VOICE),
        ({"animation": SCREEN | {"duration": 7}, "document": FILE}, NotTextKind.STICKER),
        ({"dice": {"emoji": "🎲", "value": 6}}, NotTextKind.STICKER),
        ({"document": FILE}, NotTextKind.DOCUMENT),
        ({"contact": {"phone_number": "+996555000000", "first_name": "А"}}, NotTextKind.CONTACT),
        ({"video": SCREEN | {"duration": 7}}, NotTextKind.OTHER),
        ({"story": {"chat": {"id": 1, "type": "private"}, "id": 1}}, NotTextKind.OTHER),
        ({"game": {"title": "Snake", "description": "", "photo": [SCREEN]}}, NotTextKind.OTHER),
        ({"rich_message": {"blocks": []}}, NotTextKind.OTHER),
        ({"text": " \n\t "}, NotTextKind.OTHER),
        ({}, NotTextKind.OTHER),
        ({"invented_in_2030": {"colour": "green"}}, NotTextKind.OTHER),
    ],
    ids=lambda value: next(iter(value), "nothing") if isinstance(value, dict) else str(value),
)
def test_what_is_not_text_has_a_kind(content: dict[str, Any], kind: NotTextKind) -> None:
    assert event_of(message(**content)) == NotTextSent(kind)


@pytest.mark.parametrize(
    "content",
    [
        {"location": PLACE},
        {"location": PLACE | {"live_period": 900, "heading": 10}},
        {
            "venue": {"location": PLACE, "title": "ММЦ", "address": "Сахарово"},
            "location": PLACE,
        },
    ],
    ids=["place", "live", "venue"],
)
def test_a_place_is_read_as_a_point(content: dict[str, Any]) -> None:
    assert event_of(message(**content)) == LocationSent(Point(55.7, 37.6))


def test_words_under_a_picture_are_a_question() -> None:
    asked = message(photo=[SCREEN], caption="Это настоящий патент?")

    assert event_of(asked) == TextTyped("Это настоящий патент?")
    assert event_of(message(photo=[SCREEN], caption="  ")) == NotTextSent(NotTextKind.PHOTO)
    assert event_of(message(document=FILE, caption="/sos")) == CommandGiven("sos")


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}},
        {"new_chat_members": [PERSON]},
        {"left_chat_member": PERSON},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {"from_request": True}},
        {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🏔"}}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_a_service_message_is_no_event(content: dict[str, Any]) -> None:
    assert event_of(message(**content)) is None


# Presses

ASKED = {"message_id": 1, "date": 1_800_000_000, "chat": {"id": 7, "type": "private"}}
NO = ButtonPressed(Vote("work-patent", helped=False), "ru")


def press(answer: dict[str, Any] | None) -> ButtonPressed:
    query: dict[str, Any] = {
        "id": "1",
        "from": PERSON,
        "chat_instance": "7",
        "data": "vote:n:work-patent|ru|",
    }
    bot = {"id": 1, "is_bot": True, "first_name": "Joldosh"}
    if answer is not None:
        query["message"] = ASKED | {"message_id": 2, "date": 1_800_000_001, "from": bot} | answer
    return press_of(CallbackQuery.model_validate(query))


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ({"text": "нужен ли патент"}, "нужен ли патент"),
        ({"text": "/ask нужен ли патент"}, "нужен ли патент"),
        ({"photo": [SCREEN], "caption": "что это"}, "что это"),
        ({"text": "нужен ли патент", "edit_date": 1_800_000_001}, "нужен ли патент"),
    ],
)
def test_a_press_under_an_answer_gives_the_question_back(
    asked: dict[str, Any], question: str
) -> None:
    pressed = press({"text": "Патент", "reply_to_message": ASKED | {"from": PERSON} | asked})

    assert pressed == ButtonPressed(NO.action, NO.lang, question=question)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"date": 0},
        {"text": "Патент"},
        {"text": "Патент", "reply_to_message": ASKED | {"from": PERSON} | {"text": "/menu"}},
        {"text": "Патент", "reply_to_message": ASKED | {"from": PERSON} | {"photo": [SCREEN]}},
        {"text": "Патент", "reply_to_message": ASKED | {"from": PERSON | {"id": 8}, "text": "?"}},
        {"text": "Патент", "reply_to_message": ASKED | {"text": "нужен ли патент"}},
        {
            "text": "Патент",
            "reply_to_message": ASKED
            | {"from": PERSON, "text": "put right since", "edit_date": 1_800_000_009},
        },
    ],
    ids=["no message", "old", "no reply", "command", "picture", "other", "nobody", "edited"],
)
def test_without_the_question_it_is_a_press_all_the_same(answer: dict[str, Any] | None) -> None:
    assert press(answer) == NO
