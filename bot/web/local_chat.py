"""The local chat: a page like a phone's, and the JSON and events under it. It has no login, so
it serves this machine only; it knows no messenger.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.errors import NotPossible
from bot.web.guards import OnlyThisMachine, SecurityHeaders

_STATIC = Path(__file__).parent / "static" / "chat"
_LARGEST_BODY = 65_536


class LocalChatPort(Protocol):
    """Persons and what they do. Raises NotPossible, with the reason, for what they cannot.

    What `watch` yields goes to the page as it is.
    """

    def persons(self) -> list[dict[str, Any]]: ...
    def add_person(self, name: str, language: str | None = None) -> dict[str, Any]: ...
    def remove_person(self, person_id: int) -> None: ...
    def picture(self, picture: str) -> bytes | None: ...
    def document(self, document: str) -> tuple[str, bytes] | None: ...
    def watch(self, person_id: int | None = None) -> AsyncIterator[dict[str, Any]]: ...
    async def say(self, person_id: int, text: str) -> None: ...
    async def press(self, person_id: int, message_id: int, data: str) -> None: ...
    async def send(self, person_id: int, kind: str) -> None: ...
    async def send_location(self, person_id: int, latitude: float, longitude: float) -> None: ...
    async def edit(self, person_id: int, message_id: int, text: str) -> None: ...
    async def set_blocked(self, person_id: int, *, blocked: bool) -> None: ...


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _NewPerson(_Body):
    name: str
    language: str | None = None


class _Text(_Body):
    text: str


class _Press(_Body):
    message: int
    data: str = Field(max_length=64)


class _Thing(_Body):
    kind: str


class _Location(_Body):
    latitude: float
    longitude: float


class _Edit(_Body):
    message: int
    text: str


class _Block(_Body):
    blocked: bool


B = TypeVar("B", bound=_Body)


def local_chat_mount(chat: LocalChatPort) -> Mount:
    """The page at `/`, its files, and `/chat/…`. Takes every path: mount it last."""

    async def page(_request: Request) -> Response:
        return FileResponse(_STATIC / "index.html")

    async def persons(_request: Request) -> Response:
        return JSONResponse(chat.persons())

    async def add_person(body: _NewPerson, _person: int) -> dict[str, Any]:
        return chat.add_person(body.name, body.language)

    async def say(body: _Text, person: int) -> None:
        await chat.say(person, body.text)

    async def press(body: _Press, person: int) -> None:
        await chat.press(person, body.message, body.data)

    async def send(body: _Thing, person: int) -> None:
        await chat.send(person, body.kind)

    async def locate(body: _Location, person: int) -> None:
        await chat.send_location(person, body.latitude, body.longitude)

    async def edit(body: _Edit, person: int) -> None:
        await chat.edit(person, body.message, body.text)

    async def block(body: _Block, person: int) -> None:
        await chat.set_blocked(person, blocked=body.blocked)

    async def remove(_body: _Body, person: int) -> None:
        chat.remove_person(person)

    async def picture(request: Request) -> Response:
        found = chat.picture(request.path_params["picture"])
        if found is None:
            return _problem(404, "there is no such picture")
        return Response(found, media_type="image/png")

    async def document(request: Request) -> Response:
        found = chat.document(request.path_params["document"])
        if found is None:
            return _problem(404, "there is no such file")
        name, content = found
        # Saved and never opened by the browser: the bot says what is in it, and the page trusts no file.
        saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        return Response(content, media_type="application/octet-stream", headers=saved)

    async def events(request: Request) -> Response:
        try:
            changes = chat.watch(request.path_params.get("person"))
        except NotPossible as error:
            return _problem(404, str(error))
        return StreamingResponse(_as_events(changes), media_type="text/event-stream")

    return Mount(
        "",
        routes=[
            Route("/", page),
            Mount("/static/chat", StaticFiles(directory=_STATIC)),
            Route("/chat/persons", persons, methods=["GET"]),
            _act("/chat/persons", _NewPerson, add_person),
            Route("/chat/pictures/{picture}", picture),
            Route("/chat/documents/{document}", document),
            Route("/chat/events", events),
            Route("/chat/{person:int}/events", events),
            _act("/chat/{person:int}/text", _Text, say),
            _act("/chat/{person:int}/press", _Press, press),
            _act("/chat/{person:int}/send", _Thing, send),
            _act("/chat/{person:int}/location", _Location, locate),
            _act("/chat/{person:int}/edit", _Edit, edit),
            _act("/chat/{person:int}/block", _Block, block),
            _act("/chat/{person:int}/remove", _Body, remove),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(OnlyThisMachine),
            Middleware(RequestBodyLimitMiddleware, max_body_size=_LARGEST_BODY),
        ],
    )


def _act(
    path: str, body_type: type[B], act: Callable[[B, int], Awaitable[dict[str, Any] | None]]
) -> Route:
    """A POST that is answered when the bot has handled the act: 200 with JSON, or 204."""

    async def endpoint(request: Request) -> Response:
        try:
            body = body_type.model_validate_json(await request.body())
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            return _problem(400, f"{place}: {first['msg']}".removeprefix(": "))
        try:
            result = await act(body, request.path_params.get("person", 0))
        except NotPossible as error:
            return _problem(409, str(error))
        return Response(status_code=204) if result is None else JSONResponse(result)

    return Route(path, endpoint, methods=["POST"])


def _problem(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status)


async def _as_events(changes: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    """Server-Sent Events. The first line makes a browser that lost us try again soon."""
    yield "retry: 1000\n\n"
    async for change in changes:
        yield f"data: {json.dumps(change, ensure_ascii=False)}\n\n"
