"""The local chat served on a free port, and a Chromium that looks at it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest_asyncio
from aiogram import Bot
from aiogram.types import Update
from playwright.async_api import Browser, async_playwright, expect

from bot.telegram.local_chat import LocalChat
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram
from bot.web.application import make_application
from bot.web.health import Health
from bot.web.serving import serve
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.sample_bot import introduce, sample_dispatcher

# A busy machine answers late; what never comes is as wrong after a minute as after five seconds.
expect.set_options(timeout=60_000)


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    chat: LocalChat
    bot: Bot


async def _health() -> Health:
    return Health("sample", datetime.now(UTC).date())


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[Served]:
    telegram = LocalTelegram(lambda: datetime.now(UTC))
    bot = Bot(LOCAL_TOKEN, session=LocalSession(telegram))
    dispatcher = sample_dispatcher()

    async def feed(update: Update) -> None:
        await dispatcher.feed_update(bot, update)

    chat = LocalChat(telegram, feed)
    app = make_application(health=_health, metrics=lambda: b"", local_chat=chat)
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    await introduce(bot)
    serving = asyncio.create_task(
        serve(app, "127.0.0.1:0", on_listening=address.set_result, on_stopping=chat.close)
    )
    yield Served(await address, chat, bot)
    signal.raise_signal(signal.SIGINT)
    await serving


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser a file: it takes seconds to start. Each test has a context of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        await browser.close()
