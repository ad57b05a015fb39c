"""What admins see of the use of the bot."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from db.models import UsageEvent
from db.usage import PAGE_ROWS, Days, Usage, UsageInHour, UsageRow

NOVEMBER = Days(date(2026, 11, 1), date(2026, 11, 30))


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


async def used(engine: AsyncEngine, rows: Iterable[tuple[datetime, UsageRow]]) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            insert(UsageEvent),
            [
                {
                    "hour": hour, "kind": row.kind, "lang": row.lang,
                    "citizenship": row.citizenship, "subject": row.subject,
                }
                for hour, row in rows
            ],
        )  # fmt: skip


READ_KY = UsageRow("memo-read", "ky", "kg", "registration-first")
READ_RU = UsageRow("memo-read", "ru", "tj", "patent")
STARTED = UsageRow("started")


async def test_totals_by_day(engine: AsyncEngine) -> None:
    await used(
        engine, [(at(2), READ_KY), (at(2, 23), STARTED), (at(1), READ_RU), (at(2), READ_RU)]
    )

    assert await Usage(engine).by_day(NOVEMBER) == {date(2026, 11, 1): 1, date(2026, 11, 2): 3}
    assert await Usage(engine).by_day(NOVEMBER, kind="started") == {date(2026, 11, 2): 1}


async def test_both_ends_are_counted_and_nothing_outside(engine: AsyncEngine) -> None:
    outside = [(at(31, 23, month=10), STARTED), (at(1, 0, month=12), STARTED)]
    await used(engine, [*outside, (at(1, 0), STARTED), (at(30, 23), STARTED)])

    assert await Usage(engine).by_day(NOVEMBER) == {date(2026, 11, 1): 1, date(2026, 11, 30): 1}


async def test_days_are_cut_where_the_reader_lives(engine: AsyncEngine) -> None:
    moscow = timezone(timedelta(hours=3))
    await used(engine, [(at(1, 20), STARTED), (at(1, 21), STARTED), (at(30, 21), STARTED)])

    days = Days(NOVEMBER.first, NOVEMBER.last, moscow)

    assert await Usage(engine).by_day(days) == {date(2026, 11, 1): 1, date(2026, 11, 2): 1}


async def test_totals_by_language_and_citizenship_the_most_frequent_first(
    engine: AsyncEngine,
) -> None:
    await used(engine, [(at(1), READ_RU), (at(1), READ_KY), (at(2), READ_KY), (at(3), STARTED)])
    usage = Usage(engine)

    assert (await usage.by_language(NOVEMBER)) == {"ky": 2, "ru": 1, None: 1}
    assert next(iter(await usage.by_language(NOVEMBER))) == "ky"
    assert (await usage.by_language(NOVEMBER, kind="memo-read")) == {"ky": 2, "ru": 1}
    assert (await usage.by_citizenship(NOVEMBER)) == {"kg": 2, "tj": 1, None: 1}


async def test_totals_by_kind_and_by_subject_of_a_kind(engine: AsyncEngine) -> None:
    opened = UsageRow("section-opened", "ky", "kg", "registration-first")
    await used(engine, [(at(1), READ_RU), (at(1), READ_KY), (at(2), READ_KY), (at(2), opened)])
    usage = Usage(engine)

    assert await usage.by_kind(NOVEMBER) == {"memo-read": 3, "section-opened": 1}
    by_subject = await usage.by_subject(NOVEMBER, "memo-read")
    assert list(by_subject.items()) == [("registration-first", 2), ("patent", 1)]


async def test_the_export_gives_every_row_once_oldest_first(engine: AsyncEngine) -> None:
    await used(engine, [(at(3), READ_RU), (at(1), STARTED), (at(2), READ_KY), (at(1), READ_KY)])

    rows = [row async for row in Usage(engine).rows(NOVEMBER)]

    assert rows == [
        UsageInHour(at(1), STARTED),
        UsageInHour(at(1), READ_KY),
        UsageInHour(at(2), READ_KY),
        UsageInHour(at(3), READ_RU),
    ]


async def test_a_long_export_comes_in_pages_and_holds_no_connection(engine: AsyncEngine) -> None:
    total = 2 * PAGE_ROWS + 1
    # Many rows share an hour, so that pages end in the middle of one.
    await used(
        engine, ((at(1 + n % 3), UsageRow("memo-read", subject=str(n))) for n in range(total))
    )

    subjects = []
    pool = ""
    async for exported in Usage(engine).rows(NOVEMBER):
        subjects.append(exported.row.subject)
        if len(subjects) == PAGE_ROWS + 1:
            pool = engine.pool.status()

    assert sorted(map(int, filter(None, subjects))) == list(range(total))
    assert "Current Checked out connections: 0" in pool


async def test_nothing_used_is_nothing_counted(engine: AsyncEngine) -> None:
    usage = Usage(engine)

    assert await usage.by_day(NOVEMBER) == {}
    assert [row async for row in usage.rows(NOVEMBER)] == []
