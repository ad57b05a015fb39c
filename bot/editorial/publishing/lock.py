"""Locks: one publisher at a time on a content folder and one machine, and waiting for those of git.

Ours dies with its process. Those of git are files, and one that outlived its process is taken away.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dulwich.file import FileLocked

from bot.editorial.writing import UNFINISHED
from bot.errors import PublishingUnavailable

LOCK = f"{UNFINISHED}lock"
_WAIT_SECONDS = 60  # a publication takes a second or two and holds the lock for no network
_LOOK_SECONDS = 0.02
_STALE_SECONDS = 60  # git holds the lock of a branch for moments


@contextmanager
def folder_lock(content_dir: Path, wait_seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Wait for the lock and hold it. Raises `PublishingUnavailable` when it cannot be had."""
    handle = _take(content_dir / LOCK, time.monotonic() + wait_seconds)
    try:
        yield
    finally:
        os.close(handle)


def _take(path: Path, until: float) -> int:
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as unwritable:
            raise PublishingUnavailable(
                f"{path.parent} cannot be written ({unwritable.strerror}): publishing needs that."
            ) from unwritable
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            if time.monotonic() > until:
                raise PublishingUnavailable(
                    f"Another process has been publishing to {path.parent} for a minute: look what keeps it."
                ) from None
            time.sleep(_LOOK_SECONDS)
            continue
        # Somebody may have cleaned the folder between opening and locking; then others lock another file.
        if path.exists() and path.stat().st_ino == os.fstat(handle).st_ino:
            return handle
        os.close(handle)


def outwait(held: FileLocked, until: float) -> None:
    """Give the holder of a branch's lock a moment. Raises `PublishingUnavailable` after `until` (monotonic)."""
    lock = Path(os.fsdecode(held.lockfilename))
    try:
        age = time.time() - lock.stat().st_mtime
    except FileNotFoundError:
        return
    if age > _STALE_SECONDS:
        lock.unlink(missing_ok=True)
    elif time.monotonic() > until:
        raise PublishingUnavailable(
            f"A git command holds {lock}. When none is running, delete it."
        )
    time.sleep(_LOOK_SECONDS)
