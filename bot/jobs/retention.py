"""Deleting what has been kept long enough, and shuffling what is to have no order, once a day."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from db.errors import StoreUnavailable
from db.retention import clean
from db.shuffling import shuffle

log = structlog.get_logger(__name__)

_DAY_SECONDS = 24 * 60 * 60
_AFTER_TROUBLE_SECONDS = 10 * 60


async def keep_retention(engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
    """Clean now and then every day, until cancelled. Several processes may do it at once."""
    while True:
        try:
            deleted = await clean(engine, clock())
            await shuffle(engine, clock())
        except StoreUnavailable as trouble:
            log.warning("retention.postponed", reason=str(trouble))
            await asyncio.sleep(_AFTER_TROUBLE_SECONDS)
        else:
            log.info("retention.done", **deleted)
            await asyncio.sleep(_DAY_SECONDS)
