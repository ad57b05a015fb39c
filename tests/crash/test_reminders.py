"""Two thousand reminders, two workers on PostgreSQL, a Telegram that refuses, fails and asks to wait, and kill -9 halfway.

Everybody who can be reached gets theirs; only who was being written to at the kill may get one twice; and no second has
more messages than Telegram takes.
"""

import asyncio
import os
import subprocess
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.sealing import Contents, Sealing
from bot.jobs.queue import AT_ONCE
from db.engine import make_engine
from db.jobs import enqueue
from db.kept_date import Reminder, reminder_jobs
from db.migrate import upgrade
from db.models import JobRow, KeptDateRow
from db.pace import TELEGRAM_MESSAGES_A_SECOND
from tests.crash.deployment import PROJECT, SMALL_CONTENT
from tests.support.bot_api_double import (
    BotApiDouble,
    Call,
    Fault,
    Reset,
    Slow,
    bad_gateway,
    blocked,
    server_error,
    too_many_requests,
)

pytestmark = pytest.mark.slow

# As long as a Telegram id, to be seen in a log.
PERSONS = range(7_310_600_001, 7_310_602_001)
HALFWAY = len(PERSONS) // 2
# Seconds; 2,000 messages take 80, and the machine may be busy with other tests.
PATIENCE = 240
# Among all others, in the order in which they are due.
BLOCKED = set(PERSONS[30::50])
FAILING: dict[int, Fault] = {
    **dict.fromkeys(PERSONS[11:1700:90], server_error()),
    **dict.fromkeys(PERSONS[13:1700:90], bad_gateway()),
    **dict.fromkeys(PERSONS[17:1700:90], Reset()),
}
TOLD_TO_WAIT = PERSONS[404], PERSONS[1404], PERSONS[1704]
SECRET = "the secret key of one deployment"
ZONE = "Europe/Moscow"


@pytest.fixture
async def api() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble(strangers_welcome=True) as double:
        yield double


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(postgres_url)
    await upgrade(engine)
    yield engine
    await engine.dispose()


class Workers:
    def __init__(self, api: BotApiDouble, database: str, folder: Path) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._log = folder / "workers.log"
        self._folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "JOLDOSH_BOT_TOKEN": api.token,
            "JOLDOSH_TELEGRAM_API": api.url,
            "JOLDOSH_DATABASE_URL": database,
            "JOLDOSH_SECRET_KEY": SECRET,
            "JOLDOSH_CONTENT_DIR": str(SMALL_CONTENT),
        }

    @property
    def log(self) -> str:
        return self._log.read_text()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.crash.letter_worker"],
                    cwd=self._folder,
                    env=self._environment,
                    stdout=log,
                    stderr=log,
                )
            )

    def kill_one(self) -> None:
        """As the kernel does when memory runs out: no goodbye."""
        victim = self._running.pop(0)
        victim.kill()
        assert victim.wait() == -9

    def stop(self) -> list[int]:
        """As an operator does; the exit codes."""
        for one in self._running:
            one.terminate()
        return [one.wait(30) for one in self._running]

    def end(self) -> None:
        for one in self._running:
            one.kill()
            one.wait()


@pytest.fixture
def workers(api: BotApiDouble, postgres_url: str, tmp_path: Path) -> Iterator[Workers]:
    workers = Workers(api, postgres_url, tmp_path)
    yield workers
    workers.end()


