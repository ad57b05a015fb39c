"""Runs an application with uvicorn in the event loop that is there. It does not know what it
serves, and it ends no process: a signal makes `serve` return.
"""

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from bot.errors import JoldoshError, SettingsError
from bot.web.addresses import split_address

# Telegram waits a minute for an answer; a handler that is stuck is not worth more of a restart.
_STOPPING_SECONDS = 20
# Longer than Telegram and common proxies keep an idle connection, so that they close it first.
_KEEP_ALIVE_SECONDS = 75


async def serve(
    app: ASGIApp,
    listen: str,
    *,
    on_listening: Callable[[str], None] | None = None,
    on_stopping: Callable[[], None] | None = None,
) -> None:
    """Serve until SIGINT, SIGTERM or cancellation; requests under way are finished first.

    `on_listening` is told the address, `http://127.0.0.1:8080`. `on_stopping` is called before
    the wait for requests: it must end streams that would go on for ever. Raises SettingsError
    when the address cannot be had, JoldoshError when the application does not start.
    """
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_STOPPING_SECONDS,
    )
    with _opened(listen) as opened:
        server = _Server(config, on_stopping)
        if on_listening:
            server.on_started = lambda: on_listening(_address(opened))
        try:
            await server.serve(sockets=[opened])
        except SystemExit:
            raise JoldoshError("The application did not start; the log above says why.") from None
        except asyncio.CancelledError:
            if server.started:
                await server.shutdown([opened])
            raise


class _Server(uvicorn.Server):
    """Says when it has started and when it begins to stop, and keeps signals to itself.

    uvicorn's own handler raises the signal once more after stopping, which would kill the
    process before its other parts are closed.
    """

    def __init__(self, config: uvicorn.Config, on_stopping: Callable[[], None] | None) -> None:
        super().__init__(config)
        self.on_started: Callable[[], None] | None = None
        self._on_stopping = on_stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.on_started:
            self.on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._on_stopping:
            self._on_stopping()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True


def _opened(listen: str) -> socket.socket:
    host, port = split_address(listen)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {listen} ({error.strerror or error}). "
            "Stop what listens there, or set JOLDOSH_LISTEN to another address and port."
        ) from error


def _address(opened: socket.socket) -> str:
    host, port, *_more = opened.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
