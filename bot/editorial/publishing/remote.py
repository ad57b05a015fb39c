"""The way to the remote: what others pushed comes in as objects, what we have goes out. Moves no branch of ours.

The address and the keys are those of the repository (`git remote`, ssh, `http.*` of its configuration). An address may
hold a password: no address and no message of a library goes into a log or an outcome.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Set

import structlog
from dulwich.client import (
    GitClient,
    HTTPProxyUnauthorized,
    HTTPUnauthorized,
    StrangeHostname,
    TransportNotAllowed,
    get_transport_and_path,
)
from dulwich.config import ConfigFile
from dulwich.errors import ApplyDeltaError, ChecksumMismatch, GitProtocolError, NotGitRepository
from dulwich.file import FileLocked
from dulwich.objects import ObjectID
from dulwich.pack import UnpackedObject
from dulwich.refs import HEADREF, LOCAL_BRANCH_PREFIX, Ref
from dulwich.repo import Repo

from bot.editorial.publishing.lock import outwait
from bot.editorial.publishing.outcomes import Reason, RemoteTrouble
from bot.editorial.publishing.trees import holds

log = structlog.get_logger(__name__)

_WAIT_SECONDS = 5
_HTTP_SECONDS = b"8"  # of silence, and the library tries four times
_SSH = (
    b"ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3"
)
_STRANGERS = (HTTPUnauthorized, HTTPProxyUnauthorized, TransportNotAllowed)
_TROUBLES = (
    OSError,
    GitProtocolError,
    NotGitRepository,
    StrangeHostname,
    ChecksumMismatch,
    ApplyDeltaError,
    *_STRANGERS,
)


class Overtaken(Exception):
    """The remote has, or may have, commits that we have not."""


class Remote:
    """A remote of a repository, by its name, and the branch there that ours goes with."""

    def __init__(self, repo: Repo, name: str) -> None:
        self._repo = repo
        self._name = name.encode()
        self._config = repo.get_config_stack()
        # Asked last, so what the repository, the account or the machine say comes first.
        self._config.backends.append(_patience())

    @property
    def branch(self) -> Ref | None:
        """The branch there; None when HEAD is detached."""
        names, _ = self._repo.refs.follow(HEADREF)
        ours = names[-1]
        if not ours.startswith(LOCAL_BRANCH_PREFIX):
            return None
        section = (b"branch", ours.removeprefix(LOCAL_BRANCH_PREFIX))
        if self._get(section, b"remote") == self._name:
            return Ref(self._get(section, b"merge") or ours)
        return Ref(ours)

    @property
    def known(self) -> ObjectID | None:
        """What the branch there had when it was last asked."""
        branch = self.branch
        return None if branch is None else self._read(self._here(branch))

    def fetch(self) -> ObjectID | RemoteTrouble | None:
        """The commit that the branch has there, with all it needs; None when there is no such branch yet."""
        branch = self.branch
        if branch is None:
            return RemoteTrouble(Reason.NO_BRANCH)
        found: list[ObjectID] = []

        def wanted(refs: Mapping[Ref, ObjectID], depth: int | None = None) -> list[ObjectID]:
            if branch in refs:
                found.append(refs[branch])
            return [name for name in found if name not in self._repo.object_store]

        try:
            opened = self._open("pull", b"url")
            if isinstance(opened, RemoteTrouble):
                return opened
            client, path = opened
            client.fetch(path.encode(), self._repo, determine_wants=wanted)
            if found:
                self._remember(branch, found[0])
        except _TROUBLES as trouble:
            return self._told(trouble)
        return found[0] if found else None

    def push(self, tip: ObjectID) -> RemoteTrouble | None:
        """None when the branch there is `tip` now. Raises `Overtaken` when somebody was faster. Never forces."""
        branch = self.branch
        if branch is None:
            return RemoteTrouble(Reason.NO_BRANCH)

        def forward(refs: Mapping[Ref, ObjectID]) -> dict[Ref, ObjectID]:
            theirs = refs.get(branch)
            if theirs is not None and not holds(self._repo, tip, theirs):
                raise Overtaken
            return {branch: tip}

        try:
            opened = self._open("push", b"pushurl")
            if isinstance(opened, RemoteTrouble):
                return opened
            client, path = opened
            result = client.send_pack(path.encode(), forward, generate_pack_data=self._pack)
            if any((result.ref_status or {}).values()):
                # Overtaken at the last moment, or a rule of the remote: what is fetched next tells.
                raise Overtaken
            self._remember(branch, tip)
        except FileLocked as held:  # a folder on this machine, and somebody is pushing there
            raise Overtaken from held
        except _TROUBLES as trouble:
            return self._told(trouble)
        return None

    def _pack(
        self,
        have: Set[ObjectID],
        want: Set[ObjectID],
        *,
        ofs_delta: bool = False,
        progress: Callable[[bytes], None] | None = None,
    ) -> tuple[int, Iterator[UnpackedObject]]:
        return self._repo.generate_pack_data(set(have), set(want), ofs_delta=ofs_delta)

    def _open(self, operation: str, key: bytes) -> tuple[GitClient, str] | RemoteTrouble:
        section = (b"remote", self._name)
        address = self._get(section, key) or self._get(section, b"url")
        if address is None:
            return RemoteTrouble(Reason.NO_REMOTE)
        return get_transport_and_path(
            address.decode(), config=self._config, operation=operation, quiet=True
        )

    def _remember(self, branch: Ref, tip: ObjectID) -> None:
        until = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                self._repo.refs[self._here(branch)] = tip
            except FileLocked as held:  # another process fetches
                outwait(held, until)
            else:
                return

    def _read(self, name: Ref) -> ObjectID | None:
        try:
            return self._repo.refs[name]
        except KeyError:
            return None

    def _here(self, branch: Ref) -> Ref:
        return Ref(b"refs/remotes/" + self._name + b"/" + branch.removeprefix(LOCAL_BRANCH_PREFIX))

    def _get(self, section: tuple[bytes, bytes], key: bytes) -> bytes | None:
        try:
            return self._config.get(section, key)
        except KeyError:
            return None

    def _told(self, trouble: Exception) -> RemoteTrouble:
        reason = Reason.NOT_ALLOWED if isinstance(trouble, _STRANGERS) else Reason.UNREACHABLE
        log.debug("content.remote_trouble", reason=str(reason), kind=type(trouble).__name__)
        return RemoteTrouble(reason)


def pause(attempt: int) -> None:
    """Let the faster one finish; replicas that wait the same time would meet again."""
    time.sleep(random.uniform(0.05, 0.2) * (attempt + 1))  # noqa: S311 (no secret)


def _patience() -> ConfigFile:
    """Nobody sits before this process to type a password, and somebody waits for its answer."""
    config = ConfigFile()
    config.set((b"http",), b"timeout", _HTTP_SECONDS)
    config.set((b"core",), b"sshCommand", _SSH)
    return config
