"""What can come out of publishing, as values: pages and jobs `match` on them. No words for persons are here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.editorial.problem import Problem


@dataclass(frozen=True, slots=True)
class Author:
    """Whom the history names: a member of staff."""

    name: str
    email: str


# Whom the history names for what no member of staff did: the first commit, the joining of two histories.
HOUSE = Author("Joldosh", "joldosh@localhost")


@dataclass(frozen=True, slots=True)
class Published:
    """`commit` is 40 hex digits. With a remote, it has been pushed too."""

    commit: str


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """What was asked for is so already."""


@dataclass(frozen=True, slots=True)
class FileClash:
    """Both changed the same lines of `path` (inside the content folder) since `base`. None: no such file."""

    path: str
    base: bytes | None
    published: bytes | None
    ours: bytes | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Nothing was changed: somebody has to decide."""

    files: tuple[FileClash, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed: the edition would have errors. Warnings are among the problems too."""

    problems: tuple[Problem, ...]


class Reason(StrEnum):
    """Why this copy and the remote are apart. Each goes away by itself or by somebody's hand, none by force."""

    UNREACHABLE = "unreachable"
    NOT_ALLOWED = (
        "not-allowed"  # the remote knows us and takes nothing from us, or does not know us
    )
    NO_REMOTE = "no-remote"  # the repository has no remote of this name
    NO_BRANCH = "no-branch"  # detached HEAD: there is no branch to push
    UNFINISHED = (
        "unfinished"  # a git command of somebody's holds the repository; the next call finishes it
    )
    OVERTAKEN = "overtaken"  # others were faster each time
    IN_THE_WAY = "in-the-way"  # files that somebody changed here by hand and did not commit
    APART = "apart"  # what waits here and what was pushed by others change the same lines
    BROKEN = "broken"  # what was pushed by others has errors


@dataclass(frozen=True, slots=True)
class RemoteTrouble:
    """The edition is live here (`commit`, None when nothing was published) and is pushed the next time.

    `paths` are those in the way, `clashes` those apart, `problems` what is broken.
    """

    reason: Reason
    commit: str | None = None
    paths: tuple[str, ...] = ()
    clashes: tuple[FileClash, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pushed:
    """What had been waiting is with the remote now."""

    commit: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The folder has what others published."""

    commit: str


@dataclass(frozen=True, slots=True)
class Version:
    """One commit that changed the guidance. `paths` are inside the content folder, all that it changed."""

    commit: str
    when: datetime
    author: str
    message: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """What `publish` takes to bring an older edition back. Empty when nothing differs from it."""

    changes: dict[str, bytes | None]
    bases: dict[str, bytes | None]


Outcome = Published | NothingToDo | Clash | Refused | RemoteTrouble
