"""The webhook: who may call it, what it takes, and that it answers after the update is handled."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.routing import Route

from bot.errors import DoorUnavailable, JoldoshError, StoreUnavailable
from bot.web.webhook import WEBHOOK_PATH, Webhook

SECRET = "s3cret-of-the-webhook"
UPDATE = json.dumps({"update_id": 7, "message": {"text": "кайда?"}}).encode()


class Bot:
    """Keeps what it is fed; answers or fails as it is told."""

    def __init__(self) -> None:
        self.handled: list[bytes] = []
        self.answer: bytes | None = None
        self.failure: Exception | None = None

    async def feed(self, body: bytes) -> bytes | None:
        if self.failure:
            raise self.failure
        self.handled.append(body)
        return self.answer


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def telegram(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Route(WEBHOOK_PATH, Webhook(bot.feed, SECRET), methods=["POST"])])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="https://joldosh.example",
        headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
    ) as client:
        yield client


async def test_an_update_is_handled_and_then_answered(
    bot: Bot, telegram: httpx.AsyncClient
) -> None:
    response = await telegram.post(WEBHOOK_PATH, content=UPDATE)
    assert bot.handled == [UPDATE], "as it came, byte for byte"
    assert (response.status_code, response.content) == (200, b"")


async def test_a_method_goes_into_the_answer(bot: Bot, telegram: httpx.AsyncClient) -> None:
    bot.answer = b'{"method": "answerCallbackQuery", "callback_query_id": "1"}'
    response = await telegram.post(WEBHOOK_PATH, content=UPDATE)
    assert response.json() == {"method": "answerCallbackQuery", "callback_query_id": "1"}
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("secret", ["", "s3cret", SECRET + "x", SECRET.upper()])
async def test_a_wrong_secret_is_turned_away(
    bot: Bot, telegram: httpx.AsyncClient, secret: str
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    response = await telegram.post(WEBHOOK_PATH, content=UPDATE, headers=headers)
    assert response.status_code == 403
    assert bot.handled == []


async def test_a_missing_secret_is_turned_away_before_the_body_is_read(bot: Bot) -> None:
    sent: list[int] = []

    async def receive() -> dict[str, object]:
        raise AssertionError("the body was read")

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        sent.extend([message["status"]] if "status" in message else [])

    await Webhook(bot.feed, SECRET)({"type": "http", "headers": []}, receive, send)
    assert sent == [403]


def test_a_webhook_needs_a_secret(bot: Bot) -> None:
    with pytest.raises(ValueError, match="without a secret"):
        Webhook(bot.feed, "")


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"[1]", b'{"update_id": 7', b'"\xff"'],
    ids=["empty", "words", "list", "cut", "bytes"],
)
async def test_what_is_no_json_object_is_not_handled(
    bot: Bot, telegram: httpx.AsyncClient, body: bytes
) -> None:
    assert (await telegram.post(WEBHOOK_PATH, content=body)).status_code == 400
    assert bot.handled == []


async def test_more_than_a_megabyte_is_refused_without_reading_on(
    bot: Bot, telegram: httpx.AsyncClient
) -> None:
    given: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            given.append(1)
            yield b" " * 100_000

    response = await telegram.post(WEBHOOK_PATH, content=endless())
    assert response.status_code == 413
    assert len(given) < 15
    assert bot.handled == []


async def test_a_body_in_pieces_is_put_together(bot: Bot, telegram: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield UPDATE[:10]
        yield UPDATE[10:]

    assert (await telegram.post(WEBHOOK_PATH, content=pieces())).status_code == 200
    assert bot.handled == [UPDATE]


@pytest.mark.parametrize("failure", [StoreUnavailable("no"), DoorUnavailable("no")])
async def test_an_update_that_can_wait_is_asked_for_again(
    bot: Bot, telegram: httpx.AsyncClient, failure: JoldoshError
) -> None:
    bot.failure = failure
    assert (await telegram.post(WEBHOOK_PATH, content=UPDATE)).status_code == 503
    bot.failure = None
    assert (await telegram.post(WEBHOOK_PATH, content=UPDATE)).status_code == 200
    assert bot.handled == [UPDATE]


async def test_a_mistake_of_ours_is_logged_without_the_update(
    bot: Bot, telegram: httpx.AsyncClient
) -> None:
    bot.failure = ValueError(UPDATE.decode())
    with structlog.testing.capture_logs() as logs:
        response = await telegram.post(WEBHOOK_PATH, content=UPDATE)
    assert response.status_code == 500
    assert logs == [{"event": "webhook.failed", "exc_info": True, "log_level": "error"}]
    assert "кайда" not in response.text


async def test_only_post(bot: Bot, telegram: httpx.AsyncClient) -> None:
    assert (await telegram.get(WEBHOOK_PATH)).status_code == 405
    assert bot.handled == []
