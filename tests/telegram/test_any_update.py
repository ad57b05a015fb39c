"""Whatever Telegram sends, as the bytes that come in: nothing is raised, and who is answered is no accident."""

import json
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.bot import OpenBot, Phone, open_bot
from tests.telegram.any_update import CONTENTS, KINDS, Json, messages, updates

pytestmark = pytest.mark.slow  # properties of the whole dispatcher

# What a person can type, take, choose or forward. The rest of what a message can be is written by
# Telegram itself: "pinned a message", "joined", "boosted".
WRITTEN_BY_PERSONS = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "giveaway",
        "giveaway_winners", "invoice", "live_photo", "location", "paid_media", "photo", "poll",
        "rich_message", "sticker", "story", "text", "venue", "video", "video_note", "voice",
    }
)  # fmt: skip
NOT_PRIVATE = st.sampled_from(["group", "supergroup", "channel"])

SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=9)
)
VALUES = st.recursive(
    SCALARS, lambda some: st.lists(some, max_size=2) | st.dictionaries(st.text(), some, max_size=2)
)

# One bot for all examples of a test: opening it takes as long as a hundred of them.
one_bot = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Line:
    """The wire from Telegram to the bot. It numbers updates, as Telegram does."""

    def __init__(self, bot: OpenBot) -> None:
        self.bot = bot
        self.phone: Phone = bot.person("ky")
        self._numbers = count(1)

    async def feed(self, update: Json) -> bytes | None:
        numbered = {**update, "update_id": next(self._numbers)}
        return await self.bot.door.feed_json(json.dumps(numbered).encode())

    async def speaks(self) -> int:
        """How often the bot has called Telegram."""
        counted = self.bot.house.metrics.calls.collect()
        return int(sum(s.value for m in counted for s in m.samples if s.name.endswith("_total")))

    def private(self, message: Json) -> Json:
        """The message as one of our person's, in the chat with the bot."""
        return {**message, "chat": self._chat(), "from": self._account()}

    def press(self, query: Json) -> Json:
        query = {**query, "from": self._account()}
        if "message" in query:
            query["message"] = {**query["message"], "chat": self._chat()}
        return query

    def _chat(self) -> Json:
        return {"id": self.phone.id, "type": "private", "first_name": "Айбек"}

    def _account(self) -> Json:
        return {"id": self.phone.id, "is_bot": False, "first_name": "Айбек"}


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with open_bot(tmp_path) as bot:
        line = Line(bot)
        await line.phone.say("/start")
        yield line


def test_the_updates_of_these_tests_are_such_as_telegram_sends() -> None:
    """Checked by the types they are made from; a new kind of content has to be put on one side or the other."""

    @settings(deadline=None, max_examples=50, database=None)
    @given(updates() | st.builds(lambda one: {"update_id": 1, "message": one}, messages("voice")))
    def readable(update: Json) -> None:
        assert Update.model_validate_json(json.dumps(update)).event_type in update

    readable()
    assert WRITTEN_BY_PERSONS < CONTENTS


@one_bot
@given(updates())
async def test_no_update_of_any_kind_raises(line: Line, update: Json) -> None:
    answer = await line.feed(update)

    assert answer is None or json.loads(answer)["method"] == "answerCallbackQuery"


@one_bot
@given(messages(*sorted(WRITTEN_BY_PERSONS)))
async def test_whatever_a_person_writes_is_answered(line: Line, message: Json) -> None:
    before = line.phone.messages

    await line.feed({"message": line.private(message)})

    assert len(line.phone.messages) > len(before)


@one_bot
@given(messages(*sorted(CONTENTS - WRITTEN_BY_PERSONS)))
async def test_what_nobody_wrote_is_not_answered(line: Line, message: Json) -> None:
    message.pop("caption", None)
    before = await line.speaks()

    await line.feed({"message": line.private(message)})

    assert await line.speaks() == before


@one_bot
@given(messages("text", "photo", "voice"), st.booleans())
async def test_a_question_put_right_is_answered_again(
    line: Line, message: Json, is_edited: bool
) -> None:
    text = message.get("text") or message.get("caption") or ""
    before = line.phone.messages

    await line.feed({"edited_message": line.private(message)})

    is_question = bool(text.strip()) and not text.lstrip().startswith("/")
    assert (len(line.phone.messages) > len(before)) is is_question


