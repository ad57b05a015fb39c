"""Writes content files: whole or not at all, since a watcher must never read half a file."""

import os
from codecs import BOM_UTF8
from pathlib import Path
from tempfile import NamedTemporaryFile

UNFINISHED = (
    ".publishing-"  # how the names of files begin that a publication leaves when it is killed
)
_NEW = 0o644


def replace_file(path: Path, data: bytes) -> None:
    """The file with these bytes and the permissions it had."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
    os.chmod(file.name, _mode_of(path))
    os.replace(file.name, path)


def replace_for_good(path: Path, data: bytes) -> None:
    """The same, and once `settle` was called for its folder, a loss of power does not take it back.

    One writer at a time: the unfinished file has a name that the next writer of this file takes over, so that a
    killed one leaves nothing behind for ever.
    """
    unfinished = path.with_name(f"{UNFINISHED}{path.name.removeprefix(UNFINISHED)}.new")
    with open(unfinished, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(unfinished, _mode_of(path))
    os.replace(unfinished, path)


def settle(folder: Path) -> None:
    """Let the names in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def as_bytes(text: str, like: bytes) -> bytes:
    """A text with `\\n` line ends as a file with the line ends and the byte order mark of another."""
    if b"\r\n" in like:
        text = text.replace("\n", "\r\n")
    return (BOM_UTF8 if like.startswith(BOM_UTF8) else b"") + text.encode()


def _mode_of(path: Path) -> int:
    return path.stat().st_mode if path.exists() else _NEW
