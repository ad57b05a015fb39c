"""POST /telegram/webhook: hands updates over and answers when they are handled (invariant 8).

It parses no update and keeps nothing. A plain ASGI endpoint: every update of a deployment comes
through here.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from pydantic_core import from_json
from starlette.types import Receive, Scope, Send

from bot.errors import DoorUnavailable, StoreUnavailable

# Takes one update as it came. Returns a Bot API method as JSON to answer with, or None.
# Raises StoreUnavailable or DoorUnavailable when the update is to be delivered again.
WebhookFeed = Callable[[bytes], Awaitable[bytes | None]]

WEBHOOK_PATH = "/telegram/webhook"
_SECRET_HEADER = b"x-telegram-bot-api-secret-token"
_LARGEST_BODY = 1_000_000
_TYPE_JSON = [(b"content-type", b"application/json")]


class Webhook:
    """`secret` is what setWebhook was given as `secret_token`; it must not be empty."""

    def __init__(self, feed: WebhookFeed, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook without a secret takes updates from anybody")
        self._feed = feed
        self._secret = secret.encode()
        self._log: Any = structlog.get_logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_from_telegram(scope):
            return await _answer(send, 403)
        body = await _body(receive)
        if body is None:
            return await _answer(send, 413)
        if not _is_object(body):
            return await _answer(send, 400)
        try:
            answer = await self._feed(body)
        except (StoreUnavailable, DoorUnavailable) as error:
            self._log.warning("webhook.postponed", reason=type(error).__name__)
            return await _answer(send, 503)
        except Exception:  # the one boundary of this edge: Telegram delivers the update again
            # The log must not get the message of the exception: it can quote the update.
            self._log.error("webhook.failed", exc_info=True)
            return await _answer(send, 500)
        return await _answer(send, 200, answer or b"")

    def _is_from_telegram(self, scope: Scope) -> bool:
        for name, value in scope["headers"]:
            if name == _SECRET_HEADER:
                return hmac.compare_digest(value, self._secret)
        return False


async def _body(receive: Receive) -> bytes | None:
    """The body, or None when it is too large. A client that goes away sent an empty one."""
    chunks, length = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        chunk: bytes = message.get("body", b"")
        length += len(chunk)
        if length > _LARGEST_BODY:
            return None
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(from_json(body), dict)
    except ValueError:
        return False


async def _answer(send: Send, status: int, body: bytes = b"") -> None:
    headers = [(b"content-length", str(len(body)).encode()), *(_TYPE_JSON if body else ())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
