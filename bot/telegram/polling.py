"""Fetching updates by long polling, without losing one.

aiogram's own polling asks for the next offset while updates are still being handled, so a
crash loses them.
Here the offset moves only past updates that have been handled.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramRetryAfter
from aiogram.types import Update

from bot.errors import JoldoshError
from bot.telegram.dispatcher import SERVED_UPDATES

log = structlog.get_logger(__name__)

Handle = Callable[[Update], Awaitable[None]]

_LONG_POLL_SECONDS = 25
# getUpdates: "Limits the number of updates to be retrieved. Values between 1-100 are accepted."
_MOST_AT_ONCE = 100
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0


async def poll(bot: Bot, handle: Handle, stopping: asyncio.Event) -> None:
    """Serve updates until `stopping` is set. Trouble with the server or the store makes it
    pause, never end.
    """
    offset: int | None = None
    pause = _FIRST_PAUSE_SECONDS
    while not stopping.is_set():
        try:
            updates = await _fetch(bot, offset, stopping)
        except ClientDecodeError as trouble:
            offset = _past_unreadable(trouble) or offset
            log.error("polling.unreadable", next_offset_known=offset is not None)
            continue
        except AiogramError as trouble:
            wait = trouble.retry_after if isinstance(trouble, TelegramRetryAfter) else pause
            log.warning("polling.trouble", error=type(trouble).__name__, pause_seconds=wait)
            await _sleep(wait, stopping)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            continue
        handled_to = await _handle_all(updates, handle)
        if handled_to is not None:
            offset = handled_to + 1
        if updates and handled_to != updates[-1].update_id:
            await _sleep(pause, stopping)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        else:
            pause = _FIRST_PAUSE_SECONDS
    if offset is not None:
        await _confirm(bot, offset)


async def _fetch(bot: Bot, offset: int | None, stopping: asyncio.Event) -> list[Update]:
    fetching = asyncio.ensure_future(
        bot.get_updates(
            offset=offset,
            limit=_MOST_AT_ONCE,
            timeout=_LONG_POLL_SECONDS,
            allowed_updates=list(SERVED_UPDATES),
            request_timeout=_LONG_POLL_SECONDS + 10,
        )
    )
    stopped = asyncio.ensure_future(stopping.wait())
    await asyncio.wait({fetching, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not fetching.done():
        # What has not arrived is not confirmed either, so the next start gets it.
        fetching.cancel()
        return []
    return fetching.result()


async def _handle_all(updates: Sequence[Update], handle: Handle) -> int | None:
    """Handle a batch at once (one person's updates queue on their lock, in this order).

    Returns the last update before the first that has to be delivered again, None when there is
    none.
    """
    results = await asyncio.gather(*(handle(update) for update in updates), return_exceptions=True)
    handled_to: int | None = None
    for update, result in zip(updates, results, strict=True):
        if isinstance(result, JoldoshError):
            log.warning("polling.postponed", error=type(result).__name__)
            break
        if isinstance(result, BaseException):
            raise result
        handled_to = update.update_id
    return handled_to


def _past_unreadable(trouble: ClientDecodeError) -> int | None:
    """The offset behind a batch that aiogram could not read, so that it does not come again
    for ever.
    """
    data = trouble.data
    result = data.get("result") if isinstance(data, dict) else None
    ids = [
        entry["update_id"]
        for entry in (result if isinstance(result, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("update_id"), int)
    ]
    return max(ids) + 1 if ids else None


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell the server what has been handled, so that the next start does not get it again."""
    try:
        await bot.get_updates(offset=offset, limit=1, timeout=0)
    except AiogramError as trouble:
        # Handled updates that come again are dropped by their number.
        log.warning("polling.unconfirmed", error=type(trouble).__name__)


async def _sleep(seconds: float, stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
