"""The persons' side of the local Telegram, with a small bot behind it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from math import inf, nan

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.enums import ContentType
from aiogram.filters import Command, CommandObject
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from bot.errors import NotPossible
from bot.telegram.local_chat import LocalChat
from bot.telegram.local_records import Json
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram
from tests.telegram.phone import Phone

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def echo() -> Router:
    """Greets, counts on a button, repeats the rest."""
    router = Router()

    def counter(count: int) -> InlineKeyboardMarkup:
        button = InlineKeyboardButton(text=f"+{count}", callback_data=f"count:{count}")
        return InlineKeyboardMarkup(inline_keyboard=[[button]])

    @router.message(Command("start"))
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"start {command.args or ''}".strip(), reply_markup=counter(1))

    @router.message(F.text)
    async def repeat(message: Message) -> None:
        assert message.from_user is not None
        await message.answer(f"{message.from_user.language_code}: {message.text}")

    @router.edited_message(F.text)
    async def repeat_edited(message: Message) -> None:
        await message.answer(f"edited: {message.text}")

    @router.message()
    async def name_it(message: Message) -> None:
        await message.answer(f"a {ContentType(message.content_type).value}")

    @router.callback_query()
    async def count(query: CallbackQuery) -> None:
        number = int((query.data or "").removeprefix("count:")) + 1
        await query.answer(f"{number}!")
        if isinstance(query.message, Message):
            await query.message.edit_text(f"pressed {query.data}", reply_markup=counter(number))
        elif isinstance(query.message, InaccessibleMessage):
            await query.message.answer("that message is gone")

    return router


class World:
    def __init__(self, time: datetime = NOON) -> None:
        self.time = time
        self.telegram = LocalTelegram(lambda: self.time)
        self.bot = Bot(LOCAL_TOKEN, session=LocalSession(self.telegram))
        self.dispatcher = Dispatcher()
        self.dispatcher.include_router(echo())
        self.updates: list[Update] = []
        self.chat = LocalChat(self.telegram, self._feed)

    async def _feed(self, update: Update) -> None:
        self.updates.append(update)
        await self.dispatcher.feed_update(self.bot, update)

    def phone(self, name: str = "Айбек", language: str | None = "ky") -> Phone:
        return Phone(self.chat, self.chat.add_person(name, language)["id"])


@pytest.fixture
def world() -> World:
    return World()


async def test_a_conversation(world: World) -> None:
    phone = world.phone()

    await phone.say("/start registration-first")
    assert phone.last.text == "start registration-first"
    await phone.press("+1")
    assert phone.last.text == "pressed count:1"
    assert phone.last.labels == [["+2"]]
    await phone.say(" кайда? ")
    assert phone.texts == [
        "/start registration-first",
        "pressed count:1",
        "кайда?",
        "ky: кайда?",
    ]


async def test_two_persons_do_not_see_each_other(world: World) -> None:
    aibek, anna = world.phone(), world.phone("Anna", None)
    await aibek.say("салам")
    await anna.say("hello")
    assert aibek.texts == ["салам", "ky: салам"]
    assert anna.texts == ["hello", "None: hello"]


@pytest.mark.parametrize(
    ("text", "length"),
    [("/menu", 5), ("/ask where?", 4), ("/menu@joldosh_local_bot", 23), ("/меню", 0), ("a /b", 0)],
    ids=["bare", "with words", "addressed", "not latin", "not first"],
)
async def test_commands_are_marked_as_telegram_marks_them(
    world: World, text: str, length: int
) -> None:
    await world.phone().say(text)
    message = world.updates[-1].message
    assert message is not None
    marks = [(e.type, e.offset, e.length) for e in message.entities or []]
    assert marks == ([("bot_command", 0, length)] if length else [])


async def test_an_old_button_can_be_pressed(world: World) -> None:
    phone = world.phone()
    await phone.say("/start")
    await world.chat.press(phone.person, phone.last.id, "count:7")
    assert phone.last.text == "pressed count:7", "a button that the message no longer has"

    await world.chat.press(phone.person, 12345, "count:1")
    assert phone.last.text == "that message is gone"


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "sticker", "document", "contact"])
async def test_things_that_are_not_text_arrive(world: World, kind: str) -> None:
    phone = world.phone()
    await world.chat.send(phone.person, kind)
    assert phone.last.text == f"a {kind}"
    assert phone.messages[0].view()["kind"] == kind


async def test_a_place_arrives_as_numbers(world: World) -> None:
    phone = world.phone()
    await world.chat.send_location(phone.person, 55.75, -0.5)
    message = world.updates[-1].message
    assert message is not None
    assert message.location is not None
    assert (message.location.latitude, message.location.longitude) == (55.75, -0.5)
    assert phone.messages[0].view()["place"] == {"latitude": 55.75, "longitude": -0.5}


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (0, -181), (nan, 0), (0, inf)])
async def test_there_is_no_place_beyond_the_earth(
    world: World, latitude: float, longitude: float
) -> None:
    phone = world.phone()
    with pytest.raises(NotPossible, match="no such place"):
        await world.chat.send_location(phone.person, latitude, longitude)


async def test_a_person_edits_what_they_said(world: World) -> None:
    phone = world.phone()
    await phone.say("кайда")
    mine = phone.messages[0]
    await world.chat.edit(phone.person, mine.id, "качан")
    assert phone.texts == ["качан", "ky: кайда", "edited: качан"]
    assert phone.messages[0].view()["edited"] is True

    with pytest.raises(NotPossible, match="own text messages"):
        await world.chat.edit(phone.person, phone.last.id, "чужое")


async def test_blocking_is_told_and_stops_the_person_too(world: World) -> None:
    changes: list[ChatMemberUpdated] = []

    @world.dispatcher.my_chat_member()
    async def keep(change: ChatMemberUpdated) -> None:
        changes.append(change)

    phone = world.phone()
    await phone.say("салам")
    await world.chat.set_blocked(phone.person, blocked=True)
    await world.chat.set_blocked(phone.person, blocked=True)
    with pytest.raises(NotPossible, match="unblock it first"):
        await phone.say("салам")
    await world.chat.set_blocked(phone.person, blocked=False)

    statuses = [(c.old_chat_member.status, c.new_chat_member.status) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_ids_are_not_used_again_after_a_restart() -> None:
    before = World()
    old = before.phone()
    for _ in range(3):
        await old.say("/start")
    after = World(NOON + timedelta(seconds=10))
    new = after.phone()
    await new.say("/start")

    assert new.person not in {person["id"] for person in before.chat.persons()}
    assert after.updates[0].update_id > max(update.update_id for update in before.updates)
    assert new.messages[0].id > old.last.id


@pytest.mark.parametrize(
    ("name", "language"),
    [("", "ky"), (" ", "ky"), ("я" * 65, "ky"), ("Айбек", "Kyrgyz!")],
    ids=["no name", "white space", "long name", "language"],
)
def test_a_person_needs_a_name_and_a_language_code(world: World, name: str, language: str) -> None:
    with pytest.raises(NotPossible, match=r"characters|code"):
        world.chat.add_person(name, language)
    assert world.chat.persons() == []


async def test_what_a_person_cannot_do(world: World) -> None:
    phone = world.phone()
    with pytest.raises(NotPossible, match="1 to 4096"):
        await phone.say(" ")
    with pytest.raises(NotPossible, match="not money"):
        await world.chat.send(phone.person, "money")
    with pytest.raises(NotPossible):
        await world.chat.say(1, "салам")
    world.chat.remove_person(phone.person)
    with pytest.raises(NotPossible):
        await phone.say("салам")
    assert world.updates == []


# Watching


async def next_change(changes: AsyncIterator[Json]) -> Json:
    async with asyncio.timeout(1):
        return await anext(changes)


async def test_a_watcher_gets_the_chat_and_then_each_change(world: World) -> None:
    phone = world.phone()
    await phone.say("/start")
    changes = world.chat.watch(phone.person)

    snapshot = await next_change(changes)
    assert snapshot["type"] == "snapshot"
    assert snapshot["person"]["name"] == "Айбек"
    assert [message["text"] for message in snapshot["messages"]] == ["/start", "start"]
    assert snapshot["messages"][1]["rows"] == [[{"label": "+1", "data": "count:1"}]]

    await phone.press("+1")
    assert (await next_change(changes)) == {
        "chat": phone.person,
        "type": "toast",
        "text": "2!",
        "alert": False,
    }
    edited = await next_change(changes)
    assert edited["message"]["text"] == "pressed count:1"
    assert edited["message"]["edited"] is True

    await world.bot.send_chat_action(phone.person, "typing")
    assert (await next_change(changes))["type"] == "typing"
    await world.bot.set_my_description("Companion on the road", language_code="ky")
    assert (await next_change(changes))["bot"]["description"] == "Companion on the road"
    await world.bot.delete_message(phone.person, phone.last.id)
    deleted = await next_change(changes)
    assert (deleted["type"], deleted["id"]) == ("deleted", edited["message"]["id"])
    await world.chat.set_blocked(phone.person, blocked=True)
    assert (await next_change(changes))["person"]["blocked"] is True

    world.chat.remove_person(phone.person)
    assert (await next_change(changes))["type"] == "removed"
    with pytest.raises(StopAsyncIteration):
        await next_change(changes)


async def test_whoever_watches_all_sees_persons_come_and_go(world: World) -> None:
    aibek = world.phone()
    changes = world.chat.watch()
    assert (await next_change(changes))["person"]["name"] == "Айбек"

    anna = world.phone("Anna", "en")
    assert (await next_change(changes))["person"]["name"] == "Anna"
    await anna.say("hello")
    assert [(await next_change(changes))["chat"] for _ in range(2)] == [anna.person] * 2
    world.chat.remove_person(aibek.person)
    gone = await next_change(changes)
    assert (gone["chat"], gone["type"]) == (aibek.person, "removed")


async def test_closing_the_chat_ends_every_watch(world: World) -> None:
    changes = [world.chat.watch(world.phone().person) for _ in range(2)]
    for each in changes:
        await next_change(each)
    world.chat.close()
    for each in changes:
        with pytest.raises(StopAsyncIteration):
            await next_change(each)


async def test_nobody_to_watch(world: World) -> None:
    with pytest.raises(NotPossible):
        world.chat.watch(1)
