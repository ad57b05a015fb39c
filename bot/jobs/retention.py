"""Deleting what has been kept long enough, closing days, and shuffling what is to have no order, by the clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from db.closing import close_days
from db.errors import StoreUnavailable
from db.retention import clean
from db.shuffling import shuffle

log = structlog.get_logger(__name__)

_HOUR_SECONDS = 60 * 60
_DAY_SECONDS = 24 * _HOUR_SECONDS
_AFTER_TROUBLE_SECONDS = 10 * 60


async def keep_retention(engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
    """Close days every hour and clean every day, beginning now, until cancelled. Several processes may do it at once."""

    async def close() -> None:
        if closed := await close_days(engine, clock()):
            log.info("days.closed", days=closed)

    async def delete() -> None:
        deleted = await clean(engine, clock())
        await shuffle(engine, clock())
        log.info("retention.done", **deleted)

    async with asyncio.TaskGroup() as group:
        group.create_task(_repeat(close, _HOUR_SECONDS))
        group.create_task(_repeat(delete, _DAY_SECONDS))


async def _repeat(work: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        try:
            await work()
        except StoreUnavailable as trouble:
            log.warning("retention.postponed", reason=str(trouble))
            await asyncio.sleep(_AFTER_TROUBLE_SECONDS)
        else:
            await asyncio.sleep(seconds)
