"""The bot's side of the local Telegram: what it may do, and what the server refuses and how."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from hypothesis import given
from hypothesis import strategies as st

from bot.render.rich_text import utf16_length
from bot.telegram.local_records import Json
from bot.telegram.local_rules import Refusal, checked_text
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import QUERY_LIFETIME
from tests.telegram.local_world import World, button, keyboard, link, refused


def keys(*labels: KeyboardButton) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(keyboard=[list(labels)])


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


async def test_an_answer_is_tied_to_the_message_of_the_person(world: World) -> None:
    await world.chat.say(world.person, "нужен ли патент")
    asked = world.chat.messages(world.person)[-1].id

    sent = await world.bot.send_message(
        world.person, "Патент", reply_parameters=ReplyParameters(message_id=asked)
    )
    changed = await sent.edit_text("Меню", reply_markup=keyboard(button("menu")))
    await world.chat.press(world.person, sent.message_id, "menu")

    assert isinstance(changed, Message)
    query = world.updates[-1].callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    for message in (sent, changed, query.message):
        assert message.reply_to_message is not None
        assert message.reply_to_message.text == "нужен ли патент"
    assert world.chat.messages(world.person)[-1].view()["replies_to"] == asked


async def test_a_message_that_is_gone_cannot_be_answered_unless_told_to_do_without(
    world: World,
) -> None:
    gone = ReplyParameters(message_id=999)

    call = world.bot.send_message(world.person, "Патент", reply_parameters=gone)
    assert "message to be replied not found" in await refused(call)

    gone = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    sent = await world.bot.send_message(world.person, "Патент", reply_parameters=gone)
    assert sent.reply_to_message is None


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
        (ForceReply(), "shows inline keyboards only"),
        (keys(KeyboardButton(text=" ")), "keyboard button text must be non-empty"),
        (keys(KeyboardButton(text="я", request_contact=True)), "no key with request_contact"),
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
        "forced reply",
        "key without label",
        "key for a contact",
    ],
)
async def test_a_keyboard_that_telegram_refuses(
    world: World, markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply, reason: str
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


async def test_keys_take_the_place_of_the_keyboard_until_they_are_taken_away(world: World) -> None:
    markup = keys(
        KeyboardButton(text="Кайдамын", request_location=True), KeyboardButton(text="Жок")
    )
    sent = await world.bot.send_message(world.person, "Кайдасыз?", reply_markup=markup)
    assert world.chat.keys(world.person) == [["Кайдамын", "Жок"]]
    edit = world.bot.edit_message_text("?", chat_id=world.person, message_id=sent.message_id)
    assert "can't be edited" in await refused(edit)

    inline = keyboard(button("menu"))
    await world.bot.send_message(world.person, "Меню", reply_markup=inline)
    assert world.chat.keys(world.person) == [["Кайдамын", "Жок"]], "they stay under other messages"

    await world.bot.send_message(world.person, "Болду", reply_markup=ReplyKeyboardRemove())
    assert world.chat.keys(world.person) == []


async def test_whoever_looks_later_sees_the_keys_too(world: World) -> None:
    markup = keys(KeyboardButton(text="Кайдамын", request_location=True))
    await world.bot.send_message(world.person, "Кайдасыз?", reply_markup=markup)

    snapshot = await anext(world.chat.watch(world.person))

    assert snapshot["keys"] == [[{"text": "Кайдамын", "asks_location": True}]]


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
    assert view["place"] == {"latitude": 55.75, "longitude": 37.61}


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
