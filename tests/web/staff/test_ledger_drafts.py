"""Lists of entries, what a draft does to them, and two windows or two members on one entry."""

import re

import httpx
import pytest

from db.drafts import DraftState
from tests.web.staff.ledger_steps import drafted, drafts_of, post, save, words
from tests.web.staff.room import StaffHouse
from tests.web.staff.sent_forms import form_in


@pytest.fixture
async def author(house: StaffHouse) -> httpx.AsyncClient:
    return await house.signed_in("author", "Айгүл")


async def test_an_entry_on_which_others_hang_stays(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    page = await author.get("/staff/sources/law")
    assert "It cannot be deleted" in page.text
    assert "/staff/sources/law/delete" not in page.text
    assert 'href="/staff/facts/reg-days"' in page.text

    refused = await post(author, "/staff/sources/law/delete", [])

    assert refused.headers["location"] == "/staff/sources/law#hanging"
    assert await drafts_of(house, "sources") == ()


async def test_what_was_deleted_can_be_put_back(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    before = house.content.read("facts.yaml")
    await post(author, "/staff/facts/wage-moscow/delete", [])
    assert "id: wage-moscow" not in await drafted(house, "facts")
    page = await author.get("/staff/facts/wage-moscow")
    assert "You have deleted this entry in your draft." in page.text

    await post(author, "/staff/facts/wage-moscow/restore", [])

    assert await drafted(house, "facts") == before


async def test_many_entries_are_noted_as_still_true_at_once(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    house.content.replace("facts.yaml", "checked: 2026-11-12\n", "checked: 2026-11-12\n  review: 2026-11-20\n")  # fmt: skip
    page = await author.get("/staff/facts?show=overdue&sort=review")
    assert "Was to be checked by 20 Nov 2026" in words(page)
    back = dict(form_in(page.text, "/staff/facts/_checked").pairs)["back"]

    answer = await post(
        author,
        "/staff/facts/_checked",
        [
            ("back", back),
            ("entry", "wage-everywhere"),
            ("entry", "reg-uz-days"),
            ("entry", "../x"),
        ],
    )

    assert answer.headers["location"] == "/staff/facts?show=overdue&sort=review"
    text = await drafted(house, "facts")
    assert text == house.content.read("facts.yaml").replace(
        "checked: 2026-11-12\n  review: 2026-11-20\n", "checked: 2026-11-24\n"
    ).replace("checked: 2026-11-10", "checked: 2026-11-24")
    assert "wage-everywhere" not in (await author.get("/staff/facts?show=overdue")).text


async def test_one_press_says_that_a_source_is_still_true(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    for path in ("/staff/sources/_checked", "/staff/contacts/_checked"):
        await post(author, path, [("one", "law"), ("one", "kg-embassy"), ("entry", "treaty")])
    await post(author, "/staff/contacts/rf-112/checked", [])

    sources, contacts = await drafted(house, "sources"), await drafted(house, "contacts")
    assert sources.count("checked: 2026-11-24") == 1
    assert (
        sources.index("id: law")
        < sources.index("checked: 2026-11-24")
        < sources.index("id: paper")
    )
    assert contacts.count("checked: 2026-11-24") == 1


async def test_lists_are_searched_narrowed_and_put_in_order(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    async def listed(query: str) -> list[str]:
        page = await author.get(f"/staff/facts?{query}")
        return re.findall(r'class="entry-name" href="/staff/facts/([a-z0-9-]+)"', page.text)

    assert await listed("q=WAGE+moscow") == ["wage-moscow"]
    assert await listed("q=8,900") == ["patent-price"]
    assert await listed("show=low") == ["rule-day", "wage-everywhere"]
    assert await listed("kind=date") == ["rule-day"]
    assert (await listed("sort=checked"))[0] == "reg-uz-days"
    assert await listed("q=nothing+like+this") == []
    house.content.replace("facts.yaml", "  source: paper", "  source: gone")
    assert await listed("show=unsourced") == ["rule-day"]
    contacts = await author.get("/staff/contacts?show=low")
    assert "/staff/contacts/kg-embassy" in contacts.text
    assert "/staff/contacts/rf-112" not in contacts.text


async def test_two_windows_on_one_entry_do_not_overwrite_each_other(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    page = await author.get("/staff/facts/late-fine")
    form = form_in(page.text, "/staff/facts/late-fine")
    await post(author, "/staff/facts/late-fine", form.sent("save", values__0__high="6000"))

    late = await post(author, "/staff/facts/late-fine", form.sent("save", note="Mine."))

    assert late.status_code == 409
    assert "The entry has changed meanwhile" in late.text
    assert "max: 6000" in await drafted(house, "facts")
    assert "Mine." not in await drafted(house, "facts")
    assert dict(form_in(late.text, "/staff/facts/late-fine").pairs)["note"] == "Mine."

    again = form_in(late.text, "/staff/facts/late-fine").sent("save", values__0__high="6000")
    await post(author, "/staff/facts/late-fine", again)
    assert "note: Mine." in await drafted(house, "facts")
    assert "max: 6000" in await drafted(house, "facts")


async def test_windows_on_different_entries_do_not_disturb_each_other(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    one = form_in((await author.get("/staff/facts/late-fine")).text, "/staff/facts/late-fine")
    other = form_in((await author.get("/staff/facts/rule-day")).text, "/staff/facts/rule-day")
    await post(author, "/staff/facts/late-fine", one.sent("save", note="One."))
    await post(author, "/staff/facts/rule-day", other.sent("save", note="Other."))

    text = await drafted(house, "facts")
    assert "note: One." in text
    assert "note: Other." in text


async def test_two_members_on_one_entry_see_each_other(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    other = await house.signed_in("editor", "Нурлан")
    await save(other, "/staff/facts/late-fine", note="<b>Doubled</b> by law.")

    page = await author.get("/staff/facts/late-fine")
    await save(author, "/staff/facts/late-fine", values__0__high="7000")

    assert "Нурлан is changing this entry too" in page.text
    assert "&lt;b&gt;" in page.text
    assert "Нурлан" not in (await author.get("/staff/facts/rule-day")).text
    mine, theirs = sorted(await drafts_of(house, "facts"), key=lambda one: one.staff_name)
    assert "max: 7000" in (mine.files["facts.yaml"].text or "")
    assert "Doubled" not in (mine.files["facts.yaml"].text or "")
    assert "max: 5000" in (theirs.files["facts.yaml"].text or "")


async def test_a_draft_is_handed_in_taken_back_and_thrown_away(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    await save(author, "/staff/contacts/kg-embassy", phones__0__number="+996 312 000000")
    page = await author.get("/staff/contacts/_draft")
    assert "kg-embassy" in page.text

    sent = await post(author, "/staff/contacts/_submit", [("note", "Rang it.")])
    assert sent.headers["location"] == "/staff/contacts"
    (draft,) = await drafts_of(house, "contacts")
    assert (draft.state, draft.note) == (DraftState.SUBMITTED, "Rang it.")
    audit = await (await house.signed_in("admin")).get("/staff/audit")
    assert "draft handed in for review" in audit.text
    assert "entry changed" in audit.text

    await post(author, "/staff/contacts/_take-back", [("draft", draft.id)])
    (draft,) = await drafts_of(house, "contacts")
    assert draft.state is DraftState.OPEN

    await post(author, "/staff/contacts/_discard", [])
    assert await drafts_of(house, "contacts") == ()


async def test_nobody_takes_back_what_another_handed_in(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    await save(author, "/staff/facts/late-fine", note="Mine.")
    await post(author, "/staff/facts/_submit", [])
    (draft,) = await drafts_of(house, "facts")
    other = await house.signed_in("admin", "Нурлан")

    assert (await post(other, "/staff/facts/_take-back", [("draft", draft.id)])).status_code == 404
    (draft,) = await drafts_of(house, "facts")
    assert draft.state is DraftState.SUBMITTED
