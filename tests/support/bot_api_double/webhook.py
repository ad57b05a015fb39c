"""Delivery by webhook as Telegram does it: lines, one update of a line at a time, again until a 2xx."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.support.bot_api_double.log import Log
from tests.support.bot_api_double.updates import Pending, UpdateQueue
from tests.support.bot_api_double.wire import Json, read_arguments

_LONGEST_DELAY = 60
_FIRST_BAD_STATUS = 300
# A method in the response must not read or change the webhook itself.
_NOT_IN_RESPONSE = frozenset({"setwebhook", "deletewebhook", "close", "logout"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try. `status` is `None` when there was no answer."""

    at: float
    update_id: int
    status: int | None


class WebhookDelivery:
    """Delivers what is in the queue until it is stopped.

    `second` is how long a second of the growing delay takes, so that tests need not wait.
    `call` executes a method found in a response, without telling anybody its result.
    """

    def __init__(
        self,
        url: str,
        secret: str | None,
        updates: UpdateQueue,
        log: Log[Delivery],
        call: Callable[[str, Json], Awaitable[object]],
        *,
        second: float,
        max_connections: int,
    ) -> None:
        self.url = url
        self.last_error: str | None = None
        self._headers = {"Content-Type": "application/json"}
        if secret:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        self._updates = updates
        self._log = log
        self._call = call
        self._second = second
        self._places = asyncio.Semaphore(max_connections)
        self._lines: dict[str, asyncio.Task[None]] = {}
        self._session: ClientSession | None = None

    def start(self) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=60))
        self._updates.on_added = self._take_up
        for pending in self._updates.pending():
            self._take_up(pending)

    async def stop(self) -> None:
        self._updates.on_added = None
        for line in list(self._lines.values()):
            line.cancel()
        await asyncio.gather(*self._lines.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _take_up(self, pending: Pending) -> None:
        if pending.queue not in self._lines:
            self._lines[pending.queue] = asyncio.create_task(self._deliver_line(pending.queue))

    async def _deliver_line(self, queue: str) -> None:
        try:
            while waiting := [p for p in self._updates.pending() if p.queue == queue]:
                await self._deliver(waiting[0])
        finally:
            del self._lines[queue]

    async def _deliver(self, pending: Pending) -> None:
        delay, failures = 1, 0
        while not await self._try(pending):
            failures += 1
            if failures == 1:
                continue  # once more without waiting, and only then slower and slower
            delay = min(delay * 2, _LONGEST_DELAY)
            await asyncio.sleep(delay * self._second)
        self._updates.forget(pending.id)

    async def _try(self, pending: Pending) -> bool:
        assert self._session is not None
        async with self._places:
            try:
                async with self._session.post(
                    self.url, json=pending.update, headers=self._headers
                ) as response:
                    status: int | None = response.status
                    content_type = response.headers.get("Content-Type", "")
                    body = await response.read()
            except (ClientError, TimeoutError) as error:
                status, content_type, body = None, "", b""
                self.last_error = str(error) or type(error).__name__
        await self._log.add(Delivery(time.monotonic(), pending.id, status))
        if status is None:
            return False
        if status >= _FIRST_BAD_STATUS:
            self.last_error = f"Wrong response from the webhook: {status}"
            return False
        await self._execute(read_arguments(content_type, body))
        return True

    async def _execute(self, arguments: Json) -> None:
        method = str(arguments.pop("method", ""))
        name = method.lower()
        if name and name not in _NOT_IN_RESPONSE and not name.startswith("get"):
            await self._call(method, arguments)
