"""Earlier editions: who changed what when, and the files as they were. Reads only.

What a commit changed never changes, so it is looked up once in a process.
"""

import heapq
import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType

from dulwich.errors import MissingCommitError
from dulwich.object_store import tree_lookup_path
from dulwich.objects import Blob, Commit, ObjectID, parse_tree
from dulwich.repo import Repo

from bot.editorial.publishing.outcomes import Version
from bot.editorial.publishing.trees import differences, head_of
from bot.editorial.publishing.working_copy import WorkingCopy
from bot.editorial.snapshot import Snapshot, is_guide_path

Entry = tuple[int, ObjectID | None]
Entries = dict[bytes, Entry]

_NAME = re.compile(r"[0-9a-f]{40}")
_NOTHING: Entry = (0, None)

_TREES = (
    256  # parsed ones kept while a history is walked: a commit and its parent share most of theirs
)


@dataclass(frozen=True, slots=True)
class _Seen:
    parents: tuple[ObjectID, ...]
    time: int
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

    def _walk(self, copy: WorkingCopy) -> Iterator[_Seen]:
        head = head_of(copy.repo)
        reader = _Reader(copy)
        if head is None or (first := self._look(reader, head)) is None:
            return
        queue, known = [(-first.time, head)], {head}
        while queue:
            seen = self._seen[heapq.heappop(queue)[1]]
            yield seen
            for parent in seen.parents:
                if parent not in known and (before := self._look(reader, parent)) is not None:
                    known.add(parent)
                    heapq.heappush(queue, (-before.time, parent))

    def _look(self, reader: "_Reader", name: ObjectID) -> _Seen | None:
        """None for a commit that was not fetched into this copy."""
        if name in self._seen:
            return self._seen[name]
        commit = reader.commit(name)
        if commit is None:
            return None
        version = Version(
            name.decode(),
            datetime.fromtimestamp(commit.author_time, UTC),
            commit.author.decode(errors="replace").partition(" <")[0],
            commit.message.decode(errors="replace").strip(),
            reader.changed(commit),
        )
        self._seen[name] = seen = _Seen(tuple(commit.parents), commit.commit_time, version)
        return seen


class _Reader:
    """Commits and trees of one walk. A commit is its parent's child a moment later, so what was read is kept a while."""

    def __init__(self, copy: WorkingCopy) -> None:
        self._store = copy.repo.object_store
        self._way = tuple(os.fsencode(part) for part in copy.inside.parts)
        self.commit = lru_cache(_TREES)(self._read_commit)
        self._tree = lru_cache(_TREES)(self._read_tree)

    def changed(self, commit: Commit) -> tuple[str, ...]:
        """What differs from every parent: of a joining of two histories only what it changed itself."""
        content = self._content(commit)
        parents = [self.commit(parent) for parent in commit.parents]
        before = [self._content(parent) if parent else None for parent in parents] or [None]
        if content in before:
            return ()
        changed = [set(self._differences(parent, content, "")) for parent in before]
        return tuple(sorted(filter(is_guide_path, set.intersection(*changed))))

    def _content(self, commit: Commit) -> ObjectID | None:
        """The tree of the content folder."""
        tree: ObjectID | None = commit.tree
        for part in self._way:
            tree = _folder(self._tree(tree).get(part, _NOTHING))
        return tree

    def _differences(
        self, old: ObjectID | None, new: ObjectID | None, prefix: str
    ) -> Iterator[str]:
        before, after = self._tree(old), self._tree(new)
        for name in {name for name, _ in before.items() ^ after.items()}:
            one, other = before.get(name, _NOTHING), after.get(name, _NOTHING)
            path = prefix + name.decode(errors="replace")
            if stat.S_ISDIR(one[0]) or stat.S_ISDIR(other[0]):
                yield from self._differences(_folder(one), _folder(other), f"{path}/")
            if _is_file(one) or _is_file(other):
                yield path

    def _read_commit(self, name: ObjectID) -> Commit | None:
        try:
            found = self._store[name]
        except (KeyError, MissingCommitError):
            return None
        return found if isinstance(found, Commit) else None

    def _read_tree(self, name: ObjectID | None) -> Entries:
        if name is None:
            return {}
        _, raw = self._store.get_raw(name)
        return {
            path: (mode, ObjectID(entry)) for path, mode, entry in parse_tree(raw, len(name) // 2)
        }


def edition_at(copy: WorkingCopy, commit: str) -> Snapshot | None:
    """The files of the guide as a commit has them; None when there is no such commit."""
    if not _NAME.fullmatch(commit):
        return None
    try:
        found = copy.repo.get_object(ObjectID(commit.encode()))
    except KeyError:
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


def _is_in(path: str, wanted: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in wanted)


def _folder(entry: Entry) -> ObjectID | None:
    return entry[1] if stat.S_ISDIR(entry[0]) else None


def _is_file(entry: Entry) -> bool:
    return entry != _NOTHING and not stat.S_ISDIR(entry[0])
