"""A word of a base text changes under the running bot: staff and readers are told, until somebody has read both texts."""

import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from bot import cli
from tests.conversations.test_content_changes import count, until, watched_bot
from tests.support.bot import SMALL_CONTENT, OpenBot, Phone

MEMO = "registration-first"
OUTDATED = "Бул котормо эскирген"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL_CONTENT, tmp_path / "content")


@pytest.fixture(autouse=True)
def usual_logs(content: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JOLDOSH_CONTENT_DIR", str(content))
    yield
    structlog.reset_defaults()
    logging.basicConfig(force=True)


def joldosh(*arguments: str) -> str:
    result = CliRunner().invoke(cli.app, ["content", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def outdated() -> dict[str, Any]:
    status = json.loads(joldosh("status", "--json"))
    return {lang: one["outdated"] for lang, one in status["languages"].items() if one["outdated"]}


def commit(folder: Path) -> None:
    for command in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("-c", "user.name=Staff", "-c", "user.email=staff@example.org", "commit", "-qm", "Write"),
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


async def reading_kyrgyz(bot: OpenBot) -> Phone:
    phone = bot.person("ky")
    await phone.say("/start")
    await phone.press("Кыргызча")
    await phone.press("🇰🇬 Кыргызстан")
    return phone


async def test_one_changed_word_from_the_file_to_the_reader_and_back(
    tmp_path: Path, content: Path
) -> None:
    joldosh("accept", "passport-taken", "--lang", "ky")
    commit(content)
    async with watched_bot(tmp_path, content) as bot:
        phone = await reading_kyrgyz(bot)
        (page,) = await phone.say(f"/start {MEMO}")
        assert OUTDATED not in page.text
        assert outdated() == {}

        text = content / "memos" / MEMO / "ru.md"
        written = text.read_text()
        assert "со дня" in written
        text.write_text(written.replace("со дня", "с момента", 1))
        await until(lambda: count(bot, "published") == 2)

        assert outdated() == {"ky": [MEMO], "en": [MEMO]}
        (page,) = await phone.say(f"/start {MEMO}")
        assert OUTDATED in page.text
        assert "күндүн ичинде" in page.text  # the translation is served still
        (fresh,) = await phone.press("Жаңы орусча текст")
        assert "с момента въезда" in fresh.text
        assert "[-дня-]{+момента+}" in joldosh("diff", MEMO, "--lang", "ky")

        joldosh("accept", MEMO, "--lang", "ky")
        await until(lambda: count(bot, "published") == 3)

        assert outdated() == {"en": [MEMO]}
        (page,) = await phone.say(f"/start {MEMO}")
        assert OUTDATED not in page.text
        assert "nothing changed" in joldosh("diff", MEMO, "--lang", "ky")
