"""When a day is over, nobody can be tied to it, and no group of few persons is told apart, by whatever subtraction."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.closing import close_days
from db.counted import FEW, SMALLEST_GROUP
from db.engine import make_engine
from db.models import Base, CountedDay, PersonOfDay, UsageEvent
from db.turns import SqlTurns, UsageRow
from tests.db.counts import expect_counts_of_the_events, persons
from tests.db.test_day_counts import NOON, TODAY, turn

TONIGHT = datetime(2026, 11, 24, 22, tzinfo=UTC)  # one o'clock in Moscow
READ = "memo-read"


async def came(engine: AsyncEngine, *groups: tuple[str, str], at: datetime = NOON) -> None:
    """Somebody of each group reads a memo, at another time always somebody else."""
    turns = SqlTurns(engine)
    begin = int(at.timestamp()) * 1000
    for number, (lang, citizenship) in enumerate(groups, begin):
        row = UsageRow(READ, lang or None, citizenship or None, f"memo-{number % 2}")
        group = (lang or None, citizenship or None)
        await turns.commit(turn(number, f"person-{number}", (row,), at, group=group))
    await turns.close()


async def days(engine: AsyncEngine) -> dict[date, bool]:
    """The days that were counted, and whether they are closed."""
    async with engine.connect() as connection:
        rows = (await connection.execute(select(CountedDay.day, CountedDay.salt))).all()
    return {day: salt is None for day, salt in rows}


async def told(engine: AsyncEngine) -> Counter[tuple[str | None, str | None]]:
    async with engine.connect() as connection:
        events = await connection.execute(select(UsageEvent.lang, UsageEvent.citizenship))
        return Counter((lang, citizenship) for lang, citizenship in events)


async def test_a_day_is_closed_an_hour_after_its_end(engine: AsyncEngine) -> None:
    await came(engine, ("ky", "kg"))
    await came(engine, ("ky", "kg"), at=NOON + timedelta(days=1))

    assert await close_days(engine, TONIGHT - timedelta(seconds=1)) == 0
    assert await days(engine) == {TODAY: False, TODAY + timedelta(days=1): False}
    assert await close_days(engine, TONIGHT) == 1
    assert await days(engine) == {TODAY: True, TODAY + timedelta(days=1): False}
    async with engine.connect() as connection:
        assert set(await connection.scalars(select(PersonOfDay.day))) == {
            TODAY + timedelta(days=1)
        }


async def test_days_that_nobody_closed_are_closed_later(engine: AsyncEngine) -> None:
    for back in range(3):
        await came(engine, *[("ky", "kg")] * 5, at=NOON - timedelta(days=back))

    assert await close_days(engine, TONIGHT) == 3
    assert set((await days(engine)).values()) == {True}


async def test_large_groups_stay_as_they_are(engine: AsyncEngine) -> None:
    await came(engine, *[("ky", "kg")] * 5, *[("ru", "uz")] * 6)

    await close_days(engine, TONIGHT)

    assert await persons(engine) == {TODAY: {("ky", "kg"): 5, ("ru", "uz"): 6}}
    assert await told(engine) == {("ky", "kg"): 5, ("ru", "uz"): 6}


async def test_small_groups_lose_what_sets_them_apart(engine: AsyncEngine) -> None:
    await came(engine, *[("ky", "kg")] * 9, *[("ru", "uz")] * 3, *[("ru", "tj")] * 4)

    await close_days(engine, TONIGHT)

    assert await persons(engine) == {TODAY: {("ky", "kg"): 9, ("ru", FEW): 7}}
    assert await told(engine) == {("ky", "kg"): 9, ("ru", FEW): 7}
    await expect_counts_of_the_events(engine)


async def test_what_is_left_over_is_no_small_group_either(engine: AsyncEngine) -> None:
    await came(engine, *[("ky", "kg")] * 9, *[("ky", "uz")] * 8, ("en", "am"), ("", ""))

    await close_days(engine, TONIGHT)

    assert await persons(engine) == {TODAY: {("ky", "kg"): 9, (FEW, FEW): 10}}
    assert await told(engine) == {("ky", "kg"): 9, (FEW, FEW): 10}
    await expect_counts_of_the_events(engine)


async def test_the_days_beside_it_are_left_alone(engine: AsyncEngine) -> None:
    """Also in the hours around midnight."""
    last_hour = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    await came(engine, ("ky", "kg"), at=last_hour)
    await came(engine, ("ky", "kg"), at=last_hour + timedelta(hours=1))

    await close_days(engine, TONIGHT)

    assert await told(engine) == {(FEW, FEW): 1, ("ky", "kg"): 1}
    await expect_counts_of_the_events(engine)


async def test_two_processes_close_a_day_once(engine: AsyncEngine) -> None:
    await came(engine, *[("ky", "kg")] * 9, *[("ru", "uz")] * 3, *[("ru", "tj")] * 4)

    closed = await asyncio.gather(*(close_days(engine, TONIGHT) for _ in range(4)))

    assert sum(closed) == 1
    assert await persons(engine) == {TODAY: {("ky", "kg"): 9, ("ru", FEW): 7}}
    await expect_counts_of_the_events(engine)


async def test_no_byte_of_the_salt_is_left_in_the_file(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    await came(engine, *[("ky", "kg")] * 5)
    async with engine.connect() as connection:
        salt = (await connection.scalars(select(CountedDay.salt))).one()
    path = Path(str(engine.url.database))
    assert salt is not None
    assert salt in path.read_bytes() + Path(f"{path}-wal").read_bytes()

    await close_days(engine, TONIGHT)

    left = b"".join(file.read_bytes() for file in path.parent.glob("joldosh.db*"))
    assert salt not in left
    assert salt[:8] not in left
    await engine.dispose()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(["ky", "ru", ""]),
            st.sampled_from(["kg", "uz", ""]),
        ),
        max_size=40,
    )
)
def test_every_group_of_every_closed_day_has_five_persons(
    sqlite_url: str, visits: list[tuple[int, str, str]]
) -> None:
    """So every sum of what is told is a sum of groups of five and more, and so is every difference of two sums."""

    async def check() -> None:
        engine = make_engine(sqlite_url)
        async with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                await connection.execute(table.delete())
        for back in range(3):
            groups = [(lang, citizenship) for day, lang, citizenship in visits if day == back]
            await came(engine, *groups, at=NOON - timedelta(days=back))
        await close_days(engine, TONIGHT)
        found = await persons(engine)
        await expect_counts_of_the_events(engine)
        used = await told(engine)
        await engine.dispose()
        for sizes in found.values():
            assert len(sizes) == 1 or min(sizes.values()) >= SMALLEST_GROUP
        assert sum(used.values()) == sum(sum(sizes.values()) for sizes in found.values())

    asyncio.run(check())
