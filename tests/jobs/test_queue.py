"""The worker does what is due, at its pace, and whatever goes wrong with one job, the others are done and this one comes again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import DoorUnavailable
from bot.jobs import queue
from bot.jobs.queue import AT_ONCE, Over, Result, Wait, Worker
from bot.observability.metrics import Metrics
from db.jobs import Job, Jobs, NewJob
from db.models import JobRow
from db.pace import Pace
from tests.support.logs import Logbook

SECOND = timedelta(seconds=1)
FAST = 1000  # messages a second
Deed = Callable[[Job], Awaitable[Result]]


def clock() -> datetime:
    return datetime.now(UTC)


class Desk:
    """A queue and what a handler was given, by name."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.metrics = Metrics()
        self.done: Counter[str] = Counter()

    async def put(self, *names: str, kind: str = "letter") -> None:
        due = clock() - SECOND
        await Jobs(self.engine).enqueue(NewJob(kind, name, due, {"name": name}) for name in names)

    @asynccontextmanager
    async def working(self, deed: Deed, rate: int = FAST) -> AsyncIterator["asyncio.Task[None]"]:
        async def handle(job: Job) -> Result:
            result = await deed(job)
            self.done[str(job.payload["name"])] += 1
            return result

        worker = Worker(self.engine, {"letter": handle}, self.metrics, clock, rate)
        task = asyncio.create_task(worker.work())
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def left(self) -> dict[str, tuple[datetime, int]]:
        """When each job is due and how often it was tried."""
        query = select(JobRow.key, JobRow.due, JobRow.attempts)
        async with self.engine.connect() as connection:
            return {key: (due, tries) for key, due, tries in await connection.execute(query)}

    def counted(self, result: str) -> float | None:
        labels = {"kind": "letter", "result": result}
        return self.metrics.registry.get_sample_value("joldosh_jobs_total", labels)


