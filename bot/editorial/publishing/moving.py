"""Taking in what others pushed: which files of this folder change, and whether they can. Plans; changes nothing.

Histories that grew apart are joined by a commit with both as parents, when no line was changed by both.
"""

from dataclasses import dataclass
from datetime import datetime
from stat import S_ISREG

from dulwich.index import ConflictedIndexEntry
from dulwich.objects import ObjectID

from bot.editorial.journal import Entry, Journal, digest
from bot.editorial.problem import Place, error
from bot.editorial.publishing.outcomes import HOUSE, Author, Reason, RemoteTrouble
from bot.editorial.publishing.trees import (
    Difference,
    add_commit,
    bytes_of,
    common_commit,
    differences,
    head_of,
    holds,
    join,
    tree_of,
)
from bot.editorial.publishing.working_copy import WorkingCopy, read_file

_JOIN_MESSAGE = "Join what was published here and elsewhere"


@dataclass(frozen=True, slots=True)
class Move:
    """The branch goes to `journal.commit`; `changes` are by name inside the content folder (None: deleted)."""

    journal: Journal
    changes: dict[str, bytes | None]


def plan_move(
    copy: WorkingCopy,
    theirs: ObjectID,
    now: datetime,
    author: Author = HOUSE,
    *,
    may_join: bool = True,
) -> Move | RemoteTrouble | None:
    """How to have what the remote has; None when it is here."""
    repo = copy.repo
    head = head_of(repo)
    if holds(repo, head, theirs):
        return None
    target = theirs
    if head is not None and not holds(repo, theirs, head):
        if not may_join:
            return RemoteTrouble(Reason.APART)
        joined = _join(copy, head, theirs, author, now)
        if isinstance(joined, RemoteTrouble):
            return joined
        target = joined
    changes = differences(repo, tree_of(repo, head), tree_of(repo, target))
    if dirty := _in_the_way(copy, changes):
        return RemoteTrouble(Reason.IN_THE_WAY, paths=dirty)
    if links := [
        name
        for path, change in changes.items()
        if (name := copy.guide_name(path)) and change.new and not S_ISREG(change.new.mode)
    ]:
        problems = tuple(error(Place(name, 1), "not-a-file") for name in links)
        return RemoteTrouble(Reason.BROKEN, problems=problems)
    names = {
        name: change
        for path, change in changes.items()
        if (name := copy.guide_name(path)) is not None
    }
    entries = {
        name: Entry(_digest_now(copy, name), bytes_of(repo, change.new))
        for name, change in names.items()
    }
    parent = head.decode() if head else None
    return Move(
        Journal(entries, parent, target.decode(), is_publication=False),
        {name: entry.after for name, entry in entries.items()},
    )


def _join(
    copy: WorkingCopy, head: ObjectID, theirs: ObjectID, author: Author, now: datetime
) -> ObjectID | RemoteTrouble:
    repo = copy.repo
    common = common_commit(repo, head, theirs)
    ours_tree, theirs_tree = tree_of(repo, head), tree_of(repo, theirs)
    assert ours_tree is not None
    assert theirs_tree is not None
    tree = join(repo, tree_of(repo, common), ours_tree, theirs_tree, copy.inside)
    if isinstance(tree, tuple):
        return RemoteTrouble(Reason.APART, clashes=tree)
    return add_commit(repo, tree, (head, theirs), author, _JOIN_MESSAGE, now)


def _in_the_way(copy: WorkingCopy, changes: dict[bytes, Difference]) -> tuple[str, ...]:
    """Files that the move would change and that somebody changed or staged by hand."""
    index = copy.repo.open_index()
    found = []
    for path, change in changes.items():
        known = {leaf.id if leaf else None for leaf in (change.old, change.new)}
        staged = index[path] if path in index else None  # noqa: SIM401 (no mapping)
        if (
            isinstance(staged, ConflictedIndexEntry)
            or (staged.sha if staged else None) not in known
        ):
            found.append(path)
            continue
        file = read_file(copy.on_disk(path))
        texts = {bytes_of(copy.repo, leaf) for leaf in (change.old, change.new)}
        if (file[1] if file else None) not in texts or _is_hidden(copy, path):
            found.append(path)
    return tuple(sorted(path.decode(errors="replace") for path in found))


def _is_hidden(copy: WorkingCopy, path: bytes) -> bool:
    return copy.guide_name(path) is not None and not copy.is_plain(path)


def _digest_now(copy: WorkingCopy, name: str) -> str | None:
    file = read_file(copy.content_dir / name)
    return digest(file[1] if file else None)
