"""The content folder with the repository that it is, or stands in; founds one where there is none.

What lies in the folder is read and written here by the path inside the repository. It decides nothing.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from dulwich.errors import NotGitRepository
from dulwich.ignore import IgnoreFilterManager
from dulwich.index import Index, index_entry_from_stat
from dulwich.objects import ObjectID
from dulwich.refs import HEADREF
from dulwich.repo import Repo

from bot.editorial.journal import Journal
from bot.editorial.publishing.outcomes import HOUSE
from bot.editorial.publishing.trees import (
    PLAIN,
    add_commit,
    differences,
    edited,
    head_of,
    tree_of,
)
from bot.editorial.snapshot import is_guide_path
from bot.editorial.writing import UNFINISHED
from bot.errors import PublishingUnavailable

_NEW_REPOSITORY = f"{UNFINISHED}repository"
_FIRST_MESSAGE = "Keep the guidance as it stood"
_EXECUTABLE, _LINK = 0o100755, 0o120000


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """`inside` is the path from the repository's working folder to the content folder, `.` when they are one."""

    content_dir: Path
    repo: Repo
    inside: PurePosixPath

    def path_in_repo(self, name: str) -> bytes:
        return os.fsencode((self.inside / name).as_posix())

    def guide_name(self, path: bytes) -> str | None:
        """The name inside the content folder; None when the path is no file of the guide."""
        try:
            name = PurePosixPath(os.fsdecode(path)).relative_to(self.inside).as_posix()
        except ValueError:
            return None
        return name if is_guide_path(name) else None

    def on_disk(self, path: bytes) -> Path:
        return Path(self.repo.path) / os.fsdecode(path)

    def is_plain(self, path: bytes) -> bool:
        """Whether no link stands in the way to a file or in its place, so that it lies where its path says."""
        top, place = Path(self.repo.path), self.on_disk(path)
        folders = [folder for folder in place.parents if folder != top and top in folder.parents]
        return all(not folder.is_symlink() for folder in folders) and (
            not place.is_symlink() and (place.is_file() or not place.exists())
        )


def read_file(path: Path) -> tuple[int, bytes] | None:
    """The mode, as git keeps it, and the bytes of a file or link; None when there is none."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return _LINK, os.fsencode(os.readlink(path))
        if stat.S_ISREG(mode):
            return (_EXECUTABLE if mode & stat.S_IXUSR else PLAIN), path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        pass
    return None


@contextmanager
def open_copy(content_dir: Path) -> Iterator[WorkingCopy | None]:
    """The folder with its repository; None when it has none."""
    copy = _discover(content_dir.resolve())
    if copy is None:
        yield None
        return
    with copy.repo:
        yield copy


def _discover(content_dir: Path) -> WorkingCopy | None:
    try:
        repo = Repo.discover(content_dir)
    except NotGitRepository:
        return None
    try:
        top = Path(repo.path).resolve()
        inside = PurePosixPath(content_dir.relative_to(top).as_posix())
    except ValueError:  # the working folder is elsewhere
        repo.close()
        return None
    copy = WorkingCopy(content_dir, repo, inside)
    if _is_ignored(copy):
        repo.close()
        return None
    return copy


def _is_ignored(copy: WorkingCopy) -> bool:
    """A repository that ignores the folder and has nothing of it is not its repository."""
    if copy.inside == PurePosixPath():
        return False
    if not IgnoreFilterManager.from_repo(copy.repo).is_ignored(f"{copy.inside}/"):
        return False
    tree = tree_of(copy.repo, head_of(copy.repo))
    return not any(copy.guide_name(path) for path in differences(copy.repo, None, tree))


def found_repository(content_dir: Path, now: datetime) -> None:
    """Make the folder a repository with what lies in it as the first commit; all of that appears at once.

    Raises `PublishingUnavailable` when the folder has a damaged one.
    """
    content_dir = content_dir.resolve()
    nursery = content_dir / _NEW_REPOSITORY
    shutil.rmtree(nursery, ignore_errors=True)  # of one that was killed
    nursery.mkdir()
    with Repo.init(nursery, default_branch=b"main") as repo:
        ignore_our_files(repo)
        names = files_to_keep(IgnoreFilterManager(str(content_dir), [], False), content_dir)
        commit = _first_commit(repo, content_dir, PurePosixPath(), names, now)
        repo.refs.add_if_new(HEADREF, commit)
        index = Index(repo.index_path(), read=False)
        for path, difference in differences(repo, None, tree_of(repo, commit)).items():
            assert difference.new is not None
            found = (content_dir / os.fsdecode(path)).lstat()
            index[path] = index_entry_from_stat(found, difference.new.id, difference.new.mode)
        index.write()
    try:
        (nursery / ".git").rename(content_dir / ".git")
    except OSError as damaged:
        raise PublishingUnavailable(
            f"{content_dir / '.git'} is no repository: mend it or put it away."
        ) from damaged
    nursery.rmdir()


def keep_first(copy: WorkingCopy, now: datetime) -> Journal | None:
    """The first commit of a repository that has none: what lies in the content folder, and nothing beside it."""
    if head_of(copy.repo) is not None:
        return None
    ignored = IgnoreFilterManager.from_repo(copy.repo)
    prefix = "" if copy.inside == PurePosixPath() else f"{copy.inside}/"
    names = files_to_keep(ignored, copy.content_dir, prefix)
    commit = _first_commit(copy.repo, copy.content_dir, copy.inside, names, now)
    return Journal({}, None, commit.decode(), is_publication=True)


def _first_commit(
    repo: Repo, content_dir: Path, inside: PurePosixPath, names: list[str], now: datetime
) -> ObjectID:
    """A commit of files as they lie in the content folder."""
    files = {
        os.fsencode((inside / name).as_posix()): file
        for name in names
        if (file := read_file(content_dir / name)) is not None
    }
    tree = edited(repo, None, dict(files))
    return add_commit(repo, tree, (), HOUSE, _FIRST_MESSAGE, now)


def files_to_keep(ignored: IgnoreFilterManager, content_dir: Path, prefix: str = "") -> list[str]:
    """What lies in the content folder and is not ignored; `prefix` is the way to it from the ignoring folder."""
    names: list[str] = []
    for folder, folders, files in os.walk(content_dir):
        folders[:] = [name for name in folders if name not in (".git", _NEW_REPOSITORY)]
        here = Path(folder).relative_to(content_dir)
        names += [
            name
            for name in ((here / file).as_posix() for file in files)
            if not Path(name).name.startswith(UNFINISHED)
            and not ignored.is_ignored(f"{prefix}{name}")
        ]
    return sorted(names)


def ignore_our_files(repo: Repo) -> None:
    """Let git overlook the lock and the journal. In this copy only: nothing of it is committed."""
    path = Path(repo.commondir()) / "info" / "exclude"
    line = f"{UNFINISHED}*".encode()
    text = path.read_bytes() if path.exists() else b""
    if line not in text.splitlines():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(
            text + (b"" if text.endswith(b"\n") or not text else b"\n") + line + b"\n"
        )
