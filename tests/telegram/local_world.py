"""A local Telegram for one test: a bot, a person, a clock that stands, and small words to build calls with."""

from collections.abc import Awaitable
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)

from bot.telegram.local_chat import LocalChat
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram


class World:
    """One bot, one person who has written to it, and a clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 12, tzinfo=UTC)
        self.telegram = LocalTelegram(lambda: self.time)
        self.bot = Bot(LOCAL_TOKEN, session=LocalSession(self.telegram))
        self.updates: list[Update] = []
        self.chat = LocalChat(self.telegram, self._keep)
        self.person = self.chat.add_person("Айбек", "ky")["id"]

    async def _keep(self, update: Update) -> None:
        self.updates.append(update)

    async def pressed(self) -> str:
        """The id of the query of a fresh press."""
        await self.chat.press(self.person, 1, "menu")
        query = self.updates[-1].callback_query
        assert query is not None
        return query.id


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])


def button(data: str, label: str = "Меню") -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data)


def link(url: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text="Сайт", url=url)


async def refused(call: Awaitable[object]) -> str:
    with pytest.raises(TelegramBadRequest) as caught:
        await call
    return caught.value.message
