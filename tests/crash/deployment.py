"""One bot as an operator runs it: its settings, folder and port stay the same over all its lives."""

import asyncio
import io
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientSession

from tests.support.bot_api_double import BotApiDouble

PROJECT = Path(__file__).parent.parent.parent
SMALL_CONTENT = PROJECT / "tests" / "conversations" / "content"
SECRET = "the-secret-of-the-webhook"
_START_SECONDS = 90
_STOP_SECONDS = 60
# Below the ports that outgoing connections get: nobody takes ours while the bot is dead.
_PORTS = range(20_000, 32_000)


class Nursery:
    """The process of `tests.crash.nursery`, for one order at a time."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.crash.nursery"]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._turn = threading.Lock()

    def ask(self, **order: object) -> int:
        assert self._process.stdin
        assert self._process.stdout
        with self._turn:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


class Deployment:
    """A bot that can die and be started again. `webhook` says how it gets its updates."""

    def __init__(
        self,
        nursery: Nursery,
        api: BotApiDouble,
        folder: Path,
        *,
        webhook: bool,
        keep_unanswered: bool = True,
        content: Path = SMALL_CONTENT,
    ) -> None:
        self.folder = folder
        self.store = folder / "joldosh.db"
        self.is_webhook = webhook
        self._nursery = nursery
        self._output = folder / "output.log"
        self._output.touch()
        self._port = _free_port()
        self._pid: int | None = None
        self._environment = {
            "PATH": os.environ["PATH"],
            "JOLDOSH_BOT_TOKEN": api.token,
            "JOLDOSH_TELEGRAM_API": api.url,
            "JOLDOSH_LISTEN": f"127.0.0.1:{self._port}",
            "JOLDOSH_DATABASE_URL": f"sqlite:///{self.store}",
            "JOLDOSH_SECRET_KEY": "the secret key of one deployment",
            "JOLDOSH_CONTENT_DIR": str(content),
            "JOLDOSH_SEARCH_BY_MEANING": "false",
            "JOLDOSH_KEEP_UNANSWERED": str(keep_unanswered),
        }
        if webhook:
            self._environment["JOLDOSH_WEBHOOK_URL"] = self.url
            self._environment["JOLDOSH_WEBHOOK_SECRET"] = SECRET

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def environment(self) -> dict[str, str]:
        """For starting it otherwise than from the nursery."""
        return dict(self._environment)

    @property
    def output(self) -> str:
        """All that its lives so far have written to standard output and error."""
        return self._output.read_text()

    async def start(
        self,
        command: str = "serve",
        *,
        broken: bool = False,
        killed_at: str = "",
        after: bool = False,
    ) -> Self:
        """Start it and wait until it listens. A broken one raises an exception that quotes what it is asked; one that is
        killed at a step of publishing kills itself there.
        """
        assert self._pid is None, "it runs already"
        self._pid = await asyncio.to_thread(
            self._nursery.ask,
            start=[command],
            broken=broken,
            killed_at=killed_at,
            after=after,
            environment=self._environment,
            folder=str(self.folder),
            output=str(self._output),
        )
        await self.listening()
        return self

    async def listening(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while not await self._takes_connections():
            assert time.monotonic() < until, self.output
            await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """As the kernel does when memory runs out: no goodbye."""
        self.signal(signal.SIGKILL)
        assert await self.ended() == -signal.SIGKILL

    async def stop(self) -> int:
        """As an operator does; the exit code."""
        self.signal(signal.SIGTERM)
        return await self.ended()

    def signal(self, number: int) -> None:
        assert self._pid is not None, "it does not run"
        os.kill(self._pid, number)

    async def ended(self) -> int:
        """Wait for its end; the exit code, as `subprocess` counts: -9 is SIGKILL."""
        assert self._pid is not None, "it does not run"
        pid, self._pid = self._pid, None
        waiting = asyncio.create_task(asyncio.to_thread(self._nursery.ask, wait=pid))
        try:
            return await asyncio.wait_for(asyncio.shield(waiting), _STOP_SECONDS)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            await waiting
            raise

    async def close(self) -> None:
        if self._pid is not None:
            await self.kill()

    async def post(self, update: dict[str, Any] | bytes, secret: str | None = SECRET) -> int:
        """What Telegram, or somebody who plays it, posts to the webhook; the status."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        url = f"{self.url}/telegram/webhook"
        async with (
            ClientSession() as session,
            session.post(url, data=io.BytesIO(body), headers=headers) as answer,
        ):
            return answer.status

    async def read(self, path: str) -> str:
        async with ClientSession() as session, session.get(self.url + path) as answer:
            assert answer.status == 200
            return await answer.text()

    @contextmanager
    def opened_store(self) -> Iterator[sqlite3.Connection]:
        """The database as another process sees it."""
        with closing(sqlite3.connect(self.store, isolation_level=None)) as connection:
            yield connection

    def unsent(self) -> int:
        """Updates that were committed and not noted as answered."""
        with self.opened_store() as connection:
            [(count,)] = connection.execute("SELECT count(*) FROM handled_update WHERE NOT sent")
        return int(count)

    def forget_everything(self) -> None:
        """Delete the files of the database."""
        for file in self.folder.glob(self.store.name + "*"):
            file.unlink()

    async def _takes_connections(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True


def _free_port() -> int:
    while True:
        port = random.choice(_PORTS)  # noqa: S311
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
