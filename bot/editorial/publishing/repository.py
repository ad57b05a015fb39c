"""The door of publishing: one content folder, its history and its remote.

Every call is whole by itself, may come from any thread or process and takes up what a killed one left. Calls block:
on the disk, on the checks (a second) and, with a remote, on the network; a coroutine calls them in a thread.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import structlog
from dulwich.objects import ObjectID

from bot.editorial.checking import check
from bot.editorial.day import day_of
from bot.editorial.edition import edition_of
from bot.editorial.journal import Journal, read_journal, write_journal
from bot.editorial.problem import Problem
from bot.editorial.publishing.finishing import finish
from bot.editorial.publishing.lock import folder_lock
from bot.editorial.publishing.moving import plan_move
from bot.editorial.publishing.outcomes import (
    HOUSE,
    Author,
    Followed,
    NothingToDo,
    Outcome,
    Published,
    Pushed,
    Reason,
    Refused,
    RemoteTrouble,
    Return,
    Version,
)
from bot.editorial.publishing.past import Past, edition_at
from bot.editorial.publishing.preparing import Prepared, prepare
from bot.editorial.publishing.remote import Overtaken, Remote, pause
from bot.editorial.publishing.trees import head_of, holds
from bot.editorial.publishing.working_copy import (
    WorkingCopy,
    found_repository,
    ignore_our_files,
    keep_first,
    open_copy,
)
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.errors import PublishingUnavailable

log = structlog.get_logger(__name__)

Check = Callable[[Snapshot, date], tuple[Problem, ...]]

_ATTEMPTS = 8  # to be faster than the others who push
_IN_VAIN = 3  # nobody was faster, and it was not taken: a rule of the remote


def problems_of(snapshot: Snapshot, day: date) -> tuple[Problem, ...]:
    return check(edition_of(snapshot), day)


class Repository:
    """`remote` is the name of a git remote (`origin`) to pull from and push to; None keeps the folder to itself."""

    def __init__(
        self, content_dir: Path, remote: str | None = None, check: Check = problems_of
    ) -> None:
        self._content_dir = content_dir.resolve()
        self._remote = remote
        self._check = check
        self._past = Past()

    @property
    def content_dir(self) -> Path:
        return self._content_dir

    def publish(
        self,
        changes: Mapping[str, bytes | None],
        bases: Mapping[str, bytes | None],
        author: Author,
        message: str,
        now: datetime,
    ) -> Outcome:
        """Put files (paths inside the content folder; None deletes) before persons, as one commit of this author.

        `bases` is what each file was when its change began (None or left out: it was not there): what was published
        since then is kept, and a `Clash` when that is not possible. The edition must check on the day of `now`.
        Raises `PublishingUnavailable` when the folder cannot be written; nothing has changed then.
        """
        self._found(now)
        trouble = self._take_in(now, author)
        with self._held(now) as copy:
            prepared = prepare(copy, changes, bases, author, message, now)
            if not isinstance(prepared, Prepared):
                return prepared
            problems = self._check(prepared.edition, day_of(now))
            if any(problem.is_error for problem in problems):
                return Refused(problems)
            write_journal(self._content_dir, prepared.journal)
            commit = prepared.journal.commit
            try:
                finish(copy, prepared.journal)
            except PublishingUnavailable as unfinished:
                # Everybody reads it through the journal already; the next call finishes it.
                log.warning("content.unfinished", commit=commit, reason=str(unfinished))
                trouble = RemoteTrouble(Reason.UNFINISHED) if self._remote else None
        log.info("content.committed", commit=commit, files=len(prepared.journal.entries))
        outcome = trouble or self._push(now, author)
        if isinstance(outcome, RemoteTrouble):
            return RemoteTrouble(
                outcome.reason, commit, outcome.paths, outcome.clashes, outcome.problems
            )
        return Published(commit)

    def push_what_is_waiting(self, now: datetime) -> Pushed | NothingToDo | RemoteTrouble:
        """Take in what others pushed and push what could not be pushed before."""
        if self._remote is None:
            return NothingToDo()
        return self._take_in(now, HOUSE) or self._push(now, HOUSE)

    def follow(self, now: datetime) -> Followed | NothingToDo | RemoteTrouble:
        """Take in what others pushed, as long as nothing here waits to be pushed. Cheap when there is nothing new."""
        with open_copy(self._content_dir) as copy:
            if copy is None or self._remote is None:
                return RemoteTrouble(Reason.NO_REMOTE)
            theirs = Remote(copy.repo, self._remote).fetch()
            if isinstance(theirs, RemoteTrouble):
                return theirs
            is_here = theirs is None or holds(copy.repo, head_of(copy.repo), theirs)
        if is_here and not isinstance(read_journal(self._content_dir), Journal):
            return NothingToDo()
        with self._held(now) as copy:
            trouble = self._move(copy, theirs, now, HOUSE, may_join=False) if theirs else None
            if trouble is not None:
                return trouble
            head = head_of(copy.repo)
        return NothingToDo() if is_here or head is None else Followed(head.decode())

    def finish(self, now: datetime) -> None:
        """Finish what a killed publisher left. Readers do not need it; git commands by hand do."""
        if isinstance(read_journal(self._content_dir), Journal):
            with self._held(now):
                pass

    def history(self, paths: Collection[str] = ()) -> tuple[Version, ...]:
        """Newest first: who changed one of the paths (files, or folders with all in them; all of the guide without any).

        The first call of a process looks at every commit, later ones at new commits only.
        """
        with open_copy(self._content_dir) as copy:
            return self._past.versions(copy, paths) if copy else ()

    def at(self, commit: str) -> Snapshot | None:
        """The guide as a commit (40 hex digits) has it; None when there is no such commit."""
        with open_copy(self._content_dir) as copy:
            return edition_at(copy, commit) if copy else None

    def back_to(self, commit: str, folder: str | None = None) -> Return | None:
        """What to publish so that a folder (`memos/registration-first`), a file or everything is as it was."""
        then = self.at(commit)
        if then is None:
            return None
        now = take_snapshot(self._content_dir)
        names = [
            name
            for name in sorted(now.files.keys() | then.files.keys())
            if (folder is None or name == folder or name.startswith(f"{folder}/"))
            and now.files.get(name) != then.files.get(name)
        ]
        return Return(
            {name: then.files.get(name) for name in names},
            {name: now.files.get(name) for name in names},
        )

    @contextmanager
    def _held(self, now: datetime) -> Iterator[WorkingCopy]:
        """The folder with nobody else publishing and nothing half-way."""
        with folder_lock(self._content_dir), open_copy(self._content_dir) as copy:
            if copy is None:
                raise PublishingUnavailable(f"{self._content_dir} has lost its git repository.")
            try:
                self._tidy(copy, now)
                yield copy
            except OSError as trouble:
                raise PublishingUnavailable(
                    f"{self._content_dir} or its repository cannot be written: {trouble.strerror}"
                ) from trouble

    def _tidy(self, copy: WorkingCopy, now: datetime) -> None:
        ignore_our_files(copy.repo)
        journal = read_journal(self._content_dir)
        # A torn one is a problem of the edition, for somebody to look at.
        if isinstance(journal, Journal):
            finish(copy, journal)
            log.info("content.finished", commit=journal.commit)
        if first := keep_first(copy, now):
            write_journal(self._content_dir, first)
            finish(copy, first)

    def _found(self, now: datetime) -> None:
        with open_copy(self._content_dir) as copy:
            if copy is not None:
                return
        with folder_lock(self._content_dir), open_copy(self._content_dir) as copy:
            if copy is None:
                found_repository(self._content_dir, now)

    def _take_in(self, now: datetime, author: Author) -> RemoteTrouble | None:
        """Fetch without the lock, since a network may be slow; then move the folder with it."""
        if self._remote is None:
            return None
        with open_copy(self._content_dir) as copy:
            theirs = Remote(copy.repo, self._remote).fetch() if copy else None
        if isinstance(theirs, RemoteTrouble) or theirs is None:
            return theirs
        with self._held(now) as copy:
            return self._move(copy, theirs, now, author, may_join=True)

    def _move(
        self, copy: WorkingCopy, theirs: ObjectID, now: datetime, author: Author, *, may_join: bool
    ) -> RemoteTrouble | None:
        move = plan_move(copy, theirs, now, author, may_join=may_join)
        if move is None or isinstance(move, RemoteTrouble):
            return move
        if move.changes:
            edition = take_snapshot(self._content_dir).with_files(move.changes)
            problems = self._check(edition, day_of(now))
            if any(problem.is_error for problem in problems):
                return RemoteTrouble(Reason.BROKEN, problems=problems)
        write_journal(self._content_dir, move.journal)
        finish(copy, move.journal)
        log.info("content.taken_in", commit=move.journal.commit, files=len(move.changes))
        return None

    def _push(self, now: datetime, author: Author) -> Pushed | NothingToDo | RemoteTrouble:
        if self._remote is None:
            return NothingToDo()
        in_vain = 0
        for attempt in range(_ATTEMPTS):
            with open_copy(self._content_dir) as copy:
                head = head_of(copy.repo) if copy else None
                if copy is None or head is None:
                    return NothingToDo()
                remote = Remote(copy.repo, self._remote)
                known = remote.known
                if known == head:
                    return NothingToDo()
                try:
                    return remote.push(head) or Pushed(head.decode())
                except Overtaken:
                    pass
            pause(attempt)
            if trouble := self._take_in(now, author):
                return trouble
            with open_copy(self._content_dir) as copy:
                is_new = copy is not None and Remote(copy.repo, self._remote).known != known
            in_vain = 0 if is_new else in_vain + 1
            if in_vain == _IN_VAIN:
                return RemoteTrouble(Reason.NOT_ALLOWED)
        return RemoteTrouble(Reason.OVERTAKEN)
