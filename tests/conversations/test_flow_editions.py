"""A check is edited while a person stands in its middle: they go on, or are told what changed, and are never stuck.

The scripts are in `flow_editions/`, in the form of the golden transcripts, with what staff do in between.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conversations.test_content_changes import count, until, watched_bot
from tests.conversations.test_transcripts import compare, play, read_script
from tests.support.bot import SMALL_CONTENT, OpenBot, Phone
from tests.support.witness import check_with_python_telegram_bot

FOLDER = Path(__file__).parent / "flow_editions"
FLOW = "flows/register-by.yaml"
SLOW_MACHINE = 60.0  # seconds; how soon an edition is live is measured elsewhere


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
async def test_a_check_changes_under_a_person(
    path: Path, tmp_path: Path, update_golden: bool
) -> None:
    script = read_script(path)
    content = shutil.copytree(SMALL_CONTENT, tmp_path / "content")
    async with watched_bot(tmp_path, content) as bot:
        phone = bot.person(script["telegram language"])
        played = [await act(bot, phone, content, turn) for turn in script["turns"]]
        for message in phone.messages:
            check_with_python_telegram_bot(message)
        last = phone.last
    assert "/sos" in last.text or any("🆘" in label for row in last.labels for label in row)
    compare(path, script, played, update_golden=update_golden)


async def act(bot: OpenBot, phone: Phone, content: Path, turn: dict[str, Any]) -> dict[str, Any]:
    """What the person does, or what staff publish in between."""
    published = count(bot, "published")
    match turn:
        case {"staff change": changes}:
            text = (content / FLOW).read_text()
            for old, new in changes.items():
                assert old in text, f"{old!r} is not in the flow"
                text = text.replace(old, new)
            (content / FLOW).write_text(text)
        case {"staff delete": file}:
            (content / file).unlink()
        case _:
            return await play(phone, turn)
    await until(lambda: count(bot, "published") > published, SLOW_MACHINE)
    return turn
