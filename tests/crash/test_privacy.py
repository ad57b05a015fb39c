"""Invariant 7, from outside: whatever happens, nothing of a person is in the database, the logs or the metrics.

Persons with a full profile write their names and numbers into everything that can be written into, while the
store, Telegram and our own code fail. Then every byte that the process left is searched.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled
from tests.support.bot_api_double import (
    BotApiDouble,
    Reset,
    bad_gateway,
    blocked,
    server_error,
    too_many_requests,
)

pytestmark = pytest.mark.slow

Json = dict[str, Any]

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_SEPARATORS = re.compile(r"[\s()+-]")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who cannot be mistaken for anything else. `word` is in every text of theirs."""

    id: int
    first_name: str
    last_name: str
    username: str
    phone: str
    word: str

    @property
    def account(self) -> Json:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": "ky" if self.id % 2 else "ru",
            "is_premium": True,
        }

    @property
    def chat(self) -> Json:
        names = ("id", "first_name", "last_name", "username")
        return {"type": "private"} | {name: self.account[name] for name in names}

    @property
    def marks(self) -> dict[str, str]:
        return {
            "id": str(self.id),
            "first name": self.first_name,
            "last name": self.last_name,
            "name in Telegram": self.username,
            "phone": self.phone,
            "words": self.word,
        }


STRANGERS = [
    Stranger(
        id=7_310_604_210 + 7919 * number,
        first_name=f"Жылкычыбек{letter}",
        last_name=f"Проверкинбаев{letter}",
        username=f"zhylkychy_proverkin_{letter}",
        phone=f"9{number}63847152",
        word=f"кварбинток{letter}",
    )
    for number, letter in enumerate("абвгдежзик")
]


def traces(data: bytes, stranger: Stranger) -> list[str]:
    """What of this person is in the bytes: as text, as escaped JSON, spaced out, or as a binary number."""
    text = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), data.decode(errors="replace"))
    texts = (text.casefold(), _SEPARATORS.sub("", text.casefold()))
    found = [
        name
        for name, mark in stranger.marks.items()
        if any(mark.casefold() in one for one in texts)
    ]
    if any(
        stranger.id.to_bytes(length, order) in data
        for length in (5, 6, 8)
        for order in ("big", "little")
    ):
        found.append("id as a number")
    return found


@pytest.mark.parametrize(
    "left",
    [
        "… 7310604210 …".encode(),
        "error at 'жылкычыбекА'".encode(),
        json.dumps({"name": "ПроверкинбаевА"}).encode(),
        b"t.me/zhylkychy_proverkin_" + "а".encode(),
        b"+7 (906) 384-71-52",
        "\0\0кварбинтока?\0".encode(),
        b"row" + (7_310_604_210).to_bytes(6, "big"),
        (7_310_604_210).to_bytes(8, "little"),
    ],
)
def test_a_trace_would_be_found(left: bytes) -> None:
    assert traces(left, STRANGERS[0])


