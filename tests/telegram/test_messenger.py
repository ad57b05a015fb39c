"""A message that no update asked for is sent once, and what came of it is a value."""

import pytest
from aiogram.methods import SendMessage

from bot.conversation.actions import OpenMemo
from bot.conversation.messenger import Blocked, Delivered, Refused, Sent, TryAgain
from bot.conversation.replies import Button, Page
from bot.errors import DoorUnavailable
from bot.guide.citizenship import Citizenship
from bot.observability.metrics import Metrics
from bot.render.rich_text import RichText
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.outcomes import Calls
from tests.telegram.scripted_session import ScriptedSession, refusal

REMINDER = Page(
    RichText("Каттоого 3 күн калды"),
    ((Button("Каттоо", OpenMemo("registration-first")),),),
    lang="ky",
    citizenship=Citizenship.KG,
)


class Desk:
    def __init__(self, *answers: tuple[int, str] | None) -> None:
        self.session, self.metrics = ScriptedSession(*answers), Metrics()
        self._messenger = TelegramMessenger("telegram", Calls(self.session.bot, self.metrics))

    async def send(self, door: str = "telegram") -> Sent:
        return await self._messenger.send(door, "700100200", REMINDER)


async def test_the_page_is_a_new_message_with_its_buttons() -> None:
    desk = Desk()

    assert await desk.send() == Delivered()

    [call] = desk.session.calls
    assert isinstance(call, SendMessage)
    assert (call.chat_id, call.text) == (700100200, "Каттоого 3 күн калды")
    assert call.reply_markup is not None
    [[button]] = call.reply_markup.inline_keyboard  # type: ignore[union-attr]
    assert button.callback_data == "m:registration-first|ky|kg"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), Blocked()),
        (refusal(403, "Forbidden: user is deactivated"), Blocked()),
        (refusal(400, "Bad Request: chat not found"), Blocked()),
        (refusal(400, "Bad Request: message is too long"), Refused()),
        (refusal(429, "Too Many Requests: retry after 35", retry_after=35), TryAgain(35)),
    ],
)
async def test_what_came_of_it_is_a_value(answer: tuple[int, str], expected: Sent) -> None:
    desk = Desk(answer)

    assert await desk.send() == expected

    assert len(desk.session.calls) == 1, "whoever asked decides when to try again"


@pytest.mark.parametrize("answer", [None, refusal(500, "Internal Server Error: restart")])
async def test_a_server_out_of_reach_is_an_error(answer: tuple[int, str] | None) -> None:
    desk = Desk(answer)

    with pytest.raises(DoorUnavailable):
        await desk.send()

    assert len(desk.session.calls) == 1


async def test_a_wait_is_counted() -> None:
    desk = Desk(refusal(429, "Too Many Requests: retry after 1", retry_after=1))
    await desk.send()

    labels = {"method": "sendMessage", "outcome": "told-to-wait"}
    assert desk.metrics.registry.get_sample_value("joldosh_telegram_calls_total", labels) == 1


async def test_persons_of_another_door_cannot_be_told_here() -> None:
    desk = Desk()

    assert await desk.send("local") == Refused()
    assert desk.session.calls == []
