"""The whole bot in one process, behind a local Telegram: what a conversation test talks to."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import House, open_house
from bot.search.engine import Search
from bot.settings import Settings
from bot.telegram.door import Household, TelegramDoor, open_local_door
from bot.telegram.local_chat import LocalChat
from bot.telegram.local_records import LocalMessage
from bot.telegram.local_telegram import LocalTelegram

SMALL_CONTENT = Path(__file__).parent.parent / "conversations" / "content"
REAL_CONTENT = Path(__file__).parent.parent.parent / "content"


@dataclass(slots=True)
class Clock:
    """Stands still until it is told to move."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class OpenBot:
    house: House
    door: TelegramDoor
    chat: LocalChat

    def person(self, language: str | None = None) -> "Phone":
        return Phone(self.chat, self.chat.add_person("Test", language)["id"])

    def finding(self, search: Search) -> None:
        """Let questions be answered by this search, until the next edition is published."""
        shelf = self.house.shelf
        shelf._serving = replace(shelf.current(), search=search)

    def again(self, phone: "Phone") -> "Phone":
        """Somebody who was here before a restart of the bot, in the same Telegram."""
        return Phone(self.chat, phone.id)


def settings_for(folder: Path, content: Path = SMALL_CONTENT, **more: Any) -> Settings:
    """Settings of a test: nothing from the environment of whoever runs it."""
    chosen: dict[str, Any] = {
        "bot_token": None,
        "database_url": f"sqlite:///{folder}/joldosh.db",
        "redis_url": None,
        "content_dir": content,
        "secret_key": "a secret key of the tests",
        # What a small guide says is found by its words; tests/search has the model.
        "search_by_meaning": False,
        "cache_dir": folder / "cache",
    }
    return Settings(_env_file=None, **(chosen | more))


@asynccontextmanager
async def open_bot(
    folder: Path,
    content: Path = SMALL_CONTENT,
    clock: Callable[[], datetime] | None = None,
    telegram: LocalTelegram | None = None,
    **more: Any,
) -> AsyncIterator[OpenBot]:
    """`telegram` is one that goes on over restarts of the bot; `more` are settings."""
    moment = clock or Clock()
    async with open_house(settings_for(folder, content, **more), moment) as house:
        household = Household(house.conversation, house.secret, house.interface, house.metrics)
        async with open_local_door(household, telegram or LocalTelegram(moment)) as (door, chat):
            yield OpenBot(house, door, chat)


@dataclass(frozen=True, slots=True)
class Phone:
    """A person with a phone. After each deed `news` are the messages of the bot that are new or changed."""

    chat: LocalChat
    id: int

    @property
    def messages(self) -> tuple[LocalMessage, ...]:
        return tuple(message for message in self.chat.messages(self.id) if message.by_bot)

    def asked(self, message: LocalMessage) -> str | None:
        """The text of the message that this one replies to."""
        texts = {one.id: one.text for one in self.chat.messages(self.id)}
        return texts.get(message.replies_to or 0)

    @property
    def last(self) -> LocalMessage:
        return self.messages[-1]

    async def say(self, text: str) -> list[LocalMessage]:
        return await self._news(self.chat.say(self.id, text))

    async def send(self, kind: str) -> list[LocalMessage]:
        return await self._news(self.chat.send(self.id, kind))

    async def send_location(self, latitude: float, longitude: float) -> list[LocalMessage]:
        return await self._news(self.chat.send_location(self.id, latitude, longitude))

    @property
    def keys(self) -> list[list[str]]:
        """What stands in the place of the phone's own keyboard."""
        return self.chat.keys(self.id)

    async def press_data(self, message_id: int, data: str) -> list[LocalMessage]:
        return await self._news(self.chat.press(self.id, message_id, data))

    async def press(self, label: str) -> list[LocalMessage]:
        """Press the newest button with this label, or one whose label begins so."""
        for message in reversed(self.messages):
            for button in (button for row in message.rows for button in row):
                if button["text"] == label or button["text"].startswith(label):
                    return await self.press_data(message.id, button["callback_data"])
        raise AssertionError(f"no button {label!r} on the screen: {self.last.labels}")

    async def edit_last(self, text: str) -> list[LocalMessage]:
        own = [message for message in self.chat.messages(self.id) if not message.by_bot]
        return await self._news(self.chat.edit(self.id, own[-1].id, text))

    async def _news(self, deed: Any) -> list[LocalMessage]:
        before = {message.id: message for message in self.messages}
        await deed
        return [message for message in self.messages if before.get(message.id) != message]
