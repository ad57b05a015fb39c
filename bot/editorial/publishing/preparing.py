"""From the changes of a draft to a journal: merged with what was published since, and committed beside the branch.

Nothing that anybody reads changes here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.editorial.journal import Entry, Journal, digest
from bot.editorial.problem import Place, error
from bot.editorial.publishing.merging import Overlap, merge
from bot.editorial.publishing.outcomes import Author, Clash, FileClash, NothingToDo, Refused
from bot.editorial.publishing.trees import (
    PLAIN,
    add_commit,
    bytes_of,
    edited,
    head_of,
    leaf_at,
    tree_of,
)
from bot.editorial.publishing.working_copy import WorkingCopy
from bot.editorial.snapshot import Snapshot, is_guide_path, take_snapshot


@dataclass(frozen=True, slots=True)
class Prepared:
    journal: Journal
    edition: Snapshot


def prepare(
    copy: WorkingCopy,
    changes: Mapping[str, bytes | None],
    bases: Mapping[str, bytes | None],
    author: Author,
    message: str,
    now: datetime,
) -> Prepared | NothingToDo | Clash | Refused:
    """The caller holds the folder's lock; nothing is half-way."""
    if strange := [name for name in changes if not _is_ours(copy, name)]:
        return Refused(tuple(error(Place(name, 1), "not-a-guide-path") for name in strange))
    published = take_snapshot(copy.content_dir)
    merged = {
        name: merge(bases.get(name), ours, published.files.get(name))
        for name, ours in changes.items()
    }
    clashes = tuple(
        FileClash(name, bases.get(name), published.files.get(name), changes[name])
        for name, text in merged.items()
        if isinstance(text, Overlap)
    )
    if clashes:
        return Clash(clashes)
    texts = {name: text for name, text in merged.items() if not isinstance(text, Overlap)}
    head = head_of(copy.repo)
    tree = tree_of(copy.repo, head)
    files: dict[bytes, tuple[int, bytes] | None] = {}
    for name, text in texts.items():
        path = copy.path_in_repo(name)
        leaf = leaf_at(copy.repo, tree, path)
        if text != bytes_of(copy.repo, leaf):
            files[path] = None if text is None else (leaf.mode if leaf else PLAIN, text)
    if not files and all(text == published.files.get(name) for name, text in texts.items()):
        return NothingToDo()
    commit = add_commit(
        copy.repo, edited(copy.repo, tree, files), [head] if head else [], author, message, now
    )
    entries = {
        name: Entry(digest(published.files.get(name)), text) for name, text in texts.items()
    }
    journal = Journal(
        entries, head.decode() if head else None, commit.decode(), is_publication=True
    )
    return Prepared(journal, published.with_files(texts))


def _is_ours(copy: WorkingCopy, name: str) -> bool:
    return is_guide_path(name) and copy.is_plain(copy.path_in_repo(name))
