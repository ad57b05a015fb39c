"""Edits go live by themselves; broken ones do not."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.editorial.compiling import build_catalogue
from bot.editorial.day import day_of
from bot.editorial.problem import Problem
from bot.editorial.published import PublishedContent
from bot.editorial.watching import watch
from bot.guide.catalogue import Catalogue
from tests.support.content import TODAY, ContentFolder

NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)
PATIENCE = 60  # seconds of a busy machine; how soon an edit is live is measured by the benchmark


@dataclass
class Reader:
    """Keeps what is published and refused; its clock stands still until a test moves it."""

    now: datetime = NOON
    published: list[Catalogue] = field(default_factory=list)
    refused: list[tuple[Problem, ...]] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that a thread does; publishing is called from one."""
        async with asyncio.timeout(PATIENCE):
            while not happened():  # noqa: ASYNC110 (a thread cannot set an event of this loop)
                await asyncio.sleep(0.02)


@asynccontextmanager
async def watching(
    content: ContentFolder, reader: Reader, published: Catalogue | None = None
) -> AsyncIterator[None]:
    task = asyncio.create_task(
        watch(
            PublishedContent(content.root),
            reader.clock,
            publish=reader.published.append,
            refuse=reader.refused.append,
            published=published,
            every=0.1,
        )
    )
    try:
        yield
        assert not task.done(), "watching ends by cancellation only"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_an_edit_goes_live(content: ContentFolder) -> None:
    reader = Reader()
    async with watching(content, reader):
        await reader.until(lambda: len(reader.published) == 1)

        content.replace("facts.yaml", "value: 30", "value: 31")
        await reader.until(lambda: len(reader.published) == 2)

    old, new = reader.published
    assert old.edition != new.edition
    assert new.facts["reg-kg-days"].value_on(TODAY) == 31


async def test_a_broken_edit_is_refused_and_the_mended_one_published(
    content: ContentFolder,
) -> None:
    reader = Reader()
    async with watching(content, reader):
        await reader.until(lambda: len(reader.published) == 1)

        content.replace("facts.yaml", "value: 30", "value: [")
        await reader.until(lambda: len(reader.refused) == 1)
        await asyncio.sleep(0.5)
        assert len(reader.published) == 1, "the last good edition stays"
        assert len(reader.refused) == 1, "an edition is refused once"

        content.replace("facts.yaml", "value: [", "value: 32")
        await reader.until(lambda: len(reader.published) == 2)

    [problem] = [problem for problem in reader.refused[0] if problem.is_error]
    assert (problem.file, problem.code) == ("facts.yaml", "yaml-syntax")
    assert reader.published[1].facts["reg-kg-days"].value_on(TODAY) == 32


async def test_a_file_that_is_being_written_is_left_alone(content: ContentFolder) -> None:
    reader = Reader()
    async with watching(content, reader):
        await reader.until(lambda: len(reader.published) == 1)

        # Each state checks; only the last is what its author meant.
        for number in range(31, 46):
            content.replace("facts.yaml", f"value: {number - 1}}}", f"value: {number}}}")
            await asyncio.sleep(0.05)
        await reader.until(lambda: len(reader.published) == 2)

    assert reader.published[1].facts["reg-kg-days"].value_on(TODAY) == 45


async def test_the_day_changes_at_midnight_in_moscow(content: ContentFolder) -> None:
    reader = Reader(now=datetime(2026, 12, 31, 20, 59, tzinfo=UTC))
    async with watching(content, reader):
        await reader.until(lambda: len(reader.published) == 1)

        reader.now = datetime(2026, 12, 31, 21, 0, tzinfo=UTC)
        await reader.until(lambda: len(reader.published) == 2)

    before, after = reader.published
    assert (before.day.year, after.day.year) == (2026, 2027)
    assert before.facts["patent-price"].value_on(before.day) == 8900
    assert after.facts["patent-price"].value_on(after.day) == 10000


async def test_what_is_served_already_is_not_published_again(content: ContentFolder) -> None:
    served = build_catalogue(content.edition(), day_of(NOON))
    reader = Reader()
    async with watching(content, reader, published=served):
        content.write("facts.yaml", content.read("facts.yaml"))
        await asyncio.sleep(0.8)
        assert reader.published == []

        content.replace("facts.yaml", "value: 30", "value: 31")
        await reader.until(lambda: len(reader.published) == 1)


def test_the_day_is_that_of_moscow() -> None:
    assert day_of(datetime(2026, 11, 24, 20, 59, tzinfo=UTC)) == TODAY
    assert day_of(datetime(2026, 11, 23, 21, 0, tzinfo=UTC)) == TODAY
