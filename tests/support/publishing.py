"""Content folders in repositories, and what git itself says about them."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.editorial.publishing.outcomes import Author, Outcome
from bot.editorial.publishing.repository import Repository
from bot.editorial.snapshot import take_snapshot
from tests.support.content import ContentFolder

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
AIGUL = Author("Айгуль", "aigul@example.org")
RU = "memos/passport-taken/ru.md"
KY = "memos/passport-taken/ky.md"
EN = "memos/passport-taken/en.md"
FACTS = "facts.yaml"
WORD, NEW_WORD = "Носите паспорт", "Берегите паспорт"


def git(folder: Path, *arguments: str) -> str:
    """What a git command prints. Its author is somebody who is not on the staff pages."""
    who = ("-c", "user.name=Operator", "-c", "user.email=operator@example.org")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.rstrip("\n")


def status(folder: Path) -> list[str]:
    """What git sees in a folder: an empty list when it is clean."""
    return git(folder, "status", "--porcelain", "--untracked-files=all", ".").splitlines()


def subjects(folder: Path) -> list[str]:
    """Of all commits, newest first."""
    return git(folder, "log", "--format=%s").splitlines()


def files_of(folder: Path, commit: str = "HEAD") -> list[str]:
    """What a commit touched, by path inside its repository."""
    return git(folder, "show", "--format=", "--name-only", "-z", commit).split("\0")[:-1]


def commit_all(folder: Path, message: str = "Write") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "-m", message)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who publishes to a content folder."""

    content: ContentFolder
    repository: Repository

    @property
    def root(self) -> Path:
        return self.content.root

    def held(self, name: str) -> bytes | None:
        path = self.content.path(name)
        return path.read_bytes() if path.exists() else None

    def publish(
        self,
        changes: dict[str, bytes | None],
        bases: dict[str, bytes | None] | None = None,
        message: str = "Say it better",
    ) -> Outcome:
        """Without `bases`, what was changed is what is published now."""
        seen = {name: self.held(name) for name in changes} if bases is None else bases
        return self.repository.publish(changes, seen, AIGUL, message, NOW)

    def publish_word(
        self, name: str, old: str, new: str, message: str = "Say it better"
    ) -> Outcome:
        """Change the first occurrence of a word."""
        text = self.content.read(name)
        assert old in text
        return self.publish({name: text.replace(old, new, 1).encode()}, message=message)


def desk(root: Path, remote: str | None = None) -> Desk:
    return Desk(ContentFolder(root), Repository(root, remote))


class Replicas:
    """A bare repository and the copies of it."""

    def __init__(self, folder: Path, good: ContentFolder) -> None:
        self._folder = folder
        self.hub = folder / "hub.git"
        git(folder, "init", "--bare", "--initial-branch=main", str(self.hub))
        first = self.clone("first")
        git(first.root, "checkout", "-b", "main")
        for name, data in take_snapshot(good.root).files.items():
            first.content.write(name, data.decode())
        commit_all(first.root)
        git(first.root, "push", "--set-upstream", "origin", "main")
        self.first = first
        self.second = self.clone("second")

    def clone(self, name: str) -> Desk:
        git(self._folder, "clone", "--quiet", str(self.hub), name)
        return desk(self._folder / name, "origin")

    def lose(self) -> None:
        self.hub.rename(self.hub.with_name("lost.git"))

    def find(self) -> None:
        self.hub.with_name("lost.git").rename(self.hub)
