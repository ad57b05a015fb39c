"""Bots under test as processes: started with a double of their own, pinned to a core, paused, read from /proc."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TOKEN = "42:DOUBLE"
SECRET = secrets.token_hex(16)
_TICK = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Cores:
    """The bot gets a core for itself; the driver and the doubles share the others."""

    bot: frozenset[int]
    others: frozenset[int]

    @classmethod
    def of_this_machine(cls) -> "Cores":
        first, *others = sorted(os.sched_getaffinity(0))
        return cls(frozenset({first}), frozenset(others or {first}))


@dataclass(frozen=True, slots=True)
class Contender:
    """A running bot. `port` takes its updates; `double_port` is the Telegram that it talks to."""

    name: str
    pid: int
    port: int
    double_port: int
    talks: bool

    def processor_seconds(self) -> float:
        """User and system time of all threads so far, to the tick (10 ms)."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICK

    def memory_mb(self) -> float:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise LookupError(f"process {self.pid} has no memory: it is gone")

    def pause(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """The others stand still meanwhile, whatever they would do by themselves."""
        os.kill(self.pid, signal.SIGCONT)
        try:
            yield
        finally:
            self.pause()


@contextmanager
def started(
    name: str, folder: Path, cores: Cores, profile: Path | None = None
) -> Iterator[Contender]:
    """The bot of this name, ready to take updates, paused. It is stopped at the end."""
    port, double_port = _free_ports(2)
    api = f"http://127.0.0.1:{double_port}"
    with ExitStack() as stack:
        double = [sys.executable, "-m", "tests.support.bot_api_double"]
        double += ["--port", str(double_port), "--token", TOKEN, "--strangers", "--no-record"]
        log = stack.enter_context((folder / f"{name}.log").open("w"))
        stack.enter_context(_running(double, cores.others, log, dict(os.environ), Path.cwd()))
        _wait_for(double_port, folder / f"{name}.log")
        if name == "joldosh":
            environment = _joldosh_environment(folder, port, api)
            command = _joldosh("serve", profile=profile)
            # In the temporary folder, where no .env of the developer is read.
            place = folder
            migrate = subprocess.run(
                _joldosh("migrate"),
                cwd=place,
                env=environment,
                check=False,
                stdout=log,
                stderr=log,
            )
            if migrate.returncode:
                raise _failed("joldosh migrate failed", folder / f"{name}.log")
        else:
            environment, place = dict(os.environ), Path.cwd()
            command = [sys.executable, "-m", "tests.bench.peers", name, "--port", str(port)]
            command += ["--api", api, "--token", TOKEN, "--secret", SECRET]
        bot = stack.enter_context(_running(command, cores.bot, log, environment, place))
        _wait_for(port, folder / f"{name}.log")
        contender = Contender(name, bot.pid, port, double_port, talks=name != "echo")
        contender.pause()
        yield contender


def _joldosh(*arguments: str, profile: Path | None = None) -> list[str]:
    if profile is not None:
        return [sys.executable, "-m", "tests.bench.profiled", str(profile), *arguments]
    return [str(Path(sys.executable).with_name("joldosh")), *arguments]


def _joldosh_environment(folder: Path, port: int, api: str) -> dict[str, str]:
    content = os.environ.get("JOLDOSH_CONTENT_DIR", "content")
    return dict(os.environ) | {
        "JOLDOSH_CONTENT_DIR": str(Path(content).resolve()),
        "JOLDOSH_BOT_TOKEN": TOKEN,
        "JOLDOSH_TELEGRAM_API": api,
        "JOLDOSH_WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "JOLDOSH_WEBHOOK_SECRET": SECRET,
        "JOLDOSH_LISTEN": f"127.0.0.1:{port}",
        "JOLDOSH_DATABASE_URL": f"sqlite:///{folder}/joldosh.db",
        "JOLDOSH_SECRET_KEY": secrets.token_hex(32),
    }


@contextmanager
def _running(
    command: list[str],
    cores: frozenset[int],
    log: IO[str],
    environment: dict[str, str],
    place: Path,
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=place, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log
    )
    # Threads that the process starts later inherit it.
    os.sched_setaffinity(process.pid, cores)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listening.getsockname()[1] for listening in sockets]
    for listening in sockets:
        listening.close()
    return ports


def _wait_for(port: int, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise _failed(f"nothing listens on port {port}", log)


def _failed(what: str, log: Path) -> SystemExit:
    return SystemExit(f"{what}. Its log ends so:\n{log.read_text()[-3000:]}")
