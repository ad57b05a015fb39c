"""The content folder at one moment: the bytes of every file that belongs to the guide.

While a publication is being laid into the folder, or was left half-way by a killed one, a snapshot is the new edition,
whole. It must not look into what the files say. A snapshot with files replaced is how an unsaved draft is checked.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import assert_never

from bot.editorial.journal import JOURNAL, Journal, TornJournal, read_journal
from bot.editorial.problem import Place, Problem, error
from bot.editorial.text_file import text_of

Marks = tuple[tuple[str, int, int, int], ...]

SIZE_LIMIT = 1_000_000  # bytes; the largest real file (the glossary) has 160 thousand
LEDGERS = (
    "guide.yaml",
    "facts.yaml",
    "sources.yaml",
    "contacts.yaml",
    "dangers.yaml",
    "cards.yaml",
    "glossary.yaml",
    "wording.yaml",
    "regions.yaml",
    "not-ours.yaml",
    "calendar.yaml",
)
MEMOS = "memos"
DANGER_LINES = "dangers"
FLOWS = "flows"
YAML_SUFFIX = ".yaml"
_SUFFIXES = (YAML_SUFFIX, ".yml", ".md")
_LEFT_BY_EDITORS = (".", "~", "#")
_LOOKS = (
    20  # until the folder stands still: a publication takes a tenth of a second, a look a fiftieth
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`files` maps a path inside the content folder (with `/`) to its bytes.

    `problems` names files that could not be read at all; they are missing in `files`.
    """

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Equal for equal files, whatever their times: 16 hex digits of SHA-256."""
        digest = sha256()
        for name in sorted(self.files):
            data = self.files[name]
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()[:16]

    def text(self, name: str) -> str | None:
        """A file with `\\n` line ends; None when it is not there or is no text."""
        data = self.files.get(name)
        return None if data is None else text_of(data, name)[0]

    def with_file(self, name: str, data: bytes) -> "Snapshot":
        """The same folder with one file replaced or added."""
        return self.with_files({name: data})

    def with_files(self, changes: Mapping[str, bytes | None]) -> "Snapshot":
        """The same folder with files replaced, added or (None) taken away."""
        files = {name: data for name, data in self.files.items() if name not in changes}
        files |= {name: data for name, data in changes.items() if data is not None}
        return replace(self, files=MappingProxyType(files))


def take_snapshot(content_dir: Path) -> Snapshot:
    """Read the folder: the old edition or the new one, never some files of each. A file that cannot be read becomes a
    problem.
    """
    snapshot = Snapshot(MappingProxyType({}))
    for _ in range(_LOOKS):
        marks, journal_mark = content_marks(content_dir), _mark(content_dir / JOURNAL)
        journal = read_journal(content_dir)
        snapshot = _through(journal, _folder(content_dir))
        # Under one journal all that is laid is in it. Without one, a publication may have come and gone meanwhile.
        if journal is not None and _mark(content_dir / JOURNAL) == journal_mark:
            break
        if content_marks(content_dir) == marks:
            break
    return snapshot


def _folder(content_dir: Path) -> Snapshot:
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in guide_files(content_dir):
        name = _name(path, content_dir)
        try:
            if not path.is_file():
                problems.append(error(Place(name, 1), "not-a-file"))
            elif path.stat().st_size > SIZE_LIMIT:
                problems.append(error(Place(name, 1), "file-too-large", limit=SIZE_LIMIT // 1000))
            else:
                files[name] = path.read_bytes()
        except OSError as unreadable:
            reason = unreadable.strerror or type(unreadable).__name__
            problems.append(error(Place(name, 1), "file-unreadable", reason=reason))
    return Snapshot(MappingProxyType(files), tuple(problems))


def _through(journal: Journal | TornJournal | None, folder: Snapshot) -> Snapshot:
    match journal:
        case None:
            return folder
        case TornJournal():
            torn = error(Place(JOURNAL, 1), "torn-journal")
            return replace(folder, problems=(*folder.problems, torn))
        case Journal(entries=entries):
            return folder.with_files(
                {path: entry.over(folder.files.get(path)) for path, entry in entries.items()}
            )
        case _:
            assert_never(journal)


def content_marks(content_dir: Path) -> Marks:
    """What tells a changed folder from an unchanged one without reading its files."""
    return tuple(_mark(path) for path in (content_dir / JOURNAL, *guide_files(content_dir)))


def _mark(path: Path) -> tuple[str, int, int, int]:
    try:
        stat = path.stat()
    except OSError:  # not there, or gone between listing and looking
        stat = os.stat_result((0,) * 10)
    return str(path), stat.st_ino, stat.st_size, stat.st_mtime_ns


def is_guide_path(name: str) -> bool:
    """Whether a path inside the folder is one that a file of the guide can have."""
    if not name.isprintable():
        return False
    match name.split("/"):
        case [file]:
            return _belongs(file, _SUFFIXES[:2])
        case [folder, file] if folder in (DANGER_LINES, FLOWS):
            return _belongs(file, _SUFFIXES[:2])
        case [folder, memo, file] if folder == MEMOS:
            return memo != "" and _belongs(memo) and _belongs(file, _SUFFIXES)
        case _:
            return False


def guide_files(content_dir: Path) -> Iterator[Path]:
    """The paths that belong to the guide: YAML in the folder and in those of dangers and flows, YAML and Markdown in those
    of memos.
    """
    yield from _entries(content_dir, _SUFFIXES[:2])
    yield from _entries(content_dir / DANGER_LINES, _SUFFIXES[:2])
    yield from _entries(content_dir / FLOWS, _SUFFIXES[:2])
    for folder in _entries(content_dir / MEMOS):
        if folder.is_dir():
            yield from _entries(folder, _SUFFIXES)


def _entries(folder: Path, suffixes: tuple[str, ...] = ("",)) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except (
        OSError
    ):  # a folder that is missing has no entries; what it lacks is a problem of its own
        return []
    return [folder / name for name in names if _belongs(name, suffixes)]


def _belongs(name: str, suffixes: tuple[str, ...] = ("",)) -> bool:
    return (
        name.endswith(suffixes)
        and not name.startswith(_LEFT_BY_EDITORS)
        and not name.endswith(_LEFT_BY_EDITORS)
    )


def _name(path: Path, content_dir: Path) -> str:
    # A file name may hold bytes that are no text; problems are printed and sent as JSON.
    return os.fsencode(path.relative_to(content_dir).as_posix()).decode(errors="replace")
