"""Between a draft and its publication: what is seen of it, who decides, and that nothing is decided unseen."""

from datetime import timedelta

import pytest

from bot.editorial.day import day_of
from bot.editorial.publishing.repository import Repository
from db.drafts import Drafts, DraftState
from db.publications import Publications
from tests.support.publishing import git, subjects
from tests.web.staff.room import StaffHouse
from tests.web.staff.submitted import (
    FACTS,
    NEW_WORD,
    RU,
    WORD,
    decide,
    deeds,
    drafted,
    reworded,
    seen_on,
    submitted,
    written,
)

EVIL = "<script>alert(1)</script>"


async def test_the_queue_has_what_waits_with_who_when_and_why(house: StaffHouse) -> None:
    author = await house.member("author", "Айгүл")
    draft = await submitted(house, author, {RU: reworded(house)}, note=EVIL)

    page = await (await house.signed_in("author")).get("/staff/review")

    assert f'href="/staff/review/{draft.id}"' in page.text
    assert "Айгүл" in page.text and "24 Nov 2026" in page.text
    assert "&lt;script&gt;" in page.text and EVIL not in page.text


async def test_a_draft_is_shown_word_by_word_with_what_becomes_outdated(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})

    page = (await (await house.signed_in("editor")).get(f"/staff/review/{draft.id}")).text

    assert "<del>Носите</del><ins>Берегите</ins> паспорт" in page
    assert "Забрали паспорт: Kyrgyz" in page or "Passport taken: Kyrgyz" in page
    assert NEW_WORD in page.split('class="bubble"')[1], "the phone shows the new text"
    assert "Publish now" in page


async def test_changed_lines_are_told_with_their_part_and_entry(house: StaffHouse) -> None:
    text = reworded(
        house, "memos/registration-first/ru.md", "за {reg-uz-days}", "до {reg-uz-days}"
    )
    facts = reworded(house, FACTS, "values: [{value: 15}]", "values: [{value: 14}]")
    files = {"memos/registration-first/ru.md": text, FACTS: facts}
    draft = await submitted(house, await house.member("author"), files)

    page = (
        await (await house.signed_in("author", "Another")).get(f"/staff/review/{draft.id}")
    ).text

    assert '<p class="within">for uz</p>' in page
    assert '<p class="within">reg-uz-days</p>' in page


async def test_what_a_fact_changes_for_persons_is_told_by_memo_and_reader(
    house: StaffHouse,
) -> None:
    facts = reworded(house, FACTS, "values: [{value: 15}]", "values: [{value: 14}]")
    draft = await submitted(house, await house.member("author"), {FACTS: facts}, "facts")
    client = await house.signed_in("author", "Another")

    page = (await client.get(f"/staff/review/{draft.id}/persons")).text

    assert "Registration at your address" in page
    assert "<del>15</del><ins>14</ins>" in page
    assert "Seen by: Uzbekistan" in page
    assert "Passport taken" not in page, "it does not show the fact"
    harmless = await submitted(
        house, await house.member("author", "B"), {FACTS: house.content.read(FACTS) + "\n# .\n"}
    )
    page = (await client.get(f"/staff/review/{harmless.id}/persons")).text
    assert "No other memo changes." in page


