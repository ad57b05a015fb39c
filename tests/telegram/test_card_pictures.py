"""A card held out: drawn once, uploaded once, and whatever goes wrong with the picture, its words arrive."""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup

from bot.conversation.actions import OpenMemo
from bot.conversation.replies import Button, CardShown
from bot.errors import DoorUnavailable
from bot.guide.citizenship import Citizenship
from bot.observability.metrics import Metrics
from bot.render.card_picture import NotDrawn
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder
from bot.telegram.card_pictures import CardPictures
from bot.telegram.outcomes import Calls
from bot.telegram.sender import Press, Sender
from tests.support.bot import SMALL_CONTENT, open_bot
from tests.support.bot_api_double import BotApiDouble, Refuse, Reset
from tests.support.bot_api_double.wire import Refusal, refused
from tests.support.logs import Logbook
from tests.telegram.scripted_session import ScriptedSession, refusal
from tests.telegram.test_json_session import bot_at

CHAT = 7
TEXT = RichTextBuilder().add("Мне больно.", MarkKind.BOLD).add("\n\nОоруп жатам.").build()
ROWS = ((Button("Артка", OpenMemo("emergency-care")),),)
CARD = CardShown("Мне больно.", "Ооруп жатам.", TEXT, ROWS, "ky", Citizenship.KG)
BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")
WRONG_FILE = refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
BAD_PICTURE = refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")


def taken(file_id: str) -> tuple[int, str]:
    """What the server answers when it has taken a picture."""
    size = {"file_unique_id": "u", "width": 960, "height": 1280}
    photo = [size | {"file_id": "thumbnail"}, size | {"file_id": file_id}]
    chat = {"id": CHAT, "type": "private"}
    message = {"message_id": 5, "date": 1, "chat": chat, "photo": photo}
    return 200, json.dumps({"ok": True, "result": message})


class Desk:
    """A sender before a server that answers by script, with a draughtsman who counts."""

    def __init__(
        self, *answers: tuple[int, str] | None, drawn: bytes | NotDrawn = b"a picture"
    ) -> None:
        self.metrics = Metrics()
        self.drawn: list[str] = []
        self._picture = drawn
        self._session = ScriptedSession(*answers)
        pictures = CardPictures(self.metrics, self._draw)
        self._sender = Sender(Calls(self._session.bot, self.metrics), pictures, self.metrics)

    def _draw(self, russian: str, _own: str) -> bytes | NotDrawn:
        assert threading.current_thread() is not threading.main_thread()
        self.drawn.append(russian)
        return self._picture

    async def hold_out(self, *cards: CardShown) -> Any:
        return await self._sender.deliver(CHAT, cards or (CARD,), Press("q1", 55))

    @property
    def sent(self) -> list[Any]:
        return self._session.calls

    @property
    def forms(self) -> dict[str, float]:
        return {
            sample.labels["form"]: sample.value
            for metric in self.metrics.cards.collect()
            for sample in metric.samples
            if sample.name.endswith("_total")
        }


def says_the_words(call: object) -> bool:
    return (
        isinstance(call, SendMessage)
        and call.text == TEXT.text
        and [entity.type for entity in call.entities or []] == ["bold"]
        and call.reply_markup is not None
    )


async def test_a_card_is_a_picture_with_its_words_below_it() -> None:
    desk = Desk(taken("file-1"))

    answer = await desk.hold_out()

    [photo] = desk.sent
    assert isinstance(photo, SendPhoto)
    assert isinstance(photo.photo, BufferedInputFile)
    assert photo.photo.data == b"a picture"
    assert (photo.caption, [e.type for e in photo.caption_entities or []]) == (TEXT.text, ["bold"])
    assert isinstance(photo.reply_markup, InlineKeyboardMarkup)
    assert photo.reply_markup.inline_keyboard[0][0].callback_data == "m:emergency-care|ky|kg"
    assert answer.callback_query_id == "q1"
    assert desk.forms == {"picture": 1}


async def test_a_card_is_uploaded_once_and_known_by_its_file_after_that() -> None:
    desk = Desk(taken("file-1"), taken("file-1"))

    await desk.hold_out()
    await desk.hold_out()

    assert desk.sent[1].photo == "file-1"
    assert desk.drawn == ["Мне больно."]


