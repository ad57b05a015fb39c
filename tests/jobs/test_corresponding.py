"""From a kept date to the message, with the flows of the guidance and the words of the conversation."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import first_catalogue
from bot.conversation.date_keeping import Owner, keep_date
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.replies import KeepDate
from bot.guide.citizenship import Citizenship
from bot.guide.fact_values import written_values
from bot.guide.rules import RULES
from bot.i18n.interface import load_interface
from bot.jobs.corresponding import LETTERS, Correspondence, keep_corresponding
from bot.observability.metrics import Metrics
from db import kept_dates
from db.kept_date import KeptDate
from db.kept_dates import KeptDates
from db.models import JobRow
from tests.jobs.letters import SEALING, Post
from tests.support.bot import settings_for

pytestmark = pytest.mark.slow  # the published guide

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
GUIDANCE = Path(__file__).parent.parent.parent / "content"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Guidebook:
    """As a worker has it: without pages of memos."""
    settings = settings_for(tmp_path_factory.mktemp("book"), GUIDANCE)
    return make_guidebook(first_catalogue(settings, lambda: NOW), load_interface(), only=())


async def keep(engine: AsyncEngine, day: date, facts: Mapping[str, str]) -> KeptDate:
    wanted = KeepDate(
        flow="register-by",
        name="deadline",
        day=day,
        zone="Europe/Moscow",
        facts=facts,
        answers={"registered": "not-yet", "entered": "2026-11-24"},
    )
    entry = datetime(2026, 11, 24, 12, tzinfo=UTC)
    owner = Owner("a1b2", "telegram", "7310604210", "ky", Citizenship.KG)
    kept = keep_date(wanted, owner, SEALING, entry)
    async with engine.begin() as connection:
        await connection.run_sync(kept_dates.keep, [kept])
    return kept.date


@asynccontextmanager
async def corresponding(engine: AsyncEngine, book: Guidebook) -> AsyncIterator[Post]:
    post = Post()
    parts = Correspondence(post, SEALING, lambda: book, LETTERS, Metrics())
    task = asyncio.create_task(keep_corresponding(engine, parts, lambda: NOW))
    try:
        yield post
    finally:
        task.cancel()
        await asyncio.wait([task])


async def until_nothing_is_due(engine: AsyncEngine, post: Post) -> None:
    due = select(func.count()).select_from(JobRow).where(JobRow.due <= NOW)
    async with asyncio.timeout(20):
        while True:
            async with engine.connect() as connection:
                waiting = (await connection.execute(due)).scalar_one()
            if post.sent and not waiting:
                return
            await asyncio.sleep(0.05)


async def test_a_reminder_is_in_the_words_of_the_person(
    engine: AsyncEngine, book: Guidebook
) -> None:
    await keep(engine, date(2026, 11, 28), facts={})

    async with corresponding(engine, book) as post:
        await until_nothing_is_due(engine, post)

    [(door, address, text)] = post.sent
    assert (door, address) == ("telegram", "7310604210")
    assert book.catalogue.flows["register-by"].dates["deadline"].in_language("ky") in text
    assert book.words("ky").count("date-days-left", 3) in text


async def test_a_changed_fact_is_told_with_both_days_and_moves_the_date(
    engine: AsyncEngine, book: Guidebook
) -> None:
    values = written_values(book.catalogue)
    facts = {fact: "1" for fact in RULES["registration-deadline"].facts if fact in values}
    assert facts
    kept = await keep(engine, date(2026, 12, 20), facts)

    async with corresponding(engine, book) as post:
        await until_nothing_is_due(engine, post)

    found = await KeptDates(engine).get(kept.id)
    assert found is not None
    assert found.day != kept.day
    assert found.facts == {fact: values[fact] for fact in facts}
    [text] = post.texts
    assert "20" in text
    assert str(found.day.day) in text
