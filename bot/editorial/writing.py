"""Writes content files: whole or not at all, since a watcher must never read half a file."""

import os
from codecs import BOM_UTF8
from pathlib import Path
from tempfile import NamedTemporaryFile

_NEW = 0o644


def replace_file(path: Path, data: bytes) -> None:
    """The file with these bytes and the permissions it had."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
    os.chmod(file.name, path.stat().st_mode if path.exists() else _NEW)
    os.replace(file.name, path)


def as_bytes(text: str, like: bytes) -> bytes:
    """A text with `\\n` line ends as a file with the line ends and the byte order mark of another."""
    if b"\r\n" in like:
        text = text.replace("\n", "\r\n")
    return (BOM_UTF8 if like.startswith(BOM_UTF8) else b"") + text.encode()
