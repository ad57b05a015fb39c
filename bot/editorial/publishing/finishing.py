"""Lays what a journal says into the folder, the branch and the index, and takes the journal away.

Every step may be done again, by whoever comes next: a publisher may die between any two. It decides nothing.
"""

import os
import stat
import time
from pathlib import Path

import structlog
from dulwich.file import FileLocked
from dulwich.index import validate_path
from dulwich.objects import ObjectID
from dulwich.refs import HEADREF
from dulwich.repo import Repo

from bot.editorial.journal import Entry, Journal, remove_journal
from bot.editorial.publishing.lock import outwait
from bot.editorial.publishing.staging import stage
from bot.editorial.publishing.trees import (
    PLAIN,
    Difference,
    Leaf,
    again,
    bytes_of,
    commit_of,
    differences,
    edited,
    head_of,
    holds,
    leaf_at,
    tree_of,
)
from bot.editorial.publishing.working_copy import WorkingCopy, read_file
from bot.editorial.writing import replace_for_good, settle
from bot.errors import PublishingUnavailable

log = structlog.get_logger(__name__)

_WAIT_SECONDS = 5


def finish(copy: WorkingCopy, journal: Journal) -> None:
    """The caller holds the folder's lock. Raises `PublishingUnavailable`; the journal then stays and is read through."""
    try:
        lay(copy, journal)
        changes = _changes(copy.repo, journal)
        check_out(copy, journal, changes)
        moved = move_branch(copy, journal)
        if moved is not None:
            parent = commit_of(copy.repo, moved).parents[:1]
            stage(
                copy,
                changes
                if moved.decode() == journal.commit
                else _between(copy.repo, parent, moved),
            )
        remove_journal(copy.content_dir)
    except OSError as trouble:
        raise PublishingUnavailable(
            f"The folder {copy.content_dir} or its repository cannot be written: {trouble.strerror}"
        ) from trouble


def lay(copy: WorkingCopy, journal: Journal) -> None:
    """The files of the guide, one by one. All are on the disk for good before the journal may go."""
    for name, entry in journal.entries.items():
        lay_file(copy.content_dir / name, entry)
    for folder in {(copy.content_dir / name).parent for name in journal.entries}:
        if folder.is_dir():
            settle(folder)


def lay_file(path: Path, entry: Entry) -> None:
    file = read_file(path)
    current = file[1] if file else None
    data = entry.over(current)
    if data == current:
        return
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_for_good(path, data)
        return
    path.unlink()
    if not any(path.parent.iterdir()):  # git keeps no empty folders
        path.parent.rmdir()


def check_out(copy: WorkingCopy, journal: Journal, changes: dict[bytes, Difference]) -> None:
    """The other files of the repository, when others changed them too. What is dirty by now stays as it is."""
    laid = {copy.path_in_repo(name) for name in journal.entries}
    for path, change in changes.items():
        if path in laid or not validate_path(path):
            continue
        place = copy.on_disk(path)
        if read_file(place) == _content(copy.repo, change.old):
            _put(copy.repo, place, change.new)


def _put(repo: Repo, place: Path, leaf: Leaf | None) -> None:
    file = _content(repo, leaf)
    if file is None:
        place.unlink(missing_ok=True)
        if place.parent.is_dir() and not any(place.parent.iterdir()):
            place.parent.rmdir()
        return
    mode, data = file
    place.parent.mkdir(parents=True, exist_ok=True)
    if stat.S_ISLNK(mode):
        place.unlink(missing_ok=True)
        place.symlink_to(os.fsdecode(data))
    else:
        replace_for_good(place, data)
        place.chmod(stat.S_IMODE(mode))


def move_branch(copy: WorkingCopy, journal: Journal) -> ObjectID | None:
    """The commit that the branch has now for this journal; None when it goes without (it comes from the remote again)."""
    repo = copy.repo
    commit = ObjectID(journal.commit.encode())
    parent = ObjectID(journal.parent.encode()) if journal.parent else None
    if commit not in repo.object_store:
        log.error("content.commit_lost", commit=journal.commit)
        return None
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        head = head_of(repo)
        if holds(repo, head, commit):
            return commit
        if head == parent:
            target = commit
        elif journal.is_publication:  # somebody committed by hand meanwhile
            target = again(repo, commit_of(repo, commit), _tree_upon(copy, journal, head), head)
            if tree_of(repo, head) == tree_of(repo, target):
                return head
        else:
            return None
        try:
            if _point(repo, head, target):
                return target
        except FileLocked as held:
            outwait(held, until)


def _point(repo: Repo, head: ObjectID | None, target: ObjectID) -> bool:
    """False when the branch has moved since `head` was read."""
    commit = commit_of(repo, target)
    note = b"publish: " + commit.message.split(b"\n", 1)[0]
    if head is None:
        return repo.refs.add_if_new(
            HEADREF,
            target,
            committer=commit.committer,
            timestamp=commit.commit_time,
            timezone=commit.commit_timezone,
            message=note,
        )
    return repo.refs.set_if_equals(
        HEADREF,
        head,
        target,
        committer=commit.committer,
        timestamp=commit.commit_time,
        timezone=commit.commit_timezone,
        message=note,
    )


def _tree_upon(copy: WorkingCopy, journal: Journal, head: ObjectID | None) -> ObjectID:
    tree = tree_of(copy.repo, head)
    files: dict[bytes, tuple[int, bytes] | None] = {}
    for name, entry in journal.entries.items():
        path = copy.path_in_repo(name)
        leaf = leaf_at(copy.repo, tree, path)
        files[path] = (
            entry.after if entry.after is None else (leaf.mode if leaf else PLAIN, entry.after)
        )
    return edited(copy.repo, tree, files)


def _changes(repo: Repo, journal: Journal) -> dict[bytes, Difference]:
    parent = [ObjectID(journal.parent.encode())] if journal.parent else []
    return _between(repo, parent, ObjectID(journal.commit.encode()))


def _between(repo: Repo, parent: list[ObjectID], commit: ObjectID) -> dict[bytes, Difference]:
    try:
        return differences(
            repo, tree_of(repo, parent[0] if parent else None), tree_of(repo, commit)
        )
    except KeyError:  # lost, as `move_branch` tells
        return {}


def _content(repo: Repo, leaf: Leaf | None) -> tuple[int, bytes] | None:
    data = bytes_of(repo, leaf)
    return None if leaf is None or data is None else (leaf.mode, data)
