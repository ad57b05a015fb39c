"""One turn of a person at a time: a message and a button press of the same person can arrive together.

It must not know what is done under the lock.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import LockNotOwnedError

from db.errors import StoreUnavailable
from db.redis_client import redis_answering


class PersonLocks(Protocol):
    def hold(self, person: str) -> AbstractAsyncContextManager[None]:
        """Wait for the person's turn and keep others out of it. May raise `StoreUnavailable`."""


@dataclass(slots=True)
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    persons_turns: int = 0
    """Turns that hold the lock or wait for it."""


class LocalLocks:
    """Locks of one process, first come, first served. Nothing is kept of a person whose turn is over."""

    def __init__(self) -> None:
        self._queues: dict[str, _Queue] = {}

    def __len__(self) -> int:
        """Persons with a turn that runs or waits."""
        return len(self._queues)

    @asynccontextmanager
    async def hold(self, person: str) -> AsyncIterator[None]:
        queue = self._queues.setdefault(person, _Queue())
        queue.persons_turns += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.persons_turns -= 1
            if not queue.persons_turns:
                del self._queues[person]


class RedisLocks:
    """Locks of many processes.

    `turn_seconds` is after how long the lock of a process that died is free again; `patience_seconds`
    is how long a turn waits before it gives up with `StoreUnavailable`.
    """

    def __init__(
        self, redis: Redis, turn_seconds: float = 60, patience_seconds: float = 30
    ) -> None:
        self._redis = redis
        self._turn_seconds = turn_seconds
        self._patience_seconds = patience_seconds

    @asynccontextmanager
    async def hold(self, person: str) -> AsyncIterator[None]:
        lock = self._redis.lock(
            f"joldosh:turn:{person}",
            timeout=self._turn_seconds,
            sleep=0.01,  # seconds between two looks; the library's own 0.1 can be felt
            blocking_timeout=self._patience_seconds,
        )
        with redis_answering():
            held = await lock.acquire()
        if not held:
            raise StoreUnavailable(
                "Another turn of the same person has not ended in time. "
                "The update will be handled when it is delivered again."
            )
        try:
            yield
        finally:
            # A turn that outlived its lock has done its work all the same: committing an update
            # twice changes nothing.
            with redis_answering(), suppress(LockNotOwnedError):
                await lock.release()