async def test_other_words_are_another_picture() -> None:
    desk = Desk(taken("file-1"), taken("file-2"))

    await desk.hold_out(CARD, CardShown("Мне больно.", "I am in pain.", RichText("Мне больно.")))

    assert [type(call.photo) for call in desk.sent] == [BufferedInputFile, BufferedInputFile]
    assert len(desk.drawn) == 2


async def test_a_card_that_many_ask_for_at_once_is_drawn_once() -> None:
    desk = Desk()

    await asyncio.gather(*(desk.hold_out() for _ in range(5)))

    assert len(desk.sent) == 5
    assert len(desk.drawn) == 1


async def test_a_file_that_telegram_lost_is_uploaded_anew() -> None:
    desk = Desk(taken("file-1"), WRONG_FILE, taken("file-2"), taken("file-2"))

    for _ in range(3):
        await desk.hold_out()

    shapes = ["file" if isinstance(call.photo, str) else "upload" for call in desk.sent]
    assert shapes == ["upload", "file", "upload", "file"]
    assert desk.sent[-1].photo == "file-2"


async def test_a_picture_that_is_refused_leaves_the_words() -> None:
    desk = Desk(BAD_PICTURE)

    await desk.hold_out()

    assert says_the_words(desk.sent[-1])
    assert desk.forms == {"text": 1}


async def test_a_line_too_poor_for_a_picture_still_carries_the_words() -> None:
    desk = Desk(None)

    await desk.hold_out()

    assert [type(call).__name__ for call in desk.sent] == ["SendPhoto", "SendMessage"]
    assert says_the_words(desk.sent[-1])


async def test_a_server_out_of_reach_ends_the_turn_for_a_card_too() -> None:
    desk = Desk(None, None)

    with pytest.raises(DoorUnavailable):
        await desk.hold_out()

    assert [type(call).__name__ for call in desk.sent] == ["SendPhoto", "SendMessage"]


async def test_what_cannot_be_drawn_is_said_logged_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logbook = Logbook.of(monkeypatch, "bot.telegram.card_pictures")
    desk = Desk(drawn=NotDrawn("no typeface"))

    await desk.hold_out()

    [message] = desk.sent
    assert says_the_words(message)
    assert desk.forms == {"not-drawn": 1, "text": 1}
    assert "больно" not in str(logbook.entries)
    assert [entry["event"] for entry in logbook.entries] == ["card.not_drawn"]


async def test_whoever_has_blocked_the_bot_is_sent_no_words_either() -> None:
    desk = Desk(BLOCKED)

    await desk.hold_out()

    assert len(desk.sent) == 1


# Over HTTP


async def test_a_picture_goes_up_once_over_http_and_the_words_when_it_does_not() -> None:
    async with BotApiDouble() as api:
        api.person(CHAT)
        metrics = Metrics()
        async with bot_at(api.url) as bot:
            sender = Sender(Calls(bot, metrics), CardPictures(metrics), metrics)
            for _ in range(2):
                await sender.deliver(CHAT, (CARD,), None)
            api.faults.add(
                Refuse(refused(Refusal(400, "Bad Request: wrong file identifier"))), "sendPhoto"
            )
            api.faults.add(Reset(), "sendPhoto")
            await sender.deliver(CHAT, (CARD,), None)

        first, second, *_ = api.calls("sendPhoto")
        assert first.result["photo"][0]["file_size"] > 10_000
        assert second.arguments["photo"] == first.result["photo"][0]["file_id"]
        assert second.arguments["caption_entities"][0]["type"] == "bold"
        assert [call.method for call in api.calls()] == ["sendPhoto"] * 4 + ["sendMessage"]


async def test_a_page_called_from_a_card_is_a_new_message_without_a_failed_edit(
    tmp_path: Path,
) -> None:
    async with open_bot(tmp_path, SMALL_CONTENT) as bot:
        phone = bot.person("ru")
        await phone.say("/start passport-taken")
        await phone.press("Показать: Верните")
        [page] = await phone.press("Назад: ")

        assert not page.edited
        calls = bot.house.metrics.calls.labels("editMessageText", "gone")
        assert calls._value.get() == 0