async def test_an_author_sees_and_decides_nothing(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    client = await house.signed_in("author", "Another")

    page = await client.get(f"/staff/review/{draft.id}")

    assert page.status_code == 200
    assert "<form" not in page.text.split('id="files-title"')[0].split("<main")[1]
    for deed in ("publish", "schedule", "unschedule", "send-back", "take-over", "settle"):
        answer = await client.post(f"/staff/review/{draft.id}/{deed}", data={"read": "yes"})
        assert answer.status_code == 403
    assert (await drafted(house, draft)).state is DraftState.SUBMITTED


async def test_what_is_still_being_written_is_its_authors(house: StaffHouse) -> None:
    author = await house.member("author")
    draft = await written(house, author, {RU: reworded(house)})

    assert (
        await (await house.signed_in("editor")).get(f"/staff/review/{draft.id}")
    ).status_code == 404
    assert (
        await (await house.browser_of(author)).get(f"/staff/review/{draft.id}")
    ).status_code == 200


async def test_an_editor_publishes_as_a_commit_of_the_author(house: StaffHouse) -> None:
    author = await house.member("author", "Айгүл")
    draft = await submitted(house, author, {RU: reworded(house)}, note="Короче\n\nТак понятнее.")
    editor = await house.signed_in("editor", "Вера")

    page = await decide(editor, draft, "publish", read="yes")

    assert "Published." in page.text
    assert NEW_WORD in house.content.read(RU)
    saved = await drafted(house, draft)
    assert (saved.state, saved.commit) == (
        DraftState.PUBLISHED,
        git(house.content.root, "rev-parse", "HEAD"),
    )
    assert git(house.content.root, "log", "-1", "--format=%an <%ae>%n%B") == (
        f"Айгүл <member-{author.id}@staff.invalid>\n"
        "memo/passport-taken: Короче\n\nТак понятнее.\n\n"
        f"Published-by: Вера\nDraft: {draft.id}"
    )
    assert (await deeds(house))[0] == ("Вера", "draft-published")


async def test_ones_own_draft_is_published_and_the_audit_log_says_so(house: StaffHouse) -> None:
    editor = await house.member("editor", "Вера")
    draft = await submitted(house, editor, {RU: reworded(house)})
    client = await house.browser_of(editor)
    assert "your own draft" in (await client.get(f"/staff/review/{draft.id}")).text

    await decide(client, draft, "publish", read="yes")

    assert (await deeds(house))[0] == ("Вера", "draft-published-own")


async def test_warnings_have_to_be_read(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.signed_in("editor")

    page = await decide(editor, draft, "publish")

    assert "Read the warnings first" in page.text
    assert (await drafted(house, draft)).state is DraftState.SUBMITTED
    assert NEW_WORD not in house.content.read(RU)


async def test_what_was_not_seen_is_not_published(house: StaffHouse) -> None:
    """The author takes the draft back and sends another text while the editor reads."""
    author = await house.member("author")
    draft = await submitted(house, author, {RU: reworded(house)})
    editor = await house.signed_in("editor")
    page = await editor.get(f"/staff/review/{draft.id}")
    await Drafts(house.room.engine).send_back(draft.id, "", house.clock())
    await submitted(house, author, {RU: reworded(house, new="Отдайте паспорт")})

    answer = await decide(editor, draft, "publish", read="yes", seen=seen_on(page.text))

    assert "Something has changed since you looked" in answer.text
    assert WORD in house.content.read(RU)


async def test_errors_forbid_publishing_and_are_shown_with_their_lines(house: StaffHouse) -> None:
    broken = house.content.read(RU) + "\n{no-such-fact}\n"
    draft = await submitted(house, await house.member("author"), {RU: broken})
    editor = await house.signed_in("editor")

    page = (await editor.get(f"/staff/review/{draft.id}")).text
    line = len(broken.splitlines())
    assert f'<span class="place">{RU}:{line}</span>' in page
    assert "Publish now" not in page
    answer = await editor.post(
        f"/staff/review/{draft.id}/publish", data={"read": "yes"}, follow_redirects=True
    )

    assert "Not published" in answer.text
    assert (await drafted(house, draft)).state is DraftState.SUBMITTED


async def test_an_error_that_is_there_already_forbids_it_too(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    house.content.write("memos/registration-first/ru.md", "no front matter\n")

    page = (await (await house.signed_in("editor")).get(f"/staff/review/{draft.id}")).text

    assert "memos/registration-first/ru.md:1" in page
    assert "Publish now" not in page


async def test_a_draft_goes_back_with_a_note(house: StaffHouse) -> None:
    author = await house.member("author")
    draft = await submitted(house, author, {RU: reworded(house)})
    editor = await house.signed_in("editor")

    assert "Tell the author what to mend" in (await decide(editor, draft, "send-back")).text
    await decide(editor, draft, "send-back", note="Проверьте закон")

    back = await drafted(house, draft)
    assert (back.state, back.note) == (DraftState.OPEN, "Проверьте закон")
    assert (await deeds(house))[0][1] == "draft-sent-back"


async def test_an_editor_goes_on_with_the_same_draft(house: StaffHouse) -> None:
    author = await house.member("author", "Айгүл")
    draft = await submitted(house, author, {RU: reworded(house)})
    editor = await house.member("editor", "Вера")
    client = await house.browser_of(editor)

    page = await decide(client, draft, "take-over")

    assert str(page.url).endswith(f"/staff/memos/passport-taken?draft={draft.id}")
    assert NEW_WORD in page.text and "readonly" not in page.text
    await Drafts(house.room.engine).submit(draft.id, "", house.clock())
    await decide(client, draft, "publish", read="yes")
    body = git(house.content.root, "log", "-1", "--format=%an%n%B")
    assert body.startswith("Вера\n")
    assert "Co-authored-by: Айгүл <" in body


async def test_an_editor_with_a_draft_of_their_own_does_not_lose_it(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.member("editor", "Вера")
    mine = await written(house, editor, {RU: reworded(house, new="Прячьте паспорт")})

    page = await decide(await house.browser_of(editor), draft, "take-over")

    assert "You have a draft of your own" in page.text
    assert (await drafted(house, draft)).state is DraftState.SUBMITTED
    assert (await drafted(house, mine)).state is DraftState.OPEN


async def test_a_day_is_set_moved_and_forgotten(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.signed_in("editor", "Вера")
    today = day_of(house.clock())
    later, latest = (str(today + timedelta(days=days)) for days in (3, 9))

    assert (
        "Choose a day after today"
        in (await decide(editor, draft, "schedule", day=str(today), read="yes")).text
    )
    assert (
        "The day is set" in (await decide(editor, draft, "schedule", day=later, read="yes")).text
    )
    scheduled = await drafted(house, draft)
    assert (scheduled.state, str(scheduled.publish_on), scheduled.scheduled_by) == (
        DraftState.SCHEDULED,
        later,
        "Вера",
    )
    await decide(editor, draft, "schedule", day=latest, read="yes")
    assert str((await drafted(house, draft)).publish_on) == latest
    page = await decide(editor, draft, "unschedule")

    assert "the draft waits for a review" in page.text
    assert (await drafted(house, draft)).publish_on is None
    assert [deed for _, deed in await deeds(house)][:3] == [
        "draft-unscheduled",
        "draft-scheduled",
        "draft-scheduled",
    ]


async def test_a_day_with_errors_is_not_set(house: StaffHouse) -> None:
    """The text shows a fact that has no value from the new year on."""
    facts = reworded(
        house,
        FACTS,
        "    - {value: 10000, from: 2027-01-01}\n",
        "",
    )
    draft = await submitted(house, await house.member("author"), {FACTS: facts}, "facts")
    editor = await house.signed_in("editor")
    page = (await editor.get(f"/staff/review/{draft.id}")).text
    assert "Publish now" in page, "today it is well"

    page = (await decide(editor, draft, "schedule", day="2027-01-02", read="yes")).text

    assert "No day was set" in page
    assert "Shown as it will be on 2 Jan 2027" in page
    assert (await drafted(house, draft)).state is DraftState.SUBMITTED


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("theirs", "Прячьте паспорт"), ("ours", NEW_WORD), ("own", "Держите паспорт при себе")],
)
async def test_a_clash_is_settled_in_the_draft_and_published(
    house: StaffHouse, choice: str, expected: str
) -> None:
    hers = await submitted(house, await house.member("author", "Айгүл"), {RU: reworded(house)})
    his = await submitted(
        house, await house.member("author", "Бек"), {RU: reworded(house, new="Прячьте паспорт")}
    )
    editor = await house.signed_in("editor", "Вера")
    await decide(editor, his, "publish", read="yes")

    page = (await editor.get(f"/staff/review/{hers.id}")).text
    assert "Changes clash" in page and "Publish now" not in page
    assert "<del>Носите</del><ins>Прячьте</ins>" in page
    assert "<del>Носите</del><ins>Берегите</ins>" in page
    place = page.split('name="take:')[1].split('"')[0]
    own = reworded(house, old="Прячьте паспорт", new="Держите паспорт при себе").split("\n")
    [line] = [line for line in own if "Держите" in line][:1]
    data = {f"take:{place}": choice, f"text:{place}": line}
    page = (await decide(editor, hers, "settle", **data)).text
    assert "Written into the draft" in page

    settled = await drafted(house, hers)
    assert settled.state is DraftState.SUBMITTED
    assert expected in (settled.files[RU].text or "")
    assert settled.files[RU].base == house.content.read(RU)
    page = (await decide(editor, hers, "publish", read="yes")).text
    assert expected in house.content.read(RU)
    if choice == "theirs":
        assert (await drafted(house, hers)).state is DraftState.SUBMITTED, "nothing is left of it"


async def test_what_was_published_meanwhile_is_kept_where_it_does_not_touch(
    house: StaffHouse,
) -> None:
    hers = await submitted(house, await house.member("author", "Айгүл"), {RU: reworded(house)})
    title = reworded(house, old="title: Забрали паспорт", new="title: Паспорт забрали")
    his = await submitted(house, await house.member("author", "Бек"), {RU: title})
    editor = await house.signed_in("editor")
    await decide(editor, his, "publish", read="yes")
    assert "Both are joined on publishing" in (await editor.get(f"/staff/review/{hers.id}")).text

    await decide(editor, hers, "publish", read="yes")

    text = house.content.read(RU)
    assert "title: Паспорт забрали" in text and NEW_WORD in text
    assert len(subjects(house.content.root)) == 3


async def test_the_page_says_when_persons_read_it(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.signed_in("editor")
    page = (await decide(editor, draft, "publish", read="yes")).text
    assert "Persons read it." in page, "the house of tests serves what is in the folder"

    live = (await editor.get(f"/staff/review/{draft.id}/live")).text
    assert "Live since 12:00:00." in live


async def test_a_folder_that_cannot_be_written_keeps_the_draft(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.signed_in("editor")
    # As with a read-only mount: the lock cannot be opened, whoever we are.
    house.content.path(".publishing-lock").mkdir()

    page = await decide(editor, draft, "publish", read="yes")

    assert "the content folder cannot be written" in page.text
    kept = await drafted(house, draft)
    assert (kept.state, kept.claimed) == (DraftState.SUBMITTED, None)


async def test_what_is_claimed_is_left_alone(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.signed_in("editor")
    page = (await editor.get(f"/staff/review/{draft.id}")).text
    assert await Publications(house.room.engine).claim(draft.id, house.clock())

    page = (await editor.get(f"/staff/review/{draft.id}")).text

    assert "is being published just now" in page and "Publish now" not in page
    answer = await decide(editor, draft, "send-back", note="x")
    assert "Something has changed" in answer.text
    house.clock.pass_by(minutes=3)
    assert "Publish now" in (await editor.get(f"/staff/review/{draft.id}")).text


async def test_what_could_not_be_published_on_its_day_is_on_the_desk_with_the_reason(
    house: StaffHouse,
) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    day = day_of(house.clock()) + timedelta(days=1)
    await Drafts(house.room.engine).schedule(draft.id, day, house.clock(), "Вера")
    await Publications(house.room.engine).hold(draft.id, "clash", house.clock())
    editor = await house.signed_in("editor")

    for address in ("/staff/", "/staff/review"):
        assert "not published: changes clash" in (await editor.get(address)).text
    page = (await editor.get(f"/staff/review/{draft.id}")).text

    assert "was to be published on 25 Nov 2026" in page
    assert "Publish now" in (await editor.get(f"/staff/review/{draft.id}?on=2026-11-24")).text


async def test_trouble_with_the_remote_is_told_and_keeps_nothing_back(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    editor = await house.signed_in("editor")
    house.room.press.repository = Repository(house.content.root, "origin")

    page = await decide(editor, draft, "publish", read="yes")

    assert "Published and live here. There is no remote" in page.text
    assert (await drafted(house, draft)).state is DraftState.PUBLISHED
    assert NEW_WORD in house.content.read(RU)


@pytest.mark.parametrize("name", ["1", "%00", "%2e%2e%2f", "f" * 32, "F" * 32, "a" * 4000])
async def test_what_is_no_draft_is_not_found(house: StaffHouse, name: str) -> None:
    client = await house.signed_in("admin")

    for address in (f"/staff/review/{name}", f"/staff/review/{name}/persons"):
        assert (await client.get(address)).status_code == 404
    assert (await client.post(f"/staff/review/{name}/publish")).status_code == 404


async def test_a_day_of_another_century_is_none(house: StaffHouse) -> None:
    draft = await submitted(house, await house.member("author"), {RU: reworded(house)})
    client = await house.signed_in("author", "Another")

    for day in ("9999-12-31", "0001-01-01", "tomorrow"):
        page = await client.get(f"/staff/review/{draft.id}?on={day}&for-day={day}")
        assert page.status_code == 200 and "Shown as it will be" not in page.text
