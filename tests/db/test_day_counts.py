"""The counts of a day are those of its turns, whatever comes twice, at once, or not to its end."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from db.counted import SLOWER
from db.errors import StoreUnavailable
from db.models import CountedDay, FailureDay, PersonOfDay, ResponseDay, UsageDay
from db.turns import Answered, FinishedTurn, SqlTurns, UsageRow
from tests.db.conftest import Store
from tests.db.counts import counts, expect_counts_of_the_events, persons

NOON = datetime(2026, 11, 24, 9, 34, 56, tzinfo=UTC)
TODAY = date(2026, 11, 24)
READ = UsageRow("memo-read", "ky", "kg", "registration-first")
MENU = UsageRow("menu-opened", "ky", "kg")


def turn(
    update_id: int,
    person: str = "a1b2",
    usage: tuple[UsageRow, ...] = (READ,),
    at: datetime = NOON,
    *,
    group: tuple[str | None, str | None] = ("ky", "kg"),
    forget: bool = False,
) -> FinishedTurn:
    after = None if forget else {"n": update_id}
    lang, citizenship = group
    return FinishedTurn(
        person, "telegram", update_id, None, after, forget, usage, at, (), lang, citizenship
    )


class TestPersons:
    async def test_somebody_is_counted_once_a_day(self, store: Store) -> None:
        for update_id in range(3):
            await store.turns.commit(turn(update_id))
        await store.turns.commit(turn(3, "c3d4", group=("ru", "uz")))
        await store.turns.commit(turn(4, at=NOON + timedelta(days=1)))

        assert await persons(store.engine) == {
            TODAY: {("ky", "kg"): 1, ("ru", "uz"): 1},
            TODAY + timedelta(days=1): {("ky", "kg"): 1},
        }

    async def test_the_group_is_that_of_the_first_deed(self, store: Store) -> None:
        await store.turns.commit(turn(1, group=(None, None)))
        await store.turns.commit(turn(2, group=("ky", "kg")))

        assert await persons(store.engine) == {TODAY: {("", ""): 1}}

    async def test_a_turn_without_an_event_is_a_deed_too(self, store: Store) -> None:
        await store.turns.commit(turn(1, usage=()))

        assert await persons(store.engine) == {TODAY: {("ky", "kg"): 1}}

    async def test_midnight_is_in_moscow(self, store: Store) -> None:
        before_midnight = datetime(2026, 11, 24, 20, 59, tzinfo=UTC)
        await store.turns.commit(turn(1, at=before_midnight))
        await store.turns.commit(turn(2, at=before_midnight + timedelta(minutes=1)))

        assert list(await persons(store.engine)) == [TODAY, TODAY + timedelta(days=1)]

    async def test_who_is_forgotten_is_not_known_any_more(self, store: Store) -> None:
        await store.turns.commit(turn(1))
        await store.turns.commit(turn(2, forget=True, group=(None, None)))

        async with store.engine.connect() as connection:
            assert (await connection.execute(select(PersonOfDay))).all() == []
        await store.turns.commit(turn(3))
        assert await persons(store.engine) == {TODAY: {("ky", "kg"): 2}}

    async def test_each_day_has_other_pseudonyms_of_the_same_persons(self, store: Store) -> None:
        for update_id in range(4):
            at = NOON + timedelta(days=update_id // 2)
            await store.turns.commit(turn(update_id, f"person-{update_id % 2}", at=at))

        async with store.engine.connect() as connection:
            salts = (await connection.scalars(select(CountedDay.salt))).all()
            names = (await connection.scalars(select(PersonOfDay.pseudonym))).all()
        assert len(set(salts)) == 2
        assert {len(salt or b"") for salt in salts} == {32}
        assert len(set(names)) == 4

    async def test_two_processes_count_a_person_once(self, url: str, engine: AsyncEngine) -> None:
        processes = [SqlTurns(engine) for _ in range(3)]

        await asyncio.gather(
            *(
                process.commit(turn(3 * number + of, f"person-{number % 5}"))
                for number in range(10)
                for of, process in enumerate(processes)
            )
        )
        for process in processes:
            await process.close()

        assert await persons(engine) == {TODAY: {("ky", "kg"): 5}}

    async def test_a_closed_day_counts_nobody(self, engine: AsyncEngine) -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(CountedDay).values(day=TODAY, salt=None))
        turns = SqlTurns(engine)
        await turns.commit(turn(1))
        await turns.close()

        assert await persons(engine) == {}
        await expect_counts_of_the_events(engine)


class TestEvents:
    async def test_they_are_counted_with_their_turn(self, store: Store) -> None:
        await store.turns.commit(turn(1, usage=(READ, READ, MENU, UsageRow("started"))))
        await store.turns.commit(turn(2, usage=(MENU, READ)))

        kinds = await counts(store.engine, UsageDay)
        assert kinds[TODAY, "memo-read", "ky", "kg"] == 3
        assert kinds[TODAY, "menu-opened", "ky", "kg"] == 2
        await expect_counts_of_the_events(store.engine)

    async def test_an_update_that_comes_again_counts_nothing(self, store: Store) -> None:
        await asyncio.gather(*(store.turns.commit(turn(1)) for _ in range(5)))

        await expect_counts_of_the_events(store.engine)
        assert await persons(store.engine) == {TODAY: {("ky", "kg"): 1}}

    async def test_a_turn_that_cannot_be_kept_whole_counts_nothing(self, store: Store) -> None:
        spoiled = UsageRow(None)  # type: ignore[arg-type]

        with pytest.raises(IntegrityError):
            await store.turns.commit(turn(1, usage=(READ, spoiled)))

        await expect_counts_of_the_events(store.engine)
        assert await persons(store.engine) == {}

    async def test_many_at_once_wait_for_each_other_and_lose_nothing(self, store: Store) -> None:
        """Every turn adds to the same rows; what it noted comes in another order each time."""
        rows = [UsageRow("memo-read", "ky", "kg", f"memo-{n}") for n in range(6)]

        await asyncio.gather(
            *(
                store.turns.commit(turn(n, f"person-{n}", tuple(rows[n % 6 :] + rows[: n % 6])))
                for n in range(60)
            )
        )

        await expect_counts_of_the_events(store.engine)
        assert await persons(store.engine) == {TODAY: {("ky", "kg"): 60}}


class TestAnswers:
    async def test_the_time_of_each_is_counted_once(self, store: Store) -> None:
        for update_id, seconds in enumerate((0.0004, 0.012, 0.015, 99.0)):
            await store.turns.commit(turn(update_id))
            for _ in range(2):
                await store.turns.sent("telegram", update_id, Answered(NOON, seconds))

        expected = {(TODAY, 1): 1, (TODAY, 15): 2, (TODAY, SLOWER): 1}
        assert await counts(store.engine, ResponseDay) == expected

    async def test_an_update_that_nobody_committed_has_no_time(self, store: Store) -> None:
        await store.turns.sent("telegram", 1, Answered(NOON, 0.1))

        assert await counts(store.engine, ResponseDay) == {}


class TestFailures:
    async def test_they_are_written_with_the_next_turn(self, store: Store) -> None:
        for kind in ("store", "mistake", "store"):
            store.turns.failed(kind, NOON)

        await store.turns.commit(turn(1))
        await store.turns.commit(turn(2))

        expected = {(TODAY, "mistake"): 1, (TODAY, "store"): 2}
        assert await counts(store.engine, FailureDay) == expected

    async def test_they_wait_while_the_store_fails(self, store: Store) -> None:
        store.turns.failed("store", NOON)
        async with store.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE failure_day RENAME TO elsewhere"))

        # PostgreSQL names a table that is missing; to SQLite's driver it is trouble like any other.
        with pytest.raises((StoreUnavailable, ProgrammingError)):
            await store.turns.commit(turn(1))
        async with store.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE elsewhere RENAME TO failure_day"))
        await store.turns.commit(turn(1))

        assert await counts(store.engine, FailureDay) == {(TODAY, "store"): 1}
        await expect_counts_of_the_events(store.engine)


async def test_totals_do_not_depend_on_who_was_first(store: Store) -> None:
    """Persons of two days in any order: a process knows the salt of one day only."""
    days = [NOON + timedelta(days=n % 2) for n in range(20)]

    await asyncio.gather(
        *(store.turns.commit(turn(n, f"person-{n % 4}", at=at)) for n, at in enumerate(days))
    )

    found = await persons(store.engine)
    assert Counter({day: sum(groups.values()) for day, groups in found.items()}) == {
        TODAY: 2,
        TODAY + timedelta(days=1): 2,
    }
