"""A job is given to one worker at a time, and stays until somebody says that it is done."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.jobs import Job, Jobs, NewJob, drop, enqueue
from db.models import JobRow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KINDS = ("reminder",)


def reminder(key: str, due: datetime = NOON, *, subject: str | None = None) -> NewJob:
    return NewJob("reminder", key, due, {"date": key}, subject)


async def claim(
    jobs: Jobs, now: datetime = NOON, worker: str = "a", most: int = 10
) -> tuple[Job, ...]:
    return await jobs.claim(worker, now, MINUTE, most, KINDS)


def keys(claimed: tuple[Job, ...]) -> list[object]:
    return [job.payload["date"] for job in claimed]


async def left(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(JobRow))).scalar_one()


async def test_what_is_due_is_given_the_longest_due_first(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    due = {"now": NOON, "long": NOON - 5 * MINUTE, "soon": NOON + MINUTE, "late": NOON - MINUTE}
    await jobs.enqueue(reminder(key, at) for key, at in due.items())

    assert keys(await claim(jobs, most=2)) == ["long", "late"]
    assert keys(await claim(jobs)) == ["now"]
    assert await claim(jobs) == ()


async def test_a_claimed_job_says_what_it_is(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue([NewJob("reminder", "k", NOON, {"date": "d1", "offset": 7})])

    [job] = await claim(jobs)

    assert (job.kind, job.due, job.payload) == ("reminder", NOON, {"date": "d1", "offset": 7})
    assert (job.attempts, job.claimed_by, job.claimed_until) == (1, "a", NOON + MINUTE)


async def test_kinds_that_nobody_here_knows_are_left(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue([NewJob("of-next-year", "k", NOON, {})])

    assert not await jobs.is_waiting(NOON, KINDS)
    assert await claim(jobs) == ()
    assert await left(engine) == 1


async def test_a_key_that_is_there_stays_as_it_is(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue([reminder("once"), reminder("once", NOON - MINUTE)])
    await jobs.enqueue([reminder("once", NOON - 2 * MINUTE), reminder("another")])

    claimed = await claim(jobs)

    assert sorted(str(key) for key in keys(claimed)) == ["another", "once"]
    assert {job.due for job in claimed} == {NOON}


async def test_jobs_are_there_when_their_transaction_is(engine: AsyncEngine) -> None:
    def fail(connection: Connection) -> None:
        enqueue(connection, [reminder("never")])
        raise LookupError

    with pytest.raises(LookupError):
        async with engine.begin() as connection:
            await connection.run_sync(fail)

    assert await left(engine) == 0


async def test_a_job_is_with_one_worker_until_its_lease_ends(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue([reminder("k")])
    [first] = await claim(jobs)

    assert not await jobs.is_waiting(NOON + MINUTE / 2, KINDS)
    assert await claim(jobs, NOON + MINUTE / 2, "b") == ()
    assert await jobs.is_waiting(NOON + MINUTE, KINDS)
    [second] = await claim(jobs, NOON + MINUTE, "b")

    assert second.attempts == 2
    assert not await jobs.done(first), "it is somebody else's now"
    assert not await jobs.again(first, NOON)
    assert await jobs.done(second)
    assert await left(engine) == 0


async def test_a_worker_that_claims_anew_has_lost_its_first_claim(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue([reminder("k")])
    [first] = await claim(jobs)
    [second] = await claim(jobs, NOON + MINUTE)

    assert not await jobs.done(first)
    assert await jobs.done(second)


async def test_a_job_that_is_given_back_comes_at_its_time(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue([reminder("k")])
    [job] = await claim(jobs)

    assert await jobs.again(job, NOON + 5 * MINUTE)

    assert await claim(jobs, NOON + 4 * MINUTE) == ()
    assert keys(await claim(jobs, NOON + 5 * MINUTE)) == ["k"]


async def test_jobs_go_with_what_they_are_about(engine: AsyncEngine) -> None:
    jobs = Jobs(engine)
    await jobs.enqueue(
        [reminder("1", subject="x"), reminder("2", subject="x"), reminder("3", subject="y")]
    )
    [claimed] = await claim(jobs, most=1)
    assert keys((claimed,)) in (["1"], ["2"], ["3"])

    async with engine.begin() as connection:
        await connection.run_sync(drop, ["x", "z"])

    assert await left(engine) == 1
    assert await jobs.done(claimed) is (claimed.payload["date"] == "3")


async def test_many_workers_at_once_share_what_is_due(url: str) -> None:
    """Each has an engine of its own, like a process, and takes a few at a time until nothing is left."""
    total, engines = 150, [make_engine(url) for _ in range(5)]
    await Jobs(engines[0]).enqueue(reminder(str(number)) for number in range(total))

    async def work(name: str, engine: AsyncEngine) -> Counter[object]:
        jobs, had = Jobs(engine), Counter[object]()
        while claimed := await claim(jobs, worker=name, most=4):
            assert len(claimed) <= 4
            had.update(keys(claimed))
            assert all([await jobs.done(job) for job in claimed])
        return had

    names = (work(f"worker-{number}", engine) for number, engine in enumerate(engines))
    shares = await asyncio.gather(*names)
    given_out = sum(shares, Counter())

    assert set(given_out.values()) == {1}, "twice"
    assert len(given_out) == total
    assert await left(engines[0]) == 0
    for engine in engines:
        await engine.dispose()


@contextmanager
def emptied(url: str) -> Iterator[tuple[asyncio.Runner, AsyncEngine]]:
    with asyncio.Runner() as loop:
        engine = make_engine(url)

        async def empty() -> None:
            async with engine.begin() as connection:
                await connection.execute(delete(JobRow))

        loop.run(empty())
        yield loop, engine
        loop.run(engine.dispose())


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["claim", "claim", "done", "again", "wait"]),
        st.sampled_from(["a", "b", "c"]),
        st.integers(1, 3),
    ),
    min_size=5,
    max_size=25,
)


@given(deeds=DEEDS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_job_is_given_twice_within_a_lease_and_none_is_lost(
    url: str, deeds: list[tuple[str, str, int]]
) -> None:
    """Whatever workers do and forget to do. Time goes by in thirds of a lease."""
    with emptied(url) as (loop, engine):
        jobs, now = Jobs(engine), NOON
        loop.run(jobs.enqueue(reminder(str(number)) for number in range(4)))
        held: list[Job] = []
        over: set[object] = set()
        for deed, worker, number in deeds:
            alive = {job.id for job in held if job.claimed_until > now}
            if deed == "claim":
                claimed = loop.run(claim(jobs, now, worker, number))
                assert not {job.id for job in claimed} & alive, "given twice"
                assert not set(keys(claimed)) & over, "given after it was done"
                held = [job for job in held if job.id not in {one.id for one in claimed}]
                held.extend(claimed)
            elif deed == "wait":
                now += number * MINUTE / 3
            elif held:
                job = held.pop(number % len(held))
                if deed == "done":
                    assert loop.run(jobs.done(job)), "nobody else has claimed it"
                    over.add(job.payload["date"])
                else:
                    assert loop.run(jobs.again(job, now))

        rest = loop.run(claim(jobs, now + MINUTE))
        assert {*keys(rest), *over} == {"0", "1", "2", "3"}
        assert len(rest) + len(over) == 4
