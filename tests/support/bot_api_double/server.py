"""The HTTP server around the account: takes calls, lets faults strike, records, hands updates out."""

import asyncio
import socket
import struct
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.support.bot_api_double.account import Account, Chat
from tests.support.bot_api_double.control import Control
from tests.support.bot_api_double.faults import ConnectionLost, FaultPlan
from tests.support.bot_api_double.log import Log
from tests.support.bot_api_double.person import PersonDouble
from tests.support.bot_api_double.updates import UpdateQueue
from tests.support.bot_api_double.webhook import Delivery, WebhookDelivery
from tests.support.bot_api_double.wire import (
    Answer,
    Json,
    Refusal,
    granted,
    read_arguments,
    refused,
)

_FIRST_UPDATE = 700_000_000


@dataclass(slots=True)
class Call:
    """A call as it came. `done`: it took effect, whatever its caller was told; `status` is what it was told.

    `at` is `time.monotonic()`. `status` is `None` until the answer goes out, and stays so when none does.
    """

    at: float
    method: str
    arguments: Json
    done: bool = False
    result: Any = None
    status: int | None = None


class BotApiDouble:
    """One bot's view of Telegram at `url`, from `async with` until its end.

    `second` is how long a second of the webhook's growing delay lasts.
    `recording=False` keeps no calls: for long runs under load.
    """

    def __init__(
        self,
        token: str = "42:DOUBLE",
        *,
        port: int = 0,
        second: float = 0.01,
        strangers_welcome: bool = False,
        recording: bool = True,
    ) -> None:
        self.token = token
        self.account = Account(token, strangers_welcome=strangers_welcome)
        self.updates = UpdateQueue(_FIRST_UPDATE)
        self.faults = FaultPlan()
        self.counts: dict[str, int] = {}
        self._calls = Log[Call]()
        self._deliveries = Log[Delivery]()
        self._recording = recording
        self._port = port
        self._second = second
        self._webhook: WebhookDelivery | None = None
        self._webhook_may_change_at = 0.0
        self._control = Control(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._serve), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._drop_webhook()
        self.updates.abort_poll("the end of the double")
        await self._runner.cleanup()

    def person(
        self, person_id: int, *, first_name: str = "Айгүл", language_code: str | None = "ru"
    ) -> PersonDouble:
        """A person who has opened the chat with the bot but written nothing yet."""
        return PersonDouble(
            self.account,
            self.updates,
            person_id,
            first_name=first_name,
            language_code=language_code,
        )

    def group(self, chat_id: int, *, title: str = "Operators", is_forum: bool = True) -> Chat:
        """A supergroup that the bot is in."""
        info = {"id": chat_id, "type": "supergroup", "title": title, "is_forum": is_forum}
        chat = self.account.chats[chat_id] = Chat(info)
        return chat

    def calls(self, *methods: str, chat_id: int | None = None) -> list[Call]:
        """Recorded calls in the order they came, of these methods (none: of all) and of this chat."""
        wanted = {method.lower() for method in methods}
        return [
            call
            for call in self._calls.items
            if (not wanted or call.method.lower() in wanted)
            and chat_id in (None, call.arguments.get("chat_id"))
        ]

    def pages(self, chat_id: int) -> list[Call]:
        """Calls that put a page before this person's eyes."""
        calls = self.calls("sendMessage", "sendPhoto", "editMessageText", chat_id=chat_id)
        return [call for call in calls if call.done]

    async def wait_for_calls(
        self, count: int, *methods: str, chat_id: int | None = None, within: float = 5
    ) -> list[Call]:
        """Wait until so many have come, answered or not. Raises `TimeoutError`."""
        await self._calls.wait_until(
            lambda: len(self.calls(*methods, chat_id=chat_id)) >= count, within
        )
        return self.calls(*methods, chat_id=chat_id)

    async def wait_for_deliveries(self, count: int, *, within: float = 5) -> list[Delivery]:
        """Wait until the webhook was tried so often. Raises `TimeoutError`."""
        await self._deliveries.wait_until(lambda: len(self._deliveries.items) >= count, within)
        return list(self._deliveries.items)

    async def settled(self, within: float = 5) -> None:
        """Wait until every update is delivered: a 2xx, or a poll beyond it. Raises `TimeoutError`."""
        async with asyncio.timeout(within):
            await self.updates.emptied.wait()

    async def call(self, method: str, arguments: Json) -> Answer | ConnectionLost:
        """What the server does with a call, faults and record included."""
        name = method.lower()
        record = Call(time.monotonic(), method, arguments)
        fault = self.faults.take(name, arguments.get("chat_id"))
        await self._note(record)
        if fault and not fault.after_doing and (answer := await fault.strike()):
            return self._told(record, answer)
        try:
            record.result = await self._perform(name, arguments)
            record.done = True
            answer = granted(record.result)
        except Refusal as refusal:
            answer = refused(refusal)
        if fault and fault.after_doing:
            answer = await fault.strike() or answer
        return self._told(record, answer)

    async def _note(self, record: Call) -> None:
        self.counts[record.method] = self.counts.get(record.method, 0) + 1
        if self._recording:
            await self._calls.add(record)

    def _told(self, record: Call, answer: Answer | ConnectionLost) -> Answer | ConnectionLost:
        if isinstance(answer, Answer):
            record.status = answer.status
            if record.status != web.HTTPOk.status_code:
                refusals = f"{record.method} {record.status}"
                self.counts[refusals] = self.counts.get(refusals, 0) + 1
        return answer

    async def _perform(self, method: str, arguments: Json) -> object:
        match method:
            case "getupdates":
                return await self._get_updates(arguments)
            case "setwebhook":
                return await self._set_webhook(arguments)
            case "deletewebhook":
                await self._drop_webhook()
                if arguments.get("drop_pending_updates"):
                    self.updates.forget_all()
                return True
            case "getwebhookinfo":
                return self._webhook_info()
            case _:
                return self.account.perform(method, arguments)

    async def _get_updates(self, arguments: Json) -> list[Json]:
        if self._webhook is not None:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self.updates.allow(arguments.get("allowed_updates"))
        offset, timeout = (int(arguments.get(name, 0)) for name in ("offset", "timeout"))
        limit = min(max(int(arguments.get("limit", 100)), 1), 100)
        return await self.updates.poll(offset, limit, timeout)

    async def _set_webhook(self, arguments: Json) -> bool:
        now = time.monotonic()
        if now < self._webhook_may_change_at:
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        self._webhook_may_change_at = now + 1
        await self._drop_webhook()
        if arguments.get("drop_pending_updates"):
            self.updates.forget_all()
        self.updates.allow(arguments.get("allowed_updates"))
        if url := arguments.get("url"):
            self.updates.abort_poll("setWebhook request")
            self._webhook = WebhookDelivery(
                url,
                arguments.get("secret_token"),
                self.updates,
                self._deliveries,
                self.call,
                second=self._second,
                max_connections=int(arguments.get("max_connections", 40)),
            )
            self._webhook.start()
        return True

    async def _drop_webhook(self) -> None:
        if self._webhook is not None:
            await self._webhook.stop()
            self._webhook = None

    def _webhook_info(self) -> Json:
        info: Json = {
            "url": self._webhook.url if self._webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }
        if self._webhook and self._webhook.last_error:
            info |= {
                "last_error_date": int(time.time()),
                "last_error_message": self._webhook.last_error,
            }
        return info

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        _, first, *rest = request.path.split("/")
        arguments = {**request.query} | read_arguments(
            request.headers.get("Content-Type", ""), await request.read()
        )
        if first == "control":
            answer: Answer | ConnectionLost = self._control.answer(request.method, rest, arguments)
        elif first != f"bot{self.token}" or len(rest) != 1:
            answer = refused(Refusal(401, "Unauthorized"))
        else:
            answer = await self.call(rest[0], arguments)
        if isinstance(answer, ConnectionLost):
            _reset(request)
            return web.Response()
        return web.Response(
            body=answer.body, status=answer.status, content_type=answer.content_type
        )


def _reset(request: web.BaseRequest) -> None:
    """End the connection with an RST: lingering for no time is how a socket says that."""
    if (transport := request.transport) is None:
        return
    connection: socket.socket = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
