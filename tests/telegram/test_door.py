"""The door as the rest of the house sees it: opened, told to serve, and closed. Over HTTP to a double."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.app import House, open_house
from bot.errors import DoorUnavailable, SettingsError
from bot.telegram import door as door_module
from bot.telegram.door import Household, TelegramDoor, open_door, open_local_door
from bot.telegram.local_telegram import LocalTelegram
from tests.support.bot import Clock, settings_for
from tests.support.bot_api_double import BotApiDouble, Refuse, Reset, server_error
from tests.support.bot_api_double.wire import Json, Refusal, refused
from tests.support.logs import Logbook

AYGUL = 1001


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(settings_for(tmp_path), Clock()) as house:
        yield house


@pytest.fixture
def household(house: House) -> Household:
    return Household(house.conversation, house.secret, house.interface, house.metrics)


@pytest.fixture
async def api() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as api:
        yield api


@pytest.fixture
async def door(api: BotApiDouble, household: Household) -> AsyncIterator[TelegramDoor]:
    async with open_door(household, api.token, api.url, proxy=None) as door:
        yield door


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Logbook:
    monkeypatch.setattr(door_module, "_PAUSE_SECONDS", 0.001)
    return Logbook.of(monkeypatch, "bot.telegram.door")


def update_of(api: BotApiDouble) -> bytes:
    """The update that waits, as a webhook would bring it."""
    return json.dumps(api.updates.pending()[-1].update).encode()


def pressed(data: str, message: Json) -> Json:
    account = {"id": AYGUL, "is_bot": False, "first_name": "Айгүл"}
    return {"id": "q1", "from": account, "chat_instance": "1", "message": message, "data": data}


# Updates


async def test_a_message_is_answered_by_a_call_and_a_press_in_the_response(
    api: BotApiDouble, door: TelegramDoor
) -> None:
    person = api.person(AYGUL, language_code="ky")
    person.types("/start")
    assert await door.feed_json(update_of(api)) is None
    assert person.buttons == ["Русский", "Кыргызча", "English", "🆘 Коркунуч"]

    person.presses("Кыргызча")
    answer = await door.feed_json(update_of(api))

    assert answer is not None
    assert json.loads(answer) == {
        "method": "answerCallbackQuery",
        "callback_query_id": max(api.account.open_queries, key=int),
    }
    assert [call.method for call in api.calls()] == ["sendMessage", "editMessageText"]


async def test_a_toast_is_in_the_response_too(api: BotApiDouble, door: TelegramDoor) -> None:
    api.person(AYGUL)
    chat = {"id": AYGUL, "type": "private"}
    query = pressed("c:kg-embassy|ky|kg", {"chat": chat, "message_id": 1, "date": 0})

    answer = await door.feed_json(json.dumps({"update_id": 1, "callback_query": query}).encode())

    [card] = api.calls()
    assert card.method == "sendContact"
    assert card.arguments["phone_number"] == "+74990000001"
    assert answer is not None
    assert set(json.loads(answer)) == {"method", "callback_query_id", "text"}


async def test_a_press_that_came_by_polling_is_answered_by_a_call(
    api: BotApiDouble, door: TelegramDoor
) -> None:
    person = api.person(AYGUL, language_code="ky")
    person.types("/start")
    stopping = asyncio.Event()
    polls = asyncio.create_task(door.poll(stopping))
    await api.settled()

    person.presses("Кыргызча")
    await api.settled()
    stopping.set()
    await polls

    methods = [call.method for call in api.calls() if call.method != "getUpdates"]
    assert methods == ["deleteWebhook", "sendMessage", "editMessageText", "answerCallbackQuery"]


async def test_an_update_that_could_not_be_answered_is_left_to_be_delivered_again(
    api: BotApiDouble, door: TelegramDoor
) -> None:
    person = api.person(AYGUL)
    person.types("/start")
    update = update_of(api)
    api.faults.add(Reset(), "sendMessage")

    with pytest.raises(DoorUnavailable):
        await door.feed_json(update)
    assert await door.feed_json(update) is None
    assert await door.feed_json(update) is None

    assert len(api.pages(AYGUL)) == 1


async def test_one_bot_knows_its_updates_from_those_of_another_by_the_name_of_its_door(
    api: BotApiDouble, door: TelegramDoor, household: Household
) -> None:
    """Update numbers begin where they like: that of the local chat may be that of Telegram."""
    api.person(AYGUL).types("/start")
    update = update_of(api)

    async with open_local_door(household, LocalTelegram(Clock())) as (local, _chat):
        assert await local.feed_json(update) is None
    assert await door.feed_json(update) is None

    assert len(api.pages(AYGUL)) == 1


# Serving


async def test_it_introduces_itself(api: BotApiDouble, door: TelegramDoor) -> None:
    await door.introduce()

    assert set(api.account.commands) == {"", "ru", "ky", "en"}
    assert api.counts == {"setMyCommands": 4, "setMyDescription": 4, "setMyShortDescription": 4}


async def test_it_asks_for_the_webhook_until_telegram_knows_the_address(
    api: BotApiDouble, door: TelegramDoor, impatient: Logbook
) -> None:
    unknown_host = Refusal(400, "Bad Request: bad webhook: Failed to resolve host")
    for fault in (Reset(), server_error(), Refuse(refused(unknown_host))):
        api.faults.add(fault, "setWebhook")

    await door.use_webhook("https://bot.example.org/telegram/webhook", "s3cret")

    assert impatient.events == ["webhook.not_set"] * 3
    last = api.calls("setWebhook")[-1]
    assert last.done
    assert last.arguments["secret_token"] == "s3cret"


async def test_it_tries_to_poll_until_the_webhook_is_gone(
    api: BotApiDouble, door: TelegramDoor, impatient: Logbook
) -> None:
    person = api.person(AYGUL)
    person.types("/start")
    api.faults.add(server_error(), "deleteWebhook", times=2)
    stopping = asyncio.Event()

    polls = asyncio.create_task(door.poll(stopping))
    await api.settled()
    stopping.set()
    await polls

    assert impatient.events == ["polling.not_started"] * 2
    assert len(api.pages(AYGUL)) == 1


async def test_it_can_be_stopped_while_it_tries_to_poll(
    api: BotApiDouble, door: TelegramDoor
) -> None:
    api.faults.add(server_error(), "deleteWebhook", times=None)
    stopping = asyncio.Event()
    polls = asyncio.create_task(door.poll(stopping))
    await api.wait_for_calls(1, "deleteWebhook")

    stopping.set()
    await asyncio.wait_for(polls, 1)

    assert api.calls("getUpdates") == []


# Opening


@pytest.mark.parametrize("token", ["", "42", "bot:token", "42:", "42:with space"])
async def test_a_token_that_cannot_be_one_is_a_mistake_in_the_settings(
    household: Household, token: str
) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(SettingsError, match="JOLDOSH_BOT_TOKEN"):
            await stack.enter_async_context(open_door(household, token, "http://api.test", None))


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9050", "127.0.0.1:3128", "tg://proxy"])
async def test_a_proxy_that_cannot_be_one_is_a_mistake_in_the_settings(
    household: Household, proxy: str
) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(SettingsError, match="JOLDOSH_PROXY"):
            await stack.enter_async_context(open_door(household, "42:X", "http://api.test", proxy))