@pytest.fixture
def desk(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(queue, "_IDLE_SECONDS", 0.01)
    monkeypatch.setattr(queue, "_AFTER_TROUBLE_SECONDS", 0.01)
    return Desk(engine)


@pytest.fixture
def logbook(monkeypatch: pytest.MonkeyPatch) -> Logbook:
    return Logbook.of(monkeypatch, "bot.jobs.queue")


async def until(is_so: Callable[[], bool | Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while True:
            found = is_so()
            if found is True or (not isinstance(found, bool) and await found):
                return
            await asyncio.sleep(0.01)


async def delivered(_job: Job) -> Result:
    return Over("delivered")


async def test_what_is_due_is_done_once_and_gone(desk: Desk) -> None:
    await desk.put(*"abcdefgh")

    async with desk.working(delivered):
        await until(lambda: len(desk.done) == 8)
        await desk.put("later")
        await until(lambda: "later" in desk.done)

    assert set(desk.done.values()) == {1}
    assert await desk.left() == {}
    assert desk.counted("delivered") == 9


async def test_several_workers_share_the_queue(desk: Desk) -> None:
    names = [str(number) for number in range(40)]
    await desk.put(*names)

    async with desk.working(delivered), desk.working(delivered), desk.working(delivered):
        await until(lambda: len(desk.done) == 40)

    assert desk.done == Counter(names)


async def test_messages_leave_at_the_pace(desk: Desk) -> None:
    await desk.put(*"abcdef")
    began = clock()

    async with desk.working(delivered, rate=10), desk.working(delivered, rate=10):
        await until(lambda: len(desk.done) == 6)

    assert clock() - began >= SECOND / 2


async def test_only_a_few_are_on_their_way_at_once(desk: Desk) -> None:
    await desk.put(*"abcdefgh")
    way, most = 0, 0

    async def slow(_job: Job) -> Result:
        nonlocal way, most
        way += 1
        most = max(most, way)
        await asyncio.sleep(0.03)
        way -= 1
        return Over("delivered")

    async with desk.working(slow):
        await until(lambda: len(desk.done) == 8)

    assert most == AT_ONCE


async def test_a_kind_of_another_release_is_left(desk: Desk) -> None:
    await desk.put("known")
    await desk.put("unknown", kind="of-next-year")

    async with desk.working(delivered):
        await until(lambda: "known" in desk.done)

    assert (await desk.left())["unknown"][1] == 0


async def test_when_telegram_asks_to_wait_everybody_does(desk: Desk) -> None:
    await desk.put("a", "b")

    async def told_to_wait(_job: Job) -> Result:
        return Wait(100)

    now = clock()
    async with desk.working(told_to_wait):
        await until(lambda: bool(desk.done))
        await asyncio.sleep(0.1)

    # One or both were on their way when the answer came.
    due = sorted(at for at, _ in (await desk.left()).values())
    assert due[-1] >= now + 100 * SECOND
    assert await Pace(desk.engine).take(1, now) >= now + 100 * SECOND
    assert desk.done.total() <= AT_ONCE


async def test_a_door_out_of_reach_is_tried_again_after_growing_pauses(desk: Desk) -> None:
    await desk.put("a")

    async def unreachable(_job: Job) -> Result:
        raise DoorUnavailable("sendMessage: TelegramServerError")

    pauses = []
    for tries in range(1, 4):
        async with desk.working(unreachable):
            await until(lambda tries=tries: _was_tried(desk, "a", tries))  # type: ignore[misc]
        pauses.append((await desk.left())["a"][0] - clock())
        async with desk.engine.begin() as connection:
            await connection.execute(JobRow.__table__.update().values(due=clock()))  # type: ignore[attr-defined]

    for pause, seconds in zip(pauses, (5, 10, 20), strict=True):
        assert (seconds - 3) * SECOND < pause <= seconds * SECOND
    assert desk.counted("postpone") == 3


async def _was_tried(desk: Desk, name: str, tries: int) -> bool:
    due, tried = (await desk.left())[name]
    return tried == tries and due > clock()


async def test_a_mistake_of_ours_stops_nobody_and_is_logged_without_its_words(
    desk: Desk, logbook: Logbook
) -> None:
    await desk.put("bad", "good")

    async def mistaken(job: Job) -> Result:
        if job.payload["name"] == "bad":
            raise ValueError("cannot send to 7310604210")
        return Over("delivered")

    async with desk.working(mistaken):
        await until(lambda: "good" in desk.done)
        await until(lambda: _was_tried(desk, "bad", 1))

    assert list(await desk.left()) == ["bad"]
    assert "job.failed" in logbook.text
    assert "7310604210" not in logbook.text


async def test_a_job_that_fails_by_our_mistake_for_hours_is_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "_MOST_MISTAKES", 1)
    await desk.put("bad")

    async def mistaken(_job: Job) -> Result:
        raise ValueError

    async with desk.working(mistaken):
        await until(lambda: desk.counted("given-up") == 1)

    assert await desk.left() == {}


async def test_the_end_waits_for_what_is_on_its_way_and_begins_nothing(desk: Desk) -> None:
    await desk.put(*"abcdef")
    begun: list[str] = []
    may_end = asyncio.Event()

    async def slow(job: Job) -> Result:
        begun.append(str(job.payload["name"]))
        await may_end.wait()
        return Over("delivered")

    async with desk.working(slow) as task:
        await until(lambda: len(begun) == AT_ONCE)
        task.cancel()
        await asyncio.sleep(0.05)
        assert not task.done(), "it waits"
        may_end.set()
        await asyncio.wait([task])

    assert sorted(desk.done) == sorted(begun)
    assert sorted(await desk.left()) == sorted(set("abcdef") - set(begun))


async def test_a_database_that_fails_for_a_while_ends_nothing(
    desk: Desk, logbook: Logbook
) -> None:
    await desk.put("a")
    await _rename(desk.engine, "job", "elsewhere")

    async with desk.working(delivered):
        await until(lambda: "jobs.postponed" in logbook.text)
        await _rename(desk.engine, "elsewhere", "job")
        await until(lambda: "a" in desk.done)

    assert await desk.left() == {}


async def _rename(engine: AsyncEngine, before: str, after: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))
