"""The double keeps the server's rules: what it forgets, what it refuses, how it delivers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession, FormData, web

from tests.support.bot_api_double import (
    BotApiDouble,
    Hold,
    Reset,
    Slow,
    bad_gateway,
    server_error,
    too_many_requests,
)

PERSON = 1001
MENU = {"inline_keyboard": [[{"text": "Меню", "callback_data": "menu"}]]}

Ask = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest.fixture
async def api() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as double:
        yield double


@pytest.fixture
async def ask(api: BotApiDouble) -> AsyncIterator[Ask]:
    async with ClientSession() as session:

        async def asked(method: str, **arguments: object) -> dict[str, Any]:
            url = f"{api.url}/bot{api.token}/{method}"
            async with session.post(url, json=arguments) as response:
                answer: dict[str, Any] = await response.json()
                return answer

        yield asked


class Bot:
    """A webhook that answers with what it is told, and 200 when it is told nothing more."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.at_work = 0
        self.most_at_work = 0

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.updates.append(await request.json())
        await asyncio.sleep(0.01)
        self.at_work -= 1
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def bot() -> AsyncIterator[tuple[Bot, str]]:
    told = Bot()
    runner = web.ServerRunner(web.Server(told.handle), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield told, f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/webhook"
    await runner.cleanup()


async def test_only_a_larger_offset_forgets_an_update(api: BotApiDouble, ask: Ask) -> None:
    person = api.person(PERSON)
    first, second = person.types("один"), person.types("два")

    async def waiting(**arguments: int) -> list[int]:
        return [update["update_id"] for update in (await ask("getUpdates", **arguments))["result"]]

    assert await waiting() == [first, second]
    assert await waiting() == [first, second]
    assert await waiting(offset=first, limit=1) == [first]
    assert await waiting(offset=second) == [second]
    assert await waiting(offset=first) == [second]
    assert await waiting(offset=second + 1) == []
    await api.settled()


async def test_a_long_poll_ends_when_somebody_writes(api: BotApiDouble, ask: Ask) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=30))
    await api.wait_for_calls(1, "getUpdates")

    api.person(PERSON, language_code="ky").types("/start vhod")

    [update] = (await poll)["result"]
    assert update["message"]["text"] == "/start vhod"
    assert update["message"]["from"]["language_code"] == "ky"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_the_second_poller_drives_the_first_away(api: BotApiDouble, ask: Ask) -> None:
    first = asyncio.create_task(ask("getUpdates", timeout=30))
    await api.wait_for_calls(1, "getUpdates")

    assert (await ask("getUpdates"))["result"] == []

    assert (await first)["error_code"] == 409


async def test_polling_and_a_webhook_exclude_each_other(
    ask: Ask, bot: tuple[Bot, str], api: BotApiDouble
) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=30))
    await api.wait_for_calls(1, "getUpdates")
    assert (await ask("setWebhook", url=bot[1]))["ok"]
    assert (await poll)["error_code"] == 409
    assert (await ask("getUpdates"))["error_code"] == 409
    assert (await ask("getWebhookInfo"))["result"]["url"] == bot[1]
    assert (await ask("setWebhook", url=bot[1]))["parameters"] == {"retry_after": 1}
    assert (await ask("deleteWebhook"))["ok"]
    assert (await ask("getUpdates"))["ok"]


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(
    api: BotApiDouble, ask: Ask
) -> None:
    person = api.person(PERSON)
    sent = await ask("sendMessage", chat_id=PERSON, text="Меню", reply_markup=MENU)
    place = {"chat_id": PERSON, "message_id": sent["result"]["message_id"]}
    assert person.buttons == ["Меню"]

    same = await ask("editMessageText", **place, text=" Меню ", reply_markup=MENU)
    assert (same["error_code"], "not modified" in same["description"]) == (400, True)

    assert (await ask("editMessageText", **place, text="Меню"))["ok"]
    assert person.buttons == []


