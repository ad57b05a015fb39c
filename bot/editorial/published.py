"""The edition in the folder: read again only when the files or the day have changed, and then only what has changed.

It must not decide what persons see: that is `bot.editorial.watching`, which keeps the last good edition. Here the files
are taken as they are, with their problems, since somebody has to mend them.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from bot.editorial.checking import check
from bot.editorial.edition import Edition, edition_of
from bot.editorial.problem import Problem
from bot.editorial.snapshot import Snapshot, take_snapshot


@dataclass(frozen=True, slots=True)
class Published:
    """`problems` are those of `edition` on `day`. What it holds is too much for a log."""

    snapshot: Snapshot = field(repr=False)
    edition: Edition = field(repr=False)
    problems: tuple[Problem, ...] = field(repr=False)
    day: date


class PublishedContent:
    """One a process. Threads may ask at once: one reads, the others wait for it."""

    def __init__(self, content_dir: Path, known: Published | None = None) -> None:
        """What the folder has in common with `known` is not read again."""
        self.folder = content_dir
        self._last = known
        self._lock = Lock()

    def on(self, day: date) -> Published:
        """The content as it lies in the folder now. Takes milliseconds when nothing has changed, a tenth of a second for
        a change of one memo, the first time seconds: call it in a thread.
        """
        return self.of(take_snapshot(self.folder), day)

    def of(self, snapshot: Snapshot, day: date) -> Published:
        """What a snapshot says that was just taken of the folder."""
        with self._lock:
            last = self._last
            if last and last.day == day and last.snapshot == snapshot:
                return last
            edition = edition_of(snapshot, last.edition if last else None)
            self._last = Published(snapshot, edition, check(edition, day), day)
            return self._last

    def problems_of(self, snapshot: Snapshot, day: date) -> tuple[Problem, ...]:
        """What would be wrong with other files than those in the folder. Nothing is kept of them."""
        return check(edition_of(snapshot, self.on(day).edition), day)
