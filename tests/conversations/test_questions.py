"""The words of a question on their way through the real dispatcher: back with a vote, and nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.machine import step
from bot.conversation.replies import KeptQuestion
from bot.search.findings import Finding, Findings, Verdict
from bot.telegram.local_telegram import LocalTelegram
from tests.support.bot import Clock, Phone, open_bot
from tests.support.findings import ScriptedSearch

ASKED = "сколько стоит жылкычыбек"
SURE = Findings((Finding("work-patent", 1.0),), Verdict.SURE)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[KeptQuestion]]:
    """What the steps of all turns keep for the staff."""
    found: list[KeptQuestion] = []

    def watched(*arguments: object) -> object:
        after, replies = step(*arguments)  # type: ignore[arg-type]
        found.extend(reply for reply in replies if isinstance(reply, KeptQuestion))
        return after, replies

    monkeypatch.setattr("bot.conversation.service.step", watched)
    yield found


async def settled(phone: Phone) -> None:
    await phone.say("/start")
    await phone.press("Русский")
    await phone.press("🇺🇿")


async def test_a_no_brings_the_question_back_after_a_restart(
    tmp_path: Path, kept: list[KeptQuestion]
) -> None:
    telegram = LocalTelegram(Clock())
    async with open_bot(tmp_path, telegram=telegram) as bot:
        bot.finding(ScriptedSearch({ASKED: SURE}))
        phone = bot.person("ru")
        await settled(phone)
        await phone.say(ASKED)
    (tmp_path / "joldosh.db").unlink()
    async with open_bot(tmp_path, telegram=telegram) as bot:
        phone = bot.again(phone)
        [page] = await phone.press("👎")

    assert [(one.text, one.why, one.memo) for one in kept] == [(ASKED, "no", "work-patent")]
    assert page.text.startswith("Извините")
    assert ASKED not in page.text


async def test_nothing_of_a_question_is_in_the_store(
    tmp_path: Path, kept: list[KeptQuestion]
) -> None:
    async with open_bot(tmp_path) as bot:
        bot.finding(ScriptedSearch({ASKED: SURE}))
        phone = bot.person("ru")
        await settled(phone)
        await phone.say(ASKED)
        await phone.press("👍")

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("joldosh.db*"))
    assert b"question-helped" in stored
    assert "жылкычыбек".encode() not in stored
    assert kept == []


async def test_a_question_that_was_put_right_is_not_kept_with_the_old_answer(
    tmp_path: Path, kept: list[KeptQuestion]
) -> None:
    clock = Clock()
    async with open_bot(tmp_path, clock=clock) as bot:
        bot.finding(ScriptedSearch({ASKED: SURE, "по-другому": SURE}))
        phone = bot.person("ru")
        await settled(phone)
        await phone.say(ASKED)
        old = phone.last.id
        clock.now += timedelta(minutes=1)
        await phone.edit_last("по-другому")

        await phone.press_data(old, "vote:n:work-patent|ru|uz")
        assert kept == []

        await phone.press_data(phone.last.id, "vote:n:work-patent|ru|uz")
        assert [one.text for one in kept] == ["по-другому"]


async def test_who_has_chosen_no_language_is_answered_in_that_of_the_question(
    tmp_path: Path,
) -> None:
    search = ScriptedSearch({ASKED: replace(SURE, asked_in="ky")})
    async with open_bot(tmp_path) as bot:
        bot.finding(search)
        answer, question = await bot.person("ru").say(ASKED)

    assert "Текшерилген күнү" in answer.text
    assert question.text.startswith("Выберите язык")
    assert [one.lang for one in search.asked] == ["ru", "ky"], "the lines are those of its text"