async def test_some_messages_cannot_be_edited(api: BotApiDouble, ask: Ask) -> None:
    person = api.person(PERSON)
    keyboard = {"keyboard": [[{"text": "Меню"}]]}
    with_keyboard = await ask("sendMessage", chat_id=PERSON, text="а", reply_markup=keyboard)
    card = await ask("sendContact", chat_id=PERSON, phone_number="+74992374452", first_name="МВД")
    deleted = await ask("sendMessage", chat_id=PERSON, text="в")
    person.deletes(deleted["result"]["message_id"])
    person.types("не ваше")
    own = max(person.chat.messages)

    async def refusal(message_id: int) -> str:
        answer = await ask("editMessageText", chat_id=PERSON, message_id=message_id, text="б")
        return str(answer["description"])

    assert await refusal(with_keyboard["result"]["message_id"]) == (
        "Bad Request: message can't be edited"
    )
    assert await refusal(own) == "Bad Request: message can't be edited"
    assert "no text" in await refusal(card["result"]["message_id"])
    assert "not found" in await refusal(deleted["result"]["message_id"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": " "}, "text is empty"),
        ({"text": "ү" * 4097}, "too long"),
        ({"text": "а", "parse_mode": "HTML"}, "parse"),
        ({"text": "а", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "BOUNDS"),
        ({"text": "а", "reply_markup": MENU | {"inline_keyboard": [[{"text": "а"}]]}}, "button"),
        ({"text": "а", "chat_id": 5}, "chat not found"),
    ],
    ids=["empty", "long", "markup", "entity", "button", "stranger"],
)
async def test_bad_messages_are_refused(
    api: BotApiDouble, ask: Ask, arguments: dict[str, object], said: str
) -> None:
    api.person(PERSON)
    answer = await ask("sendMessage", **{"chat_id": PERSON, **arguments})
    assert answer["error_code"] == 400
    assert said in answer["description"]


@pytest.mark.parametrize(
    "button",
    [{"callback_data": "ж" * 33}, {"url": "tel:+74992374452"}, {"url": "http://localhost/a"}],
    ids=["data over 64 bytes", "phone", "localhost"],
)
async def test_bad_buttons_are_refused(
    api: BotApiDouble, ask: Ask, button: dict[str, str]
) -> None:
    api.person(PERSON)
    markup = {"inline_keyboard": [[{"text": "а", **button}]]}
    answer = await ask("sendMessage", chat_id=PERSON, text="а", reply_markup=markup)
    assert answer["error_code"] == 400


async def test_a_person_who_blocked_the_bot_gets_nothing(api: BotApiDouble, ask: Ask) -> None:
    person = api.person(PERSON)
    person.blocks()
    [told] = (await ask("getUpdates"))["result"]
    assert told["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert (await ask("sendMessage", chat_id=PERSON, text="а"))["error_code"] == 403
    person.unblocks()
    assert (await ask("sendMessage", chat_id=PERSON, text="а"))["ok"]


async def test_faults_strike_the_calls_they_were_planned_for(api: BotApiDouble, ask: Ask) -> None:
    api.person(PERSON)
    api.faults.add(too_many_requests(3), "sendMessage", times=2)
    api.faults.add(server_error(), "sendMessage", chat_id=PERSON, times=None)

    assert (await ask("getMe"))["ok"]
    for _ in range(2):
        answer = await ask("sendMessage", chat_id=PERSON, text="а")
        assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 3})
    for _ in range(3):
        assert (await ask("sendMessage", chat_id=PERSON, text="а"))["error_code"] == 500
    api.faults.clear()
    assert (await ask("sendMessage", chat_id=PERSON, text="а"))["ok"]
    assert [call.status for call in api.calls("sendMessage")] == [429, 429, 500, 500, 500, 200]
    assert len(api.pages(PERSON)) == 1


async def test_a_reset_may_come_before_or_after_the_deed(api: BotApiDouble, ask: Ask) -> None:
    api.person(PERSON)
    api.faults.add(Reset(), "sendMessage")
    api.faults.add(Reset(after_doing=True), "sendMessage")
    for _ in range(2):
        with pytest.raises(ClientConnectionError):
            await ask("sendMessage", chat_id=PERSON, text="а")
    assert [call.done for call in api.calls("sendMessage")] == [False, True]
    assert len(api.pages(PERSON)) == 1


async def test_a_call_can_be_slow_or_held_back(api: BotApiDouble, ask: Ask) -> None:
    person = api.person(PERSON)
    hold = Hold(after_doing=True)
    api.faults.add(hold, "sendMessage")
    held = asyncio.create_task(ask("sendMessage", chat_id=PERSON, text="сделано"))
    await api.wait_for_calls(1, "sendMessage")
    assert person.screen == "сделано"
    assert not held.done()
    hold.until.set()
    assert (await held)["ok"]

    api.faults.add(Slow(0.05), "getMe")
    started = asyncio.get_running_loop().time()
    await ask("getMe")
    assert asyncio.get_running_loop().time() - started >= 0.05


async def test_a_bad_gateway_answers_in_html(api: BotApiDouble) -> None:
    api.faults.add(bad_gateway(), "getMe")
    async with ClientSession() as session, session.post(f"{api.url}/bot{api.token}/getMe") as page:
        assert page.status == 502
        assert (await page.text()).startswith("<html>")


async def test_a_wrong_token_is_unauthorized(api: BotApiDouble) -> None:
    async with ClientSession() as session, session.post(f"{api.url}/bot1:OTHER/getMe") as answer:
        assert answer.status == 401


@pytest.mark.parametrize("multipart", [False, True], ids=["urlencoded", "multipart"])
async def test_forms_are_read_as_the_server_reads_them(api: BotApiDouble, multipart: bool) -> None:
    person = api.person(PERSON)
    form = FormData(
        {"chat_id": str(PERSON), "text": "2027", "reply_markup": '{"inline_keyboard":[]}'}
    )
    if multipart:
        form.add_field("note", b"bytes", filename="note.txt")
    url = f"{api.url}/bot{api.token}/sendMessage"
    async with ClientSession() as session, session.post(url, data=form) as answer:
        assert answer.status == 200
    assert person.screen == "2027"


