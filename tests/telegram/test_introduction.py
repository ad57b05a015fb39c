"""How the bot introduces itself: in each language, within Telegram's limits, and without insisting."""

import re
from typing import Any

import pytest
from aiogram.methods import (
    DeleteWebhook,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    SetWebhook,
)
from telegram.constants import BotCommandLimit, BotDescriptionLimit

from bot.conversation.machine import COMMANDS
from bot.errors import DoorUnavailable
from bot.i18n.interface import Words, load_interface
from bot.observability.metrics import Metrics
from bot.telegram.introduction import commands, introduce, use_polling, use_webhook
from bot.telegram.outcomes import Calls
from tests.support.logs import Logbook
from tests.telegram.scripted_session import WELL, ScriptedSession, refusal

INTERFACE = load_interface()
LANGUAGES = pytest.mark.parametrize(
    "words", INTERFACE.by_language.values(), ids=lambda one: one.lang
)


async def introduced(*answers: tuple[int, str] | None) -> list[Any]:
    session = ScriptedSession(*answers)
    await introduce(Calls(session.bot, Metrics()), INTERFACE)
    return session.calls


def calls_to(session: ScriptedSession) -> Calls:
    return Calls(session.bot, Metrics())


# Within the limits of Telegram, as python-telegram-bot has them


@LANGUAGES
def test_commands_are_such_as_telegram_takes(words: Words) -> None:
    names = [command.command for command in commands(words)]

    assert len(names) == len(set(names)) <= 100
    for command in commands(words):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command.command)
        assert len(command.description) <= BotCommandLimit.MAX_DESCRIPTION
        assert len(command.description) >= BotCommandLimit.MIN_DESCRIPTION
        assert command.description != f"command-{command.command}", "no text has this key"
        assert command.description == command.description.strip()


@LANGUAGES
def test_descriptions_are_of_a_length_that_telegram_takes(words: Words) -> None:
    description, short = words.say("bot-description"), words.say("bot-short-description")

    assert 0 < len(description) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert 0 < len(short) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    assert "bot-" not in description + short, "no text has this key"


def test_every_command_in_the_menu_does_something() -> None:
    shown = {command.command for command in commands(INTERFACE.words(None))}

    assert shown <= COMMANDS.keys()
    assert {"menu", "sos", "hotlines", "language", "help", "privacy", "forget"} <= shown


def test_the_menu_of_commands_speaks_the_language_of_its_reader() -> None:
    said = {
        lang: [one.description for one in commands(words)]
        for lang, words in INTERFACE.by_language.items()
    }

    assert said["ru"] != said["ky"] != said["en"]


# Telling Telegram


async def test_everybody_is_introduced_to_in_each_language_and_one_for_all_others() -> None:
    calls = await introduced()

    codes = [None, *INTERFACE.by_language]
    assert [(type(call), call.language_code) for call in calls] == [
        (method, code)
        for code in codes
        for method in (SetMyCommands, SetMyDescription, SetMyShortDescription)
    ]
    # Telegram: "A two-letter ISO 639-1 language code".
    assert all(re.fullmatch("[a-z]{2}", code) for code in codes if code)


async def test_whoever_speaks_another_language_is_introduced_to_in_russian() -> None:
    for_all, *others = await introduced()

    [in_russian] = [
        call for call in others if isinstance(call, SetMyCommands) and call.language_code == "ru"
    ]
    assert for_all.commands == in_russian.commands


async def test_a_refusal_does_not_stop_the_introduction() -> None:
    calls = await introduced(refusal(400, "Bad Request: BOT_COMMAND_INVALID"))

    assert len(calls) == 3 * (1 + len(INTERFACE.by_language))


@pytest.mark.parametrize(
    "trouble",
    [None, refusal(429, "Too Many Requests: retry after 80000", retry_after=80_000)],
    ids=["connection lost", "too many for today"],
)
async def test_a_server_out_of_reach_ends_the_introduction_and_not_the_bot(
    monkeypatch: pytest.MonkeyPatch, trouble: tuple[int, str] | None
) -> None:
    logbook = Logbook.of(monkeypatch, "bot.telegram.introduction")

    calls = await introduced(WELL, trouble)

    assert len(calls) == 2
    assert logbook.events == ["telegram.not_introduced"]
    assert logbook.entries[0]["method"] == "setMyDescription"


# How updates come


async def test_a_webhook_is_asked_for_with_its_secret_and_only_for_what_is_served() -> None:
    session = ScriptedSession()

    await use_webhook(calls_to(session), "https://bot.example.org/telegram/webhook", "s3cret")

    assert session.calls == [
        SetWebhook(
            url="https://bot.example.org/telegram/webhook",
            secret_token="s3cret",
            allowed_updates=["message", "edited_message", "callback_query"],
            max_connections=100,
        )
    ]


async def test_polling_takes_the_webhook_away_and_no_update_with_it() -> None:
    session = ScriptedSession()

    await use_polling(calls_to(session))

    assert session.calls == [DeleteWebhook(drop_pending_updates=False)]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        refusal(502, "Bad Gateway"),
        refusal(
            400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known"
        ),
    ],
    ids=["connection lost", "bad gateway", "host name not known yet"],
)
async def test_updates_that_will_not_come_are_told_to_whoever_asked_for_them(
    answer: tuple[int, str] | None,
) -> None:
    with pytest.raises(DoorUnavailable, match="deleteWebhook"):
        await use_polling(calls_to(ScriptedSession(answer)))
    with pytest.raises(DoorUnavailable, match="setWebhook"):
        await use_webhook(calls_to(ScriptedSession(answer)), "https://bot.example.org", "s3cret")
