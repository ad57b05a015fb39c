"""What came of a Bot API call. Expected outcomes are values; only an unreachable server is an
error.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.methods import TelegramMethod

from bot.errors import DoorUnavailable
from bot.observability.metrics import Metrics

log = structlog.get_logger(__name__)

Sleep = Callable[[float], Awaitable[None]]

# Telegram waits about a minute for a webhook's answer, and a person waits less. What takes
# longer is delivered again.
LONGEST_WAIT_SECONDS = 20.0
_TRIES = 3


class Outcome(StrEnum):
    DELIVERED = "delivered"
    BLOCKED = "blocked"  # by the person, or the account is gone: send nothing more
    NOT_MODIFIED = "not-modified"  # the page shows this already
    GONE = "gone"  # there is no message to edit any more
    LATE = "late"  # a callback query is answered within seconds or not at all
    REFUSED = "refused"  # a mistake of ours


# Parts of the server's descriptions, in small letters. The Bot API has no codes for them.
_DESCRIPTIONS: tuple[tuple[str, Outcome], ...] = (
    ("message is not modified", Outcome.NOT_MODIFIED),
    ("message to edit not found", Outcome.GONE),
    ("message can't be edited", Outcome.GONE),
    ("message_id_invalid", Outcome.GONE),
    ("there is no text in the message to edit", Outcome.GONE),
    ("query is too old", Outcome.LATE),
    ("query id is invalid", Outcome.LATE),
    ("chat not found", Outcome.BLOCKED),
    ("user not found", Outcome.BLOCKED),
    ("peer_id_invalid", Outcome.BLOCKED),
    ("bot was blocked", Outcome.BLOCKED),
)


@dataclass(frozen=True, slots=True)
class ToldToWait:
    seconds: float


class Calls:
    """Makes Bot API calls, keeps to `retry_after`, and says what came of them.

    `now` is in seconds, from any beginning.
    """

    def __init__(
        self,
        bot: Bot,
        metrics: Metrics,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._bot = bot
        self._metrics = metrics
        self._sleep = sleep
        self._now = now
        # An update that is delivered again, as after a long wait that was asked for, begins anew
        # and knows nothing of the wait: chats to leave alone, and until when.
        self._quiet_until: dict[object, float] = {}

    async def make(self, method: TelegramMethod[Any]) -> Outcome:
        """Raises `DoorUnavailable` when the server does not answer or asks to wait too long."""
        outcome, _ = await self.result_of(method)
        return outcome

    async def result_of(self, method: TelegramMethod[Any]) -> tuple[Outcome, object]:
        """The same, with what the server answered when the call was made. Raises as `make` does."""
        outcome, result = await self._made(method)
        self._metrics.calls.labels(method.__api_method__, outcome).inc()
        return outcome, result

    async def once(self, method: TelegramMethod[Any]) -> Outcome | ToldToWait:
        """Make it once, and wait for nothing: for who can do something else meanwhile. Raises `DoorUnavailable` when the
        server does not answer.
        """
        try:
            outcome, _ = await self._tried(method)
        except TelegramRetryAfter as trouble:
            self._metrics.calls.labels(method.__api_method__, "told-to-wait").inc()
            return ToldToWait(trouble.retry_after)
        self._metrics.calls.labels(method.__api_method__, outcome).inc()
        return outcome

    async def _made(self, method: TelegramMethod[Any]) -> tuple[Outcome, object]:
        chat = getattr(method, "chat_id", None)
        waited = max(self._quiet_until.get(chat, 0.0) - self._now(), 0.0)
        if waited > LONGEST_WAIT_SECONDS:
            raise DoorUnavailable(f"{method.__api_method__}: has to wait {waited:.0f} s more")
        if waited:
            await self._sleep(waited)
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._tried(method)
            except TelegramRetryAfter as trouble:
                waited += trouble.retry_after
                if waited > LONGEST_WAIT_SECONDS or not tries_left:
                    self._leave_alone(chat, trouble.retry_after)
                    break
                await self._sleep(trouble.retry_after)
        raise DoorUnavailable(f"{method.__api_method__}: asked to wait {waited:.0f} s in all")

    async def _tried(self, method: TelegramMethod[Any]) -> tuple[Outcome, object]:
        """Raises `TelegramRetryAfter` when the server asks to wait, and `DoorUnavailable`."""
        try:
            return Outcome.DELIVERED, await self._bot(method)
        except TelegramRetryAfter:
            raise
        except TelegramForbiddenError:
            return Outcome.BLOCKED, None
        except TelegramBadRequest as trouble:
            return self._refused(method, trouble.message), None
        except AiogramError as trouble:
            # The network, a 5xx, a token that was taken back, an answer that is no JSON. The call may
            # have done its work: the repeated turn shows the same page again at worst.
            raise DoorUnavailable(
                f"{method.__api_method__}: {type(trouble).__name__}"
            ) from trouble

    def _leave_alone(self, chat: object, seconds: float) -> None:
        now = self._now()
        self._quiet_until = {one: end for one, end in self._quiet_until.items() if end > now}
        if chat is not None:
            self._quiet_until[chat] = now + seconds

    def _refused(self, method: TelegramMethod[Any], description: str) -> Outcome:
        lowered = description.lower()
        for part, outcome in _DESCRIPTIONS:
            if part in lowered:
                return outcome
        # The description of an unforeseen refusal speaks of the call, not of the person.
        log.error("telegram.refused", method=method.__api_method__, description=description)
        return Outcome.REFUSED
