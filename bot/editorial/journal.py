"""The journal of a publication: all it changes in one file, so that one rename makes a new edition out of the old one.

While the journal lies in the content folder, the folder may be half-way; who reads through the journal sees the new
edition whole. It must not know git beyond the names of two commits, nor what the files say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.editorial.writing import UNFINISHED, replace_for_good, settle

JOURNAL = f"{UNFINISHED}journal"  # a dot file: no reader takes it for a file of the guide
_FORM = "joldosh-journal-1"


@dataclass(frozen=True, slots=True)
class Entry:
    """`before` is the SHA-256 of the file when the journal was written, `after` its new bytes; None: no such file."""

    __pydantic_config__: ClassVar = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    before: str | None
    after: bytes | None

    def over(self, current: bytes | None) -> bytes | None:
        """What the file says in the new edition. What somebody wrote into it since then by hand stays."""
        return self.after if digest(current) == self.before else current


@dataclass(frozen=True, slots=True)
class Journal:
    """`entries` are by path inside the content folder. The branch moves from `parent` (None: no commit yet) to `commit`.

    `is_publication`: the commit holds these entries and nothing else, so it can be made again on another parent.
    """

    entries: Mapping[str, Entry]
    parent: str | None
    commit: str
    is_publication: bool


@dataclass(frozen=True, slots=True)
class TornJournal:
    """A file in the place of the journal that is no whole journal. It is not followed."""


_WRITTEN = TypeAdapter(Journal)


def digest(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()


def read_journal(content_dir: Path) -> Journal | TornJournal | None:
    """The journal of a publication that is not finished; None when there is none."""
    try:
        data = (content_dir / JOURNAL).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return TornJournal()
    head, _, body = data.partition(b"\n")
    if head != _head(body):
        return TornJournal()
    try:
        return _WRITTEN.validate_json(body)
    except ValidationError:
        return TornJournal()


def write_journal(content_dir: Path, journal: Journal) -> None:
    """The moment of publication. When it returns, a loss of power does not take the new edition back."""
    body = _WRITTEN.dump_json(journal)
    replace_for_good(content_dir / JOURNAL, _head(body) + b"\n" + body)
    settle(content_dir)


def remove_journal(content_dir: Path) -> None:
    """Only when all of it stands in the folder and in its repository."""
    (content_dir / JOURNAL).unlink(missing_ok=True)
    settle(content_dir)


def _head(body: bytes) -> bytes:
    return f"{_FORM} {digest(body)}".encode()
