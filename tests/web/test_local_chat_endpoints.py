"""The local chat over HTTP: what a page may do, and that other pages may do nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.errors import NotPossible
from bot.web.application import make_application
from bot.web.health import Health


class Chat:
    """Notes what it is asked to do; knows one person, 7, who cannot be made to say "no"."""

    def __init__(self) -> None:
        self.acts: list[tuple[Any, ...]] = []
        self.changes: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def persons(self) -> list[dict[str, Any]]:
        return [{"id": 7, "name": "Айбек", "language": "ky", "blocked": False}]

    def add_person(self, name: str, language: str | None = None) -> dict[str, Any]:
        self.acts.append(("add", name, language))
        return {"id": 8, "name": name, "language": language, "blocked": False}

    def remove_person(self, person_id: int) -> None:
        self._note(person_id, "remove")

    def watch(self, person_id: int | None = None) -> AsyncIterator[dict[str, Any]]:
        self._note(person_id or 7, "watch")
        return self._changes()

    async def _changes(self) -> AsyncIterator[dict[str, Any]]:
        while (change := await self.changes.get()) is not None:
            yield change

    def picture(self, picture: str) -> bytes | None:
        return b"\x89PNG" if picture == "local-1" else None

    def document(self, document: str) -> tuple[str, bytes] | None:
        return ('Күндөр".ics', b"BEGIN") if document == "local-1" else None

    async def say(self, person_id: int, text: str) -> None:
        if text == "no":
            raise NotPossible("this person has blocked the bot")
        self._note(person_id, "say", text)

    async def press(self, person_id: int, message_id: int, data: str) -> None:
        self._note(person_id, "press", message_id, data)

    async def send(self, person_id: int, kind: str) -> None:
        self._note(person_id, "send", kind)

    async def send_location(self, person_id: int, latitude: float, longitude: float) -> None:
        self._note(person_id, "location", latitude, longitude)

    async def edit(self, person_id: int, message_id: int, text: str) -> None:
        self._note(person_id, "edit", message_id, text)

    async def set_blocked(self, person_id: int, *, blocked: bool) -> None:
        self._note(person_id, "block", blocked)

    def _note(self, person_id: int, *act: Any) -> None:
        if person_id != 7:
            raise NotPossible("there is no such person")
        self.acts.append(act)


@pytest.fixture
def chat() -> Chat:
    return Chat()


def application(chat: Chat) -> Starlette:
    async def health() -> Health:
        return Health("abc123", date(2026, 11, 24))

    return make_application(health=health, metrics=lambda: b"", local_chat=chat)


@pytest.fixture
async def page(chat: Chat) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application(chat)),
        base_url="http://127.0.0.1:8080",
        headers={"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield client


async def test_the_page_runs_own_scripts_only(page: httpx.AsyncClient) -> None:
    response = await page.get("/", params={"start": "registration-first"})
    assert response.headers["content-type"].startswith("text/html")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "style=" not in response.text
    assert "onclick" not in response.text


async def test_a_file_that_the_bot_sent_is_saved_and_not_opened(page: httpx.AsyncClient) -> None:
    response = await page.get("/chat/documents/local-1")

    assert response.content == b"BEGIN"
    assert response.headers["content-type"] == "application/octet-stream"
    name = "%D0%9A%D2%AF%D0%BD%D0%B4%D3%A9%D1%80%22.ics"
    assert response.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert (await page.get("/chat/documents/local-2")).status_code == 404


async def test_a_picture_that_the_bot_sent_is_served(page: httpx.AsyncClient) -> None:
    response = await page.get("/chat/pictures/local-1")

    assert (response.headers["content-type"], response.content) == ("image/png", b"\x89PNG")
    assert (await page.get("/chat/pictures/local-2")).status_code == 404


async def test_every_file_of_the_page_is_served(page: httpx.AsyncClient) -> None:
    html = (await page.get("/")).text
    files = [part.split('"')[0] for part in html.split('="/static/')[1:]]
    assert len(files) >= 2
    for file in files:
        response = await page.get(f"/static/{file}")
        assert response.status_code == 200, file
        assert response.headers["x-content-type-options"] == "nosniff"
    assert (await page.get("/static/chat/../../webhook.py")).status_code == 404


async def test_acts_reach_the_chat(chat: Chat, page: httpx.AsyncClient) -> None:
    for path, body in [
        ("text", {"text": "салам"}),
        ("press", {"message": 3, "data": "menu"}),
        ("send", {"kind": "photo"}),
        ("location", {"latitude": 42.87, "longitude": -74}),
        ("edit", {"message": 3, "text": "саламатсызбы"}),
        ("block", {"blocked": True}),
        ("remove", {}),
    ]:
        response = await page.post(f"/chat/7/{path}", json=body)
        assert (response.status_code, response.content) == (204, b""), path
    assert chat.acts == [
        ("say", "салам"),
        ("press", 3, "menu"),
        ("send", "photo"),
        ("location", 42.87, -74.0),
        ("edit", 3, "саламатсызбы"),
        ("block", True),
        ("remove",),
    ]


async def test_persons_are_listed_and_added(chat: Chat, page: httpx.AsyncClient) -> None:
    assert [person["name"] for person in (await page.get("/chat/persons")).json()] == ["Айбек"]
    added = await page.post("/chat/persons", json={"name": "Дилноза", "language": "uz"})
    assert added.json()["id"] == 8
    assert chat.acts == [("add", "Дилноза", "uz")]


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("/chat/7/text", {"text": "no"}, 409, "has blocked the bot"),
        ("/chat/9/text", {"text": "салам"}, 409, "no such person"),
        ("/chat/7/text", {}, 400, "text: Field required"),
        ("/chat/7/text", {"text": "a", "more": 1}, 400, "more"),
        ("/chat/7/press", {"message": "x", "data": "menu"}, 400, "message"),
        ("/chat/7/press", {"message": 1, "data": "x" * 65}, 400, "data"),
        ("/chat/7/location", {"latitude": "north", "longitude": 1}, 400, "latitude"),
        ("/chat/7/text", {"text": "x" * 70_000}, 413, ""),
    ],
    ids=["refused", "unknown", "missing", "more", "type", "long data", "place", "long body"],
)
async def test_what_cannot_be_done_says_why(
    chat: Chat, page: httpx.AsyncClient, path: str, body: object, status: int, reason: str
) -> None:
    response = await page.post(path, json=body)
    assert response.status_code == status
    assert reason in response.text
    assert chat.acts == []


@pytest.mark.parametrize(
    "host", ["joldosh.evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""]
)
async def test_another_name_for_this_machine_is_turned_away(
    chat: Chat, page: httpx.AsyncClient, host: str
) -> None:
    for path in ("/", "/chat/persons", "/static/chat/main.js"):
        assert (await page.get(path, headers={"Host": host})).status_code == 421
    response = await page.post("/chat/7/text", json={"text": "a"}, headers={"Host": host})
    assert response.status_code == 421
    assert chat.acts == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
async def test_other_pages_cannot_act(
    chat: Chat, page: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    response = await page.post("/chat/7/text", json={"text": "a"}, headers=headers)
    assert response.status_code == 403
    assert chat.acts == []


async def test_a_form_of_another_page_is_no_act(chat: Chat, page: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "text/plain"}
    response = await page.post("/chat/7/text", content=b'{"text": "a"}', headers=headers)
    assert response.status_code == 415
    assert chat.acts == []


@pytest.mark.parametrize("host", ["localhost:8080", "[::1]:8080", "127.0.0.1"])
async def test_every_name_of_this_machine_will_do(
    chat: Chat, page: httpx.AsyncClient, host: str
) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    response = await page.post("/chat/7/text", json={"text": "салам"}, headers=headers)
    assert response.status_code == 204
    assert chat.acts == [("say", "салам")]


@pytest.mark.parametrize("path", ["/chat/events", "/chat/7/events"])
async def test_changes_arrive_as_events(chat: Chat, page: httpx.AsyncClient, path: str) -> None:
    change = {"chat": 7, "type": "message", "message": {"text": "салам\n\nдос"}}
    chat.changes.put_nowait(change)
    chat.changes.put_nowait(None)
    response = await page.get(path)

    assert response.headers["content-type"].startswith("text/event-stream")
    retry, event, rest = response.text.split("\n\n")
    assert (retry, rest) == ("retry: 1000", "")
    assert json.loads(event.removeprefix("data: ")) == change


async def test_nobody_to_watch(page: httpx.AsyncClient) -> None:
    assert (await page.get("/chat/9/events")).status_code == 404
