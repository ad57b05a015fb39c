"""A draft of a check on its way: what persons would see otherwise, its publication, and back."""

import re

import httpx

from db.drafts import Drafts, DraftState
from tests.support.small_flow import FLOW, FLOW_TEXT
from tests.web.staff.memo_forms import HTMX
from tests.web.staff.room import StaffHouse
from tests.web.staff.test_flows import NAME, PAGE, draft_of, form, save, text_of


async def submitted(house: StaffHouse, **changed: str) -> tuple[httpx.AsyncClient, str]:
    """An author has sent a change of the step `got`; a client of an editor and the id of the draft."""
    author = await house.signed_in("author", "Айгүл")
    await save(author, form("got", **changed))
    draft = await draft_of(house)
    sent = await author.post(f"{PAGE}/submit", data={"draft": draft.id, "note": "Look."})
    assert sent.headers["location"] == PAGE
    return await house.signed_in("editor"), draft.id


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def test_before_the_review_the_author_sees_the_changed_lines(house: StaffHouse) -> None:
    author = await house.signed_in("author")
    await save(author, form("got", hint_en="See the paper."))

    page = (await author.get(f"{PAGE}/submit")).text

    assert "See the paper." in page
    assert "flows/appeal-by.yaml" in page
    assert "Что вам дали?" not in page


async def test_the_reviewer_sees_words_and_ways_that_change(house: StaffHouse) -> None:
    editor, draft = await submitted(house, text_ru="Когда вам дали бумагу?", next="trips")

    page = (await editor.get(f"/staff/review/{draft}")).text
    assert f"/staff/review/{draft}/checks?on=" in page
    checks = (await editor.get(f"/staff/review/{draft}/checks")).text

    assert "The same answers lead elsewhere" in checks
    assert "<ins>вам дали бумагу" in checks
    assert "The base text changes and its translation does not:" in checks
    assert "<code>got/text</code>: Кыргызча" in checks or "<code>got/text</code>: Kyrgyz" in checks


async def test_a_fact_changes_checks_too(house: StaffHouse) -> None:
    author = await house.signed_in("author")
    facts = house.content.read("facts.yaml")
    drafts, now = Drafts(house.room.engine), house.clock()
    draft = await drafts.open_for(1, "A author", "facts", now)
    changed = facts.replace("values: [{value: 12}]", "values: [{value: 10}]")
    assert changed != facts
    await drafts.save(draft.id, "facts.yaml", facts, changed, 0, now)

    checks = (await author.get(f"/staff/review/{draft.id}/checks")).text

    assert "The same answers lead elsewhere" in checks


async def test_a_draft_that_changes_nothing_for_persons_says_so(house: StaffHouse) -> None:
    author = await house.signed_in("author")
    with_comment = FLOW_TEXT.replace("start: kind", "start: kind  # the first")
    await save(author, {"tab": "yaml", "version": "0", "draft": "", "body": with_comment})
    draft = await draft_of(house)

    checks = (await author.get(f"/staff/review/{draft.id}/checks")).text

    assert "Persons see the same in checks as before." in checks


async def test_it_is_published_lives_and_comes_back(house: StaffHouse) -> None:
    editor, draft = await submitted(
        house, text_ru="Новый вопрос?", text_ky="Жаңы суроо?", text_en="A new question?"
    )
    page = (await editor.get(f"/staff/review/{draft}")).text

    await editor.post(f"/staff/review/{draft}/publish", data={"seen": seen(page), "read": "yes"})

    assert "Жаңы суроо?" in house.content.read(FLOW)
    flow = house.room.served().flows[NAME]
    question = flow.question("got")
    assert question is not None
    assert question.asked.text.in_language("en") == "A new question?"
    assert await Drafts(house.room.engine).of(f"flow/{NAME}") == ()


async def test_an_older_edition_of_one_check_comes_back(house: StaffHouse) -> None:
    editor, draft = await submitted(house, hint_en="See the paper.")
    page = (await editor.get(f"/staff/review/{draft}")).text
    await editor.post(f"/staff/review/{draft}/publish", data={"seen": seen(page), "read": "yes"})
    history = (await editor.get(f"/staff/history?memo=flow/{NAME}")).text
    commits = dict.fromkeys(re.findall(r"/staff/history/([0-9a-f]{40})\?memo=flow/", history))
    assert len(commits) == 2

    oldest = list(commits)[-1]
    old = (await editor.get(f"/staff/history/{oldest}?memo=flow/{NAME}")).text
    assert "The check “Appeal” becomes what it was in this version." in old
    await editor.post(f"/staff/history/{oldest}/return", data={"memo": f"flow/{NAME}"})

    (begun,) = await Drafts(house.room.engine).of(f"flow/{NAME}")
    assert begun.files[FLOW].text == FLOW_TEXT
    assert begun.files[FLOW].base != FLOW_TEXT


async def test_a_check_with_errors_is_not_published(house: StaffHouse) -> None:
    editor, draft = await submitted(house, next="nowhere")
    page = (await editor.get(f"/staff/review/{draft}")).text

    assert 'name="seen"' not in page
    assert house.content.read(FLOW) == FLOW_TEXT


async def test_what_was_sent_can_be_taken_back_and_thrown_away(house: StaffHouse) -> None:
    author = await house.signed_in("author")
    await save(author, form("got", hint_en="See."))
    draft = await draft_of(house)
    await author.post(f"{PAGE}/submit", data={"draft": draft.id, "note": ""})
    closed = await save(author, form("got", hint_en="More.") | {"draft": draft.id, "version": "1"})
    assert 'data-state="closed"' in closed.text

    await author.post(f"{PAGE}/take-back", data={"draft": draft.id})
    assert (await draft_of(house)).state is DraftState.OPEN
    assert "See." in await text_of(house)
    gone = await author.post(f"{PAGE}/discard", data={"draft": draft.id})

    assert gone.headers["location"] == PAGE
    assert await Drafts(house.room.engine).of(f"flow/{NAME}") == ()


async def test_two_on_one_check_see_each_other(house: StaffHouse) -> None:
    first = await house.signed_in("author", "Айгүл")
    second = await house.signed_in("editor", "Bakyt")
    await save(first, form("got", hint_en="See."))
    await first.post(f"{PAGE}/others", data={"window": "window-one-1"}, headers=HTMX)

    told = await second.post(f"{PAGE}/others", data={"window": "window-two-2"}, headers=HTMX)

    assert "Айгүл" in told.text
    assert f"/staff/flows/{NAME}?draft=" in told.text
    shown = await second.get(f"{PAGE}?draft={(await draft_of(house)).id}&part=got")
    assert "readonly" in shown.text
    refused = await save(second, form("got", hint_en="x") | {"draft": (await draft_of(house)).id})
    assert 'data-state="closed"' in refused.text
