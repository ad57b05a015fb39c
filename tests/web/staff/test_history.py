"""Earlier versions are read, compared and brought back; what is brought back goes the way of every draft."""

import re

import httpx

from db.drafts import Drafts, DraftState
from tests.support.publishing import git, subjects
from tests.web.staff.room import StaffHouse
from tests.web.staff.submitted import (
    NEW_WORD,
    RU,
    WORD,
    decide,
    deeds,
    drafted,
    reworded,
    submitted,
    written,
)

OTHER = "memos/registration-first/ru.md"
EVIL = "<script>alert(1)</script>"


async def published(house: StaffHouse, path: str = RU, note: str = "Короче") -> httpx.AsyncClient:
    """Айгүл's sentence, published by Вера, whose browser this is."""
    author = await house.member("author", "Айгүл")
    draft = await submitted(house, author, {path: reworded(house, path)}, note=note)
    editor = await house.signed_in("editor", "Вера")
    await decide(editor, draft, "publish", read="yes")
    assert (await drafted(house, draft)).state is DraftState.PUBLISHED
    return editor


def commits(house: StaffHouse) -> list[str]:
    return git(house.content.root, "log", "--format=%H").split("\n")


async def test_the_history_tells_who_changed_what_when_and_why(house: StaffHouse) -> None:
    editor = await published(house, note=f"Короче {EVIL}\n\nТак понятнее")

    page = (await editor.get("/staff/history")).text

    assert "Memo Passport taken: Короче &lt;script&gt;" in page and EVIL not in page
    assert "Так понятнее" in page and "Published-by" not in page and "Draft:" not in page
    assert "Айгүл, 24 Nov 2026, 12:00" in page and "published by Вера" in page
    assert 'href="/staff/history?memo=passport-taken"' in page
    other = (await editor.get("/staff/history?memo=registration-first")).text
    assert "Короче" not in other


async def test_a_folder_without_a_history_says_so(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    assert "Nothing has been published here yet" in (await client.get("/staff/history")).text


async def test_a_version_shows_what_it_changed_and_the_text_as_it_was(house: StaffHouse) -> None:
    editor = await published(house)
    new, old = commits(house)

    page = (await editor.get(f"/staff/history/{new}?for-lang=ru")).text
    assert "<del>Носите</del><ins>Берегите</ins>" in page
    page = (await editor.get(f"/staff/history/{old}?memo=passport-taken&for-lang=ru")).text

    assert WORD in page.split('class="bubble"')[1]
    assert NEW_WORD not in page.split('class="bubble"')[1]


async def test_any_two_versions_are_compared_in_the_order_of_time(house: StaffHouse) -> None:
    editor = await published(house)
    new, old = commits(house)

    for then, now in ((old, new), (new, old)):
        page = (
            await editor.get(f"/staff/history/compare?then={then}&now={now}&memo=passport-taken")
        ).text
        assert "<del>Носите</del><ins>Берегите</ins>" in page
    page = (
        await editor.get(f"/staff/history/compare?then={old}&now={new}&memo=registration-first")
    ).text
    assert "There is no difference." in page


async def test_an_author_gets_a_draft_that_leads_back(house: StaffHouse) -> None:
    await published(house)
    _, old = commits(house)
    author = await house.signed_in("author", "Бек")

    page = await author.post(
        f"/staff/history/{old}/return", data={"memo": "passport-taken"}, follow_redirects=True
    )

    assert "<del>Берегите</del><ins>Носите</ins>" in page.text
    assert NEW_WORD in house.content.read(RU), "nothing is published by that"
    answer = await author.post(f"/staff/history/{old}/return-now", data={"memo": "passport-taken"})
    assert answer.status_code == 403


async def test_an_editor_returns_and_publishes_in_one_step(house: StaffHouse) -> None:
    before = house.content.read(RU)
    editor = await published(house)
    _, old = commits(house)
    assert 'data-confirm="' in (await editor.get(f"/staff/history/{old}?memo=passport-taken")).text

    page = await editor.post(
        f"/staff/history/{old}/return-now", data={"memo": "passport-taken"}, follow_redirects=True
    )

    assert "Published." in page.text
    assert house.content.read(RU) == before
    assert subjects(house.content.root)[0].startswith(
        "memo/passport-taken: Return to the version of 24 Nov 2026"
    )
    assert len(subjects(house.content.root)) == 3, "nothing of the history is taken away"
    assert [deed for _, deed in await deeds(house)][:2] == [
        "draft-published-own",
        "edition-returned",
    ]


async def test_everything_is_returned_with_files_that_were_not_there(house: StaffHouse) -> None:
    new_danger = "dangers/new-danger.yaml"
    await published(house)
    old = commits(house)[-1]
    author = await house.member("author", "Бек")
    files = {OTHER: reworded(house, OTHER), "not-ours.yaml": "ru: [как дела]\n"}
    draft = await submitted(house, author, files, "edition")
    editor = await house.signed_in("editor", "Ибек")
    await decide(editor, draft, "publish", read="yes")
    assert not house.content.path(new_danger).exists()

    await editor.post(f"/staff/history/{old}/return-now", data={"memo": ""})

    assert WORD in house.content.read(RU) and WORD in house.content.read(OTHER)
    assert "какая погода" in house.content.read("not-ours.yaml")
    page = (await editor.get(f"/staff/history/{old}")).text
    assert "This is what is published now" in page


async def test_a_return_does_not_write_over_ones_own_draft(house: StaffHouse) -> None:
    await published(house)
    _, old = commits(house)
    author = await house.member("author", "Бек")
    mine = await written(house, author, {RU: reworded(house, old=NEW_WORD, new="Прячьте")})
    client = await house.browser_of(author)

    page = await client.post(
        f"/staff/history/{old}/return", data={"memo": "passport-taken"}, follow_redirects=True
    )

    assert "You have a draft on this" in page.text
    assert "Прячьте" in ((await drafted(house, mine)).files[RU].text or "")
    assert len(await Drafts(house.room.engine).open_of(author.id)) == 1


async def test_what_is_no_version_or_no_memo_is_not_found(house: StaffHouse) -> None:
    editor = await published(house)
    new, old = commits(house)
    tree = git(house.content.root, "rev-parse", "HEAD^{tree}")

    for address in (
        f"/staff/history/{'0' * 40}",
        f"/staff/history/{tree}",
        "/staff/history/HEAD",
        f"/staff/history/{new}?memo=../../etc",
        "/staff/history?memo=..%2f..",
        f"/staff/history/compare?then={old}&now=HEAD",
    ):
        assert (await editor.get(address)).status_code == 404, address
    assert re.fullmatch(r"[0-9a-f]{40}", new)
