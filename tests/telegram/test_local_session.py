"""The bot's side of the local Telegram: what it may do, and what the server refuses and how."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
    MessageEntity,
    ReplyKeyboardRemove,
    Update,
)
from hypothesis import given
from hypothesis import strategies as st

from bot.render.rich_text import utf16_length
from bot.telegram.local_chat import LocalChat
from bot.telegram.local_records import Json
from bot.telegram.local_rules import Refusal, checked_text
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, QUERY_LIFETIME, LocalTelegram


class World:
    """One bot, one person who has written to it, and a clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 12, tzinfo=UTC)
        self.telegram = LocalTelegram(lambda: self.time)
        self.bot = Bot(LOCAL_TOKEN, session=LocalSession(self.telegram))
        self.updates: list[Update] = []
        self.chat = LocalChat(self.telegram, self._keep)
        self.person = self.chat.add_person("Айбек", "ky")["id"]

    async def _keep(self, update: Update) -> None:
        self.updates.append(update)

    async def pressed(self) -> str:
        """The id of the query of a fresh press."""
        await self.chat.press(self.person, 1, "menu")
        query = self.updates[-1].callback_query
        assert query is not None
        return query.id


@pytest.fixture
async def world() -> World:
    world = World()
    await world.chat.say(world.person, "Салам")
    return world


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])


def button(data: str, label: str = "Меню") -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data)


def link(url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text="Сайт", url=url)


async def refused(call: Awaitable[object]) -> str:
    with pytest.raises(TelegramBadRequest) as caught:
        await call
    return caught.value.message


# Sending


async def test_a_sent_message_comes_back_as_telegram_keeps_it(world: World) -> None:
    sent = await world.bot.send_message(
        world.person,
        "\n 🏠 Каттоо: 30 күн \n",
        entities=[MessageEntity(type="bold", offset=0, length=12)],
        reply_markup=keyboard(button("menu"), link("https://mvd.ru/help")),
    )

    assert sent.text == "🏠 Каттоо: 30 күн"
    assert [(e.offset, e.length) for e in sent.entities or []] == [(0, 10)]
    assert sent.from_user is not None
    assert sent.from_user.id == world.bot.id
    assert sent.date == world.time
    assert world.chat.messages(world.person)[-1].labels == [["Меню"], ["Сайт"]]
    assert (await sent.edit_reply_markup()) is not None, "the answer is bound to the bot"


async def test_another_library_reads_the_same_message(world: World) -> None:
    await world.bot.send_message(world.person, "Салам", reply_markup=keyboard(button("menu")))

    raw = world.chat.messages(world.person)[-1].for_bot(
        world.telegram.person(world.person), world.telegram.bot
    )
    message = telegram.Message.de_json(raw, None)

    assert message.text == "Салам"
    assert message.reply_markup is not None
    assert message.reply_markup.inline_keyboard[0][0].callback_data == "menu"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("я" * 4097, "message is too long"),
    ],
    ids=["nothing", "white space", "too long"],
)
async def test_a_text_of_a_wrong_length_is_refused(world: World, text: str, reason: str) -> None:
    assert reason in await refused(world.bot.send_message(world.person, text))
    assert len(world.chat.messages(world.person)) == 1, "nothing arrived"


