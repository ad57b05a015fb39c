"""Golden transcripts: whole conversations through the real dispatcher, as text that a person can read.

`pytest tests/conversations --update-golden` rewrites what the bot says; read the difference before you commit it.
Where a script has `findings`, the words of a question find what it says, whatever the search of the day would find.
"""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.telegram.local_records import LocalMessage
from tests.support.bot import Phone, open_bot
from tests.support.findings import ScriptedSearch
from tests.support.witness import check_with_python_telegram_bot

FOLDER = Path(__file__).parent
TRANSCRIPTS = sorted(FOLDER.glob("*.yaml"))
_YAML = YAML()
_YAML.width = 120


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_transcript(path: Path, tmp_path: Path, update_golden: bool) -> None:
    script = read_script(path)
    async with open_bot(tmp_path) as bot:
        if "findings" in script:
            bot.finding(ScriptedSearch.of(script["findings"]))
        phone = bot.person(script["telegram language"])
        played = [await play(phone, turn) for turn in script["turns"]]
        for message in phone.messages:
            check_with_python_telegram_bot(message)
    compare(path, script, played, update_golden=update_golden)


def read_script(path: Path) -> dict[str, Any]:
    script: dict[str, Any] = _YAML.load(path.read_text())
    return script


def compare(
    path: Path, script: dict[str, Any], played: list[dict[str, Any]], *, update_golden: bool
) -> None:
    """Every turn shows what the script says; or the script is written anew."""
    if update_golden:
        script["turns"] = played
        written = StringIO()
        _YAML.dump(script, written)
        path.write_text(written.getvalue())
        return
    for number, (turn, now) in enumerate(zip(script["turns"], played, strict=True), 1):
        deed = {key: value for key, value in turn.items() if key != "shows"}
        assert now.get("keys") == turn.get("keys"), f"turn {number}: {deed}"
        assert now.get("shows", "").strip() == turn.get("shows", "").strip(), (
            f"turn {number}: {deed}"
        )


async def play(phone: Phone, turn: dict[str, Any]) -> dict[str, Any]:
    match turn:
        case {"says": text}:
            news = await phone.say(text)
        case {"presses": label}:
            news = await phone.press(label)
        case {"presses old button": data}:
            news = await phone.press_data(1, data)
        case {"sends location": [latitude, longitude]}:
            news = await phone.send_location(latitude, longitude)
        case {"sends": kind}:
            news = await phone.send(kind)
        case {"edits": text}:
            news = await phone.edit_last(text)
        case _:
            raise AssertionError(f"what does the person do in {dict(turn)}?")
    deed = {key: value for key, value in turn.items() if key not in ("shows", "keys")}
    if phone.keys:
        deed["keys"] = phone.keys
    said = [shown(message, phone.asked(message)) for message in news]
    return {**deed, "shows": LiteralScalarString("\n\n".join(said) + "\n")}


def shown(message: LocalMessage, asked: str | None) -> str:
    lines = ["--- page changed ---" if message.edited else "--- new message ---"]
    if asked:
        lines.append(f"(reply) {asked}")
    if "contact" in message.attachment:
        contact = message.attachment["contact"]
        lines.append(f"(contact) {contact['phone_number']} {contact['first_name']}")
    if "photo" in message.attachment:
        lines.append("(picture)")
    if "document" in message.attachment:
        lines.append(f"(file) {message.attachment['document']['file_name']}")
    if "venue" in message.attachment:
        venue = message.attachment["venue"]
        place = venue["location"]
        lines.append(f"(pin) {place['latitude']} {place['longitude']} {venue['title']}")
        lines.append(venue["address"])
    lines += [line.rstrip() for line in message.text.split("\n")]
    lines += ["".join(f"[{label}]" for label in row) for row in message.labels]
    return "\n".join(lines)