@one_bot
@given(updates("callback_query"))
async def test_every_press_is_answered_and_shows_a_page(line: Line, update: Json) -> None:
    query = line.press(update["callback_query"])
    before = await line.speaks()

    answer = await line.feed({"callback_query": query})

    assert answer is not None
    assert json.loads(answer)["callback_query_id"] == query["id"]
    assert await line.speaks() > before


@one_bot
@given(messages(*sorted(CONTENTS)), st.sampled_from(["message", "edited_message"]), NOT_PRIVATE)
async def test_in_groups_and_channels_nothing_is_said(
    line: Line, message: Json, kind: str, chat: str
) -> None:
    message["chat"]["type"] = chat
    before = await line.speaks()

    await line.feed({kind: message})

    assert await line.speaks() == before


@one_bot
@given(
    updates("callback_query").filter(lambda one: "message" in one["callback_query"]), NOT_PRIVATE
)
async def test_a_press_in_a_group_only_ends_its_waiting(
    line: Line, update: Json, chat: str
) -> None:
    query = update["callback_query"]
    query["message"]["chat"]["type"] = chat
    before = await line.speaks()

    answer = await line.feed(update)

    assert answer is not None
    assert set(json.loads(answer)) == {"method", "callback_query_id"}
    assert await line.speaks() == before


@one_bot
@given(messages("text"))
async def test_a_message_from_nobody_is_not_answered(line: Line, message: Json) -> None:
    written = line.private(message)
    del written["from"]
    before = await line.speaks()

    await line.feed({"message": written})

    assert await line.speaks() == before


@one_bot
@given(
    updates(
        *(kind for kind in KINDS if kind not in {"message", "edited_message", "callback_query"})
    )
)
async def test_what_was_not_asked_for_is_left_alone(line: Line, update: Json) -> None:
    before = await line.speaks()

    assert await line.feed(update) is None

    assert await line.speaks() == before


@one_bot
@given(messages("text"), VALUES)
async def test_fields_that_nobody_knows_yet_change_nothing(
    line: Line, message: Json, value: Any
) -> None:
    written = {**line.private(message), "mood": value}
    written["from"]["mood"] = value
    before = line.phone.messages

    await line.feed({"message": written, "mood": value})

    assert len(line.phone.messages) > len(before)


async def test_a_kind_of_update_that_nobody_knows_yet_is_passed_and_not_printed(
    line: Line, capfd: pytest.CaptureFixture[str]
) -> None:
    """aiogram warns of it with the whole update in the warning; a warning is an error in these tests."""
    assert await line.feed({"hologram": {"text": "мой паспорт 1234"}}) is None

    assert "1234" not in "".join(capfd.readouterr())


@one_bot
@given(updates(), st.data())
async def test_broken_json_is_counted_and_left(
    line: Line, update: Json, data: st.DataObject
) -> None:
    whole = json.dumps(update).encode()
    cut = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(max_size=5))
    before = unreadable(line)

    assert await line.bot.door.feed_json(whole[:cut] + noise) is None

    assert unreadable(line) == before + 1


@one_bot
@given(updates("message", "edited_message", "callback_query"), st.data())
async def test_fields_of_the_wrong_type_raise_nothing(
    line: Line, update: Json, data: st.DataObject
) -> None:
    body = data.draw(st.sampled_from([one for one in update.values() if isinstance(one, dict)]))
    inner = [one for one in body.values() if isinstance(one, dict) and one]
    spoiled = data.draw(st.sampled_from([update, body, *inner]))
    spoiled[data.draw(st.sampled_from(sorted(spoiled)))] = data.draw(VALUES)

    answer = await line.bot.door.feed_json(json.dumps(update).encode())

    assert answer is None or json.loads(answer)["method"] == "answerCallbackQuery"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'""',
        b"{}",
        b"\xff\xfe",
        b"\x00",
        b"[" * 100_000,
        b'{"update_id":' * 999,
    ],
    ids=lambda body: repr(body[:12]),
)
async def test_what_is_no_update_at_all_is_counted_and_left(line: Line, body: bytes) -> None:
    assert await line.bot.door.feed_json(body) is None

    assert unreadable(line) == 1


def unreadable(line: Line) -> float:
    name, labels = "joldosh_updates_total", {"kind": "unreadable", "result": "ignored"}
    return line.bot.house.metrics.registry.get_sample_value(name, labels) or 0.0
