"""Where the server may listen, how it starts, and that it stops without cutting requests off."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from bot.errors import JoldoshError, SettingsError
from bot.web.addresses import is_loopback, split_address
from bot.web.serving import serve


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ("127.0.0.1:8080", True),
        ("127.9.9.9:80", True),
        ("localhost:8080", True),
        ("[::1]:8080", True),
        ("0.0.0.0:8080", False),
        ("[::]:8080", False),
        ("192.168.1.5:8080", False),
        ("joldosh.example:8080", False),
        ("localhost.example:8080", False),
    ],
)
def test_which_addresses_only_this_machine_reaches(listen: str, expected: bool) -> None:
    assert is_loopback(listen) is expected


@pytest.mark.parametrize("listen", ["", "8080", ":8080", "127.0.0.1", "127.0.0.1:web", "[::1]"])
def test_an_address_needs_host_and_port(listen: str) -> None:
    with pytest.raises(SettingsError, match="JOLDOSH_LISTEN"):
        split_address(listen)


class Site:
    """An application with a slow page and an endless one."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.entered = asyncio.Event()
        self.ended = asyncio.Event()
        self.app = Starlette(
            routes=[Route("/slow", self._slow), Route("/endless", self._endless)],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        yield
        self.happened.append("closed")

    async def _slow(self, _request: Request) -> PlainTextResponse:
        self.entered.set()
        await asyncio.sleep(0.3)
        self.happened.append("answered")
        return PlainTextResponse("done")

    async def _endless(self, _request: Request) -> StreamingResponse:
        async def ticks() -> AsyncIterator[bytes]:
            yield b"tick"
            self.entered.set()
            await self.ended.wait()

        return StreamingResponse(ticks())


async def started(site: Site) -> tuple[asyncio.Task[None], str]:
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(
        serve(
            site.app,
            "127.0.0.1:0",
            on_listening=address.set_result,
            on_stopping=site.ended.set,
        )
    )
    async with asyncio.timeout(10):
        return task, await address


async def test_a_signal_lets_requests_finish_and_returns() -> None:
    site = Site()
    serving, address = await started(site)
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        slow = asyncio.create_task(client.get("/slow"))
        await site.entered.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        assert (await slow).text == "done"
    async with asyncio.timeout(5):
        await serving
    assert site.happened == ["answered", "closed"], "the process lives on to close the rest"


async def test_streams_are_told_to_end() -> None:
    site = Site()
    serving, address = await started(site)
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        endless = asyncio.create_task(client.get("/endless"))
        await site.entered.wait()
        os.kill(os.getpid(), signal.SIGINT)
        assert (await endless).text == "tick"
    async with asyncio.timeout(5):
        await serving
    assert site.happened == ["closed"]


async def test_a_failure_beside_it_stops_it_as_orderly() -> None:
    site = Site()
    serving, address = await started(site)
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        slow = asyncio.create_task(client.get("/slow"))
        await site.entered.wait()
        serving.cancel()
        assert (await slow).text == "done"
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert site.happened == ["answered", "closed"]


async def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError, match=f"Cannot listen on {listen}.*JOLDOSH_LISTEN"):
            await serve(Starlette(), listen)


async def test_an_application_that_does_not_start_is_an_error() -> None:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        raise RuntimeError("no database")
        yield

    with pytest.raises(JoldoshError, match="did not start"):
        await serve(Starlette(lifespan=lifespan), "127.0.0.1:0")