class Letterbox:
    """Builds updates as Telegram does and delivers them until they are taken."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._numbers = itertools.count(1)
        self.statuses: list[int] = []

    async def bring(self, content: Json) -> None:
        """Deliver an update, again and again like Telegram."""
        update = {"update_id": next(self._numbers)} | content
        for _ in range(10):
            self.statuses.append(await self._deployment.post(update))
            if self.statuses[-1] == 200:
                return
        raise AssertionError(f"not taken: {self.statuses[-10:]}")

    async def bring_once(self, content: Json) -> int:
        return await self._deployment.post({"update_id": next(self._numbers)} | content)


def message(stranger: Stranger, **content: object) -> Json:
    head = {
        "message_id": 5,
        "date": 1_800_000_000,
        "from": stranger.account,
        "chat": stranger.chat,
    }
    return head | content


def press(stranger: Stranger, data: str) -> Json:
    query = {
        "id": "1",
        "from": stranger.account,
        "message": message(stranger, text=stranger.word),
        "chat_instance": str(stranger.id),
        "data": data,
    }
    return {"callback_query": query}


def deeds(stranger: Stranger) -> Iterator[Json]:
    """Everything that a person can put themselves into."""
    question = (
        f"Меня зовут {stranger.first_name} {stranger.last_name}, мой номер +7{stranger.phone}, {stranger.word}: "
        "сколько дней можно без регистрации?"
    )
    texts = (
        f"/start {stranger.phone}",
        f"/start {stranger.word}",
        question,
        f"/ask {question}",
        f"/{stranger.username} {question}",
        f"/sos {question}",
        f"у меня забрали паспорт, это {stranger.word}",
        f"{stranger.word} {stranger.id}",
        stranger.phone,
        f"{stranger.word} " * 300,
    )
    yield {"message": message(stranger, text="/start")}
    yield press(stranger, f"lang:{'ky' if stranger.id % 2 else 'ru'}||")
    yield press(stranger, "cit:uz||")
    for text in texts:
        yield {"message": message(stranger, text=text)}
    yield {"edited_message": message(stranger, text=question, edit_date=1_800_000_001)}
    contact = {
        "phone_number": stranger.phone,
        "first_name": stranger.first_name,
        "last_name": stranger.last_name,
        "user_id": stranger.id,
    }
    yield {"message": message(stranger, contact=contact)}
    yield {"message": message(stranger, location={"latitude": 55.1, "longitude": 37.1})}
    photo = [{"file_id": stranger.word, "file_unique_id": "1", "width": 9, "height": 9}]
    yield {"message": message(stranger, photo=photo, caption=question)}
    document = {"file_id": "1", "file_unique_id": "1", "file_name": f"{stranger.last_name}.pdf"}
    yield {"message": message(stranger, document=document)}
    origin = {"type": "user", "date": 1, "sender_user": stranger.account}
    yield {"message": message(stranger, text=question, forward_origin=origin)}
    yield press(stranger, f"m:{stranger.word}|ru|uz")
    yield press(stranger, f"c:{stranger.username}|{stranger.word}|{stranger.phone}")
    yield press(stranger, f"d:{stranger.id}")
    yield press(stranger, stranger.word)
    group = {"id": -1_001_000_000, "type": "supergroup", "title": stranger.last_name}
    yield {"message": message(stranger, text=question) | {"chat": group}}
    yield {"future_kind": message(stranger, text=question)}
    member = {"status": "member", "user": stranger.account}
    change = {"chat": stranger.chat, "from": stranger.account, "date": 1}
    yield {"my_chat_member": change | {"old_chat_member": member, "new_chat_member": member}}


async def test_nothing_of_a_person_is_left(api: BotApiDouble, by_webhook: Deployment) -> None:
    letterbox = Letterbox(by_webhook)
    for stranger in STRANGERS:
        api.person(stranger.id, first_name=stranger.first_name)
    for stranger in STRANGERS:
        for deed in deeds(stranger):
            await letterbox.bring(deed)
    assert len(letterbox.statuses) >= 200
    assert all(api.pages(stranger.id) for stranger in STRANGERS)

    expect_no_trace(left_behind(by_webhook.folder))

    await failures(api, by_webhook, letterbox)

    forgetful = STRANGERS[::2]
    for stranger in forgetful:
        await letterbox.bring({"message": message(stranger, text="/forget")})
        await letterbox.bring(press(stranger, "forget!|ru|uz"))
    with by_webhook.opened_store() as store:
        [(remembered,)] = store.execute("SELECT count(*) FROM conversation")
    assert remembered == len(STRANGERS) - len(forgetful)

    metrics = await by_webhook.read("/metrics")
    assert "joldosh_updates_total" in metrics
    expect_no_trace({"metrics": metrics.encode()} | left_behind(by_webhook.folder))
    assert await by_webhook.stop() == 0
    expect_no_trace(left_behind(by_webhook.folder))


async def failures(api: BotApiDouble, deployment: Deployment, letterbox: Letterbox) -> None:
    """Telegram, the store and our own code fail, each while somebody asks something."""
    asking = itertools.cycle(
        {"message": message(one, text=f"{one.word} {one.phone} регистрация")} for one in STRANGERS
    )
    for fault in (server_error(), bad_gateway(), Reset(), too_many_requests(0), blocked()):
        api.faults.add(fault, "sendMessage")
        await letterbox.bring(next(asking))
    api.faults.clear()

    with deployment.opened_store() as store:
        store.execute("ALTER TABLE handled_update RENAME TO elsewhere")
        assert await letterbox.bring_once(next(asking)) == 503
        store.execute("ALTER TABLE elsewhere RENAME TO handled_update")

    assert await deployment.stop() == 0
    await deployment.start(broken=True)
    for _ in STRANGERS:
        await letterbox.bring(next(asking))
    assert deployment.output.count("turn.failed") == len(STRANGERS)
    assert await deployment.stop() == 0
    await deployment.start()

    for stranger in STRANGERS:
        unreadable = message(stranger, text=stranger.word, chat=stranger.word)
        assert await letterbox.bring_once({"message": unreadable}) == 200
        body = json.dumps({"message": message(stranger, text=stranger.word)}).encode()
        assert await deployment.post(body[:-1]) == 400
        assert await deployment.post(body, stranger.word.encode().hex()) == 403
    assert "update.unreadable" in deployment.output


def left_behind(folder: Path) -> dict[str, bytes]:
    """Every file that the process has written: the database with its journal, and its output."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {"joldosh.db", "output.log"} <= files.keys()
    assert files["joldosh.db"].startswith(b"SQLite format 3")
    return files


def expect_no_trace(places: dict[str, bytes]) -> None:
    found = [
        f"{name} of {stranger.first_name} in {place}"
        for place, data in places.items()
        for stranger in STRANGERS
        for name in traces(data, stranger)
    ]
    assert found == []


async def test_a_poller_tells_nothing_of_what_it_cannot_read(
    api: BotApiDouble, by_polling: Deployment
) -> None:
    for stranger in STRANGERS:
        api.person(stranger.id)
        content = message(stranger, text=stranger.word)
        api.updates.add("message", content | {"chat": stranger.word}, "unreadable")
        api.updates.add("message", content, "readable")
    await settled(api)
    assert all(api.pages(stranger.id) for stranger in STRANGERS)

    assert await by_polling.stop() == 0
    await by_polling.start(broken=True)
    for stranger in STRANGERS:
        api.updates.add("message", message(stranger, text=stranger.word), "failing")
    await settled(api)
    assert by_polling.output.count("turn.failed") == len(STRANGERS)
    expect_no_trace(left_behind(by_polling.folder))
