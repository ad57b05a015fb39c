"""Persons with phones before one bot, whose updates come as bytes, at once, and twice."""

import asyncio
import json
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.app import House
from bot.conversation.short_usage import ShortUsage
from bot.telegram.door import Household, TelegramDoor
from bot.telegram.handling import AdminUsage
from bot.telegram.local_chat import LocalChat
from bot.telegram.local_records import LocalMessage
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram
from tests.telegram.any_update import Json


class WatchedSession(LocalSession):
    """Notes who is being written to, and can be as slow or as broken as a network."""

    def __init__(self, telegram: LocalTelegram) -> None:
        super().__init__(telegram)
        self.seconds = 0.0
        self.is_cut = False
        self.writing: list[int] = []
        self.together: list[list[int]] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the base class has it)
    ) -> TelegramType:
        if self.is_cut:
            raise TelegramNetworkError(method=method, message="connection lost")
        chat_id = getattr(method, "chat_id", 0)
        self.writing.append(chat_id)
        try:
            await asyncio.sleep(self.seconds)
            self.together.append(sorted(self.writing))
            return await super().make_request(bot, method, timeout)
        finally:
            self.writing.remove(chat_id)


class Street:
    """Persons with phones before one bot, whose updates come as bytes and can come twice."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._telegram = LocalTelegram(house.clock)
        self.session = WatchedSession(self._telegram)
        self.admins: set[int] = set()
        usage = AdminUsage(self.admins, ShortUsage(house.engine, house.interface, house.clock))
        household = Household(
            house.conversation, house.secret, house.interface, house.metrics, usage
        )
        bot = Bot(LOCAL_TOKEN, session=self.session)
        self.door = TelegramDoor("local", bot, household)
        self._numbers = count(1)

    def person(self, language: str | None = "ru") -> "Passerby":
        """Somebody who has opened the chat with the bot, of which the bot has not been told."""
        chat = LocalChat(self._telegram, self.door.handle)
        number = chat.add_person("Айбек", language)["id"]
        self._telegram.add_message(number, by_bot=False, text="/start")
        return Passerby(self, chat, number, language)

    async def feed(self, update: Json) -> Json | None:
        answer = await self.door.feed_json(json.dumps(update).encode())
        return None if answer is None else dict(json.loads(answer))

    def numbered(self, update: Json) -> Json:
        return {"update_id": next(self._numbers), **update}

    def counted(self, kind: str, result: str) -> float:
        name, labels = "joldosh_updates_total", {"kind": kind, "result": result}
        return self.house.metrics.registry.get_sample_value(name, labels) or 0.0


class Passerby:
    def __init__(self, street: Street, chat: LocalChat, person: int, language: str | None) -> None:
        self._street, self._chat, self.id = street, chat, person
        self._account: Json = {"id": person, "is_bot": False, "first_name": "Айбек"}
        if language:
            self._account["language_code"] = language

    @property
    def messages(self) -> list[LocalMessage]:
        return [message for message in self._chat.messages(self.id) if message.by_bot]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    def writes(self, text: str | None = None, **more: Any) -> Json:
        """The update of a message; it is not delivered by this."""
        message = {
            "message_id": 1,
            "date": 1,
            "chat": {"id": self.id, "type": "private"},
            "from": self._account,
            **more,
        }
        return self._street.numbered({"message": message | ({"text": text} if text else {})})

    def presses(self, data: str, message_id: int | None = None) -> Json:
        query: Json = {"id": "q", "from": self._account, "chat_instance": "1", "data": data}
        if message_id:
            chat = {"id": self.id, "type": "private"}
            query["message"] = {"message_id": message_id, "date": 1, "chat": chat, "text": "…"}
        return self._street.numbered({"callback_query": query})
