"""Invariant 7, from outside: whatever happens, nothing of a person is in the database, the logs or the metrics.

Persons with a full profile write their names and numbers into everything that can be written into, while the
store, Telegram and our own code fail. Then every byte that the process left is searched.
"""

import itertools
import json
import re
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.deployment import Deployment
from tests.crash.marked import MARKED, Json, deeds, message, press, traces
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
        b"latitude=40.918273645 longitude",
        b"\0" + struct.pack(">d", 70.192837465),
    ],
)
def test_a_trace_would_be_found(left: bytes) -> None:
    assert traces(left, MARKED[0])


class Letterbox:
    """Numbers updates as Telegram does, and delivers them until they are taken."""

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


async def test_nothing_of_a_person_is_left(api: BotApiDouble, by_webhook: Deployment) -> None:
    """Questions without an answer are kept: their words are in one table, and nothing of the person with them."""
    places = await everything_happens(api, by_webhook)

    with by_webhook.opened_store() as store:
        kept = [text for (text,) in store.execute("SELECT text FROM unanswered_question")]
    assert len(kept) >= len(MARKED)
    assert all(any(one.word in text for text in kept) for one in MARKED)
    assert {"[name]", "[phone]"} <= set(re.findall(r"\[\w+\]", " ".join(kept)))
    expect_no_trace(places, but="words")
    expect_no_trace({"database": without_questions(by_webhook)} | written_elsewhere(places))


async def test_no_word_is_left_where_no_question_is_kept(
    api: BotApiDouble, keeping_no_question: Deployment
) -> None:
    places = await everything_happens(api, keeping_no_question)

    with keeping_no_question.opened_store() as store:
        assert store.execute("SELECT count(*) FROM unanswered_question").fetchone() == (0,)
    expect_no_trace(places)


async def everything_happens(api: BotApiDouble, deployment: Deployment) -> dict[str, bytes]:
    """Persons do all they can while much fails, and half of them want to be forgotten. What the process has written, at
    three moments.
    """
    letterbox = Letterbox(deployment)
    for person in MARKED:
        api.person(person.id, first_name=person.first_name)
    for person in MARKED:
        for deed in deeds(person):
            await letterbox.bring(deed)
    assert len(letterbox.statuses) >= 200
    assert all(api.pages(person.id) for person in MARKED)
    assert dates_kept(deployment) == len(MARKED)
    early = left_behind(deployment.folder)

    await failures(api, deployment, letterbox)

    forgetful = MARKED[::2]
    for person in forgetful:
        await letterbox.bring({"message": message(person, text="/forget")})
        await letterbox.bring(press(person, "forget!|ru|uz"))
    with deployment.opened_store() as store:
        [(remembered,)] = store.execute("SELECT count(*) FROM conversation")
    assert remembered == len(MARKED) - len(forgetful)
    assert dates_kept(deployment) == remembered

    metrics = await deployment.read("/metrics")
    assert "joldosh_updates_total" in metrics
    running = left_behind(deployment.folder)
    assert await deployment.stop() == 0
    places = {"metrics": metrics.encode()}
    for moment, files in (
        ("early", early),
        ("running", running),
        ("ended", left_behind(deployment.folder)),
    ):
        places |= {f"{name}, {moment}": data for name, data in files.items()}
    return places


def dates_kept(deployment: Deployment) -> int:
    """How many there are, each with reminders to come."""
    with deployment.opened_store() as store:
        [(kept,)] = store.execute("SELECT count(*) FROM kept_date")
        [(reminded,)] = store.execute(
            "SELECT count(DISTINCT subject) FROM job WHERE kind = 'reminder'"
        )
    assert kept == reminded
    return int(kept)


def without_questions(deployment: Deployment) -> bytes:
    """The database as it would be had no question been kept."""
    copied = deployment.folder / "copied.db"
    with deployment.opened_store() as store:
        store.execute("VACUUM INTO ?", (str(copied),))
    with closing(sqlite3.connect(copied, isolation_level=None)) as copy:
        copy.execute("DELETE FROM unanswered_question")
        copy.execute("VACUUM")
    data = copied.read_bytes()
    copied.unlink()
    return data


def written_elsewhere(places: dict[str, bytes]) -> dict[str, bytes]:
    """What is not the database and its journal."""
    return {name: data for name, data in places.items() if not name.startswith("joldosh.db")}


async def failures(api: BotApiDouble, deployment: Deployment, letterbox: Letterbox) -> None:
    """Telegram, the store and our own code fail, each while somebody asks something."""
    asking = itertools.cycle(
        {"message": message(one, text=f"{one.word} {one.phone} регистрация")} for one in MARKED
    )
    going = itertools.cycle({"message": message(one, location=one.place)} for one in MARKED)
    for fault in (server_error(), bad_gateway(), Reset(), too_many_requests(0), blocked()):
        api.faults.add(fault, "sendMessage")
        await letterbox.bring(next(asking))
        api.faults.add(fault, "sendMessage")
        await letterbox.bring(next(going))
    api.faults.clear()

    with deployment.opened_store() as store:
        store.execute("ALTER TABLE handled_update RENAME TO elsewhere")
        assert await letterbox.bring_once(next(asking)) == 503
        store.execute("ALTER TABLE elsewhere RENAME TO handled_update")

    assert await deployment.stop() == 0
    await deployment.start(broken=True)
    for _ in MARKED:
        await letterbox.bring(next(asking))
        await letterbox.bring(next(going))
    assert deployment.output.count("turn.failed") == 2 * len(MARKED)
    assert await deployment.stop() == 0
    await deployment.start()

    for person in MARKED:
        unreadable = message(person, text=person.word, chat=person.word)
        assert await letterbox.bring_once({"message": unreadable}) == 200
        body = json.dumps({"message": message(person, text=person.word)}).encode()
        assert await deployment.post(body[:-1]) == 400
        assert await deployment.post(body, person.word.encode().hex()) == 403
    assert "update.unreadable" in deployment.output


def left_behind(folder: Path) -> dict[str, bytes]:
    """Every file that the process has written: the database with its journal, and its output."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {"joldosh.db", "output.log"} <= files.keys()
    assert files["joldosh.db"].startswith(b"SQLite format 3")
    return files


def expect_no_trace(places: dict[str, bytes], but: str | None = None) -> None:
    """`but` is a mark that may be there."""
    found = [
        f"{name} of {person.first_name} in {place}"
        for place, data in places.items()
        for person in MARKED
        for name in traces(data, person)
        if name != but
    ]
    assert found == []


async def test_a_poller_tells_nothing_of_what_it_cannot_read(
    api: BotApiDouble, by_polling: Deployment
) -> None:
    for person in MARKED:
        api.person(person.id)
        content = message(person, text=person.word)
        api.updates.add("message", content | {"chat": person.word}, "unreadable")
        api.updates.add("message", content, "readable")
    await settled(api)
    assert all(api.pages(person.id) for person in MARKED)

    assert await by_polling.stop() == 0
    await by_polling.start(broken=True)
    for person in MARKED:
        api.updates.add("message", message(person, text=person.word), "failing")
    await settled(api)
    assert by_polling.output.count("turn.failed") == len(MARKED)
    expect_no_trace(written_elsewhere(left_behind(by_polling.folder)))
    expect_no_trace({"database": without_questions(by_polling)})
