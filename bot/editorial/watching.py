"""Keeps what is served in step with the content folder and the calendar.

It looks at the folder twice a second instead of waiting for the system's events: those get lost on the mounted
folders of containers, and a look at 300 files costs 2 ms. It must not change files or decide what is wrong.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import structlog

from bot.editorial.compiling import UNITS, build_catalogue
from bot.editorial.day import day_of
from bot.editorial.problem import Problem
from bot.editorial.published import PublishedContent
from bot.editorial.snapshot import Marks, content_marks, take_snapshot
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import Interface, load_interface

log = structlog.get_logger(__name__)

Publish = Callable[[Catalogue], None]
Refuse = Callable[[tuple[Problem, ...]], None]

_EVERY = 0.5  # seconds; a change is read once the files have been quiet for one look


async def watch(
    content: PublishedContent,
    clock: Callable[[], datetime],
    *,
    publish: Publish,
    refuse: Refuse,
    published: Catalogue | None = None,
    every: float = _EVERY,
) -> None:
    """Publish a catalogue whenever the files or the day change. Ends only by cancellation.

    `publish` and `refuse` are called in a thread. An edition with errors is refused with all its problems, once,
    and what was published before stays. `published` is what is served already: an equal one is not published again.
    """
    press = _Press(content, publish, refuse, published)
    seen: tuple[Marks, date] | None = None
    done: tuple[Marks, date] | None = None
    while True:
        before, seen = (
            seen,
            (await asyncio.to_thread(content_marks, content.folder), day_of(clock())),
        )
        # Files that changed since the last look may be half-written.
        is_quiet = seen == before
        if is_quiet and seen != done and await asyncio.to_thread(press.print, *seen):
            done = seen
        await asyncio.sleep(every)


class _Press:
    """Prints editions, one at a time, each at most once."""

    def __init__(
        self,
        content: PublishedContent,
        publish: Publish,
        refuse: Refuse,
        published: Catalogue | None,
    ) -> None:
        self._content = content
        self._publish = publish
        self._refuse = refuse
        self._units: Interface = load_interface(domain=UNITS)
        self._printed = (published.edition, published.day) if published else None

    def print(self, marks: Marks, day: date) -> bool:
        """Whether the files stood still while they were read; if not, nothing has been done with them."""
        snapshot = take_snapshot(self._content.folder)
        if content_marks(self._content.folder) != marks:
            return False
        # Before anything is parsed: that takes seconds, and a process that stops waits for them.
        if (snapshot.fingerprint, day) == self._printed:
            return True
        found = self._content.of(snapshot, day)
        if any(problem.is_error for problem in found.problems):
            self._refuse(found.problems)
            return True
        try:
            catalogue = build_catalogue(found.edition, day, self._units)
        except ContentError as unfit:  # a hole in the checks must not end the service
            log.exception("content.unfit", edition=snapshot.fingerprint, reason=str(unfit))
            return True
        self._publish(catalogue)
        self._printed = (catalogue.edition, day)
        return True
