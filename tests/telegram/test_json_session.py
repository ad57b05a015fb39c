"""What goes over the wire to a Bot API server, and what comes of its answers. Real HTTP to a double."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetMe,
    SendDocument,
    SendMessage,
    SetMyName,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)

from bot.telegram.json_session import JsonSession
from bot.telegram.outcomes import LONGEST_WAIT_SECONDS
from tests.support.bot_api_double import (
    BotApiDouble,
    Fault,
    Refuse,
    Reset,
    Slow,
    bad_gateway,
    blocked,
    not_modified,
    server_error,
    too_many_requests,
)
from tests.support.bot_api_double.wire import Answer, Refusal, refused

PERSON = 1001
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Меню", callback_data="menu|ky|kg")]]
)


@asynccontextmanager
async def bot_at(
    url: str, token: str = "42:DOUBLE", proxy: str | None = None
) -> AsyncIterator[Bot]:
    session = JsonSession(TelegramAPIServer.from_base(url), proxy)
    bot = Bot(token, session=session)
    try:
        yield bot
    finally:
        # The session's own `close` waits a quarter of a second for TLS that is not there.
        if session._session:
            await session._session.close()


@pytest.fixture
async def api() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as api:
        api.person(PERSON)
        yield api


@pytest.fixture
async def bot(api: BotApiDouble) -> AsyncIterator[Bot]:
    async with bot_at(api.url) as bot:
        yield bot


def page(text: str = "🏠 Каттоо") -> SendMessage:
    return SendMessage(
        chat_id=PERSON,
        text=text,
        entities=[MessageEntity(type="bold", offset=3, length=6)],
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )


async def test_a_call_carries_what_was_set_and_nothing_else(bot: Bot, api: BotApiDouble) -> None:
    sent = await bot(page())

    [call] = api.calls()
    assert call.method == "sendMessage"
    assert call.arguments == {
        "chat_id": PERSON,
        "text": "🏠 Каттоо",
        "entities": [{"type": "bold", "offset": 3, "length": 6}],
        "reply_markup": {"inline_keyboard": [[{"text": "Меню", "callback_data": "menu|ky|kg"}]]},
        "link_preview_options": {"is_disabled": True},
    }
    assert sent.text == "🏠 Каттоо"
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "menu|ky|kg"


async def test_nothing_to_say_is_not_said(bot: Bot, api: BotApiDouble) -> None:
    with pytest.raises(TelegramBadRequest):  # the double knows no such query
        await bot(AnswerCallbackQuery(callback_query_id="1", text=None))

    assert api.calls()[0].arguments == {"callback_query_id": "1"}


async def test_an_edit_is_made_though_its_answer_is_not_read(bot: Bot, api: BotApiDouble) -> None:
    sent = await bot(page())

    edited = await bot(
        EditMessageText(chat_id=PERSON, message_id=sent.message_id, text="Башкы бет")
    )

    assert edited is True
    assert api.account.chats[PERSON].messages[sent.message_id].body["text"] == "Башкы бет"


async def test_a_refused_edit_is_an_error(bot: Bot, api: BotApiDouble) -> None:
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot(EditMessageText(chat_id=PERSON, message_id=77, text="Башкы бет"))


async def test_a_file_goes_as_a_form(bot: Bot, api: BotApiDouble) -> None:
    document = BufferedInputFile(b"%PDF-1.7", "эскерме.pdf")

    await bot(SendDocument(chat_id=PERSON, document=document, caption="Эскерме"))

    [call] = api.calls("sendDocument")
    assert call.arguments["caption"] == "Эскерме"
    assert call.arguments["chat_id"] == PERSON
    assert {"file": "эскерме.pdf", "size": 8} in call.arguments.values()


STUB_PAGE = "<html>Доступ ограничен</html>"


TROUBLE: dict[str, tuple[Fault, type[AiogramError]]] = {
    "too many requests": (too_many_requests(7), TelegramRetryAfter),
    "blocked": (blocked(), TelegramForbiddenError),
    "not modified": (not_modified(), TelegramBadRequest),
    "server error": (server_error(), TelegramServerError),
    "conflict": (Refuse(refused(Refusal(409, "Conflict: terminated"))), TelegramConflictError),
    "not found": (Refuse(refused(Refusal(404, "Not Found"))), TelegramNotFound),
    "bad gateway": (bad_gateway(), ClientDecodeError),
    "stub page": (Refuse(Answer(200, STUB_PAGE.encode(), "text/html")), ClientDecodeError),
    "stub page in an old encoding": (
        Refuse(Answer(403, STUB_PAGE.encode("cp1251"), "text/html")),
        ClientDecodeError,
    ),
    "other JSON": (Refuse(Answer(200, b'{"message": "hello"}')), ClientDecodeError),
    "nothing": (Refuse(Answer(200, b"")), ClientDecodeError),
    "reset": (Reset(), TelegramNetworkError),
}


@pytest.mark.parametrize(("fault", "error"), TROUBLE.values(), ids=TROUBLE)
async def test_errors_are_aiograms_own(
    bot: Bot, api: BotApiDouble, fault: Fault, error: type[AiogramError]
) -> None:
    api.faults.add(fault)

    with pytest.raises(error) as caught:
        await bot(page())

    assert isinstance(caught.value, AiogramError)
    if isinstance(caught.value, TelegramRetryAfter):
        assert caught.value.retry_after == 7
    assert (await bot(page())).text, "the session goes on after trouble"


async def test_a_server_that_does_not_answer_in_time_is_trouble_of_the_network(
    bot: Bot, api: BotApiDouble
) -> None:
    api.faults.add(Slow(1.0))
    bot.session.timeout = 0.05

    with pytest.raises(TelegramNetworkError):
        await bot(page())


async def test_a_server_that_is_not_there_is_trouble_of_the_network() -> None:
    async with bot_at("http://127.0.0.1:9") as bot:
        with pytest.raises(TelegramNetworkError):
            await bot(page())


async def test_a_token_that_was_taken_back_is_an_error_of_its_own(api: BotApiDouble) -> None:
    async with bot_at(api.url, token="42:REVOKED") as bot:
        with pytest.raises(TelegramUnauthorizedError):
            await bot(GetMe())


# Proxies


@asynccontextmanager
async def http_proxy(asked: list[str]) -> AsyncIterator[str]:
    """A proxy that writes down what it is asked for and answers for the server behind it."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.extend(head.decode().splitlines())
        body = json.dumps({"ok": True, "result": True}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_calls_go_through_the_proxy() -> None:
    asked: list[str] = []
    async with http_proxy(asked) as proxy, bot_at("http://api.test", proxy=proxy) as bot:
        assert await bot(SetMyName(name="Joldosh")) is True

    assert asked[0] == "POST http://api.test/bot42:DOUBLE/setMyName HTTP/1.1"
    assert "Content-Type: application/json" in asked


async def test_a_proxy_that_is_not_there_is_trouble_of_the_network(api: BotApiDouble) -> None:
    async with bot_at(api.url, proxy="http://127.0.0.1:9") as bot:
        with pytest.raises(TelegramNetworkError):
            await bot(page())

    assert api.calls() == []


async def test_a_silent_server_is_given_up_before_telegram_gives_up_the_webhook() -> None:
    """Telegram waits a minute, and a call may also have waited for its turn."""
    session = JsonSession(TelegramAPIServer.from_base("http://127.0.0.1:1"), None)

    assert session.timeout + LONGEST_WAIT_SECONDS < 60
