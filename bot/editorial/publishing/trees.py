"""Trees, blobs and commits of a git repository: reading, comparing, editing, joining. Moves no branch and writes no file
of the working folder: objects that nothing points to yet change nothing.
"""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeVar

from dulwich.diff_tree import tree_changes
from dulwich.file import FileLocked
from dulwich.graph import can_fast_forward, find_merge_base
from dulwich.object_store import commit_tree_changes, tree_lookup_path
from dulwich.objects import Blob, Commit, ObjectID, Tree, TreeEntry
from dulwich.repo import Repo

from bot.editorial.publishing.merging import Overlap, merge
from bot.editorial.publishing.outcomes import Author, FileClash

PLAIN = 0o100644

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file, link or submodule in a tree."""

    mode: int
    id: ObjectID


@dataclass(frozen=True, slots=True)
class Difference:
    old: Leaf | None
    new: Leaf | None


def commit_of(repo: Repo, name: ObjectID) -> Commit:
    found = repo.get_object(name)
    if not isinstance(found, Commit):
        raise KeyError(name)
    return found


def tree_of(repo: Repo, commit: ObjectID | None) -> ObjectID | None:
    return None if commit is None else commit_of(repo, commit).tree


def head_of(repo: Repo) -> ObjectID | None:
    """Where the branch stands; None before the first commit."""
    try:
        return repo.head()
    except KeyError:
        return None


def holds(repo: Repo, later: ObjectID | None, earlier: ObjectID) -> bool:
    """Whether the history of a commit has another, or is it."""
    return later is not None and (
        later == earlier
        or (earlier in repo.object_store and can_fast_forward(repo, earlier, later))
    )


def common_commit(repo: Repo, one: ObjectID, other: ObjectID) -> ObjectID | None:
    found = find_merge_base(repo, [one, other])
    return found[0] if found else None


def leaf_at(repo: Repo, tree: ObjectID | None, path: bytes) -> Leaf | None:
    if tree is None:
        return None
    try:
        mode, name = tree_lookup_path(repo.get_object, tree, path)
    except (KeyError, NotADirectoryError):
        return None
    return None if stat.S_ISDIR(mode) else Leaf(mode, name)


def bytes_of(repo: Repo, leaf: Leaf | None) -> bytes | None:
    """What a file says; None for what is no file of ours to read (a submodule) and for nothing."""
    if leaf is None or not (stat.S_ISREG(leaf.mode) or stat.S_ISLNK(leaf.mode)):
        return None
    found = repo.get_object(leaf.id)
    return found.data if isinstance(found, Blob) else None


def differences(repo: Repo, old: ObjectID | None, new: ObjectID | None) -> dict[bytes, Difference]:
    """By path: what differs between two trees."""
    found: dict[bytes, Difference] = {}
    for change in tree_changes(repo.object_store, old, new, change_type_same=True):
        before, after = _leaf_of(change.old), _leaf_of(change.new)
        for path, _ in filter(None, (before, after)):
            found[path] = Difference(before[1] if before else None, after[1] if after else None)
    return found


def edited(
    repo: Repo, tree: ObjectID | None, files: Mapping[bytes, tuple[int, bytes] | None]
) -> ObjectID:
    """The tree with files (mode, bytes) put in and (None) taken out; all else in it stays."""
    leaves: dict[bytes, Leaf | None] = {}
    for path, file in files.items():
        if file is None:
            leaves[path] = None
        else:
            blob = Blob.from_string(file[1])
            add(repo, blob)
            leaves[path] = Leaf(file[0], blob.id)
    return with_leaves(repo, tree, leaves)


def with_leaves(
    repo: Repo, tree: ObjectID | None, leaves: Mapping[bytes, Leaf | None]
) -> ObjectID:
    changes = [
        (path, leaf.mode if leaf else None, leaf.id if leaf else None)
        for path, leaf in leaves.items()
        if leaf is not None or leaf_at(repo, tree, path) is not None
    ]
    start = Tree() if tree is None else tree
    return _unlocked(lambda: commit_tree_changes(repo.object_store, start, changes))


def add_commit(
    repo: Repo,
    tree: ObjectID,
    parents: Iterable[ObjectID],
    author: Author,
    message: str,
    now: datetime,
) -> ObjectID:
    """A commit that no branch points to yet. `now` has a zone, which the commit keeps."""
    commit = Commit()
    commit.tree = tree
    commit.parents = list(parents)
    commit.author = commit.committer = identity(author)
    commit.author_time = commit.commit_time = int(now.timestamp())
    offset = now.utcoffset()
    commit.author_timezone = commit.commit_timezone = int(offset.total_seconds()) if offset else 0
    commit.encoding = b"UTF-8"
    commit.message = message.strip().encode(errors="replace") + b"\n"
    add(repo, commit)
    return commit.id


def again(repo: Repo, commit: Commit, tree: ObjectID, parent: ObjectID | None) -> ObjectID:
    """The same commit by the same author at the same time, with another tree on another parent."""
    copy = commit.copy()
    assert isinstance(copy, Commit)
    copy.tree = tree
    copy.parents = [parent] if parent else []
    add(repo, copy)
    return copy.id


def identity(author: Author) -> bytes:
    """As git writes it; what would end a name or an address early becomes a space."""
    name, email = (
        " ".join(part.translate(dict.fromkeys(map(ord, "<>\n\r\0"), " ")).split())
        for part in (author.name, author.email)
    )
    return f"{name} <{email}>".encode(errors="replace")


def join(
    repo: Repo, base: ObjectID | None, ours: ObjectID, theirs: ObjectID, inside: PurePosixPath
) -> ObjectID | tuple[FileClash, ...]:
    """The tree with what both sides changed since `base`, or the files in which they touch."""
    left, right = differences(repo, base, ours), differences(repo, base, theirs)
    leaves: dict[bytes, Leaf | None] = {}
    clashes: list[FileClash] = []
    for path, theirs_change in right.items():
        ours_change = left.get(path)
        if ours_change is None or ours_change == theirs_change:
            leaves[path] = theirs_change.new
            continue
        texts = [
            bytes_of(repo, leaf) for leaf in (ours_change.old, ours_change.new, theirs_change.new)
        ]
        merged = merge(*texts)
        modes = {change.new.mode for change in (ours_change, theirs_change) if change.new}
        if isinstance(merged, Overlap) or len(modes) != 1 or not stat.S_ISREG(min(modes)):
            shown = os.path.relpath(os.fsdecode(path), inside)
            clashes.append(FileClash(shown, texts[0], published=texts[2], ours=texts[1]))
        elif merged is None:
            leaves[path] = None
        else:
            blob = Blob.from_string(merged)
            add(repo, blob)
            leaves[path] = Leaf(min(modes), blob.id)
    clashes += _files_against_folders(leaves, left, inside)
    return tuple(clashes) if clashes else with_leaves(repo, ours, leaves)


def _files_against_folders(
    leaves: Mapping[bytes, Leaf | None], ours: Mapping[bytes, Difference], inside: PurePosixPath
) -> list[FileClash]:
    """One side made a file where the other made a folder."""
    theirs_new = {path for path, leaf in leaves.items() if leaf}
    ours_new = {path for path, change in ours.items() if change.new}
    return [
        FileClash(os.path.relpath(os.fsdecode(path), inside), None, None, None)
        for new, others in ((theirs_new, ours_new), (ours_new, theirs_new))
        for path in sorted(new)
        if any(folder in others for folder in _folders_of(path))
    ]


def _folders_of(path: bytes) -> list[bytes]:
    parts = path.split(b"/")
    return [b"/".join(parts[:n]) for n in range(1, len(parts))]


def add(repo: Repo, thing: Blob | Tree | Commit) -> None:
    _unlocked(lambda: repo.object_store.add_object(thing))


def _unlocked(write: Callable[[], T]) -> T:
    """Write objects, past the lock files that a killed publisher left. Git itself locks no object, and of us only the
    holder of the folder's lock writes any.
    """
    while True:
        try:
            return write()
        except FileLocked as left:
            os.unlink(left.lockfilename)


def _leaf_of(entry: TreeEntry | None) -> tuple[bytes, Leaf] | None:
    return None if entry is None else (entry.path, Leaf(entry.mode, entry.sha))
