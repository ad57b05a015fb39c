"""The session behind `Bot` in the demo and in tests: the Bot API server is in this process.

A call is written into form fields and its answer read from JSON exactly as over HTTP, so that
what aiogram does with arguments, answers and errors is the real thing. No network.
"""

import asyncio
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.telegram.local_fields import Fields, SentFile
from bot.telegram.local_methods import LocalMethods
from bot.telegram.local_rules import Refusal
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram


class LocalSession(BaseSession):
    """Use it with `LOCAL_TOKEN`: `Bot(LOCAL_TOKEN, session=LocalSession(telegram))`."""

    def __init__(self, telegram: LocalTelegram) -> None:
        super().__init__()
        self._methods = LocalMethods(telegram)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the base class has it)
    ) -> TelegramType:
        # Others get their turn here, as while a network call is under way.
        await asyncio.sleep(0)
        status, answer = await self._answer(bot, method)
        content = self.json_dumps(answer)
        response = self.check_response(bot, method, status_code=status, content=content)
        return cast(TelegramType, response.result)

    async def _answer(
        self, bot: Bot, method: TelegramMethod[TelegramType]
    ) -> tuple[int, dict[str, Any]]:
        try:
            if bot.token != LOCAL_TOKEN:
                raise Refusal(HTTPStatus.UNAUTHORIZED, "Unauthorized")
            files: dict[str, InputFile] = {}
            values = self._written(bot, method, files)
            fields = Fields(values, {name: await _read(bot, file) for name, file in files.items()})
            result = await self._methods.call(method.__api_method__, fields)
        except Refusal as refusal:
            answer: dict[str, Any] = {
                "ok": False,
                "error_code": refusal.status,
                "description": refusal.description,
            }
            if refusal.retry_after is not None:
                answer["parameters"] = {"retry_after": refusal.retry_after}
            return refusal.status, answer
        return HTTPStatus.OK, {"ok": True, "result": result}

    def _written(
        self, bot: Bot, method: TelegramMethod[TelegramType], files: dict[str, InputFile]
    ) -> dict[str, str]:
        """The form fields that aiogram's HTTP session would send; it leaves out empty ones."""
        values = {
            name: self.prepare_value(value, bot=bot, files=files)
            for name, value in method.model_dump(warnings=False).items()
        }
        return {name: value for name, value in values.items() if value}

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 (the base class has it)
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        raise FileNotFoundError("the local Telegram keeps no files")
        yield b""  # makes this a generator, as callers expect

    async def close(self) -> None:
        """Nothing is open."""


async def _read(bot: Bot, file: InputFile) -> SentFile:
    content = b"".join([chunk async for chunk in file.read(bot)])
    return SentFile(file.filename or "", content)
