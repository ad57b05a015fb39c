"""Drafts are kept whole, whoever writes at the same time, and go on only once."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from db.drafts import Clash, Closed, Draft, DraftFile, Drafts, DraftState
from db.engine import make_engine
from db.retention import clean

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MEMO = "memo/registration-first"
FILE = "memos/registration-first/ru.md"
PUBLISHED = "Было.\n"
NAMES = {1: "Айгүл", 2: "Бек", 3: "Вера", 4: "Дана"}


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def begun(engine: AsyncEngine, staff: int = 1, subject: str = MEMO) -> Draft:
    return await Drafts(engine).open_for(staff, NAMES[staff], subject, NOON)


async def test_a_member_goes_on_with_the_draft_that_is_open(engine: AsyncEngine) -> None:
    first = await begun(engine)

    again = await Drafts(engine).open_for(1, "Another name", MEMO, after(60))

    assert again == first
    assert (first.staff_name, first.subject, first.state) == ("Айгүл", MEMO, DraftState.OPEN)
    assert (first.began, first.note, first.files, first.changes) == (NOON, "", {}, ())


async def test_members_and_subjects_have_drafts_of_their_own(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    mine, facts, hers = (
        await begun(engine),
        await begun(engine, subject="facts"),
        await begun(engine, 2),
    )

    assert len({mine.id, facts.id, hers.id}) == 3
    assert {draft.id for draft in await drafts.of(MEMO)} == {mine.id, hers.id}
    assert {draft.id for draft in await drafts.open_of(1)} == {mine.id, facts.id}


async def test_two_tabs_that_begin_at_once_begin_one_draft(url: str) -> None:
    engines = [make_engine(url) for _ in range(4)]

    found = await asyncio.gather(*(begun(engine) for engine in engines))

    assert len({draft.id for draft in found}) == 1
    assert len(await Drafts(engines[0]).of(MEMO)) == 1
    for engine in engines:
        await engine.dispose()


async def test_a_file_is_saved_version_by_version(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)

    assert await drafts.save(draft.id, FILE, PUBLISHED, "Стало.\n", 0, after(1)) == 1
    assert await drafts.save(draft.id, FILE, PUBLISHED, "Стало так.\n", 1, after(2)) == 2

    saved = await drafts.get(draft.id)
    assert saved and saved.files == {FILE: DraftFile(FILE, PUBLISHED, "Стало так.\n", 2)}
    assert saved.changed == after(2)


async def test_a_new_file_and_a_deleted_one(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)
    await drafts.save(draft.id, "new.md", None, "Жаңы.\n", 0, NOON)
    await drafts.save(draft.id, "gone.md", PUBLISHED, None, 0, NOON)
    await drafts.save(draft.id, "same.md", PUBLISHED, PUBLISHED, 0, NOON)

    saved = await drafts.get(draft.id)

    assert saved and saved.changes == (
        DraftFile("gone.md", PUBLISHED, None, 1),
        DraftFile("new.md", None, "Жаңы.\n", 1),
    )


async def test_what_another_window_saved_is_not_overwritten(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)
    await drafts.save(draft.id, FILE, PUBLISHED, "Первое окно.\n", 0, NOON)

    for seen in (0, 2):
        clash = await drafts.save(draft.id, FILE, PUBLISHED, "Второе окно.\n", seen, after(9))
        assert clash == Clash("Первое окно.\n", 1, "Айгүл")

    kept = await drafts.get(draft.id)
    assert kept and kept.files[FILE].text == "Первое окно.\n"
    assert kept.changed == NOON


async def test_saving_again_after_a_lost_answer_is_no_clash(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)
    await drafts.save(draft.id, FILE, PUBLISHED, "Стало.\n", 0, NOON)

    assert await drafts.save(draft.id, FILE, PUBLISHED, "Стало.\n", 0, after(1)) == 1


async def test_of_two_writers_at_once_one_is_told_of_the_other(url: str) -> None:
    engines = [make_engine(url) for _ in range(2)]
    draft = await begun(engines[0])
    for version in range(10):
        texts = [f"{name} {version}" for name in ("one", "two")]

        told = await asyncio.gather(
            *(
                Drafts(engine).save(draft.id, FILE, None, text, version, NOON)
                for engine, text in zip(engines, texts, strict=True)
            )
        )

        winner = told.index(version + 1)
        assert told[1 - winner] == Clash(texts[winner], version + 1, "Айгүл")
        kept = await Drafts(engines[0]).get(draft.id)
        assert kept and kept.files[FILE].text == texts[winner]
    for engine in engines:
        await engine.dispose()


async def test_a_draft_goes_to_review_and_back_and_is_published(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)

    assert await drafts.submit(draft.id, "Новый срок", after(1))
    waiting = await drafts.get(draft.id)
    assert waiting and (waiting.state, waiting.note) == (DraftState.SUBMITTED, "Новый срок")
    assert await drafts.save(draft.id, FILE, None, "Поздно.", 0, after(2)) == Closed(
        DraftState.SUBMITTED
    )

    assert await drafts.send_back(draft.id, "Нет источника", after(3))
    assert await drafts.save(draft.id, FILE, None, "С источником.", 0, after(4)) == 1
    assert await drafts.submit(draft.id, "", after(5))
    assert await drafts.published(draft.id, "c0ffee", after(6))

    done = await drafts.get(draft.id)
    assert done and (done.state, done.commit) == (DraftState.PUBLISHED, "c0ffee")
    assert await drafts.of(MEMO) == ()
    assert await drafts.in_state(DraftState.PUBLISHED) == (done,)


async def test_a_day_can_be_set_moved_and_forgotten(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)
    await drafts.submit(draft.id, "", NOON)
    for day in (date(2027, 1, 1), date(2027, 1, 2)):
        assert await drafts.schedule(draft.id, day, NOON)
        (scheduled,) = await drafts.in_state(DraftState.SCHEDULED)
        assert scheduled.publish_on == day

    assert await drafts.send_back(draft.id, "", NOON)

    back = await drafts.get(draft.id)
    assert back and (back.state, back.publish_on) == (DraftState.OPEN, None)


async def test_what_is_finished_goes_nowhere(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    draft = await begun(engine)
    assert await drafts.discard(draft.id, NOON)

    assert not await drafts.submit(draft.id, "", NOON)
    assert not await drafts.published(draft.id, "c0ffee", NOON)
    assert not await drafts.send_back("nothing", "", NOON)
    assert await drafts.save(draft.id, FILE, None, "Поздно.", 0, NOON) == Closed(
        DraftState.DISCARDED
    )
    assert (await begun(engine)).id != draft.id


async def test_two_editors_who_publish_at_once_publish_once(url: str) -> None:
    engines = [make_engine(url) for _ in range(2)]
    draft = await begun(engines[0])

    done = await asyncio.gather(
        *(Drafts(engine).published(draft.id, "c0ffee", NOON) for engine in engines)
    )

    assert sorted(done) == [False, True]
    for engine in engines:
        await engine.dispose()


async def test_only_finished_drafts_go_after_ninety_days(engine: AsyncEngine) -> None:
    drafts = Drafts(engine)
    open_draft = await begun(engine)
    published, discarded, young = [await begun(engine, staff) for staff in (2, 3, 4)]
    for draft in (open_draft, published, discarded):
        await drafts.save(draft.id, FILE, None, "Текст.", 0, NOON)
    await drafts.published(published.id, "c0ffee", NOON)
    await drafts.discard(discarded.id, NOON)
    await drafts.discard(young.id, NOON + timedelta(days=2))

    assert (await clean(engine, NOON + timedelta(days=91)))["draft"] == 2

    assert await drafts.get(published.id) is None
    kept = await drafts.get(open_draft.id)
    assert kept and kept.files[FILE].text == "Текст."
    assert await drafts.get(young.id)
