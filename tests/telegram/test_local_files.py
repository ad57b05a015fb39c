"""Files in the local Telegram: sent under their name, saved from the chat, refused as the server refuses."""

import pytest
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile, Message

from bot.telegram.local_rules import LARGEST_DOCUMENT
from tests.support.witness import check_with_python_telegram_bot
from tests.telegram.local_world import World, button, keyboard, refused

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
CAPTION = "Күндөрүңүз."


async def sent(
    world: World, content: bytes = CALENDAR, name: str = "joldosh.ics", caption: str = CAPTION
) -> Message:
    return await world.bot.send_document(
        world.person,
        BufferedInputFile(content, name),
        caption=caption,
        reply_markup=keyboard(button("menu")),
    )


@pytest.fixture(autouse=True)
async def _started(world: World) -> None:
    await world.chat.say(world.person, "/start")


async def test_a_file_comes_back_as_telegram_keeps_it(world: World) -> None:
    message = await sent(world)

    assert message.document is not None
    assert message.document.file_name == "joldosh.ics"
    assert message.document.mime_type == "text/calendar"
    assert message.document.file_size == len(CALENDAR)
    assert (message.text, message.caption) == (None, CAPTION)
    shown = world.chat.messages(world.person)[-1]
    check_with_python_telegram_bot(shown)
    view = shown.view()["file"]
    assert (view["name"], view["size"]) == ("joldosh.ics", len(CALENDAR))
    assert world.chat.document(view["id"]) == ("joldosh.ics", CALENDAR)
    assert world.chat.document("local-0") is None


async def test_a_file_is_sent_again_by_its_id(world: World) -> None:
    first = await sent(world)
    assert first.document is not None

    again = await world.bot.send_document(world.person, first.document.file_id)

    assert again.document == first.document


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/etc/joldosh.ics", "joldosh.ics"),
        (r"C:\dates\joldosh.ics", "joldosh.ics"),
        ("Күндөр.ics", "Күндөр.ics"),
        ("jol\r\ndosh.ics", "joldosh.ics"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}sci.hsodloj", "sci.hsodloj"),
        ("dates/", "file"),
    ],
)
async def test_a_name_has_no_folder_and_nothing_unseen(
    world: World, given: str, kept: str
) -> None:
    message = await sent(world, name=given)

    assert message.document is not None
    assert message.document.file_name == kept


async def test_what_is_no_file_is_refused(world: World) -> None:
    strange = world.bot.send_document(world.person, "file-of-another-bot")

    assert "file must be non-empty" in await refused(sent(world, b""))
    assert "wrong file identifier" in await refused(strange)
    assert "caption is too long" in await refused(sent(world, caption="О" * 1025))


async def test_a_file_over_the_limit_is_refused_whole(world: World) -> None:
    with pytest.raises(TelegramAPIError, match="Entity Too Large"):
        await sent(world, bytes(LARGEST_DOCUMENT + 1))


async def test_a_file_has_no_text_to_edit(world: World) -> None:
    message = await sent(world)

    assert "no text in the message to edit" in await refused(message.edit_text("Меню"))


async def test_a_file_that_a_person_sends_cannot_be_saved(world: World) -> None:
    await world.chat.send(world.person, "document")

    [message] = [one for one in world.chat.messages(world.person) if one.attachment]
    assert message.view()["file"] is False
