"""Counts of days over a period, and the log of events, are what the events say; groups of days that go on are not told."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from db.counted import counted_day
from db.models import CountedDay, UsageEvent
from db.usage import UsageRow
from db.usage_days import EVERYTHING, Asked, Span, UsageDays
from db.usage_log import PAGE_ROWS, Place, Told, UsageLog
from tests.bench.made_usage import make_usage
from tests.db.counts import expect_counts_of_the_events

LAST = date(2026, 11, 24)
DAYS = 14
WHOLE = Span(LAST - timedelta(days=DAYS - 1), LAST)


@pytest.fixture
async def used(engine: AsyncEngine) -> AsyncEngine:
    """Two weeks of 4,000 events, all closed but the last day."""
    await make_usage(engine, LAST, DAYS, 4000)
    async with engine.begin() as connection:
        is_last = CountedDay.day == LAST
        await connection.execute(update(CountedDay).where(is_last).values(salt=b"open"))
    return engine


async def events(engine: AsyncEngine) -> list[tuple[datetime, UsageRow]]:
    """All, newest first."""
    order = (UsageEvent.hour.desc(), UsageEvent.id.desc())
    async with engine.connect() as connection:
        rows = (await connection.execute(select(UsageEvent).order_by(*order))).all()
    return [(row.hour, UsageRow(row.kind, row.lang, row.citizenship, row.subject)) for row in rows]


def is_asked(hour: datetime, row: UsageRow, asked: Asked, kind: str | None) -> bool:
    if asked.is_of_a_group and counted_day(hour) == LAST:
        return False
    wanted = (
        (asked.lang, row.lang or ""),
        (asked.citizenship, row.citizenship or ""),
        (asked.subject, row.subject),
        (kind, row.kind),
    )
    return all(want is None or want == have for want, have in wanted)


async def test_the_made_events_are_counted_like_those_of_turns(used: AsyncEngine) -> None:
    assert len(await events(used)) == 4000
    await expect_counts_of_the_events(used)


class TestDays:
    async def test_totals_are_those_of_the_events(self, used: AsyncEngine) -> None:
        days, every = UsageDays(used), await events(used)
        span = Span(LAST - timedelta(days=5), LAST - timedelta(days=2))
        within = [
            (hour, row) for hour, row in every if span.first <= counted_day(hour) <= span.last
        ]

        assert await days.by_kind(span) == Counter(row.kind for _, row in within)
        assert await days.by_day(span, EVERYTHING, ["memo-read"]) == Counter(
            (counted_day(hour), row.kind) for hour, row in within if row.kind == "memo-read"
        )
        assert await days.by_subject(span, EVERYTHING, ["memo-read"]) == Counter(
            (row.kind, row.subject) for _, row in within if row.kind == "memo-read"
        )
        assert await days.by_language(span, EVERYTHING, []) == Counter(
            row.lang or "" for _, row in within
        )
        assert await days.by_citizenship(span, EVERYTHING, ["memo-read", "started"]) == Counter(
            row.citizenship or "" for _, row in within if row.kind in {"memo-read", "started"}
        )

    @pytest.mark.parametrize(
        "asked",
        [
            Asked(lang="ky"),
            Asked(citizenship=""),
            Asked(subject="memo-03"),
            Asked("ru", "uz", "memo-00"),
        ],
    )
    async def test_a_group_or_a_memo_can_be_asked_for(
        self, used: AsyncEngine, asked: Asked
    ) -> None:
        found = await UsageDays(used).by_kind(WHOLE, asked, "memo-read", "question-answered")

        expected = Counter(
            row.kind
            for hour, row in await events(used)
            if row.kind in {"memo-read", "question-answered"} and is_asked(hour, row, asked, None)
        )
        assert found == expected
        assert expected

    async def test_groups_are_told_up_to_the_first_day_that_is_open(
        self, used: AsyncEngine
    ) -> None:
        days = UsageDays(used)
        assert await days.told() == Span(WHOLE.first, LAST - timedelta(days=1))

        async with used.begin() as connection:
            is_fifth = CountedDay.day == LAST - timedelta(days=5)
            await connection.execute(update(CountedDay).where(is_fifth).values(salt=b"open"))
        assert await days.told() == Span(WHOLE.first, LAST - timedelta(days=6))
        assert await days.by_language(Span(LAST, LAST), EVERYTHING, []) == {}
        assert await days.persons_by_language(Span(LAST, LAST), EVERYTHING) == {}
        assert sum((await days.persons(Span(LAST, LAST), EVERYTHING)).values()) > 0

    async def test_before_the_first_day_is_closed_no_group_is_told(
        self, engine: AsyncEngine
    ) -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(CountedDay), {"day": LAST, "salt": b"open"})
        days = UsageDays(engine)

        assert await days.told() is None
        assert await days.by_kind(WHOLE, Asked(lang="ky")) == {}


class TestLog:
    @pytest.mark.parametrize(
        ("asked", "kind"),
        [
            pytest.param(EVERYTHING, None, id="everything"),
            pytest.param(EVERYTHING, "memo-read", id="often"),
            pytest.param(EVERYTHING, "nearest-shown", id="seldom"),
            pytest.param(Asked(lang="ky"), None, id="language"),
            pytest.param(Asked(citizenship=""), "memo-read", id="not chosen"),
            pytest.param(Asked("en", None, "memo-01"), None, id="seldom and told"),
            pytest.param(Asked(subject="memo-00"), "question-answered", id="memo"),
            pytest.param(Asked(subject="gone"), None, id="nothing"),
        ],
    )
    async def test_its_pages_together_are_the_events(
        self, used: AsyncEngine, asked: Asked, kind: str | None
    ) -> None:
        expected = [
            (hour, row) for hour, row in await events(used) if is_asked(hour, row, asked, kind)
        ]

        shown = [one async for one in pages(UsageLog(used), asked, kind)]
        exported = [
            one async for some in UsageLog(used).all_of(WHOLE, asked, kind) for one in some
        ]

        assert [one.event.hour for one in shown] == [hour for hour, _ in expected]
        assert Counter(one.event.row for one in shown) == Counter(
            told_row(hour, row) for hour, row in expected
        )
        assert Counter(one.event.row for one in exported) == Counter(
            one.event.row for one in shown
        )
        assert [one.event.hour for one in exported] == sorted(hour for hour, _ in expected)

    async def test_events_of_the_open_day_have_no_group(self, used: AsyncEngine) -> None:
        today = [one async for one in pages(UsageLog(used), EVERYTHING, None)][:PAGE_ROWS]

        assert {counted_day(one.event.hour) for one in today} == {LAST}
        assert not any(one.is_group_told for one in today)
        assert {(one.event.row.lang, one.event.row.citizenship) for one in today} == {(None, None)}

    async def test_it_can_begin_anywhere(self, used: AsyncEngine) -> None:
        noon = datetime(2026, 11, 20, 9, tzinfo=UTC)

        page = await UsageLog(used).page(WHOLE, EVERYTHING, None, Place(noon, 0))

        assert page.rows[0].event.hour < noon
        assert len(page.rows) == PAGE_ROWS


async def pages(log: UsageLog, asked: Asked, kind: str | None) -> AsyncIterator[Told]:
    after: Place | None = None
    for _ in range(100):
        page = await log.page(WHOLE, asked, kind, after)
        for one in page.rows:
            yield one
        after = page.older
        if after is None:
            return
    raise AssertionError("it does not end")


def told_row(hour: datetime, row: UsageRow) -> UsageRow:
    return UsageRow(row.kind, None, None, row.subject) if counted_day(hour) == LAST else row
