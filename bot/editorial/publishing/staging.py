"""Tells git's index what a publication put into the folder, and nothing else: what others staged stays staged.

The lock of the index is git's own, so git commands of others wait. It is a second name of a file of ours: a lock that a
killed publisher left is known by that and taken away, one of somebody else's never.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dulwich.index import (
    IndexChecksumWriter,
    IndexEntry,
    index_entry_from_stat,
    write_index_dict,
)
from dulwich.repo import Repo

from bot.editorial.publishing.trees import Difference, Leaf, bytes_of, head_of, leaf_at, tree_of
from bot.editorial.publishing.working_copy import WorkingCopy, read_file
from bot.errors import PublishingUnavailable

_WAIT_SECONDS = 5
_LOOK_SECONDS = 0.02
_OURS = "index.publishing"


def stage(copy: WorkingCopy, changes: Mapping[bytes, Difference]) -> None:
    """Put what the branch has now into the index. Raises `PublishingUnavailable` when somebody holds the index."""
    repo = copy.repo
    tree = tree_of(repo, head_of(repo))
    with _index_lock(repo) as lock:
        index = repo.open_index()
        for path, change in changes.items():
            if leaf_at(repo, tree, path) != change.new:
                continue  # somebody committed it anew by hand meanwhile
            if change.new is not None:
                index[path] = _entry(copy, path, change.new)
            elif path in index:
                del index[path]
        with open(lock, "wb") as file:
            writer = IndexChecksumWriter(file, repo.object_format)
            write_index_dict(writer, dict(index.items()), object_format=repo.object_format)
            writer.write_checksum()
            file.flush()
            os.fsync(file.fileno())
        os.replace(lock, repo.index_path())


def _entry(copy: WorkingCopy, path: bytes, leaf: Leaf) -> IndexEntry:
    file = copy.on_disk(path)
    is_as_committed = read_file(file) == (leaf.mode, bytes_of(copy.repo, leaf))
    # Without the times of the file git compares its bytes and finds what was changed by hand.
    found = file.lstat() if is_as_committed else os.stat_result((0,) * 10)
    return index_entry_from_stat(found, leaf.id, leaf.mode)


@contextmanager
def _index_lock(repo: Repo) -> Iterator[Path]:
    lock = Path(f"{repo.index_path()}.lock")
    ours = lock.with_name(_OURS)
    if ours.exists():  # of a killed publisher; the folder's lock says that none is alive
        if lock.exists() and lock.samefile(ours):
            lock.unlink()
        ours.unlink()
    ours.touch()
    try:
        _claim(lock, ours, time.monotonic() + _WAIT_SECONDS)
        try:
            yield lock
        finally:
            if lock.exists() and lock.samefile(ours):
                lock.unlink()
    finally:
        ours.unlink()


def _claim(lock: Path, ours: Path, until: float) -> None:
    while True:
        try:
            os.link(ours, lock)
        except FileExistsError:
            if time.monotonic() > until:
                raise PublishingUnavailable(
                    f"A git command holds {lock}. When none is running, delete that file."
                ) from None
            time.sleep(_LOOK_SECONDS)
        else:
            return
