"""What the editor of a memo sends, and what came of it, for tests of these pages."""

import re

import httpx

from db.audit import AuditLog
from db.drafts import Draft, Drafts
from tests.web.staff.room import StaffHouse

FIRST = "registration-first"
PAGE = f"/staff/memos/{FIRST}"
RU, KY = f"memos/{FIRST}/ru.md", f"memos/{FIRST}/ky.md"
HTMX = {"hx-request": "true"}


def form_of(house: StaffHouse, tab: str = "ru", **changed: str) -> dict[str, str]:
    """What the editor would send for the published text, with some fields typed over."""
    text = house.content.read(f"memos/{FIRST}/{tab}.md")
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    title, summary = re.findall(r"^(?:title|summary): (.*)$", front, re.MULTILINE)
    typed = {"title": title, "summary": summary, "body": body.strip("\n")}
    return {"tab": tab, "draft": "", "version": "0"} | typed | changed


async def save(
    client: httpx.AsyncClient, form: dict[str, str], memo: str = FIRST
) -> httpx.Response:
    return await client.post(f"/staff/memos/{memo}/save", data=form, headers=HTMX)


async def draft_of(house: StaffHouse, memo: str = FIRST) -> Draft:
    (draft,) = await Drafts(house.room.engine).of(f"memo/{memo}")
    return draft


async def deeds(house: StaffHouse) -> list[str]:
    return [entry.deed for entry in await AuditLog(house.room.engine).page()]
