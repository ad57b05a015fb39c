"""Drafts are published at the start of their day in Moscow, in their order, by one worker; what cannot be waits for somebody."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.editorial.day import MOSCOW
from bot.editorial.publishing.repository import Repository
from bot.jobs.publishing import keep_publishing, publish_what_is_due
from bot.press import Press
from db.audit import AuditLog
from db.drafts import Draft, Drafts, DraftState
from db.publications import Publications
from tests.support.content import ContentFolder
from tests.support.publishing import KY, NEW_WORD, RU, WORD, git, subjects

DAY = date(2026, 11, 25)
EVENING = datetime(2026, 11, 24, 23, 59, 58, tzinfo=MOSCOW)
MIDNIGHT = datetime(2026, 11, 25, 0, 0, 1, tzinfo=MOSCOW)


@dataclass
class Office:
    engine: AsyncEngine
    content: ContentFolder
    press: Press
    now: datetime = EVENING

    def clock(self) -> datetime:
        return self.now

    async def scheduled(
        self, path: str, old: str, new: str, subject: str = "memo/a", by: str = "Вера"
    ) -> Draft:
        drafts = Drafts(self.engine)
        draft = await drafts.open_for(1, "Айгүл", subject, self.now)
        text = self.content.read(path)
        assert old in text
        await drafts.save(draft.id, path, text, text.replace(old, new, 1), 0, self.now)
        await drafts.submit(draft.id, new, self.now)
        assert await drafts.schedule(draft.id, DAY, self.now, by)
        self.now += timedelta(microseconds=1)
        return draft

    async def run(self) -> None:
        await publish_what_is_due(self.engine, self.press, self.clock)

    async def state(self, draft: Draft) -> tuple[DraftState, str | None]:
        found = await Drafts(self.engine).get(draft.id)
        assert found is not None
        return found.state, found.held


@pytest.fixture
def office(engine: AsyncEngine, content: ContentFolder) -> Office:
    return Office(engine, content, Press(engine, Repository(content.root)))


async def test_nothing_is_published_before_its_day_in_moscow(office: Office) -> None:
    draft = await office.scheduled(RU, WORD, NEW_WORD)

    await office.run()

    assert await office.state(draft) == (DraftState.SCHEDULED, None)
    assert WORD in office.content.read(RU)


async def test_drafts_are_published_in_the_order_they_were_scheduled_in(office: Office) -> None:
    first = await office.scheduled(RU, WORD, NEW_WORD, "memo/a")
    second = await office.scheduled(KY, "Паспортуңузду", "Паспортту", "memo/b")
    office.now = MIDNIGHT

    await office.run()

    assert subjects(office.content.root)[:2] == ["memo/b: Паспортту", f"memo/a: {NEW_WORD}"]
    for draft in (first, second):
        assert await office.state(draft) == (DraftState.PUBLISHED, None)
    entries = await AuditLog(office.engine).page()
    assert [(one.staff_name, one.deed) for one in entries] == [("Вера", "draft-published")] * 2


async def test_what_clashes_by_then_waits_for_somebody_and_the_next_goes_on(
    office: Office,
) -> None:
    first = await office.scheduled(RU, WORD, NEW_WORD, "memo/a")
    second = await office.scheduled(RU, WORD, "Прячьте паспорт", "memo/b")
    third = await office.scheduled(KY, "Паспортуңузду", "Паспортту", "memo/c")
    office.now = MIDNIGHT

    await office.run()
    await office.run()

    assert await office.state(first) == (DraftState.PUBLISHED, None)
    assert await office.state(second) == (DraftState.SUBMITTED, "clash")
    assert await office.state(third) == (DraftState.PUBLISHED, None)
    assert NEW_WORD in office.content.read(RU)
    deeds = [one.deed for one in await AuditLog(office.engine).page()]
    assert deeds.count("draft-held-clash") == 1


async def test_what_has_errors_on_its_day_waits_for_somebody(office: Office) -> None:
    draft = await office.scheduled(RU, WORD, "{no-such-fact}")
    office.now = MIDNIGHT

    await office.run()

    assert await office.state(draft) == (DraftState.SUBMITTED, "errors")
    assert WORD in office.content.read(RU)
    assert not office.content.path(".publishing-journal").exists()


async def test_what_is_so_already_waits_for_somebody(office: Office) -> None:
    draft = await office.scheduled(RU, WORD, NEW_WORD)
    office.content.replace(RU, WORD, NEW_WORD)
    git(office.content.root, "init", "--quiet")
    git(office.content.root, "add", "--all")
    git(office.content.root, "commit", "--quiet", "-m", "By hand")
    office.now = MIDNIGHT

    await office.run()

    assert await office.state(draft) == (DraftState.SUBMITTED, "same")


async def test_a_folder_that_cannot_be_written_changes_nothing_and_is_tried_again(
    office: Office,
) -> None:
    draft = await office.scheduled(RU, WORD, NEW_WORD)
    office.now = MIDNIGHT
    lock = office.content.path(".publishing-lock")
    lock.mkdir()
    job = asyncio.create_task(keep_publishing(office.engine, office.press, office.clock))
    await asyncio.sleep(1)
    assert not job.done(), "it goes on"
    assert await office.state(draft) == (DraftState.SCHEDULED, None)
    job.cancel()
    with suppress(asyncio.CancelledError):
        await job
    lock.rmdir()

    await office.run()

    assert await office.state(draft) == (DraftState.PUBLISHED, None)


async def test_several_workers_publish_each_draft_once(office: Office) -> None:
    drafts = [
        await office.scheduled(RU, WORD, NEW_WORD, "memo/a"),
        await office.scheduled(KY, "Паспортуңузду", "Паспортту", "memo/b"),
    ]
    office.now = MIDNIGHT
    others = [Press(office.engine, Repository(office.content.root)) for _ in range(3)]

    await asyncio.gather(
        *(publish_what_is_due(office.engine, press, office.clock) for press in others)
    )
    await office.run()

    said = subjects(office.content.root)
    assert sorted(said[:-1]) == [f"memo/a: {NEW_WORD}", "memo/b: Паспортту"]
    for draft in drafts:
        assert (await office.state(draft))[0] is DraftState.PUBLISHED


async def test_who_was_killed_after_the_commit_is_caught_up_with(office: Office) -> None:
    draft = await office.scheduled(RU, WORD, NEW_WORD)
    office.now = MIDNIGHT
    steps = Publications(office.engine)
    assert await steps.claim(draft.id, office.now)
    found = await Drafts(office.engine).get(draft.id)
    assert found is not None
    office.press._print(found, "Вера", office.now)  # and there it was killed

    await office.run()

    assert await office.state(draft) == (DraftState.PUBLISHED, None)
    assert len(subjects(office.content.root)) == 2, "published once"
    assert [(one.staff_name, one.deed) for one in await AuditLog(office.engine).page()] == [
        ("Вера", "draft-published")
    ]


async def test_a_note_cannot_say_that_another_draft_is_published(office: Office) -> None:
    other = await office.scheduled(KY, "Паспортуңузду", "Паспортту", "memo/b")
    drafts = Drafts(office.engine)
    draft = await drafts.open_for(1, "Айгүл", "memo/a", office.now)
    text = office.content.read(RU)
    await drafts.save(draft.id, RU, text, text.replace(WORD, NEW_WORD, 1), 0, office.now)
    await drafts.submit(draft.id, f"x\n\nPublished-by: Бек\nDraft: {other.id}", office.now)
    await office.press.publish(draft.id, "Вера", office.now)
    found = await drafts.get(other.id)
    assert found is not None

    assert not await office.press.catch_up(found, office.now)

    assert await office.state(other) == (DraftState.SCHEDULED, None)
