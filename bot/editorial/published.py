"""The published edition for those who work on it: read again only when the files or the day have changed.

It must not decide what persons see: that is `bot.editorial.watching`, which keeps the last good edition. Here the files
are taken as they are, with their problems, since somebody has to mend them.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from bot.editorial.checking import check
from bot.editorial.edition import Edition, edition_of
from bot.editorial.problem import Problem
from bot.editorial.snapshot import Snapshot, take_snapshot


@dataclass(frozen=True, slots=True)
class Published:
    """`problems` are those of `edition` on `day`."""

    snapshot: Snapshot
    edition: Edition
    problems: tuple[Problem, ...]
    day: date


class PublishedContent:
    """One a process. Threads may ask at once: one reads, the others wait for it."""

    def __init__(self, content_dir: Path) -> None:
        self._content_dir = content_dir
        self._last: Published | None = None
        self._lock = Lock()

    def on(self, day: date) -> Published:
        """The content as it lies in the folder now. Takes milliseconds when nothing has changed, else up to seconds:
        call it in a thread.
        """
        with self._lock:
            snapshot = take_snapshot(self._content_dir)
            last = self._last
            if last and last.day == day and last.snapshot == snapshot:
                return last
            same_files = last is not None and last.snapshot == snapshot
            edition = last.edition if last and same_files else edition_of(snapshot)
            self._last = Published(snapshot, edition, check(edition, day), day)
            return self._last
