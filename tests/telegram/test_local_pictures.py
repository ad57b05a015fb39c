"""Pictures in the local Telegram: sent with their words, sent again by id, refused as the server refuses."""

import pytest
from aiogram.types import BufferedInputFile, Message, MessageEntity

from bot.render.card_picture import draw_card
from tests.support.witness import check_with_python_telegram_bot
from tests.telegram.local_world import World, button, keyboard, refused

CAPTION = "Мне больно."
BOLD = [MessageEntity(type="bold", offset=0, length=len(CAPTION))]


@pytest.fixture(scope="module")
def picture() -> bytes:
    drawn = draw_card(CAPTION, "Ооруп жатам.")
    assert isinstance(drawn, bytes)
    return drawn


async def sent(world: World, photo: bytes | str, caption: str = CAPTION) -> Message:
    file = photo if isinstance(photo, str) else BufferedInputFile(photo, "card.png")
    return await world.bot.send_photo(
        world.person,
        file,
        caption=caption,
        caption_entities=BOLD,
        reply_markup=keyboard(button("menu")),
    )


async def test_a_picture_comes_back_as_telegram_keeps_it(world: World, picture: bytes) -> None:
    message = await sent(world, picture)

    assert message.photo is not None
    assert (message.photo[-1].width, message.photo[-1].height) == (1080, 1440)
    assert (message.text, message.caption) == (None, CAPTION)
    assert [entity.type for entity in message.caption_entities or []] == ["bold"]
    shown = world.chat.messages(world.person)[-1]
    check_with_python_telegram_bot(shown)
    view = shown.view()["picture"]
    assert (view["width"], view["height"]) == (1080, 1440)
    assert world.chat.picture(view["id"]) == picture


async def test_a_picture_is_sent_again_by_its_id_to_anybody(world: World, picture: bytes) -> None:
    first = await sent(world, picture)
    assert first.photo is not None
    other = world.chat.add_person("Дилноза")["id"]
    await world.chat.say(other, "/start")

    again = await world.bot.send_photo(other, first.photo[-1].file_id)

    assert again.photo == first.photo


async def test_what_is_no_picture_is_refused(world: World, picture: bytes) -> None:
    flat = bytearray(picture)
    flat[16:20] = (1080 * 40).to_bytes(4)

    assert "IMAGE_PROCESS_FAILED" in await refused(sent(world, b"no picture"))
    assert "PHOTO_INVALID_DIMENSIONS" in await refused(sent(world, bytes(flat)))
    assert "wrong file identifier" in await refused(sent(world, "file-of-another-bot"))


async def test_a_caption_is_short(world: World, picture: bytes) -> None:
    assert "caption is too long" in await refused(sent(world, picture, "О" * 1025))
    assert (await sent(world, picture, "О" * 1024)).caption == "О" * 1024


async def test_a_picture_has_no_text_to_edit(world: World, picture: bytes) -> None:
    message = await sent(world, picture)

    reason = await refused(message.edit_text("Меню"))

    assert "there is no text in the message to edit" in reason


async def test_a_picture_that_a_person_sends_has_nothing_to_show(world: World) -> None:
    await world.chat.send(world.person, "photo")

    assert world.chat.messages(world.person)[-1].view()["picture"] is False
