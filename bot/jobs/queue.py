"""The worker: takes a place in the pace, claims the job that is longest due, has it done, and notes what became of it. It must
not know what a job does, nor Telegram.

A job is sent first and noted after that, so a worker that dies in between leaves a message that comes twice, never one that
does not come.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

import db.errors
from bot.errors import DoorUnavailable, StoreUnavailable
from bot.observability.metrics import Metrics
from db.jobs import Job, Jobs
from db.pace import MESSAGES_A_SECOND, Pace

log = structlog.get_logger(__name__)

# Messages that one worker has on the way. What the pace leaves free, 5 a second, is what may arrive at once after a
# network that stood still: so two workers stay within Telegram's limit even then.
AT_ONCE = 2
# Longer than a call to Telegram may take (20 s) with what is read before it.
LEASE = timedelta(seconds=30)

_IDLE_SECONDS = 2.0
_AFTER_TROUBLE_SECONDS = 5.0
_FINISHING_SECONDS = 20.0
_FIRST_PAUSE_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 15 * 60.0
_MOST_DOUBLINGS = 10
# A job that fails by a mistake of ours: some hours in all, in which the mistake may be mended.
_MOST_MISTAKES = 20


@dataclass(frozen=True, slots=True)
class Over:
    """Nothing is left to do. `how` is a word for the metrics."""

    how: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The messenger asks everybody to wait so long; the job comes again then."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Postpone:
    """It comes again after a while, each time a longer one."""


Result = Over | Wait | Postpone
Handler = Callable[[Job], Awaitable[Result]]
"""Does a job. What it raises of a door or a store out of reach means `Postpone`."""


class Worker:
    """Any number of these share the queue, in one process or in many. Kinds without a handler are left."""

    def __init__(
        self,
        engine: AsyncEngine,
        handlers: Mapping[str, Handler],
        metrics: Metrics,
        clock: Callable[[], datetime],
        rate: int = MESSAGES_A_SECOND,
    ) -> None:
        self._jobs = Jobs(engine)
        self._pace = Pace(engine, rate)
        self._handlers = handlers
        self._metrics = metrics
        self._clock = clock
        self._name = token_hex(8)
        self._is_busy = False

    async def work(self) -> None:
        """Until cancelled; then what is on its way is finished, and nothing new is begun."""
        stopping = asyncio.Event()
        working = asyncio.create_task(self._work(stopping))
        try:
            # A statement that is cancelled half way can leave SQLite locked for those that have to be finished.
            await asyncio.shield(working)
        finally:
            stopping.set()
            _, unfinished = await asyncio.wait([working], timeout=_FINISHING_SECONDS)
            for task in unfinished:
                task.cancel()

    async def _work(self, stopping: asyncio.Event) -> None:
        places = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            while not stopping.is_set():
                await places.acquire()
                job = await self._next(stopping)
                if job is None:
                    places.release()
                    continue
                task = group.create_task(self._do(job))
                task.add_done_callback(lambda _: places.release())

    async def _next(self, stopping: asyncio.Event) -> Job | None:
        """The next job, at the moment from which it may be sent; None after a while without one."""
        try:
            # Asked only when the last look found nothing: a busy worker would ask in vain.
            if not self._is_busy and not await self._is_waiting():
                await _sleep(stopping, _IDLE_SECONDS)
                return None
            # The place first: who waits for it, as when Telegram asks for minutes, keeps no job from others.
            begin = await self._pace.take(1, self._clock())
            if await _sleep(stopping, (begin - self._clock()).total_seconds()):
                return None
            claimed = await self._jobs.claim(self._name, self._clock(), LEASE, 1, self._handlers)
        except db.errors.StoreUnavailable as trouble:
            log.warning("jobs.postponed", reason=str(trouble))
            await _sleep(stopping, _AFTER_TROUBLE_SECONDS)
            return None
        self._is_busy = bool(claimed)
        return claimed[0] if claimed else None

    async def _is_waiting(self) -> bool:
        return await self._jobs.is_waiting(self._clock(), self._handlers)

    async def _do(self, job: Job) -> None:
        result = await self._result(job)
        how = result.how if isinstance(result, Over) else type(result).__name__.lower()
        self._metrics.jobs.labels(job.kind, how).inc()
        try:
            await self._note(job, result)
        except db.errors.StoreUnavailable:
            log.warning("job.left", kind=job.kind)  # it comes again when its lease ends

    async def _result(self, job: Job) -> Result:
        try:
            return await self._handlers[job.kind](job)
        except (DoorUnavailable, StoreUnavailable, db.errors.StoreUnavailable) as trouble:
            log.warning("job.postponed", kind=job.kind, reason=str(trouble))
            return Postpone()
        except Exception:  # the boundary of the jobs: one that fails must not end the others
            log.exception("job.failed", kind=job.kind, attempts=job.attempts)
            return Over("given-up") if job.attempts >= _MOST_MISTAKES else Postpone()

    async def _note(self, job: Job, result: Result) -> None:
        now = self._clock()
        match result:
            case Over():
                await self._jobs.done(job)
            case Wait(seconds):
                at = now + timedelta(seconds=seconds)
                await self._pace.hold(at)
                await self._jobs.again(job, at)
            case Postpone():
                await self._jobs.again(job, now + _pause(job.attempts))


def _pause(attempts: int) -> timedelta:
    seconds = _FIRST_PAUSE_SECONDS * 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    return timedelta(seconds=min(seconds, _LONGEST_PAUSE_SECONDS))


async def _sleep(stopping: asyncio.Event, seconds: float) -> bool:
    """Whether the end was called meanwhile."""
    if seconds > 0:
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), seconds)
    return stopping.is_set()
