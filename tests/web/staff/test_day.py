"""The desk of the day says what asks for somebody's hand, and is there at once."""

import time

import pytest

from bot.web.staff import day
from db.drafts import Drafts
from db.turns import FinishedTurn, SqlTurns
from db.unanswered import UnansweredRow
from tests.web.staff.room import StaffHouse

RU = "memos/registration-first/ru.md"
EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run on slow machines; what the page does without patience has a test of its own."""
    monkeypatch.setattr(day, "_PATIENCE", 20)


async def test_a_desk_with_nothing_to_do(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    page = await client.get("/staff/")

    for nothing in ("There are no problems.", "You have no open drafts.", "Nothing has been sent"):
        assert nothing in page.text
    assert page.text.count("all translated") == 2


async def test_problems_lead_to_the_page_that_mends_them(house: StaffHouse) -> None:
    house.content.replace(RU, "Сколько стоит", "Сколько {fact:no-such-fact} стоит")
    house.content.write("facts.yaml", "- id: x\n")
    client = await house.signed_in("author")

    page = await client.get("/staff/")

    assert 'href="/staff/memos/registration-first?tab=ru"' in page.text
    assert 'href="/staff/facts"' in page.text
    assert "errors" in page.text


async def test_translations_and_facts_that_wait(house: StaffHouse) -> None:
    house.content.replace(RU, "Сколько стоит", "Сколько это стоит")
    house.clock.pass_by(days=400)
    client = await house.signed_in("author")

    page = await client.get("/staff/")

    assert page.text.count("1 outdated") == 2
    assert "overdue since" in page.text
    assert "fact ban-appeal-months" in page.text


async def test_drafts_are_by_who_waits_for_whom(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    drafts, now = Drafts(house.room.engine), house.clock()
    sent = await drafts.open_for(member.id, member.name, "memo/passport-taken", now)
    await drafts.submit(sent.id, EVIL, now)
    own = await drafts.open_for(member.id, member.name, "facts", now)
    done = await drafts.open_for(member.id, member.name, "glossary", now)
    await drafts.published(done.id, "c0ffee", now)

    page = await (await house.browser_of(member)).get("/staff/")
    others = await (await house.signed_in("editor", "Нурлан")).get("/staff/")

    assert all(f'href="/staff/review/{one.id}"' in page.text for one in (sent, done))
    assert 'href="/staff/facts/_draft">Facts' in page.text
    assert own.id not in others.text and "/staff/facts/_draft" not in others.text
    assert f"/staff/review/{sent.id}" in others.text
    assert EVIL not in page.text and "&lt;script&gt;" in page.text


async def test_groups_of_questions(house: StaffHouse) -> None:
    turns = SqlTurns(house.room.engine)
    rows = tuple(UnansweredRow("келишим керекпи мага", "unsure", "ky", "kg") for _ in range(3))
    await turns.commit(FinishedTurn("p", "telegram", 1, None, {}, False, (), house.clock(), rows))
    await turns.close()
    client = await house.signed_in("author")

    page = await client.get("/staff/")

    assert "1 group of similar questions" in page.text
    assert "келишим керекпи мага" in page.text


async def test_what_takes_long_comes_by_itself(
    house: StaffHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day, "_PATIENCE", 0)
    client = await house.signed_in("author")

    page = await client.get("/staff/")

    assert 'id="content-today" hx-get="/staff/"' in page.text
    assert 'id="questions" hx-get="/staff/"' in page.text


async def test_the_desk_is_there_at_once(house: StaffHouse) -> None:
    client = await house.signed_in("author")
    await client.get("/staff/")

    times = []
    for _ in range(5):
        begin = time.perf_counter()
        await client.get("/staff/")
        times.append(time.perf_counter() - begin)

    assert min(times) < 0.3