async def test_the_limit_counts_characters_after_trimming(world: World) -> None:
    sent = await world.bot.send_message(world.person, " " + "🏠" * 4096 + "\n")
    assert len(sent.text or "") == 4096


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ({"type": "bold", "offset": 1, "length": 2}, "begins in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": 0, "length": 1}, "ends in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": 0, "length": 9}, "ends after the end of the text"),
        ({"type": "bold", "offset": 9, "length": 1}, "begins after the end of the text"),
        ({"type": "bold", "offset": -1, "length": 1}, "incorrect offset -1"),
        ({"type": "bold", "offset": 0, "length": -1}, "incorrect length -1"),
        ({"type": "heading", "offset": 0, "length": 2}, "Unsupported type specified"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_an_entity_outside_the_text_is_refused(
    world: World, entity: Json, reason: str
) -> None:
    call = world.bot.send_message(world.person, "🏠 дом", entities=[MessageEntity(**entity)])
    assert reason in await refused(call)


async def test_links_that_telegram_does_not_like_vanish_from_the_text(world: World) -> None:
    text = "позвоните напишите зайдите"
    places = [("tel:+74992374452", 0, 9), ("http://localhost:8080", 10, 8)]
    good = MessageEntity(type="text_link", offset=19, length=7, url="mvd.ru/help")
    sent = await world.bot.send_message(
        world.person,
        text,
        entities=[
            *(MessageEntity(type="text_link", offset=o, length=n, url=u) for u, o, n in places),
            good,
        ],
    )
    assert [entity.url for entity in sent.entities or []] == ["http://mvd.ru/help"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard(button("")), "BUTTON_DATA_INVALID"),
        (keyboard(button("я" * 33)), "BUTTON_DATA_INVALID"),
        (keyboard(button("menu", label=" ")), "text buttons must have non-empty text"),
        (keyboard(InlineKeyboardButton(text="Меню")), "text buttons are unallowed"),
        (keyboard(*(button("menu") for _ in range(101))), "reply markup is too long"),
        (keyboard(link("tel:+74992374452")), "is invalid: Wrong HTTP URL"),
        (keyboard(link("http://localhost:8080/")), "is invalid: Wrong HTTP URL"),
        (keyboard(link("ftp://mvd.ru/")), "is invalid: Unsupported URL protocol"),
        (
            keyboard(InlineKeyboardButton(text="Поиск", switch_inline_query="")),
            "shows no button with switch_inline_query",
        ),
        (ReplyKeyboardRemove(), "shows inline keyboards only"),
    ],
    ids=[
        "empty data",
        "66 bytes",
        "no label",
        "no action",
        "101 buttons",
        "tel",
        "localhost",
        "ftp",
        "inline",
        "reply keyboard",
    ],
)
async def test_a_keyboard_that_telegram_refuses(
    world: World, markup: InlineKeyboardMarkup | ReplyKeyboardRemove, reason: str
) -> None:
    call = world.bot.send_message(world.person, "Салам", reply_markup=markup)
    assert reason in await refused(call)


async def test_64_bytes_and_100_buttons_are_fine(world: World) -> None:
    rows = keyboard(*(button("я" * 32) for _ in range(100)))
    sent = await world.bot.send_message(world.person, "Салам", reply_markup=rows)
    assert sent.reply_markup is not None
    assert len(sent.reply_markup.inline_keyboard) == 100


async def test_markup_in_the_text_is_refused_and_not_shown_raw(world: World) -> None:
    call = world.bot.send_message(world.person, "<b>Салам</b>", parse_mode="HTML")
    assert "parses no markup" in await refused(call)


async def test_a_contact_arrives_as_a_card(world: World) -> None:
    sent = await world.bot.send_contact(world.person, "+74992374452", "Посольство")
    assert sent.contact is not None
    assert sent.contact.phone_number == "+74992374452"
    view = world.chat.messages(world.person)[-1].view()
    assert view["kind"] == "contact"
    assert view["contact"] == {"name": "Посольство", "phone": "+74992374452"}


async def test_a_venue_arrives_with_its_address(world: World) -> None:
    sent = await world.bot.send_venue(world.person, 55.75, 37.61, "Посольство", "Ордынка, 64")
    assert sent.venue is not None
    assert sent.venue.location.latitude == 55.75
    view = world.chat.messages(world.person)[-1].view()
    assert view["venue"] == {"title": "Посольство", "address": "Ордынка, 64"}


# Editing


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(world: World) -> None:
    sent = await world.bot.send_message(world.person, "один", reply_markup=keyboard(button("a")))
    await world.bot.edit_message_text("два", chat_id=world.person, message_id=sent.message_id)

    shown = world.chat.messages(world.person)[-1]
    assert (shown.text, shown.rows, shown.edited) == ("два", [], world.time)


async def test_an_edit_that_changes_nothing_is_refused(world: World) -> None:
    markup = keyboard(button("a"))
    sent = await world.bot.send_message(world.person, "один", reply_markup=markup)

    def edit(text: str, markup: InlineKeyboardMarkup | None) -> Awaitable[object]:
        return world.bot.edit_message_text(
            text, chat_id=world.person, message_id=sent.message_id, reply_markup=markup
        )

    assert "message is not modified" in await refused(edit(" один ", markup))
    assert await edit("один", keyboard(button("b"))), "another keyboard is a change"
    call = world.bot.edit_message_reply_markup(
        chat_id=world.person, message_id=sent.message_id, reply_markup=keyboard(button("b"))
    )
    assert "message is not modified" in await refused(call)


