"""Earlier states of the texts, from the git history of the content folder. Reads only; a folder without git has no history.

The folder may be a repository, a folder in a larger one, or stand in a worktree of one.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dulwich.errors import MissingCommitError, NotGitRepository
from dulwich.index import ConflictedIndexEntry
from dulwich.object_store import tree_lookup_path
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

from bot.editorial.files.memos import TEXT_SUFFIX, MemoText, read_text
from bot.editorial.snapshot import MEMOS
from bot.editorial.text_file import text_of


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A base text as it was. `commit` is where it was met, newest first; None when it was only staged."""

    text: MemoText
    source: str
    commit: str | None
    when: datetime | None


def earlier_texts(
    content_dir: Path, base_language: str, wanted: Mapping[str, str]
) -> Mapping[str, EarlierText]:
    """By memo: its base text with the wanted hash, for those that the history has."""
    try:
        repo = Repo.discover(str(content_dir.resolve()))
    except NotGitRepository:
        return {}
    with repo:
        search = _Search(repo, content_dir.resolve(), base_language, wanted)
        search.commits()
        search.staged()
        return search.found


class _Search:
    """Looks at each state of a text once, however many commits have it."""

    def __init__(
        self, repo: Repo, content_dir: Path, base_language: str, wanted: Mapping[str, str]
    ) -> None:
        self.found: dict[str, EarlierText] = {}
        self._repo = repo
        inside = content_dir.relative_to(Path(repo.path).resolve())
        self._memos = (inside / MEMOS).as_posix().encode()
        self._name = f"{base_language}{TEXT_SUFFIX}"
        self._lang = base_language
        self._wanted = dict(wanted)
        self._seen: set[tuple[str, ObjectID]] = set()

    def staged(self) -> None:
        """What was added and not committed yet."""
        index = self._repo.open_index()
        for memo in self._left():
            path = b"/".join([self._memos, memo.encode(), self._name.encode()])
            with suppress(KeyError):
                entry = index[path]
                if not isinstance(entry, ConflictedIndexEntry):
                    self._look(memo, entry.sha, None)

    def commits(self) -> None:
        folders_before: dict[str, ObjectID] = {}
        for commit in self._walk():
            if not self._wanted:
                return
            folders = self._folders(commit)
            for memo in self._left():
                folder = folders.get(memo)
                # Most commits leave most memos alone, and a folder has one name for one state.
                if folder is None or folder == folders_before.get(memo):
                    continue
                tree = self._object(folder)
                if isinstance(tree, Tree) and self._name.encode() in tree:
                    self._look(memo, tree[self._name.encode()][1], commit)
            folders_before = folders

    def _left(self) -> Collection[str]:
        return tuple(self._wanted)

    def _walk(self) -> Iterator[Commit]:
        try:
            for entry in self._repo.get_walker():
                yield entry.commit
        except (KeyError, MissingCommitError):
            return  # no commit yet, or a shallow copy: what is here has been seen

    def _folders(self, commit: Commit) -> dict[str, ObjectID]:
        try:
            _, memos = tree_lookup_path(self._repo.get_object, commit.tree, self._memos)
        except (KeyError, NotADirectoryError):
            return {}
        tree = self._object(memos)
        if not isinstance(tree, Tree):
            return {}
        return {entry.path.decode(errors="replace"): entry.sha for entry in tree.iteritems()}

    def _look(self, memo: str, blob_id: ObjectID, commit: Commit | None) -> None:
        if (memo, blob_id) in self._seen:
            return
        self._seen.add((memo, blob_id))
        blob = self._object(blob_id)
        if not isinstance(blob, Blob):
            return
        source, _ = text_of(blob.data, self._name)
        text = read_text(source, f"{MEMOS}/{memo}/{self._name}", self._lang)[0] if source else None
        if source is None or text is None or text.hash != self._wanted[memo]:
            return
        when = datetime.fromtimestamp(commit.commit_time, UTC) if commit else None
        name = commit.id.decode() if commit else None
        self.found[memo] = EarlierText(text, source, name, when)
        del self._wanted[memo]

    def _object(self, name: ObjectID) -> object:
        try:
            return self._repo.get_object(name)
        except KeyError:  # not fetched into this copy
            return None