async def test_a_webhook_delivers_one_update_of_a_line_at_a_time(
    api: BotApiDouble, ask: Ask, bot: tuple[Bot, str]
) -> None:
    told, url = bot
    person = api.person(PERSON)
    await ask("sendMessage", chat_id=PERSON, text="Меню", reply_markup=MENU)
    await ask("setWebhook", url=url, secret_token="тс".encode().hex())
    typed = [person.types(text) for text in ("один", "два", "три")]
    pressed = person.presses("Меню")
    await api.settled()

    assert [u["update_id"] for u in told.updates if "message" in u] == typed
    assert pressed in [update["update_id"] for update in told.updates]
    assert set(told.secrets) == {"d182d181"}
    # Messages and presses are separate lines, so two came at once, but never three.
    assert told.most_at_work == 2


async def test_a_webhook_delivers_again_until_it_is_taken(
    api: BotApiDouble, ask: Ask, bot: tuple[Bot, str]
) -> None:
    told, url = bot
    told.answers = [web.Response(status=500), web.Response(status=503), web.Response(status=201)]
    await ask("setWebhook", url=url)
    update = api.person(PERSON).types("привет")
    await api.settled()
    assert [u["update_id"] for u in told.updates] == [update] * 3
    tries = await api.wait_for_deliveries(3)
    assert [delivery.status for delivery in tries] == [500, 503, 201]
    assert (await ask("getWebhookInfo"))["result"]["last_error_message"].endswith("503")

    api.updates.redeliver(update)
    await api.settled()
    assert len(told.updates) == 4


async def test_a_webhook_that_is_down_loses_nothing(
    api: BotApiDouble, ask: Ask, unused_tcp_port: int
) -> None:
    await ask("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/")
    update = api.person(PERSON).types("привет")
    tries = await api.wait_for_deliveries(3)
    assert {delivery.status for delivery in tries} == {None}
    assert (await ask("deleteWebhook"))["ok"]
    assert [u["update_id"] for u in (await ask("getUpdates"))["result"]] == [update]


async def test_a_method_in_the_response_is_executed(
    api: BotApiDouble, ask: Ask, bot: tuple[Bot, str]
) -> None:
    told, url = bot
    person = api.person(PERSON)
    told.answers = [
        web.json_response({"method": "sendMessage", "chat_id": PERSON, "text": "в ответе"}),
        web.json_response({"method": "deleteWebhook"}),
    ]
    await ask("setWebhook", url=url)
    person.types("один")
    person.types("два")
    await api.settled()
    assert person.screen == "в ответе"
    assert api.calls("deleteWebhook") == []


async def test_kinds_of_updates_that_the_bot_did_not_name_are_lost(
    api: BotApiDouble, ask: Ask
) -> None:
    await ask("getUpdates", allowed_updates=["callback_query"])
    api.person(PERSON).types("привет")
    assert (await ask("getUpdates"))["result"] == []


async def test_a_press_on_an_old_message_shows_only_where_it_was(
    api: BotApiDouble, ask: Ask
) -> None:
    person = api.person(PERSON)
    person.presses_old(7, "menu")
    [update] = (await ask("getUpdates"))["result"]
    query = update["callback_query"]
    assert query["message"] == {"chat": person.chat.info, "message_id": 7, "date": 0}
    assert (await ask("answerCallbackQuery", callback_query_id=query["id"]))["ok"]
    late = await ask("answerCallbackQuery", callback_query_id="0")
    assert "too old" in late["description"]


async def test_it_can_be_steered_from_another_process(api: BotApiDouble) -> None:
    async with ClientSession(api.url) as session:

        async def control(verb: str, path: str, **told: object) -> Any:
            async with session.request(verb, f"/control/{path}", json=told) as answer:
                return (await answer.json())["result"]

        await control("POST", f"persons/{PERSON}", types="/start")
        await control("POST", "faults", fault="403", method="sendMessage")
        body = {"chat_id": PERSON, "text": "Меню", "reply_markup": MENU}
        for status in (403, 200):
            async with session.post(f"/bot{api.token}/sendMessage", json=body) as answer:
                assert answer.status == status
        assert await control("GET", f"keyboards/{PERSON}") == {"message_id": 2, "data": ["menu"]}
        await control("POST", f"persons/{PERSON}", presses="Меню")
        assert len(api.updates) == 2
        assert await control("GET", "counts") == {"sendMessage": 2, "sendMessage 403": 1}


async def test_keys_stay_until_they_are_removed(api: BotApiDouble, ask: Ask) -> None:
    person = api.person(PERSON)
    keys = {"keyboard": [[{"text": "Кайдамын", "request_location": True}]]}
    await ask("sendMessage", chat_id=PERSON, text="?", reply_markup=keys)
    await ask("sendMessage", chat_id=PERSON, text="Меню", reply_markup=MENU)
    assert person.keys == ["Кайдамын"]

    await ask("sendMessage", chat_id=PERSON, text="!", reply_markup={"remove_keyboard": True})
    assert person.keys == []

    empty = {"keyboard": [[{"text": " "}]]}
    refused = await ask("sendMessage", chat_id=PERSON, text="?", reply_markup=empty)
    assert "must be non-empty" in refused["description"]
