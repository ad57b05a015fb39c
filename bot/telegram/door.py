"""The door as the rest of the house sees it: no name of aiogram's goes out of here.

Joins session, dispatcher and sender; decides nothing itself.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update
from aiogram.utils.token import TokenValidationError
from pydantic import ValidationError

from bot.conversation.service import Conversation
from bot.errors import DoorUnavailable, SettingsError
from bot.i18n.interface import Interface
from bot.observability.metrics import Metrics
from bot.telegram.card_pictures import CardPictures
from bot.telegram.dispatcher import feed, make_dispatcher
from bot.telegram.handling import AdminUsage, Handling
from bot.telegram.introduction import introduce, use_polling, use_webhook
from bot.telegram.json_session import JsonSession
from bot.telegram.local_chat import LocalChat
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.outcomes import Calls
from bot.telegram.persons import Persons
from bot.telegram.polling import poll
from bot.telegram.sender import Sender

log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 5.0
_TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Household:
    """What a door needs from the house."""

    conversation: Conversation
    secret: str
    interface: Interface
    metrics: Metrics
    usage: AdminUsage | None = None


class TelegramDoor:
    """One bot behind one session. `name` tells the numbers of its updates from those of other
    doors.
    """

    def __init__(self, name: str, bot: Bot, household: Household) -> None:
        self._bot = bot
        self._calls = Calls(bot, household.metrics)
        self.messenger = TelegramMessenger(name, self._calls)
        pictures = CardPictures(household.metrics)
        self._sender = Sender(self._calls, pictures, household.metrics)
        self._interface = household.interface
        self._metrics = household.metrics
        self._dispatcher = make_dispatcher(
            Handling(
                door=name,
                conversation=household.conversation,
                persons=Persons(household.secret),
                sender=self._sender,
                interface=household.interface,
                metrics=household.metrics,
                usage=household.usage,
            )
        )

    async def feed_json(self, body: bytes) -> bytes | None:
        """One update as the webhook got it; the method to answer the request with, as JSON.

        Only the answer to a button press goes that way: nothing hangs on whether it arrives,
        and an API call less is a millisecond less. Raises `StoreUnavailable` or
        `DoorUnavailable` when the update is to be delivered again.
        """
        try:
            update = Update.model_validate_json(body, context={"bot": self._bot})
        except ValidationError:
            # Delivered again it would be no more readable, and would hold up the queue for a day.
            self._metrics.updates.labels("unreadable", "ignored").inc()
            log.warning("update.unreadable")
            return None
        answer = await feed(self._dispatcher, self._bot, update)
        if not isinstance(answer, AnswerCallbackQuery):
            return None
        fields = answer.model_dump_json(exclude_none=True, include={"callback_query_id", "text"})
        return b'{"method":"answerCallbackQuery",' + fields.encode()[1:]

    async def handle(self, update: Update) -> None:
        """One update from polling or the local chat. Raises as `feed_json` does."""
        answer = await feed(self._dispatcher, self._bot, update)
        if isinstance(answer, AnswerCallbackQuery):
            await self._sender.answer(answer)

    async def introduce(self) -> None:
        await introduce(self._calls, self._interface)

    async def use_webhook(self, url: str, secret: str) -> None:
        """Try until Telegram knows the address: without it no update ever comes."""
        while True:
            try:
                return await use_webhook(self._calls, url, secret)
            except DoorUnavailable as trouble:
                log.warning("webhook.not_set", reason=str(trouble))
                await asyncio.sleep(_PAUSE_SECONDS)

    async def poll(self, stopping: asyncio.Event) -> None:
        """Serve by polling until `stopping` is set."""
        while not stopping.is_set():
            try:
                await use_polling(self._calls)
                break
            except DoorUnavailable as trouble:
                log.warning("polling.not_started", reason=str(trouble))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), _PAUSE_SECONDS)
        await poll(self._bot, self.handle, stopping)


@asynccontextmanager
async def open_door(
    household: Household, token: str, api: str, proxy: str | None
) -> AsyncIterator[TelegramDoor]:
    """The door to a Bot API server. Raises `SettingsError` for a token or a proxy that cannot
    be one.
    """
    async with _bot(token, _session(api, proxy)) as bot:
        yield TelegramDoor(_TELEGRAM, bot, household)


@asynccontextmanager
async def open_messenger(
    metrics: Metrics, token: str, api: str, proxy: str | None
) -> AsyncIterator[TelegramMessenger]:
    """To write to the persons of that door from a process without one. Raises as `open_door` does."""
    async with _bot(token, _session(api, proxy)) as bot:
        yield TelegramMessenger(_TELEGRAM, Calls(bot, metrics))


@asynccontextmanager
async def open_local_door(
    household: Household, telegram: LocalTelegram
) -> AsyncIterator[tuple[TelegramDoor, LocalChat]]:
    """The same door before a Telegram in this process."""
    async with _bot(LOCAL_TOKEN, LocalSession(telegram)) as bot:
        door = TelegramDoor("local", bot, household)
        chat = LocalChat(telegram, door.handle)
        try:
            yield door, chat
        finally:
            chat.close()


def _session(api: str, proxy: str | None) -> JsonSession:
    if proxy and not proxy.startswith(("http://", "https://")):
        raise SettingsError("JOLDOSH_PROXY is not an HTTP proxy: it looks like http://host:3128")
    return JsonSession(TelegramAPIServer.from_base(api), proxy)


@asynccontextmanager
async def _bot(token: str, session: BaseSession) -> AsyncIterator[Bot]:
    try:
        bot = Bot(token, session=session)
    except TokenValidationError:
        raise SettingsError(
            "JOLDOSH_BOT_TOKEN is not a bot token: it looks like 123456:ABC…, from BotFather"
        ) from None
    try:
        yield bot
    finally:
        await session.close()
