"""The content folder at one moment: the bytes of every file that belongs to the guide.

It must not look into what the files say. A snapshot with one file replaced is how an unsaved draft is checked.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from bot.editorial.problem import Place, Problem, error
from bot.editorial.text_file import text_of

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
)
MEMOS = "memos"
DANGER_LINES = "dangers"
YAML_SUFFIX = ".yaml"
_SUFFIXES = (YAML_SUFFIX, ".yml", ".md")
_LEFT_BY_EDITORS = (".", "~", "#")


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
        return replace(self, files=MappingProxyType({**self.files, name: data}))


def take_snapshot(content_dir: Path) -> Snapshot:
    """Read the folder. A file that cannot be read becomes a problem."""
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


def guide_files(content_dir: Path) -> Iterator[Path]:
    """The paths that belong to the guide: YAML in the folder and in that of dangers, YAML and Markdown in those of memos."""
    yield from _entries(content_dir, _SUFFIXES[:2])
    yield from _entries(content_dir / DANGER_LINES, _SUFFIXES[:2])
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
    return [
        folder / name
        for name in names
        if name.endswith(suffixes)
        and not name.startswith(_LEFT_BY_EDITORS)
        and not name.endswith(_LEFT_BY_EDITORS)
    ]


def _name(path: Path, content_dir: Path) -> str:
    # A file name may hold bytes that are no text; problems are printed and sent as JSON.
    return os.fsencode(path.relative_to(content_dir).as_posix()).decode(errors="replace")
