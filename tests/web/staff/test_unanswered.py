"""Staff see what is asked in vain, in groups that tell nobody apart; what they decide is a draft, and the questions go."""

from collections.abc import Sequence
from datetime import timedelta

import httpx
import pytest

from bot.editorial.snapshot import take_snapshot
from db.audit import AuditLog
from db.drafts import Draft, Drafts, DraftState
from db.turns import FinishedTurn, SqlTurns
from db.unanswered import Unanswered, UnansweredOnDay, UnansweredRow
from tests.web.staff.room import StaffHouse

RENT = (
    "үй ижарага алсам келишим керекпи",
    "уй ижарага алуу учун келишим керек",
    "[name] үй ижарага алса келишим керекпи",
    "үйдү ижарага алганда келишим керек",
)
RARE = ("жылкычынын сыры кандай", "кот не пускает домой")
EVIL = "<script>alert(1)</script>"


async def keep(house: StaffHouse, rows: Sequence[UnansweredRow], days_ago: int = 0) -> None:
    turns, at = SqlTurns(house.room.engine), house.clock() - timedelta(days=days_ago)
    number = days_ago + 1
    await turns.commit(FinishedTurn("p", "telegram", number, None, {}, False, (), at, tuple(rows)))
    await turns.close()


async def ask(house: StaffHouse, *texts: str, **about: str) -> None:
    await keep(house, [UnansweredRow(text, "unsure", "ky", "kg") for text in texts])


async def rows_of(house: StaffHouse) -> list[UnansweredOnDay]:
    today = house.clock().date()
    rows = Unanswered(house.room.engine).rows(today - timedelta(days=90), today)
    return [one async for one in rows]


async def drafts_of(house: StaffHouse) -> tuple[Draft, ...]:
    return await Drafts(house.room.engine).in_state(DraftState.OPEN)


async def group_page(client: httpx.AsyncClient, query: str = "") -> httpx.Response:
    """The page of the largest group."""
    listed = await client.get(f"/staff/unanswered{query}")
    address = listed.text.partition('<h2><a href="')[2].partition('"')[0]
    return await client.get(address.replace("&amp;", "&"))


async def decide(
    client: httpx.AsyncClient, page: httpx.Response, deed: str, **data: str
) -> httpx.Response:
    typed = {"text": "үй ижарасына келишим керекпи", "lang": "ky", **data}
    return await client.post(f"{page.url.path}/{deed}", data=typed, follow_redirects=True)


async def test_near_questions_are_one_group_and_rare_words_are_not_shown(
    house: StaffHouse,
) -> None:
    await ask(house, *RENT, *RARE)
    client = await house.signed_in("author")

    page = await client.get("/staff/unanswered")

    assert "6 questions in this time." in page.text
    assert page.text.count('<article class="panel">') == 1
    assert "4 questions" in page.text
    assert "2 more were asked fewer than three times each" in page.text
    assert not any(word in page.text for word in RARE)


async def test_no_day_and_no_rare_citizenship_is_told(house: StaffHouse) -> None:
    await keep(house, [UnansweredRow(text, "unsure", "ky", "kg") for text in RENT], days_ago=1)
    await keep(house, [UnansweredRow(RENT[0], "unsure", "ru", "tj")], days_ago=9)
    client = await house.signed_in("admin")

    for page in (await client.get("/staff/unanswered"), await group_page(client)):
        assert "Kyrgyzstan 4" in page.text and "other countries 1" in page.text
        assert "Tajikistan" not in page.text
        assert "Kyrgyz 4, Russian 1" in page.text
        # Mondays: 23 November and 9 November; the days were Monday 23 and Sunday 15.
        assert "weeks of 9 Nov 2026 to 23 Nov 2026" in page.text
        assert "15 Nov" not in page.text


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 8), ("?lang=ky", 4), ("?why=no", 4), ("?days=7", 4), ("?days=1&lang=x&why=y", 8)],
)
async def test_questions_are_chosen_by_language_reason_and_period(
    house: StaffHouse, query: str, count: int
) -> None:
    await keep(house, [UnansweredRow(text, "unsure", "ky", "kg") for text in RENT])
    old = [UnansweredRow(text, "no", "ru", "kg", "passport-taken") for text in RENT]
    await keep(house, old, days_ago=20)
    client = await house.signed_in("author")

    page = await client.get(f"/staff/unanswered{query}")

    assert f"<p>{count} questions in this time.</p>" in page.text


async def test_a_group_shows_the_memos_that_are_nearest(house: StaffHouse) -> None:
    await ask(house, *["паспорт у работодателя и он не отдаёт"] * 3)
    client = await house.signed_in("author")

    page = await group_page(client)

    assert 'name="memo" value="passport-taken"' in page.text


async def test_a_memo_answers_it(house: StaffHouse) -> None:
    await ask(house, *RENT, *RARE)
    before = take_snapshot(house.content.root).files
    client = await house.signed_in("author", "Айгүл")

    done = await decide(client, await group_page(client), "answer", memo="passport-taken")

    assert "Questions taken off the list: 4." in done.text
    assert sorted(one.row.text for one in await rows_of(house)) == sorted(RARE)
    assert take_snapshot(house.content.root).files == before
    (draft,) = await drafts_of(house)
    assert draft.subject == "memo/passport-taken"
    (file,) = draft.changes
    assert file.path == "memos/passport-taken/questions.yaml"
    assert '  - "үй ижарасына келишим керекпи"\n' in (file.text or "")
    entries = await AuditLog(house.room.engine).page()
    entry = next(one for one in entries if one.deed == "questions-answered")
    assert (entry.subject, entry.detail) == ("memo/passport-taken", "4")
    assert not any("ижара" in f"{one.subject} {one.detail}" for one in entries)


