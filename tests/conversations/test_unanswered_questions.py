"""From a message to a row that names nobody: what is kept of a question without an answer, and what is not."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.search.findings import Finding, Findings, Verdict
from tests.support.bot import OpenBot, open_bot
from tests.support.findings import ScriptedSearch

QUESTION = "Меня зовут Азамат, +996 700 123456: можно ли держать верблюда на балконе?"
ANSWERED = "Азамат: сколько дней можно без регистрации"
SURE = Findings((Finding("registration-first", 1.0),), Verdict.SURE)


async def rows(bot: OpenBot) -> list[tuple[Any, ...]]:
    columns = "text, why, lang, citizenship, memo, day"
    async with bot.house.engine.connect() as connection:
        found = await connection.execute(text(f"SELECT {columns} FROM unanswered_question"))  # noqa: S608
        return [tuple(row) for row in found]


async def test_a_question_without_an_answer_is_kept_masked(tmp_path: Path) -> None:
    async with open_bot(tmp_path) as bot:
        bot.finding(ScriptedSearch({ANSWERED: SURE}))
        phone = bot.person("ru")
        await phone.say("/start")
        await phone.press("Русский")
        await phone.press("🇰🇬")
        await phone.say(QUESTION)
        await phone.say(ANSWERED)
        await phone.say("/menu")

        kept = "Меня зовут [name], [phone]: можно ли держать верблюда на балконе?"
        assert await rows(bot) == [(kept, "unsure", "ru", "kg", None, "2026-11-24")]
        assert not any("Азамат" in message.text for message in phone.messages)

        await phone.say("/forget")
        await phone.press("Да, удалить")
        assert len(await rows(bot)) == 1


async def test_an_answer_that_did_not_help_is_kept_with_its_memo(tmp_path: Path) -> None:
    async with open_bot(tmp_path) as bot:
        bot.finding(ScriptedSearch({ANSWERED: SURE}))
        phone = bot.person("ru")
        await phone.say("/start")
        await phone.press("Русский")
        await phone.press("🇰🇬")
        await phone.say(ANSWERED)
        assert await rows(bot) == []

        await phone.press("👎")

        kept = "[name]: сколько дней можно без регистрации"
        assert await rows(bot) == [(kept, "no", "ru", "kg", "registration-first", "2026-11-24")]


async def test_by_the_command_too(tmp_path: Path) -> None:
    async with open_bot(tmp_path) as bot:
        bot.finding(ScriptedSearch({}))
        await bot.person("ru").say("/ask можно ли держать верблюда")

        assert [row[0] for row in await rows(bot)] == ["можно ли держать верблюда"]


@pytest.mark.parametrize("content", ["+996 700 123456", "Азамат Жумабеков", "верблюд"])
async def test_nothing_is_kept_when_masking_leaves_nothing_to_read(
    tmp_path: Path, content: str
) -> None:
    async with open_bot(tmp_path) as bot:
        bot.finding(ScriptedSearch({}))
        await bot.person("ru").say(content)

        assert await rows(bot) == []


async def test_the_setting_keeps_nothing_and_the_page_on_privacy_says_so(tmp_path: Path) -> None:
    async with open_bot(tmp_path, keep_unanswered=False) as bot:
        bot.finding(ScriptedSearch({}))
        phone = bot.person("ru")
        await phone.say(QUESTION)
        (page,) = await phone.say("/privacy")

        assert await rows(bot) == []
        assert "Текст вопросов не хранится." in page.text
        assert "90 дней" not in page.text