async def test_what_cannot_be_edited(world: World) -> None:
    card = await world.bot.send_contact(world.person, "112", "Спасатели")
    theirs = world.chat.messages(world.person)[0]
    gone = await world.bot.send_message(world.person, "исчезну")
    assert await world.bot.delete_message(world.person, gone.message_id)

    async def reason(message_id: int) -> str:
        return await refused(
            world.bot.edit_message_text("новое", chat_id=world.person, message_id=message_id)
        )

    assert "there is no text in the message to edit" in await reason(card.message_id)
    assert "message can't be edited" in await reason(theirs.id)
    assert "message to edit not found" in await reason(gone.message_id)
    assert "message to delete not found" in await refused(
        world.bot.delete_message(world.person, gone.message_id)
    )


async def test_a_message_older_than_two_days_cannot_be_deleted(world: World) -> None:
    sent = await world.bot.send_message(world.person, "останусь")
    world.time += timedelta(hours=49)
    reason = await refused(world.bot.delete_message(world.person, sent.message_id))
    assert "message can't be deleted" in reason


# Answering a press


async def test_a_press_is_answered_once(world: World) -> None:
    query = await world.pressed()
    assert await world.bot.answer_callback_query(query, text="Сакталды")
    assert "query is too old" in await refused(world.bot.answer_callback_query(query))


async def test_a_late_answer_and_an_invented_one_are_refused(world: World) -> None:
    query = await world.pressed()
    world.time += QUERY_LIFETIME + timedelta(seconds=1)
    assert "query is too old" in await refused(world.bot.answer_callback_query(query))
    assert "query ID is invalid" in await refused(world.bot.answer_callback_query("1"))


async def test_a_toast_longer_than_200_characters_is_refused(world: World) -> None:
    query = await world.pressed()
    call = world.bot.answer_callback_query(query, text="я" * 201)
    assert "MESSAGE_TOO_LONG" in await refused(call)
    assert await world.bot.answer_callback_query(query, text="я" * 200)


# Persons who cannot be reached


async def test_a_blocked_bot_is_forbidden_to_write(world: World) -> None:
    await world.chat.set_blocked(world.person, blocked=True)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await world.bot.send_message(world.person, "Салам")
    await world.chat.set_blocked(world.person, blocked=False)
    assert (await world.bot.send_message(world.person, "Салам")).text == "Салам"


async def test_a_deleted_account_is_told_apart_from_an_unknown_one(world: World) -> None:
    world.chat.remove_person(world.person)
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await world.bot.send_chat_action(world.person, "typing")
    assert "chat not found" in await refused(world.bot.send_message(1, "Салам"))


async def test_a_bot_cannot_write_first(world: World) -> None:
    stranger = world.chat.add_person("Дилноза", "uz")["id"]
    assert "chat not found" in await refused(world.bot.send_message(stranger, "Салам"))


# What the bot tells about itself


async def test_commands_are_seen_by_language_and_fall_back(world: World) -> None:
    bot, scope = world.bot, BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand(command="menu", description="Menu")])
    await bot.set_my_commands(
        [BotCommand(command="menu", description="Башкы бет")], scope=scope, language_code="ky"
    )
    tajik = world.telegram.person(world.chat.add_person("Фирӯз", "tg")["id"])
    kyrgyz = world.telegram.person(world.person)
    profile = world.telegram.profile

    assert profile.view(kyrgyz)["commands"] == [{"command": "menu", "description": "Башкы бет"}]
    assert profile.view(tajik)["commands"] == [{"command": "menu", "description": "Menu"}]
    assert await bot.get_my_commands(scope=scope) == [], "reading falls back to nothing"

    await bot.set_my_commands(
        [BotCommand(command="staff", description="Staff")],
        scope=BotCommandScopeChat(chat_id=world.person),
    )
    assert profile.view(kyrgyz)["commands"] == [{"command": "staff", "description": "Staff"}]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=world.person))
    assert profile.view(kyrgyz)["commands"] == [{"command": "menu", "description": "Башкы бет"}]


async def test_commands_that_telegram_refuses(world: World) -> None:
    def set_one(command: str, description: str, language: str = "") -> Awaitable[object]:
        commands = [BotCommand(command=command, description=description)]
        return world.bot.set_my_commands(commands, language_code=language)

    assert "BOT_COMMAND_INVALID" in await refused(set_one("Меню", "Меню"))
    assert "BOT_COMMAND_DESCRIPTION_INVALID" in await refused(set_one("menu", ""))
    assert "invalid language code" in await refused(set_one("menu", "Menu", "kyrgyz"))


