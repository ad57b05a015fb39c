"""A keep-alive HTTP client that costs the driver little: one connection, one request at a time. It follows nothing."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Self, cast

import httptools


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Connection(asyncio.Protocol):
    """Not for two tasks at once."""

    def __init__(self, host: str, port: int) -> None:
        self._host = f"{host}:{port}"
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Response] | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._body = b""

    @classmethod
    async def to(cls, port: int) -> Self:
        host = "127.0.0.1"
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: cls(host, port), host, port)
        return connection

    async def ask(self, verb: str, path: str, body: bytes = b"", headers: str = "") -> Response:
        """`headers` are lines that end with CRLF. Raises `ConnectionError` when the other side hangs up."""
        if self._transport is None:
            raise ConnectionResetError("the server has closed the connection")
        self._answer = asyncio.get_running_loop().create_future()
        self._parser = httptools.HttpResponseParser(self)
        self._body = b""
        head = (
            f"{verb} {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n{headers}\r\n"
        )
        self._transport.write(head.encode() + body)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._parser is not None:
            self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("no answer"))

    # What the parser calls.

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._answer is not None and self._parser is not None:
            status = self._parser.get_status_code()
            self._answer.set_result(Response(status, self._body))
