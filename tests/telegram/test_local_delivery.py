"""What the bot tells about itself in the local Telegram, and how updates reach it."""

import asyncio
import gc
from collections.abc import Awaitable
from datetime import timedelta

import pytest
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramRetryAfter,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from bot.telegram.local_chat import LocalChat
from bot.telegram.local_delivery import LocalDelivery
from tests.support.bot import Clock
from tests.telegram.local_world import World, refused

# What the bot tells about itself


async def test_commands_are_seen_by_language_and_fall_back(world: World) -> None:
    bot, scope = world.bot, BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand(command="menu", description="Menu")])
    await bot.set_my_commands(
        [BotCommand(command="menu", description="Башкы бет")], scope=scope, language_code="ky"
    )
    tajik = world.telegram.person(world.chat.add_person("Фирӯз", "tg")["id"])
    kyrgyz = world.telegram.person(world.person)
    profile = world.telegram.profile

    assert profile.view(kyrgyz)["commands"] == [{"command": "menu", "description": "Башкы бет"}]
    assert profile.view(tajik)["commands"] == [{"command": "menu", "description": "Menu"}]
    assert await bot.get_my_commands(scope=scope) == [], "reading falls back to nothing"

    await bot.set_my_commands(
        [BotCommand(command="staff", description="Staff")],
        scope=BotCommandScopeChat(chat_id=world.person),
    )
    assert profile.view(kyrgyz)["commands"] == [{"command": "staff", "description": "Staff"}]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=world.person))
    assert profile.view(kyrgyz)["commands"] == [{"command": "menu", "description": "Башкы бет"}]


async def test_commands_that_telegram_refuses(world: World) -> None:
    def set_one(command: str, description: str, language: str = "") -> Awaitable[object]:
        commands = [BotCommand(command=command, description=description)]
        return world.bot.set_my_commands(commands, language_code=language)

    assert "BOT_COMMAND_INVALID" in await refused(set_one("Меню", "Меню"))
    assert "BOT_COMMAND_DESCRIPTION_INVALID" in await refused(set_one("menu", ""))
    assert "invalid language code" in await refused(set_one("menu", "Menu", "kyrgyz"))


async def test_name_and_descriptions_are_by_language(world: World) -> None:
    await world.bot.set_my_name("Жолдош", language_code="ky")
    await world.bot.set_my_description("What can this bot do?")
    await world.bot.set_my_short_description("Companion")
    await world.bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    assert (await world.bot.get_my_name(language_code="ky")).name == "Жолдош"
    assert (await world.bot.get_my_description(language_code="ky")).description.startswith("What")
    assert (await world.bot.get_my_short_description()).short_description == "Companion"
    assert isinstance(await world.bot.get_chat_menu_button(), MenuButtonCommands)
    assert "too long" in await refused(world.bot.set_my_short_description("я" * 121))


async def test_the_bot_knows_itself(world: World) -> None:
    me = await world.bot.get_me()
    assert (me.id, me.is_bot) == (world.bot.id, True)


# Delivery


async def test_an_update_comes_again_until_a_larger_offset_is_asked_for(world: World) -> None:
    chat = LocalChat(world.telegram, world.telegram.delivery.put)
    await chat.say(world.person, "/start")
    await chat.say(world.person, "кайда?")

    async def ids(offset: int | None = None) -> list[int]:
        return [update.update_id for update in await world.bot.get_updates(offset)]

    first, second = await ids()
    assert await ids() == [first, second]
    assert await ids(first + 1) == [second]
    assert await ids(second + 1) == []


async def test_a_waiting_poller_gets_the_update_at_once_and_whole(world: World) -> None:
    chat = LocalChat(world.telegram, world.telegram.delivery.put)
    poll = asyncio.create_task(world.bot.get_updates(timeout=5))
    await asyncio.sleep(0.01)
    await chat.say(world.person, "/menu")

    async with asyncio.timeout(1):
        (update,) = await poll
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ky"
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"


async def test_a_second_poller_ends_the_first(world: World) -> None:
    first = asyncio.create_task(world.bot.get_updates(timeout=5))
    await asyncio.sleep(0.01)
    assert await world.bot.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await first


async def test_a_poller_that_went_away_is_not_missed() -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: complaints.append(what))
    delivery = LocalDelivery(Clock())
    gone = asyncio.create_task(delivery.take(0, 100, wait=5))
    await asyncio.sleep(0.01)
    gone.cancel()
    await asyncio.wait({gone})

    assert await delivery.take(0, 100, wait=0) == []
    del delivery, gone
    gc.collect()  # an error that nobody has looked at is complained of here

    assert complaints == []


async def test_polling_and_a_webhook_exclude_each_other(world: World) -> None:
    bot = world.bot
    await bot.set_webhook("https://joldosh.example/telegram/webhook", secret_token="s3cret")
    assert (await bot.get_webhook_info()).url == "https://joldosh.example/telegram/webhook"
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_webhook_is_set_once_a_second_over_https_with_a_plain_secret(
    world: World,
) -> None:
    bot, url = world.bot, "https://joldosh.example/telegram/webhook"
    assert "HTTPS URL must be provided" in await refused(bot.set_webhook("http://joldosh.example"))
    assert "unallowed characters" in await refused(bot.set_webhook(url, secret_token="a b"))
    assert await bot.set_webhook(url)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.set_webhook(url)
    assert caught.value.retry_after == 1
    world.time += timedelta(seconds=1)
    assert await bot.set_webhook(url)
