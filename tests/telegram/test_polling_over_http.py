"""Polling a server that is another process: its troubles, its waits, and taking leave of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from bot.telegram.json_session import JsonSession
from bot.telegram.polling import poll
from tests.support.bot_api_double import (
    BotApiDouble,
    Fault,
    Refuse,
    Reset,
    bad_gateway,
    server_error,
    too_many_requests,
)
from tests.support.bot_api_double.wire import Answer, Refusal, refused

AYGUL = 1001


@asynccontextmanager
async def polled(api: BotApiDouble) -> AsyncIterator[list[str]]:
    """The texts that a poller over HTTP has handled."""
    session = JsonSession(TelegramAPIServer.from_base(api.url), proxy=None)
    texts: list[str] = []
    stopping = asyncio.Event()

    async def handle(update: Update) -> None:
        assert update.message is not None
        texts.append(update.message.text or "")

    polls = asyncio.create_task(poll(Bot(api.token, session=session), handle, stopping))
    try:
        yield texts
    finally:
        stopping.set()
        await polls
        # The session's own `close` waits a quarter of a second for TLS that is not there.
        await (await session.create_session()).close()


PAGE = Refuse(Answer(200, b"<html>Welcome to the network</html>", "text/html"))
TROUBLE: dict[str, Fault] = {
    "another poller": Refuse(refused(Refusal(409, "Conflict: terminated by other getUpdates"))),
    "server error": server_error(),
    "bad gateway": bad_gateway(),
    "connection lost": Reset(),
    "token taken back": Refuse(refused(Refusal(401, "Unauthorized"))),
    "a page instead of an answer": PAGE,
    "updates without numbers": Refuse(Answer(200, b'{"ok": true, "result": [{}, 7, null]}')),
    "no list of updates": Refuse(Answer(200, b'{"ok": true, "result": {"update_id": 7}}')),
}


@pytest.mark.parametrize("fault", TROUBLE.values(), ids=TROUBLE)
async def test_trouble_makes_it_pause_longer_each_time_and_go_on(
    fault: Fault, pauses: list[float]
) -> None:
    async with BotApiDouble() as api:
        api.person(AYGUL).types("каттоо")
        api.faults.add(fault, "getUpdates", times=8)

        async with polled(api) as texts:
            await api.settled()

    assert texts == ["каттоо"]
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


async def test_the_wait_that_telegram_asks_for_is_kept(pauses: list[float]) -> None:
    async with BotApiDouble() as api:
        api.person(AYGUL).types("каттоо")
        api.faults.add(too_many_requests(17), "getUpdates")

        async with polled(api) as texts:
            await api.settled()

    assert texts == ["каттоо"]
    assert pauses == [17]


async def test_only_what_is_served_is_asked_for() -> None:
    async with BotApiDouble() as api, polled(api):
        [call] = await api.wait_for_calls(1, "getUpdates")

    assert call.arguments["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert call.arguments["limit"] == 100
    assert call.arguments["timeout"] == 25


# Taking leave


async def test_stopping_confirms_what_was_handled() -> None:
    async with BotApiDouble() as api:
        number = api.person(AYGUL).types("каттоо")
        async with polled(api) as texts:
            await api.wait_for_calls(2, "getUpdates")

        assert texts == ["каттоо"]
        last = api.calls("getUpdates")[-1]
        assert (last.arguments["offset"], last.arguments["timeout"]) == (number + 1, 0)
        assert len(api.updates) == 0


async def test_stopping_does_not_wait_for_a_long_poll_and_confirms_nothing_unseen() -> None:
    async with BotApiDouble() as api:
        async with polled(api) as texts:
            await api.wait_for_calls(1, "getUpdates")

        assert texts == []
        assert len(api.calls("getUpdates")) == 1


async def test_a_confirmation_that_fails_is_no_trouble() -> None:
    async with BotApiDouble() as api:
        api.person(AYGUL).types("каттоо")
        async with polled(api) as texts:
            await api.wait_for_calls(2, "getUpdates")
            api.faults.add(server_error(), "getUpdates")

        assert texts == ["каттоо"]
        assert api.calls("getUpdates")[-1].status == 500
