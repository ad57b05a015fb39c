"""The HTTP session behind `Bot`, sending JSON where aiogram sends a form.

In a form each Cyrillic letter takes six characters and most of an API call's processor time:
writing a page of guidance so was measured at 1.4 ms, as JSON at 0.1. The Bot API takes both.
"""

from typing import cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import EditMessageText, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientSession, FormData, TCPConnector
from aiohttp.payload import BytesPayload
from pydantic_core import from_json

# aiogram makes a class for each kind of response it is asked for; this one is asked for with most updates.
_EDITED = Response[bool](ok=True, result=True)

# How long an answer may take. aiogram's minute is as long as Telegram waits for a webhook: the
# update would come again while its first delivery still holds the person's turn.
ANSWER_SECONDS = 20.0


class JsonSession(AiohttpSession):
    """Sends only what the caller set, so aiogram's bot-wide defaults do not apply: we use none.

    `proxy` is the address of an HTTP proxy.
    """

    def __init__(self, api: TelegramAPIServer, proxy: str | None) -> None:
        super().__init__(api=api, json_loads=from_json, timeout=ANSWER_SECONDS)
        self._http_proxy = proxy

    async def create_session(self) -> ClientSession:
        # aiogram hands a proxy to a library that we would need for nothing else; aiohttp speaks
        # to HTTP proxies itself.
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(**self._connector_init), proxy=self._http_proxy
            )
        return self._session

    def build_form_data(  # type: ignore[override]  # aiohttp posts any payload
        self, bot: Bot, method: TelegramMethod[TelegramType]
    ) -> FormData | BytesPayload:
        if any(isinstance(value, InputFile) for _, value in method):
            return super().build_form_data(bot, method)
        body = method.model_dump_json(exclude_unset=True, exclude_none=True).encode()
        return BytesPayload(body, content_type="application/json")

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the base class has it)
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except UnicodeDecodeError as error:
            # A page of somebody on the way, in an encoding of theirs.
            raise ClientDecodeError("Failed to decode the answer", error, error.object) from error

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        # The server answers an edit with the whole message or with True, and nobody here reads
        # it: most calls are edits, and building the message took as long as writing the request.
        if isinstance(method, EditMessageText) and content.startswith('{"ok":true'):
            return cast(Response[TelegramType], _EDITED)
        return super().check_response(bot, method, status_code, content)
