"""Earlier editions: who changed what when, and the files as they were. Reads only.

What a commit changed never changes, so it is looked up once in a process.
"""

import heapq
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import MappingProxyType

from dulwich.errors import MissingCommitError
from dulwich.object_store import tree_lookup_path
from dulwich.objects import Blob, Commit, ObjectID
from dulwich.repo import Repo

from bot.editorial.publishing.outcomes import Version
from bot.editorial.publishing.trees import differences, head_of
from bot.editorial.publishing.working_copy import WorkingCopy
from bot.editorial.snapshot import Snapshot, is_guide_path


@dataclass(frozen=True, slots=True)
class _Seen:
    parents: tuple[ObjectID, ...]
    time: int
    content: ObjectID | None  # the tree of the content folder
    version: Version


class Past:
    """The history of one content folder. May be asked from several threads."""

    def __init__(self) -> None:
        self._seen: dict[ObjectID, _Seen] = {}

    def versions(self, copy: WorkingCopy, paths: Collection[str]) -> tuple[Version, ...]:
        """Newest first: the commits that changed one of the paths (files, or folders with all in them); all without any."""
        wanted = tuple(paths)
        return tuple(
            seen.version
            for seen in self._walk(copy)
            if seen.version.paths
            and (not wanted or any(_is_in(path, wanted) for path in seen.version.paths))
        )

    def _walk(self, copy: WorkingCopy) -> list[_Seen]:
        head = head_of(copy.repo)
        found: list[_Seen] = []
        if head is None or (first := self._look(copy, head)) is None:
            return found
        queue, known = [(-first.time, head)], {head}
        while queue:
            seen = self._seen[heapq.heappop(queue)[1]]
            found.append(seen)
            for parent in seen.parents:
                if parent not in known and (before := self._look(copy, parent)) is not None:
                    known.add(parent)
                    heapq.heappush(queue, (-before.time, parent))
        return found

    def _look(self, copy: WorkingCopy, name: ObjectID) -> _Seen | None:
        """None for a commit that was not fetched into this copy."""
        if name in self._seen:
            return self._seen[name]
        try:
            commit = copy.repo.get_object(name)
        except (KeyError, MissingCommitError):
            return None
        if not isinstance(commit, Commit):
            return None
        content = _content_of(copy.repo, commit, copy.inside)
        parents = tuple(commit.parents)
        before = [self._content_at(copy, parent) for parent in parents] or [None]
        version = Version(
            name.decode(),
            datetime.fromtimestamp(commit.author_time, UTC),
            commit.author.decode(errors="replace").partition(" <")[0],
            commit.message.decode(errors="replace").strip(),
            _changed(copy.repo, before, content),
        )
        self._seen[name] = seen = _Seen(parents, commit.commit_time, content, version)
        return seen

    def _content_at(self, copy: WorkingCopy, name: ObjectID) -> ObjectID | None:
        if name in self._seen:
            return self._seen[name].content
        try:
            commit = copy.repo.get_object(name)
        except KeyError:
            return None
        return _content_of(copy.repo, commit, copy.inside) if isinstance(commit, Commit) else None


def edition_at(copy: WorkingCopy, commit: str) -> Snapshot | None:
    """The files of the guide as a commit has them; None when there is no such commit."""
    try:
        found = copy.repo.get_object(ObjectID(commit.encode("ascii")))
    except (KeyError, ValueError, UnicodeEncodeError):
        return None
    if not isinstance(found, Commit):
        return None
    content = _content_of(copy.repo, found, copy.inside)
    files: dict[str, bytes] = {}
    for path, difference in sorted(differences(copy.repo, None, content).items()):
        name = path.decode(errors="replace")
        blob = copy.repo.get_object(difference.new.id) if difference.new else None
        if is_guide_path(name) and isinstance(blob, Blob):
            files[name] = blob.data
    return Snapshot(MappingProxyType(files))


def _content_of(repo: Repo, commit: Commit, inside: PurePosixPath) -> ObjectID | None:
    if inside == PurePosixPath():
        return ObjectID(commit.tree)
    try:
        found = tree_lookup_path(repo.get_object, commit.tree, str(inside).encode())
    except (KeyError, NotADirectoryError):
        return None
    return ObjectID(found[1])


def _changed(
    repo: Repo, before: list[ObjectID | None], content: ObjectID | None
) -> tuple[str, ...]:
    """What differs from every parent: of a joining of two histories only what it changed itself."""
    if content in before:
        return ()
    changed = [set(differences(repo, parent, content)) for parent in before]
    names = (path.decode(errors="replace") for path in set.intersection(*changed))
    return tuple(sorted(name for name in names if is_guide_path(name)))


def _is_in(path: str, wanted: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in wanted)
