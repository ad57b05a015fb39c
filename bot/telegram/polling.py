"""Fetching updates by long polling, without losing one.

aiogram's own polling asks for the next offset while updates are still being handled, so a
crash loses them. Here the offset moves only past updates that have been handled.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

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
    try:
        await asyncio.wait({fetching, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return fetching.result() if fetching.done() else []
    except ClientDecodeError as trouble:
        return _one_by_one(bot, trouble)
    finally:
        # What has not arrived is not confirmed either, so the next start gets it.
        fetching.cancel()
        stopped.cancel()


def _one_by_one(bot: Bot, trouble: ClientDecodeError) -> list[Update]:
    """A batch that aiogram could not read as a whole. Raises the trouble again when it is none."""
    answer = trouble.data if isinstance(trouble.data, dict) else {}
    entries = answer.get("result")
    if not isinstance(entries, list):
        raise trouble
    return [_read(bot, entry, trouble) for entry in entries]


def _read(bot: Bot, entry: object, trouble: ClientDecodeError) -> Update:
    """The update; of an unreadable one nothing but its number, so that it is passed and not
    fetched for ever.
    """
    try:
        return Update.model_validate(entry, context={"bot": bot})
    except ValidationError:
        log.error("update.unreadable")
    number = entry.get("update_id") if isinstance(entry, dict) else None
    if not isinstance(number, int):
        raise trouble
    return Update(update_id=number)


async def _handle_all(updates: Sequence[Update], handle: Handle) -> int | None:
    """Handle a batch: one person's updates in their order, those of different persons at once.

    Returns the last update before the first that has to be delivered again, None when there is
    none.
    """
    queues: dict[int | None, list[Update]] = {}
    for update in updates:
        queues.setdefault(_person(update), []).append(update)
    ends = await asyncio.gather(*(_handle_in_order(queue, handle) for queue in queues.values()))
    again = {postponed for postponed in ends if postponed is not None}
    handled_to: int | None = None
    for update in updates:
        if update.update_id in again:
            break
        handled_to = update.update_id
    return handled_to


def _person(update: Update) -> int | None:
    event = update.message or update.edited_message or update.callback_query
    return event.from_user.id if event and event.from_user else None


async def _handle_in_order(updates: Sequence[Update], handle: Handle) -> int | None:
    """Returns the update that has to be delivered again; those after it were not begun."""
    for update in updates:
        try:
            await handle(update)
        except JoldoshError as error:
            log.warning("polling.postponed", error=type(error).__name__)
            return update.update_id
        except Exception:
            # A mistake of ours beyond the turn's own boundary. Raised, it would end the bot for
            # everybody, and after each new start once more.
            log.exception("polling.failed")
    return None


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