async def test_name_and_descriptions_are_by_language(world: World) -> None:
    await world.bot.set_my_name("Жолдош", language_code="ky")
    await world.bot.set_my_description("What can this bot do?")
    await world.bot.set_my_short_description("Companion")
    await world.bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    assert (await world.bot.get_my_name(language_code="ky")).name == "Жолдош"
    assert (await world.bot.get_my_description(language_code="ky")).description.startswith("What")
    assert (await world.bot.get_my_short_description()).short_description == "Companion"
    assert isinstance(await world.bot.get_chat_menu_button(), MenuButtonCommands)
    assert "too long" in await refused(world.bot.set_my_short_description("я" * 121))


async def test_the_bot_knows_itself(world: World) -> None:
    me = await world.bot.get_me()
    assert (me.id, me.is_bot) == (world.bot.id, True)


# Delivery


async def test_an_update_comes_again_until_a_larger_offset_is_asked_for(world: World) -> None:
    chat = LocalChat(world.telegram, world.telegram.delivery.put)
    await chat.say(world.person, "/start")
    await chat.say(world.person, "кайда?")

    async def ids(offset: int | None = None) -> list[int]:
        return [update.update_id for update in await world.bot.get_updates(offset)]

    first, second = await ids()
    assert await ids() == [first, second]
    assert await ids(first + 1) == [second]
    assert await ids(second + 1) == []


async def test_a_waiting_poller_gets_the_update_at_once_and_whole(world: World) -> None:
    chat = LocalChat(world.telegram, world.telegram.delivery.put)
    poll = asyncio.create_task(world.bot.get_updates(timeout=5))
    await asyncio.sleep(0.01)
    await chat.say(world.person, "/menu")

    async with asyncio.timeout(1):
        (update,) = await poll
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ky"
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"


async def test_a_second_poller_ends_the_first(world: World) -> None:
    first = asyncio.create_task(world.bot.get_updates(timeout=5))
    await asyncio.sleep(0.01)
    assert await world.bot.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await first


async def test_polling_and_a_webhook_exclude_each_other(world: World) -> None:
    bot = world.bot
    await bot.set_webhook("https://joldosh.example/telegram/webhook", secret_token="s3cret")
    assert (await bot.get_webhook_info()).url == "https://joldosh.example/telegram/webhook"
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_webhook_is_set_once_a_second_over_https_with_a_plain_secret(
    world: World,
) -> None:
    bot, url = world.bot, "https://joldosh.example/telegram/webhook"
    assert "HTTPS URL must be provided" in await refused(bot.set_webhook("http://joldosh.example"))
    assert "unallowed characters" in await refused(bot.set_webhook(url, secret_token="a b"))
    assert await bot.set_webhook(url)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.set_webhook(url)
    assert caught.value.retry_after == 1
    world.time += timedelta(seconds=1)
    assert await bot.set_webhook(url)


# The session itself


async def test_any_other_method_says_that_it_is_not_there(world: World) -> None:
    assert "does not answer getFile" in await refused(world.bot.get_file("local-photo"))
    with pytest.raises(FileNotFoundError):
        await world.bot.download_file("photo.jpg")


async def test_another_token_opens_nothing(world: World) -> None:
    bot = Bot("42:other", session=LocalSession(world.telegram))
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()


async def test_session_middlewares_see_the_calls(world: World) -> None:
    """This is how tests make Telegram slow, busy or broken."""

    async def busy(make_request: object, bot: Bot, method: SendMessage) -> object:
        raise TelegramRetryAfter(method=method, message="Too Many Requests", retry_after=3)

    world.bot.session.middleware(busy)  # type: ignore[arg-type]
    with pytest.raises(TelegramRetryAfter):
        await world.bot.send_message(world.person, "Салам")


@given(
    text=st.text(st.characters(codec="utf-8"), max_size=30),
    offset=st.integers(0, 40),
    length=st.integers(0, 40),
)
def test_kept_entities_mark_the_characters_that_were_sent(
    text: str, offset: int, length: int
) -> None:
    sent = text.encode("utf-16-le")
    try:
        kept, entities = checked_text(text, [{"type": "bold", "offset": offset, "length": length}])
    except Refusal:
        marked = sent[2 * offset : 2 * (offset + length)]
        splits = marked.decode("utf-16-le", "replace").encode("utf-16-le") != marked
        outside = offset + length > utf16_length(text)
        halved = sent[: 2 * offset].decode("utf-16-le", "replace").endswith("\ufffd")
        assert splits or outside or halved or not text.strip()
        return
    for entity in entities:
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        still = kept.encode("utf-16-le")[start:end].decode("utf-16-le")
        was = sent[2 * offset : 2 * (offset + length)].decode("utf-16-le")
        assert still in was
        assert still.strip() == was.strip()
