"""Questions that found no answer lie in no order, and nothing leads from one to a person."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.audit import AuditLog
from db.shuffling import shuffle
from db.turns import FinishedTurn, SqlTurns, UnansweredRow
from db.unanswered import PAGE_ROWS, Unanswered, UnansweredOnDay, random_id

NOON = datetime(2026, 11, 24, 12, 34, 56, tzinfo=UTC)
TODAY = NOON.date()


async def keep(engine: AsyncEngine, *texts: str, lang: str = "ky", at: datetime = NOON) -> None:
    """A turn for each question, as different persons ask them."""
    turns = SqlTurns(engine)
    for number, asked in enumerate(texts, int(at.timestamp())):
        row = UnansweredRow(asked, "unsure", lang, "kg")
        await turns.commit(
            FinishedTurn(f"p{asked}", "telegram", number, None, {}, False, (), at, (row,))
        )
    await turns.close()


async def read(
    engine: AsyncEngine, first: date = TODAY, last: date = TODAY, lang: str | None = None
) -> list[UnansweredOnDay]:
    return [row async for row in Unanswered(engine).rows(first, last, lang)]


async def test_questions_are_read_by_day_and_language(engine: AsyncEngine) -> None:
    await keep(engine, "эски", at=NOON - timedelta(days=2))
    await keep(engine, "жаңы")
    await keep(engine, "новый", lang="ru", at=NOON + timedelta(seconds=9))

    yesterday = TODAY - timedelta(days=1)
    assert {one.row.text for one in await read(engine, yesterday)} == {"жаңы", "новый"}
    assert [(one.day, one.row) for one in await read(engine, lang="ru")] == [
        (TODAY, UnansweredRow("новый", "unsure", "ru", "kg"))
    ]
    assert await read(engine, yesterday, yesterday) == []


async def test_what_staff_have_dealt_with_is_gone_and_the_rest_stays(engine: AsyncEngine) -> None:
    await keep(engine, *(str(number) for number in range(700)))
    done = [one for one in await read(engine) if one.row.text != "7"]

    async def settle() -> int:
        ids = [one.id for one in done]
        return await Unanswered(engine).settle(
            ids, by="Айгүл", deed="questions-answered", subject="memo/patent", now=NOON
        )

    assert await settle() == 699
    assert await settle() == 0
    assert [one.row.text for one in await read(engine)] == ["7"]
    (entry,) = await AuditLog(engine).page()
    assert (entry.staff_name, entry.deed, entry.subject, entry.detail) == (
        "Айгүл",
        "questions-answered",
        "memo/patent",
        "699",
    )


async def test_they_come_in_another_order_than_they_were_asked(engine: AsyncEngine) -> None:
    asked = [f"{number:02}" for number in range(40)]
    await keep(engine, *asked)

    found = [one.row.text for one in await read(engine)]

    assert sorted(found) == asked
    assert found not in (asked, asked[::-1])


async def test_more_than_a_page_is_read_whole(engine: AsyncEngine) -> None:
    turns = SqlTurns(engine)
    rows = tuple(UnansweredRow(str(number), "no", memo="m") for number in range(PAGE_ROWS + 1))
    await turns.commit(FinishedTurn("p", "telegram", 1, None, {}, False, (), NOON, rows))
    await turns.close()

    assert len({one.row.text for one in await read(engine)}) == PAGE_ROWS + 1


def test_an_id_tells_nothing_of_the_one_before() -> None:
    ids = [random_id() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert ids not in (sorted(ids), sorted(ids, reverse=True))


async def test_after_its_day_no_number_of_a_row_leads_to_a_person(engine: AsyncEngine) -> None:
    """PostgreSQL's `xmin` is equal on everything that one turn has written."""
    asked = [f"{number:02}" for number in range(40)]
    await keep(engine, *asked)
    await shuffle(engine, NOON)
    assert {one.row.text for one in await read(engine)} == set(asked)

    await shuffle(engine, NOON + timedelta(days=1))

    assert {one.row.text for one in await read(engine)} == set(asked)
    async with engine.connect() as connection:
        stored = "SELECT text FROM unanswered_question"
        lying = (await connection.execute(text(stored))).scalars().all()
        assert lying not in (asked, asked[::-1])
        if engine.dialect.name == "postgresql":
            shared = (
                "SELECT count(*) FROM unanswered_question q JOIN conversation c ON c.xmin = q.xmin"
            )
            assert (await connection.execute(text(shared))).scalar_one() == 0
            marks = "SELECT count(DISTINCT xmin::text) FROM unanswered_question"
            assert (await connection.execute(text(marks))).scalar_one() == 1
