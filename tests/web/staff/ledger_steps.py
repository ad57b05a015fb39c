"""What a member does on the pages of facts, sources, contacts and glossary, and what comes of it."""

import re
from html import unescape
from urllib.parse import urlencode

import httpx

from db.drafts import Draft, Drafts
from tests.web.staff.room import StaffHouse
from tests.web.staff.sent_forms import Pairs, form_in


async def post(client: httpx.AsyncClient, path: str, pairs: Pairs) -> httpx.Response:
    """As a browser sends a form, names that come more than once included."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return await client.post(path, content=urlencode(pairs), headers=kind)


async def save(
    client: httpx.AsyncClient, path: str, *without: str, press: str = "save", **typed: str
) -> httpx.Response:
    """Open the page of an entry, type, and press a button."""
    page = await client.get(path)
    assert page.status_code == 200, page.text
    sent = form_in(page.text, path.partition("?")[0]).sent(press, tuple(without), **typed)
    return await post(client, path.partition("?")[0], sent)


async def drafts_of(house: StaffHouse, subject: str) -> tuple[Draft, ...]:
    return await Drafts(house.room.engine).of(subject)


async def drafted(house: StaffHouse, subject: str) -> str:
    """The file as the one draft of it has it."""
    (draft,) = await drafts_of(house, subject)
    (file,) = draft.files.values()
    return file.text or ""


def words(page: httpx.Response) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())