async def test_everybody_is_reminded_through_a_kill_and_no_second_has_too_many(
    api: BotApiDouble, engine: AsyncEngine, workers: Workers
) -> None:
    for person in BLOCKED:
        api.faults.add(blocked(), "sendMessage", chat_id=person, times=None)
    for person, fault in FAILING.items():
        api.faults.add(fault, "sendMessage", chat_id=person)
    for person in TOLD_TO_WAIT:
        api.faults.add(too_many_requests(retry_after=1), "sendMessage", chat_id=person)
    api.faults.add(Slow(0.03), "sendMessage", times=None)

    workers.start()
    workers.start()
    await keep_dates(engine)
    with narrated("until half of them are sent", workers):
        await api.wait_for_calls(HALFWAY, "sendMessage", within=PATIENCE)
    workers.kill_one()
    workers.start()  # as what watches over them does
    on_the_way = await still_claimed(engine)
    assert len(on_the_way) <= AT_ONCE
    with narrated("until nothing is left", workers):
        await nothing_left(engine, within=PATIENCE)

    calls = api.calls("sendMessage")
    got = Counter(int(call.arguments["chat_id"]) for call in calls if call.done)
    assert set(got) == set(PERSONS) - BLOCKED, "everybody who can be reached"
    assert {call.arguments["text"] for call in calls if call.done} == {"register-by: 3"}
    twice = {person for person, messages in got.items() if messages > 1}
    assert twice <= on_the_way, "and nobody else"
    assert max(got.values()) <= 2
    assert most_in_a_second(calls) <= TELEGRAM_MESSAGES_A_SECOND

    told = Counter(call.status for call in calls)
    assert told[429] == len(TOLD_TO_WAIT)
    assert told[403] == len(BLOCKED), "once, and never again"
    assert told[500] == told[502] == len(FAILING) / 3
    assert await kept(engine) == len(PERSONS) - len(BLOCKED), "who blocks us keeps nothing"
    assert workers.stop() == [0, 0]
    assert str(PERSONS[0])[:-4] not in workers.log


async def keep_dates(engine: AsyncEngine) -> None:
    """One for each person, with a reminder that has been due for some minutes, one after the other."""
    sealing, now = Sealing(SECRET), datetime.now(UTC)
    day = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=3)
    due = now - timedelta(minutes=5)
    dates = [
        {
            "id": (row := row_of(person)),
            "person": f"hash-{row}",
            "door": "telegram",
            "sealed": sealing.seal(Contents(str(person), {}), row, f"hash-{row}"),
            "flow": "register-by",
            "name": "deadline",
            "day": day,
            "zone": ZONE,
            "lang": "ky",
            "citizenship": "kg",
            "facts": {},
            "created": now.date(),
            "is_mendable": False,
            "is_settled": False,
        }
        for person in PERSONS
    ]
    jobs = [
        job
        for number, person in enumerate(PERSONS)
        for job in reminder_jobs(
            row_of(person), day, (Reminder(3, due + timedelta(milliseconds=number)),)
        )
    ]
    async with engine.begin() as connection:
        await connection.execute(insert(KeptDateRow), dates)
        await connection.run_sync(enqueue, jobs)


def row_of(person: int) -> str:
    """In another order than they are due."""
    return f"{person * 7919 % 65_521:05}"


PERSON_OF = {row_of(person): person for person in PERSONS}


async def still_claimed(engine: AsyncEngine) -> set[int]:
    """Whom the one that was killed was writing to: what it had claimed stays so, while others note theirs in a moment."""
    before = await claims(engine)
    await asyncio.sleep(5)
    return {PERSON_OF[row] for row, _ in before & await claims(engine)}


async def claims(engine: AsyncEngine) -> set[tuple[str, datetime]]:
    query = select(JobRow.subject, JobRow.claimed_until).where(JobRow.claimed_until.is_not(None))
    async with engine.connect() as connection:
        rows = await connection.execute(query)
        return {(str(row), until) for row, until in rows if until}


async def nothing_left(engine: AsyncEngine, within: float) -> None:
    query = select(func.count()).select_from(JobRow)
    async with asyncio.timeout(within):
        while True:
            async with engine.connect() as connection:
                if not (await connection.execute(query)).scalar_one():
                    return
            await asyncio.sleep(0.5)


async def kept(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return (
            await connection.execute(select(func.count()).select_from(KeptDateRow))
        ).scalar_one()


def most_in_a_second(calls: list[Call]) -> int:
    """Of all that arrived, whatever came of them, in any second, wherever it begins."""
    moments = sorted(call.at for call in calls)
    return max(bisect_left(moments, begin + 1) - number for number, begin in enumerate(moments))


@contextmanager
def narrated(what: str, workers: Workers) -> Iterator[None]:
    """Show what the workers say when they do not come to an end."""
    began = time.monotonic()
    try:
        yield
    except TimeoutError:
        raise AssertionError(
            f"{what}: not after {time.monotonic() - began:.0f} s\n{workers.log[-3000:]}"
        ) from None


@pytest.mark.parametrize(
    ("moments", "most"), [([0, 0.5, 0.99, 1.0], 3), ([0, 1, 2], 1), ([0, 0.9, 1.1, 1.8], 3)]
)
def test_a_second_begins_anywhere(moments: list[float], most: int) -> None:
    assert most_in_a_second([Call(at, "sendMessage", {}) for at in moments]) == most
