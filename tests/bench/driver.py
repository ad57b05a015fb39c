"""Plays persons against a webhook in a closed loop: each sends an update, waits for its answer, and sends the next."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.client import Connection
from tests.bench.contenders import SECRET, Contender

_HEADERS = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
_PATH = "/telegram/webhook"
# How persons spend their updates; the rest are presses.
_STARTS, _TEXTS = 0.06, 0.06
_QUESTIONS = (
    "сколько дней можно жить без регистрации",
    "как проверить запрет на въезд",
    "жумуш берүүчү айлык бербей жатат",
    "нужен ли мне патент",
    "каттоо канча күн",
    "потерял миграционную карту что делать",
)


@dataclass(slots=True)
class Load:
    """What a run did: seconds it took, and seconds that each update waited for its answer."""

    seconds: float = 0
    waits: list[float] = field(default_factory=list)


class Driver:
    """The persons of one contender. They stay the same over all its rounds."""

    def __init__(self, contender: Contender, persons: int) -> None:
        self._contender = contender
        self._numbers = itertools.count(700_000_000)
        # The same in every run, so that runs can be compared.
        self._random = random.Random(2027)  # noqa: S311
        self._in_responses = 0
        self._persons = [5_000_000_000 + number for number in range(persons)]

    async def play(
        self, updates: int, persons: int | None = None, told: Callable[[], None] = lambda: None
    ) -> Load:
        """Send so many updates by so many persons at once (none: all). `told` is called after each."""
        load = Load()
        left = itertools.repeat(None, updates)
        started = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for person in self._persons[:persons]:
                group.create_task(self._live(person, left, load, told))
        load.seconds = time.perf_counter() - started
        return load

    async def forget_calls(self) -> None:
        """Count anew."""
        await self._control("DELETE")
        self._in_responses = 0

    async def calls_per_update(self, updates: int) -> dict[str, float]:
        """Calls and refusals by method. A call that came in the webhook's response is not sent on."""
        counts = await self._control("GET")
        if self._in_responses:
            counts["in the response"] = self._in_responses
        return {name: count / updates for name, count in counts.items()}

    async def _control(self, verb: str) -> dict[str, int]:
        double = await Connection.to(self._contender.double_port)
        answer = await double.ask(verb, "/control/counts")
        double.close()
        counts: dict[str, int] = answer.json()["result"]
        return counts

    async def _live(
        self, person: int, left: "itertools.repeat[None]", load: Load, told: Callable[[], None]
    ) -> None:
        webhook = await Connection.to(self._contender.port)
        double = await Connection.to(self._contender.double_port)
        try:
            for _ in left:
                update = await self._next_update(person, double)
                began = time.perf_counter()
                answer = await webhook.ask("POST", _PATH, update, _HEADERS)
                load.waits.append(time.perf_counter() - began)
                if answer.status != 200:
                    raise RuntimeError(f"{self._contender.name}: {answer.status} to {update!r}")
                self._in_responses += b"method" in answer.body
                told()
        finally:
            webhook.close()
            double.close()

    async def _next_update(self, person: int, double: Connection) -> bytes:
        chance = self._random.random()
        if not self._contender.talks or chance < _TEXTS:
            return self._message(person, self._random.choice(_QUESTIONS))
        if chance > 1 - _STARTS:
            return self._message(person, "/start")
        # What Telegram shows the person, so that every press is one that can happen.
        answer = await double.ask("GET", f"/control/keyboards/{person}")
        shown = answer.json()["result"]
        if not shown["data"]:
            return self._message(person, "/start")
        data = self._random.choice(shown["data"])
        return self._press(person, shown["message_id"], data)

    def _message(self, person: int, text: str) -> bytes:
        number = next(self._numbers)
        message = {
            "message_id": number,
            "from": self._sender(person),
            "chat": self._chat(person),
            "date": int(time.time()),
            "text": text,
        }
        return json.dumps({"update_id": number, "message": message}).encode()

    def _press(self, person: int, message_id: int, data: str) -> bytes:
        number = next(self._numbers)
        message = {
            "message_id": message_id,
            "from": {"id": 42, "is_bot": True, "first_name": "Double"},
            "chat": self._chat(person),
            "date": int(time.time()),
            "text": "…",
        }
        query = {
            "id": str(number),
            "from": self._sender(person),
            "message": message,
            "chat_instance": str(-person),
            "data": data,
        }
        return json.dumps({"update_id": number, "callback_query": query}).encode()

    def _sender(self, person: int) -> dict[str, object]:
        return {"id": person, "is_bot": False, "first_name": "Айгүл", "language_code": "ru"}

    def _chat(self, person: int) -> dict[str, object]:
        return {"id": person, "type": "private", "first_name": "Айгүл"}
