"""Drafts for tests of what comes after writing: begun, sent for review, and what became of them."""

import re
from collections.abc import Mapping

import httpx

from db.audit import AuditLog
from db.drafts import Draft, Drafts
from db.staff import Member
from tests.web.staff.room import StaffHouse

RU = "memos/passport-taken/ru.md"
KY = "memos/passport-taken/ky.md"
FACTS = "facts.yaml"
WORD, NEW_WORD = "Носите паспорт с собой", "Берегите паспорт"
MEMO = "memo/passport-taken"


async def written(
    house: StaffHouse, member: Member, files: Mapping[str, str | None], subject: str = MEMO
) -> Draft:
    """An open draft with these texts; what is published now is what it began from."""
    drafts, now = Drafts(house.room.engine), house.clock()
    draft = await drafts.open_for(member.id, member.name, subject, now)
    for path, text in files.items():
        known = draft.files.get(path)
        base = house.content.read(path) if house.content.path(path).exists() else None
        seen = known.version if known else 0
        await drafts.save(draft.id, path, known.base if known else base, text, seen, now)
    return await drafted(house, draft)


async def submitted(
    house: StaffHouse,
    member: Member,
    files: Mapping[str, str | None],
    subject: str = MEMO,
    note: str = "Shorter",
) -> Draft:
    draft = await written(house, member, files, subject)
    assert await Drafts(house.room.engine).submit(draft.id, note, house.clock())
    return await drafted(house, draft)


def reworded(house: StaffHouse, path: str = RU, old: str = WORD, new: str = NEW_WORD) -> str:
    """The published text with one sentence said otherwise."""
    text = house.content.read(path)
    assert old in text
    return text.replace(old, new, 1)


async def drafted(house: StaffHouse, draft: Draft) -> Draft:
    """The draft as it is now."""
    found = await Drafts(house.room.engine).get(draft.id)
    assert found is not None
    return found


async def deeds(house: StaffHouse) -> list[tuple[str, str]]:
    """Who did what, newest first."""
    return [(one.staff_name, one.deed) for one in await AuditLog(house.room.engine).page()]


def seen_on(page: str) -> str:
    """What a form of the page names as seen."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found, "the page has no such form"
    return found[1]


async def decide(
    client: httpx.AsyncClient, draft: Draft, deed: str, **data: str
) -> httpx.Response:
    """A form of the page of a draft, sent with what its page says; the page that comes after it."""
    page = await client.get(f"/staff/review/{draft.id}")
    if 'name="seen"' in page.text and "seen" not in data:
        data["seen"] = seen_on(page.text)
    address = f"/staff/review/{draft.id}/{deed}"
    return await client.post(address, data=data, follow_redirects=True)