async def test_a_memo_from_the_whole_list_answers_it(house: StaffHouse) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")

    await decide(client, await group_page(client), "answer", other="registration-first")

    (draft,) = await drafts_of(house)
    assert draft.subject == "memo/registration-first"


async def test_it_needs_a_new_memo(house: StaffHouse) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")
    page = await group_page(client)

    done = await client.post(
        f"{page.url.path}/new",
        data={
            "text": "үй ижарасына келишим керекпи",
            "lang": "ky",
            "title": "Жильё: договор",
            "id": "renting-home",
            "section": "registration",
        },
    )

    assert (done.status_code, done.headers["location"]) == (303, "/staff/memos/renting-home")
    editor = await client.get(done.headers["location"])
    assert editor.status_code == 200
    assert "Жильё: договор" in editor.text
    (draft,) = await drafts_of(house)
    assert draft.subject == "memo/renting-home"
    assert sorted(draft.files) == [
        "guide.yaml",
        "memos/renting-home/memo.yaml",
        "memos/renting-home/questions.yaml",
        "memos/renting-home/ru.md",
    ]
    assert 'title: "Жильё: договор"' in (draft.files["memos/renting-home/ru.md"].text or "")
    assert await rows_of(house) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [("../evil", "A title"), ("passport-taken", "A title"), ("renting-home", " "), (EVIL, EVIL)],
)
async def test_a_memo_that_cannot_be_begun(house: StaffHouse, name: str, title: str) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")

    done = await decide(
        client, await group_page(client), "new", id=name, title=title, section="registration"
    )

    assert done.status_code == 422
    assert EVIL not in done.text
    assert (await drafts_of(house), len(await rows_of(house))) == ((), 4)


async def test_it_is_not_ours(house: StaffHouse) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")

    await decide(client, await group_page(client), "not-ours")

    (draft,) = await drafts_of(house)
    assert draft.subject == "not-ours"
    assert "үй ижарасына келишим керекпи" in (draft.files["not-ours.yaml"].text or "")
    assert await rows_of(house) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("келишим", "at least"),
        ("менин номерим +996 700 123 456 чалыңыз", "could name somebody"),
        ("[name] келишим сурап жатат", "could name somebody"),
        ("келишим керек " * 30, "up to 300 characters"),
        ("  ", "at least"),
    ],
)
async def test_an_example_that_will_not_do_is_told_and_nothing_is_lost(
    house: StaffHouse, text: str, said: str
) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")

    done = await decide(
        client, await group_page(client), "answer", text=text, memo="passport-taken"
    )

    assert done.status_code == 422
    assert said in done.text
    assert "700 123" not in done.text
    assert (await drafts_of(house), len(await rows_of(house))) == ((), 4)


async def test_a_line_that_the_guide_has_already(house: StaffHouse) -> None:
    await ask(house, *RENT)
    line = next(
        line.text
        for line in house.content.edition().memos["passport-taken"].questions["ru"]
        if len(line.text.split()) > 2
    )
    client = await house.signed_in("author")

    done = await decide(client, await group_page(client), "not-ours", text=line.upper(), lang="ru")

    assert done.status_code == 422
    assert "There is such an example already" in done.text
    assert await drafts_of(house) == ()


@pytest.mark.parametrize("memo", ["", "no-such-memo", "../../facts", EVIL])
async def test_a_memo_that_is_none(house: StaffHouse, memo: str) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")

    done = await decide(client, await group_page(client), "answer", memo=memo)

    assert done.status_code == 422
    assert "Choose a memo." in done.text
    assert EVIL not in done.text
    assert len(await rows_of(house)) == 4


async def test_who_is_slower_is_told_and_changes_nothing(house: StaffHouse) -> None:
    await ask(house, *RENT)
    client, other = await house.signed_in("author", "A"), await house.signed_in("author", "B")
    page = await group_page(client)
    await decide(client, page, "answer", memo="passport-taken")

    late = await decide(other, page, "not-ours")

    assert late.status_code == 409
    assert "Somebody else has dealt with it" in late.text
    assert len(await drafts_of(house)) == 1


async def test_one_question_more_makes_another_group(house: StaffHouse) -> None:
    await ask(house, *RENT)
    client = await house.signed_in("author")
    page = await group_page(client)
    await keep(house, [UnansweredRow(RENT[1], "unsure", "ky", "kg")], days_ago=2)

    late = await decide(client, page, "answer", memo="passport-taken")

    assert late.status_code == 409
    assert len(await rows_of(house)) == 5


async def test_what_persons_wrote_is_shown_and_not_run(house: StaffHouse) -> None:
    await ask(house, *[f"келишим керекпи {EVIL}"] * 3)
    client = await house.signed_in("author")

    for page in (
        await client.get("/staff/unanswered"),
        await group_page(client),
        await client.get("/staff/"),
    ):
        assert "&lt;script&gt;" in page.text
        assert EVIL not in page.text


async def test_a_group_that_nobody_knows(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    for group in ("0" * 24, "..%2F..%2Fetc", "%3Cscript%3E"):
        assert (await client.get(f"/staff/unanswered/{group}")).status_code == 404


async def test_while_questions_are_compared_the_page_says_so(house: StaffHouse) -> None:
    class Never:
        async def of(self, *_: object) -> None:
            return None

    await ask(house, *RENT)
    object.__setattr__(house.room, "questions", Never())
    client = await house.signed_in("author")

    page = await client.get("/staff/unanswered?days=90")

    assert "The questions are being compared" in page.text
    assert 'hx-get="/staff/unanswered?lang=&amp;why=&amp;days=90"' in page.text
