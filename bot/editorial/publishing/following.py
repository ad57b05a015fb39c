"""Keeps a content folder in step with its remote, in every process that serves. Publishes nothing itself."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.editorial.publishing.outcomes import Followed, NothingToDo, RemoteTrouble
from bot.editorial.publishing.repository import Repository
from bot.errors import PublishingUnavailable

log = structlog.get_logger(__name__)

_EVERY = 2.0  # seconds; with the watcher's second and the making of a catalogue, live in all replicas within five


async def keep_following(
    repository: Repository, clock: Callable[[], datetime], every: float = _EVERY
) -> None:
    """Take in what others publish. Ends only by cancellation; trouble is logged once, until it is another one."""
    told: str | None = None
    while True:
        found = await asyncio.to_thread(_follow, repository, clock())
        if found not in (None, told):
            log.warning("content.not_followed", reason=found)
        elif told and found is None:
            log.info("content.followed_again")
        told = found
        await asyncio.sleep(every)


def _follow(repository: Repository, now: datetime) -> str | None:
    """What keeps the folder from following."""
    try:
        outcome = repository.follow(now)
    except PublishingUnavailable as unavailable:
        return str(unavailable)
    match outcome:
        case Followed() | NothingToDo():
            return None
        case RemoteTrouble(reason=reason, paths=paths, problems=problems):
            broken = (f"{problem.file}:{problem.line}" for problem in problems if problem.is_error)
            return " ".join([str(reason), *paths, *broken])
