"""When a fact changes, exactly those are told who keep a date that was worked out with the earlier value."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.messenger import Blocked, TryAgain
from bot.conversation.replies import Page
from bot.guide.fact import Range
from bot.guide.fact_values import written
from bot.guide.text import LocalText
from bot.jobs.fact_alerts import FACT_CHANGED, FactAlerts, enqueue_alerts
from bot.jobs.queue import Over, Result, Wait
from bot.render.rich_text import RichText
from db.jobs import Job, Jobs
from db.kept_date import KeptDate, SettleDate
from db.kept_dates import KeptDates, change
from db.models import JobRow
from tests.jobs.letters import DAY, Post, keep, posting

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TERM, FEE = "reg-kg-30-days", "patent-fee"
FACTS = {TERM: "30", FEE: "5000"}


class Desk:
    """The guide says `values`; the day is the entry and so many days as the term has."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine, self.post = engine, Post()
        self.dates, self.jobs = KeptDates(engine), Jobs(engine)
        self.values = dict(FACTS)

    async def look(self) -> int:
        return await enqueue_alerts(self.dates, self.jobs, self.values, NOW)

    async def waiting(self) -> list[str]:
        query = select(JobRow.subject).where(JobRow.kind == FACT_CHANGED)
        async with self.engine.connect() as connection:
            return sorted(str(row) for row in (await connection.execute(query)).scalars())

    async def work(self) -> list[Result]:
        """Do what waits, as a worker does."""
        alerts = FactAlerts(
            posting(self.engine, self.post),
            lambda: self.values,
            self.worked_out,
            told,
            lambda: NOW,
        )
        results = []
        claimed: tuple[Job, ...] = await self.jobs.claim(
            "w", NOW, timedelta(1), 99, [FACT_CHANGED]
        )
        for job in claimed:
            results.append(await alerts.alert(job))
            await self.jobs.done(job)
        return results

    def worked_out(self, _kept: KeptDate, answers: Mapping[str, str]) -> date | None:
        term = self.values[TERM]
        if term == "unknown":
            return None
        return date.fromisoformat(answers["entered"]) + timedelta(days=int(term))

    async def due(self, kept: KeptDate) -> dict[int, date]:
        query = select(JobRow.payload, JobRow.due).where(JobRow.subject == kept.id)
        async with self.engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return {payload["offset"]: due.date() for payload, due in rows if "offset" in payload}


def told(kept: KeptDate, day: date | None) -> Page:
    return Page(RichText(f"{kept.person}: {kept.day} → {day}"))


@pytest.fixture
def desk(engine: AsyncEngine) -> Desk:
    return Desk(engine)


async def test_nobody_is_told_while_nothing_changes(desk: Desk) -> None:
    await keep(desk.engine, facts=FACTS)

    assert await desk.look() == 0
    assert await desk.waiting() == []


async def test_exactly_those_are_told_whose_fact_it_is(desk: Desk) -> None:
    told_of = [await keep(desk.engine, person=f"p{n}", facts=FACTS) for n in range(3)]
    await keep(desk.engine, person="other", facts={FEE: "5000"})
    await keep(desk.engine, person="by-hand")
    done = await keep(desk.engine, person="done", facts=FACTS)
    new = await keep(desk.engine, person="new", facts={**FACTS, TERM: "60"})
    async with desk.engine.begin() as connection:
        await connection.run_sync(change, "done", [SettleDate(done.id)])
    desk.values[TERM] = "60"

    assert await desk.look() == 3
    assert await desk.waiting() == sorted(one.id for one in told_of)
    await desk.work()

    old, later = DAY, date(2027, 1, 7)
    assert sorted(desk.post.texts) == [f"p{n}: {old} → {later}" for n in range(3)]
    assert {address for _, address, _ in desk.post.sent} == {"7p0", "7p1", "7p2"}
    assert await desk.dates.get(new.id) == new


async def test_after_that_the_date_has_its_new_day_values_and_reminders(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values[TERM] = "60"
    await desk.look()
    assert await desk.work() == [Over("delivered")]

    later = date(2027, 1, 7)
    assert await desk.dates.get(kept.id) == replace(kept, day=later, facts={**FACTS, TERM: "60"})
    assert await desk.due(kept) == {
        offset: later - timedelta(days=offset) for offset in (7, 3, 1, 0, -1)
    }
    assert await desk.look() == 0


async def test_looking_twice_tells_once(desk: Desk) -> None:
    await keep(desk.engine, facts=FACTS)
    desk.values[TERM] = "60"
    await desk.look()
    await desk.look()

    await desk.work()

    assert len(desk.post.sent) == 1


async def test_two_facts_of_one_date_are_one_message(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values |= {TERM: "60", FEE: "6000"}

    assert await desk.look() == 1
    await desk.work()

    assert len(desk.post.sent) == 1
    found = await desk.dates.get(kept.id)
    assert found is not None and found.facts == desk.values


async def test_a_change_that_moves_no_day_is_no_message(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values[FEE] = "6000"
    await desk.look()

    assert await desk.work() == [Over("same-day")]

    assert desk.post.sent == []
    found = await desk.dates.get(kept.id)
    assert found == replace(kept, facts=desk.values)


async def test_a_change_that_was_taken_back_is_no_message(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values[TERM] = "60"
    await desk.look()
    desk.values[TERM] = "30"

    assert await desk.work() == [Over("told-before")]

    assert desk.post.sent == []
    assert await desk.dates.get(kept.id) == kept


async def test_a_day_that_cannot_be_told_any_more_is_said_and_stays(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values[TERM] = "unknown"
    await desk.look()
    await desk.work()

    assert desk.post.texts == [f"a1b2: {DAY} → None"]
    found = await desk.dates.get(kept.id)
    assert found is not None and found.day == DAY


async def test_who_was_not_told_yet_has_the_earlier_day_still(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values[TERM] = "60"
    await desk.look()
    desk.post.answers.append(TryAgain(30))

    assert await desk.work() == [Wait(30)]
    assert await desk.dates.get(kept.id) == kept


async def test_who_blocks_the_bot_keeps_nothing(desk: Desk) -> None:
    kept = await keep(desk.engine, facts=FACTS)
    desk.values[TERM] = "60"
    await desk.look()
    desk.post.answers.append(Blocked())

    assert await desk.work() == [Over("blocked")]
    assert await desk.dates.get(kept.id) is None


async def test_a_fact_that_is_gone_from_the_guide_says_nothing(desk: Desk) -> None:
    await keep(desk.engine, facts=FACTS)
    del desk.values[TERM]

    assert await desk.look() == 0


def test_equal_values_are_written_alike_and_a_better_translation_changes_nothing() -> None:
    values = (30, Range(2000, 5000), date(2026, 12, 8), LocalText({"ru": "да", "ky": "ооба"}))

    assert [written(value) for value in values] == ["30", "2000-5000", "2026-12-08", "да"]
    assert written(LocalText({"ru": "да", "ky": "ооба!"})) == "да"
