"""The queue of what is to be sent at its time, shared by all workers of all processes. It must not know what a job does.

At least once: a job stays until somebody says that it is done. Whoever claims it has it alone until the lease ends, and then
another may take it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import single_statements
from db.errors import SQL_SILENCE, answering
from db.models import JobRow
from db.unanswered import random_id
from db.upsert import inserting, table_of


@dataclass(frozen=True, slots=True)
class NewJob:
    """`key` is one for a recipient and an occasion: a second job with it is none. `payload` is JSON and names no person.
    `subject` is the id of what the job is about: when that goes, the job goes.
    """

    kind: str
    key: str
    due: datetime
    payload: Mapping[str, object]
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job that somebody has claimed. `attempts` counts this one."""

    id: str
    kind: str
    due: datetime
    payload: Mapping[str, object]
    attempts: int
    claimed_by: str
    claimed_until: datetime


def enqueue(connection: Connection, jobs: Iterable[NewJob]) -> None:
    """In the caller's transaction: the jobs are there when what they are about is. A key that is there stays as it is."""
    rows = [
        {
            "id": random_id(),
            "kind": job.kind,
            "key": job.key,
            "subject": job.subject,
            "due": job.due,
            "payload": dict(job.payload),
            "attempts": 0,
        }
        # In one order, or two who enqueue the same keys would wait for each other for ever.
        for job in sorted(jobs, key=lambda job: job.key)
    ]
    if rows:
        insert = inserting(connection.dialect.name, table_of(JobRow))
        connection.execute(insert.on_conflict_do_nothing().inline(), rows)


def drop(connection: Connection, subjects: Collection[str]) -> None:
    """Delete the jobs about these, also those that somebody works on, in the caller's transaction."""
    if subjects:
        connection.execute(delete(JobRow).where(JobRow.subject.in_(subjects)))


class Jobs:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._single = single_statements(engine)

    async def enqueue(self, jobs: Iterable[NewJob]) -> None:
        """In a transaction of their own."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.run_sync(enqueue, jobs)

    async def is_waiting(self, now: datetime, kinds: Collection[str]) -> bool:
        """Whether there is one to claim. Reads only: it can be asked often."""
        query = select(JobRow.id).where(*_claimable(now, kinds)).limit(1)
        with answering("The database", *SQL_SILENCE):
            async with self._single.connect() as connection:
                return (await connection.execute(query)).first() is not None

    async def claim(
        self, worker: str, now: datetime, lease: timedelta, most: int, kinds: Collection[str]
    ) -> tuple[Job, ...]:
        """Up to `most` due jobs of these kinds, the longest due first, for this worker alone until `now + lease`."""
        mine = (
            update(JobRow)
            .where(JobRow.id.in_(self._next(now, most, kinds)))
            .values(claimed_by=worker, claimed_until=now + lease, attempts=JobRow.attempts + 1)
            .returning(*_READ)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._single.begin() as connection:
                jobs = [Job(*row) for row in await connection.execute(mine)]
        return tuple(sorted(jobs, key=lambda job: (job.due, job.id)))

    async def done(self, job: Job) -> bool:
        """The job is over. False when somebody else has it by now, or when it was dropped."""
        with answering("The database", *SQL_SILENCE):
            async with self._single.begin() as connection:
                gone = await connection.execute(delete(JobRow).where(*_still_mine(job)))
                return gone.rowcount == 1

    async def again(self, job: Job, at: datetime) -> bool:
        """Give the job back, to be claimed from this moment on. False as for `done`."""
        back = (
            update(JobRow)
            .where(*_still_mine(job))
            .values(due=at, claimed_by=None, claimed_until=None)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._single.begin() as connection:
                return (await connection.execute(back)).rowcount == 1

    def _next(self, now: datetime, most: int, kinds: Collection[str]) -> Select[str]:
        due = (
            select(JobRow.id)
            .where(*_claimable(now, kinds))
            .order_by(JobRow.due, JobRow.id)
            .limit(most)
        )
        if self._engine.dialect.name != "postgresql":
            return due  # SQLite has one writer, who sees what the one before has claimed
        # Named, so that PostgreSQL works it out once: run again for each row, it would find others each time.
        return select(due.with_for_update(skip_locked=True).cte("next").c.id)


def _claimable(now: datetime, kinds: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        JobRow.kind.in_(kinds),
        JobRow.due <= now,
        or_(JobRow.claimed_until.is_(None), JobRow.claimed_until <= now),
    )


def _still_mine(job: Job) -> tuple[ColumnElement[bool], ...]:
    """Also not when the same worker has claimed it anew since."""
    return (
        JobRow.id == job.id,
        JobRow.claimed_by == job.claimed_by,
        JobRow.claimed_until == job.claimed_until,
    )


_READ = (
    JobRow.id,
    JobRow.kind,
    JobRow.due,
    JobRow.payload,
    JobRow.attempts,
    JobRow.claimed_by,
    JobRow.claimed_until,
)
