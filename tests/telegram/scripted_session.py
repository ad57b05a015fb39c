"""A session without a server: it keeps what was called and answers as the test wrote down."""

import json
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

TOKEN = "42:SCRIPTED"
# Whatever the method returns: the bot reads of no answer more than that it is well.
WELL = (200, "")


def refusal(status: int, description: str, retry_after: int | None = None) -> tuple[int, str]:
    """An answer of the server that is not ok."""
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        answer["parameters"] = {"retry_after": retry_after}
    return status, json.dumps(answer)


class ScriptedSession(BaseSession):
    """Each call takes the next answer: (status, body), `WELL`, or None for a lost connection. After the
    last one all is well. aiogram itself reads the answers.
    """

    def __init__(self, *answers: tuple[int, str] | None) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self._answers = deque(answers)

    @property
    def bot(self) -> Bot:
        return Bot(TOKEN, session=self)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the base class has it)
    ) -> TelegramType:
        self.calls.append(method)
        answer = self._answers.popleft() if self._answers else WELL
        if answer is WELL:
            return cast(TelegramType, True)
        if answer is None:
            raise TelegramNetworkError(method=method, message="ClientOSError: connection lost")
        status, content = answer
        return cast(TelegramType, self.check_response(bot, method, status, content).result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 (the base class has it)
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError
        yield b""

    async def close(self) -> None:
        """Nothing is open."""
