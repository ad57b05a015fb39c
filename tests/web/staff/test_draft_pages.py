"""A draft shows what it changes; its author sends it, takes it back, throws it away, and nobody else does."""

import httpx

from db.audit import AuditLog
from db.drafts import Draft, Drafts, DraftState
from db.staff import Member
from tests.web.staff.room import StaffHouse

FILE = "not-ours.yaml"
EVIL = "<script>alert(1)</script>"


async def begun(house: StaffHouse, member: Member, text: str = "ru:\n  - погода\n") -> Draft:
    drafts, now = Drafts(house.room.engine), house.clock()
    draft = await drafts.open_for(member.id, member.name, "not-ours", now)
    await drafts.save(draft.id, FILE, "ru:\n", text, 0, now)
    return draft


async def state_of(house: StaffHouse, draft: Draft) -> DraftState:
    found = await Drafts(house.room.engine).get(draft.id)
    assert found is not None
    return found.state


async def post(client: httpx.AsyncClient, draft: Draft, deed: str, **data: str) -> httpx.Response:
    address = f"/staff/drafts/{draft.id}/{deed}"
    return await client.post(address, data=data, follow_redirects=True)


async def test_a_draft_shows_its_lines_and_what_would_be_wrong(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    draft = await begun(house, member, f"ru:\n  - {EVIL}\nxx: []\n")

    page = await (await house.browser_of(member)).get(f"/staff/drafts/{draft.id}")

    assert "<ins>  - &lt;script&gt;" in page.text
    assert EVIL not in page.text
    assert f'class="place">{FILE}:3' in page.text


async def test_its_author_sends_it_takes_it_back_and_throws_it_away(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    client, draft = await house.browser_of(member), await begun(house, member)

    sent = await post(client, draft, "submit", note=EVIL)
    assert "Sent for review." in sent.text and EVIL not in sent.text
    assert await state_of(house, draft) is DraftState.SUBMITTED
    assert "This draft has moved on" in (await post(client, draft, "discard")).text
    await post(client, draft, "take-back")
    assert await state_of(house, draft) is DraftState.OPEN
    await post(client, draft, "discard")
    assert await state_of(house, draft) is DraftState.DISCARDED
    deeds = [one.deed for one in await AuditLog(house.room.engine).page()]
    assert deeds[:3] == ["draft-discarded", "draft-taken-back", "draft-submitted"]


async def test_a_draft_that_changes_nothing_is_not_sent(house: StaffHouse) -> None:
    member = await house.member("author")
    draft = await begun(house, member, "ru:\n")

    page = await post(await house.browser_of(member), draft, "submit")

    assert "There is nothing to send" in page.text
    assert await state_of(house, draft) is DraftState.OPEN


async def test_nobody_else_moves_a_draft_or_reads_one_that_was_not_sent(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    draft, admin = await begun(house, member), await house.signed_in("admin", "Нурлан")

    for deed in ("submit", "take-back", "discard"):
        assert (await post(admin, draft, deed)).status_code == 404
    assert (await admin.get(f"/staff/drafts/{draft.id}")).status_code == 404
    assert await state_of(house, draft) is DraftState.OPEN

    await post(await house.browser_of(member), draft, "submit")
    page = await admin.get(f"/staff/drafts/{draft.id}")
    assert page.status_code == 200
    assert "Take it back" not in page.text


async def test_a_draft_that_is_none(house: StaffHouse) -> None:
    client = await house.signed_in("admin")

    for name in ("0" * 32, "..%2F..%2Fetc", "%3Cscript%3E"):
        assert (await client.get(f"/staff/drafts/{name}")).status_code == 404
