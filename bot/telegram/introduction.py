"""How the bot introduces itself to Telegram: commands and descriptions in each language, the
webhook.
"""

import structlog
from aiogram.methods import (
    DeleteWebhook,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import BotCommand

from bot.errors import DoorUnavailable
from bot.i18n.interface import Interface, Words
from bot.telegram.dispatcher import SERVED_UPDATES
from bot.telegram.outcomes import Calls, Outcome

log = structlog.get_logger(__name__)

# In the order of the menu.
_COMMANDS = (
    "menu",
    "ask",
    "sos",
    "hotlines",
    "check",
    "dates",
    "language",
    "settings",
    "help",
    "privacy",
    "forget",
)


async def introduce(calls: Calls, interface: Interface) -> None:
    """Set commands and descriptions for each language and for everybody else. A refusal does
    not stop the bot.
    """
    everybody = interface.words(None)
    for words, code in [
        (everybody, None),
        *((words, lang) for lang, words in interface.by_language.items()),
    ]:
        for method in _introduction(words, code):
            try:
                await calls.make(method)
            except DoorUnavailable as trouble:
                # Telegram limits these calls by the day. What was set earlier stays.
                log.warning(
                    "telegram.not_introduced", method=method.__api_method__, reason=str(trouble)
                )
                return


def commands(words: Words) -> list[BotCommand]:
    return [
        BotCommand(command=name, description=words.say(f"command-{name}")) for name in _COMMANDS
    ]


def _introduction(words: Words, code: str | None) -> list[TelegramMethod[bool]]:
    return [
        SetMyCommands(commands=commands(words), language_code=code),
        SetMyDescription(description=words.say("bot-description"), language_code=code),
        SetMyShortDescription(
            short_description=words.say("bot-short-description"), language_code=code
        ),
    ]


async def use_webhook(calls: Calls, url: str, secret: str) -> None:
    """Ask Telegram to deliver to this address. Raises `DoorUnavailable`."""
    await _insist(
        calls,
        SetWebhook(
            url=url,
            secret_token=secret,
            allowed_updates=list(SERVED_UPDATES),
            # One connection a queue is Telegram's own order of things; more persons at once
            # need more.
            max_connections=100,
        ),
    )


async def use_polling(calls: Calls) -> None:
    """Telegram gives updates to `getUpdates` only when no webhook is set. Raises
    `DoorUnavailable`.
    """
    await _insist(calls, DeleteWebhook(drop_pending_updates=False))


async def _insist(calls: Calls, method: TelegramMethod[bool]) -> None:
    """A refusal too is a reason to try again: a host name may not be known yet."""
    outcome = await calls.make(method)
    if outcome is not Outcome.DELIVERED:
        raise DoorUnavailable(f"{method.__api_method__}: {outcome}")
