"""The last steps of a draft happen once: one publishes it, one decides, and nothing that was written is lost on the way."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from db.audit import AuditLog
from db.drafts import CLAIM_LASTS, Draft, Drafts, DraftState
from db.engine import make_engine
from db.publications import Publications, Settled

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 12, 1)
FILE = "memos/a/ru.md"


async def sent(engine: AsyncEngine, subject: str = "memo/a", seconds: float = 0) -> Draft:
    drafts = Drafts(engine)
    now = NOON + timedelta(seconds=seconds)
    draft = await drafts.open_for(1, "Айгүл", subject, now)
    await drafts.save(draft.id, FILE, "Было.\n", "Стало.\n", 0, now)
    assert await drafts.submit(draft.id, "Короче", now)
    return await read(engine, draft)


async def read(engine: AsyncEngine, draft: Draft) -> Draft:
    found = await Drafts(engine).get(draft.id)
    assert found is not None
    return found


async def test_one_of_many_publishes_a_draft(url: str) -> None:
    engines = [make_engine(url) for _ in range(5)]
    draft = await sent(engines[0])

    claims = await asyncio.gather(*(Publications(one).claim(draft.id, NOON) for one in engines))

    assert sorted(claims) == [False] * 4 + [True]
    for engine in engines:
        await engine.dispose()


async def test_a_claim_keeps_others_from_deciding_until_it_is_given_up_or_old(
    engine: AsyncEngine,
) -> None:
    drafts, publications, draft = Drafts(engine), Publications(engine), await sent(engine)
    assert await publications.claim(draft.id, NOON)

    assert not await drafts.send_back(draft.id, "", NOON)
    assert not await drafts.discard(draft.id, NOON)
    assert not await drafts.schedule(draft.id, DAY, NOON)
    assert not await publications.take_over(draft, 2, "Бек", NOON)
    assert not await publications.settle(draft.id, {FILE: Settled("", "", 1)}, NOON)
    assert not await publications.release(draft.id, NOON + timedelta(seconds=1)), "not that one"
    assert [one.id for one in await publications.claimed()] == [draft.id]

    assert await publications.release(draft.id, NOON)
    assert await publications.claim(draft.id, NOON)
    later = NOON + CLAIM_LASTS + timedelta(seconds=1)
    assert await publications.claim(draft.id, later), "its holder was killed"
    assert (await read(engine, draft)).state is DraftState.SUBMITTED


async def test_what_is_published_is_noted_once_in_the_audit_log_too(engine: AsyncEngine) -> None:
    publications, draft = Publications(engine), await sent(engine)
    await publications.claim(draft.id, NOON)

    assert await publications.published(draft, "c0ffee" * 6, "Вера", NOON, is_own=False)
    assert not await publications.published(draft, "c0ffee" * 6, "Вера", NOON, is_own=False)

    saved = await read(engine, draft)
    assert (saved.state, saved.commit, saved.claimed) == (
        DraftState.PUBLISHED,
        "c0ffee" * 6,
        None,
    )
    entries = await AuditLog(engine).page()
    assert [(one.staff_name, one.deed, one.subject) for one in entries] == [
        ("Вера", "draft-published", "memo/a")
    ]


async def test_what_is_due_comes_in_the_order_in_which_it_was_scheduled(
    engine: AsyncEngine,
) -> None:
    drafts, publications = Drafts(engine), Publications(engine)
    first, second, third = [await sent(engine, f"memo/{name}") for name in "abc"]
    for seconds, draft, day in ((1, second, DAY), (2, first, DAY), (3, third, date(2026, 12, 2))):
        now = NOON + timedelta(seconds=seconds)
        assert await drafts.schedule(draft.id, day, now, "Вера")

    assert [one.id for one in await publications.due(DAY)] == [second.id, first.id]
    assert [one.id for one in await publications.due(date(2026, 12, 9))][-1] == third.id
    assert await publications.due(date(2026, 11, 30)) == ()


async def test_what_was_kept_back_says_why_until_somebody_decides(engine: AsyncEngine) -> None:
    drafts, publications, draft = Drafts(engine), Publications(engine), await sent(engine)
    await drafts.schedule(draft.id, DAY, NOON, "Вера")

    assert await publications.hold(draft.id, "clash", NOON)
    assert not await publications.hold(draft.id, "clash", NOON)

    held = await read(engine, draft)
    assert (held.state, held.held, held.publish_on, held.note) == (
        DraftState.SUBMITTED,
        "clash",
        DAY,
        "Короче",
    )
    await drafts.schedule(draft.id, DAY, NOON, "Вера")
    assert (await read(engine, draft)).held is None
    assert await publications.unschedule(draft.id, NOON)
    waiting = await read(engine, draft)
    assert (waiting.state, waiting.publish_on, waiting.scheduled_by) == (
        DraftState.SUBMITTED,
        None,
        None,
    )


async def test_a_draft_goes_to_another_member_and_who_began_it_stays_known(
    engine: AsyncEngine,
) -> None:
    drafts, publications, draft = Drafts(engine), Publications(engine), await sent(engine)

    assert await publications.take_over(draft, 2, "Бек", NOON)

    taken = await read(engine, draft)
    assert (taken.state, taken.staff_id, taken.staff_name, taken.begun_by) == (
        DraftState.OPEN,
        2,
        "Бек",
        "Айгүл",
    )
    assert [one.id for one in await drafts.open_of(2)] == [draft.id]
    await drafts.submit(draft.id, "", NOON)
    assert await publications.take_over(await read(engine, draft), 3, "Вера", NOON)
    assert (await read(engine, draft)).begun_by == "Айгүл"


async def test_files_are_settled_all_or_none(engine: AsyncEngine) -> None:
    drafts, publications = Drafts(engine), Publications(engine)
    draft = await drafts.open_for(1, "Айгүл", "memo/a", NOON)
    for path in ("one", "two"):
        await drafts.save(draft.id, path, "Было.\n", "Стало.\n", 0, NOON)
    await drafts.submit(draft.id, "", NOON)
    new = {path: Settled("Иначе.\n", "Вместе.\n", 1) for path in ("one", "two")}

    stale = {**new, "two": Settled("Иначе.\n", "Вместе.\n", 7)}
    assert not await publications.settle(draft.id, stale, NOON)
    assert (await read(engine, draft)).files["one"].text == "Стало.\n"
    assert await publications.settle(draft.id, new, NOON)

    files = (await read(engine, draft)).files
    assert {(file.base, file.text, file.version) for file in files.values()} == {
        ("Иначе.\n", "Вместе.\n", 2)
    }
    assert (await read(engine, draft)).state is DraftState.SUBMITTED
