"""A person is reminded of a date as many days before as it is, and of nothing that is over."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.messenger import Blocked, Refused, TryAgain
from bot.conversation.replies import Page
from bot.conversation.sealing import Sealing
from bot.jobs.posting import Posting
from bot.jobs.queue import Over, Result, Wait
from bot.jobs.reminders import Reminders
from bot.render.rich_text import RichText
from db.kept_date import REMINDER, KeptDate, SettleDate
from db.kept_dates import KeptDates, change
from tests.jobs.letters import DAY, Post, job, keep, posting
from tests.support.logs import Logbook

TEN_IN_MOSCOW = 7


def said(kept: KeptDate, days_left: int) -> Page | None:
    return Page(RichText(f"{kept.name}: {days_left}")) if days_left != 3 else None


class Desk:
    def __init__(self, engine: AsyncEngine) -> None:
        self.engine, self.post = engine, Post()
        self.dates = KeptDates(engine)

    async def remind(
        self, kept: KeptDate, offset: int, days_left: int | None = None, hour: int = TEN_IN_MOSCOW
    ) -> Result:
        left = offset if days_left is None else days_left
        now = datetime(DAY.year, DAY.month, DAY.day - left, hour, tzinfo=UTC)
        return await self._reminders(now).remind(job(REMINDER, kept, offset))

    def _reminders(self, now: datetime) -> Reminders:
        return Reminders(self._posting(), said, lambda: now)

    def _posting(self) -> Posting:
        return posting(self.engine, self.post)


@pytest.fixture
def desk(engine: AsyncEngine) -> Desk:
    return Desk(engine)


@pytest.mark.parametrize("offset", [7, 1, 0, -1])
async def test_it_goes_to_the_address_that_was_sealed(desk: Desk, offset: int) -> None:
    kept = await keep(desk.engine)

    assert await desk.remind(kept, offset) == Over("delivered")

    assert desk.post.sent == [("telegram", "7a1b2", f"deadline: {offset}")]


async def test_a_late_one_tells_the_days_that_are_left(desk: Desk) -> None:
    kept = await keep(desk.engine)

    await desk.remind(kept, offset=7, days_left=5)

    assert desk.post.texts == ["deadline: 5"]


async def test_one_that_is_later_than_the_next_is_left_to_it(desk: Desk) -> None:
    kept = await keep(desk.engine)

    assert await desk.remind(kept, offset=7, days_left=2) == Over("overtaken")
    assert desk.post.sent == []


async def test_days_are_those_of_the_zone_of_the_date(desk: Desk) -> None:
    kept = await keep(desk.engine, zone="Asia/Vladivostok")

    await desk.remind(kept, offset=1, days_left=1, hour=15)  # past midnight there

    assert desk.post.texts == []
    await desk.remind(kept, offset=0, days_left=1, hour=15)
    assert desk.post.texts == ["deadline: 0"]


async def test_nobody_is_reminded_of_what_is_done_or_gone(desk: Desk) -> None:
    done, gone = await keep(desk.engine), await keep(desk.engine, name="payment")
    async with desk.engine.begin() as connection:
        await connection.run_sync(change, "a1b2", [SettleDate(done.id)])
    await desk.dates.delete(gone.id)

    assert await desk.remind(done, 7) == Over("gone")
    assert await desk.remind(gone, 7) == Over("gone")
    assert desk.post.sent == []


async def test_there_may_be_nothing_to_say(desk: Desk) -> None:
    kept = await keep(desk.engine)

    assert await desk.remind(kept, 3) == Over("nothing-to-say")
    assert desk.post.sent == []


async def test_who_blocks_the_bot_keeps_nothing(desk: Desk) -> None:
    kept = await keep(desk.engine)
    await keep(desk.engine, name="payment")
    others = await keep(desk.engine, person="c3d4")
    desk.post.answers.append(Blocked())

    assert await desk.remind(kept, 7) == Over("blocked")

    assert await desk.dates.of_person("a1b2") == ()
    assert await desk.dates.of_person("c3d4") == (others,)


async def test_telegram_asks_to_wait(desk: Desk) -> None:
    kept = await keep(desk.engine)
    desk.post.answers.append(TryAgain(35))

    assert await desk.remind(kept, 7) == Wait(35)

    assert await desk.dates.get(kept.id) == kept


async def test_what_is_refused_is_not_sent_again_and_the_date_stays(desk: Desk) -> None:
    kept = await keep(desk.engine)
    desk.post.answers.append(Refused())

    assert await desk.remind(kept, 7) == Over("refused")

    assert await desk.dates.get(kept.id) == kept


async def test_a_date_that_does_not_open_goes_without_a_word_about_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook = Logbook.of(monkeypatch, "bot.jobs.posting")
    kept = await keep(desk.engine)
    other_key = Sealing("another key, as after a loss")
    reminders = Reminders(
        posting(desk.engine, desk.post, other_key),
        said,
        lambda: datetime(2026, 12, 1, 7, tzinfo=UTC),
    )

    assert await reminders.remind(job(REMINDER, kept, 7)) == Over("not-opened")

    assert await desk.dates.get(kept.id) is None
    assert desk.post.sent == []
    assert logbook.events == ["date.not_opened"]
    assert "a1b2" not in logbook.text
