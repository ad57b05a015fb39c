"""Dates are kept, changed and deleted in the turn in which the person does it, with the reminders of them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from db.jobs import Jobs
from db.kept_date import (
    REMINDER,
    DateChange,
    DeleteDate,
    KeepDate,
    KeptDate,
    MoveDate,
    RemindAgain,
    Reminder,
    SettleDate,
)
from db.kept_dates import PAGE_ROWS, KeptDates
from db.models import JobRow
from db.retention import clean
from db.turns import FinishedTurn, UsageRow
from tests.db.conftest import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 12, 8)
BEFORE = {offset: NOON + timedelta(days=14 - offset) for offset in (7, 3, 1, 0)}
REMINDERS = tuple(Reminder(*one) for one in BEFORE.items())

AYGUL, BEK = "a1b2", "c3d4"
DEADLINE = KeptDate(
    id="d1",
    person=AYGUL,
    door="telegram",
    sealed=b"\x00\xffsealed",
    flow="register-by",
    name="deadline",
    day=DAY,
    zone="Asia/Vladivostok",
    lang="ky",
    citizenship="kg",
    facts={"reg-kg-30-days": "30"},
    created=NOON.date(),
    is_mendable=True,
)


class Turns:
    """One turn after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._update = 0

    async def take(
        self,
        *changes: DateChange,
        person: str = AYGUL,
        keep: Collection[KeptDate] = (),
        forget: bool = False,
        usage: tuple[UsageRow, ...] = (),
    ) -> FinishedTurn:
        self._update += 1
        turn = FinishedTurn(
            person, "telegram", self._update, None, {"lang": "ky"}, forget, usage, NOON,
            keep=tuple(KeepDate(one, REMINDERS) for one in keep), date_changes=changes,
        )  # fmt: skip
        await self._store.turns.commit(turn)
        return turn

    async def again(self, turn: FinishedTurn) -> None:
        await self._store.turns.commit(turn)


@pytest.fixture
def turns(store: Store) -> Turns:
    return Turns(store)


async def kept(store: Store, person: str = AYGUL) -> list[str]:
    return [one.id for one in await KeptDates(store.engine).of_person(person)]


async def due(engine: AsyncEngine, date_id: str = "d1") -> dict[object, datetime]:
    """When a person is reminded of this date, by the distance."""
    query = select(JobRow.payload, JobRow.due).where(JobRow.subject == date_id)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
    assert all(payload["date"] == date_id for payload, _ in rows)
    return {payload["offset"]: at for payload, at in rows}


async def test_a_date_is_kept_as_it_was_with_its_reminders(store: Store, turns: Turns) -> None:
    await turns.take(keep=[DEADLINE])

    assert await KeptDates(store.engine).get("d1") == DEADLINE
    assert await due(store.engine) == BEFORE


async def test_the_next_date_comes_first(store: Store, turns: Turns) -> None:
    later = replace(DEADLINE, id="d2", name="payment", day=DAY + timedelta(days=1))
    sooner = replace(DEADLINE, id="d3", name="exit", day=DAY - timedelta(days=1))
    await turns.take(keep=[later, DEADLINE, sooner])

    assert await kept(store) == ["d3", "d1", "d2"]


async def test_the_same_date_kept_again_takes_the_place_of_the_first(
    store: Store, turns: Turns
) -> None:
    await turns.take(keep=[DEADLINE])
    await turns.take(keep=[replace(DEADLINE, id="d2")])

    assert await kept(store) == ["d2"]
    assert await due(store.engine) == {}
    assert await due(store.engine, "d2") == BEFORE


async def test_the_same_update_again_keeps_nothing_twice(store: Store, turns: Turns) -> None:
    turn = await turns.take(keep=[DEADLINE])
    await turns.take(DeleteDate("d1"))

    await turns.again(turn)

    assert await kept(store) == []
    assert await due(store.engine) == {}


async def test_a_turn_that_fails_keeps_no_date_and_no_reminder(store: Store, turns: Turns) -> None:
    twice = replace(DEADLINE, flow="patent-steps")  # the same id
    with pytest.raises(IntegrityError):
        await turns.take(keep=[DEADLINE, twice])

    assert await kept(store) == []
    assert await due(store.engine) == {}


async def test_what_is_done_stays_to_be_seen_and_reminds_no_more(
    store: Store, turns: Turns
) -> None:
    await turns.take(keep=[DEADLINE])
    await turns.take(SettleDate("d1"))

    assert await KeptDates(store.engine).get("d1") == replace(DEADLINE, is_settled=True)
    assert await due(store.engine) == {}


async def test_a_moved_date_has_the_reminders_of_its_new_day(store: Store, turns: Turns) -> None:
    await turns.take(keep=[DEADLINE])
    tomorrow = Reminder(1, NOON + timedelta(days=1))
    await turns.take(SettleDate("d1"))
    await turns.take(MoveDate("d1", date(2026, 11, 26), (tomorrow,)))

    moved = replace(DEADLINE, day=date(2026, 11, 26), facts={})
    assert await KeptDates(store.engine).get("d1") == moved, "set by hand, it rests on no fact"
    assert await due(store.engine) == {1: tomorrow.at}


async def test_later_adds_one_reminder(store: Store, turns: Turns) -> None:
    await turns.take(keep=[DEADLINE])
    later = RemindAgain("d1", DAY, Reminder(6, NOON + timedelta(days=8)))
    await turns.take(later)
    await turns.take(later)

    assert await due(store.engine) == BEFORE | {6: later.reminder.at}


@pytest.mark.parametrize(
    "change",
    [
        DeleteDate("d1"),
        SettleDate("d1"),
        MoveDate("d1", DAY, ()),
        RemindAgain("d1", DAY, Reminder(6, NOON)),
    ],
    ids=lambda change: type(change).__name__,
)
async def test_nobody_can_touch_the_date_of_another(
    store: Store, turns: Turns, change: DateChange
) -> None:
    await turns.take(keep=[DEADLINE])
    await turns.take(change, person=BEK)

    assert await KeptDates(store.engine).get("d1") == DEADLINE
    assert await due(store.engine) == BEFORE


async def test_forgetting_deletes_all_dates_of_the_person_and_nobody_elses(
    store: Store, turns: Turns
) -> None:
    await turns.take(keep=[DEADLINE, replace(DEADLINE, id="d2", name="payment")])
    await turns.take(keep=[replace(DEADLINE, id="d3", person=BEK)], person=BEK)

    await turns.take(forget=True)

    assert (await kept(store), await kept(store, BEK)) == ([], ["d3"])
    for date_id, expected in {"d1": {}, "d2": {}, "d3": BEFORE}.items():
        assert await due(store.engine, date_id) == expected


async def test_who_cannot_be_reached_keeps_nothing(store: Store, turns: Turns) -> None:
    await turns.take(keep=[DEADLINE, replace(DEADLINE, id="d2", name="payment")])
    await turns.take(keep=[replace(DEADLINE, id="d3", person=BEK)], person=BEK)

    await KeptDates(store.engine).close(AYGUL)

    assert (await kept(store), await kept(store, BEK)) == ([], ["d3"])
    assert await due(store.engine, "d2") == {}


async def test_one_date_is_deleted_with_its_reminders(store: Store, turns: Turns) -> None:
    await turns.take(keep=[DEADLINE, replace(DEADLINE, id="d2", name="payment")])

    await KeptDates(store.engine).delete("d1")

    assert await kept(store) == ["d2"]
    assert (await due(store.engine), await due(store.engine, "d2")) == ({}, BEFORE)


async def test_a_rule_moves_a_date_and_a_date_that_is_gone_stays_so(
    store: Store, turns: Turns
) -> None:
    await turns.take(keep=[DEADLINE])
    dates, facts = KeptDates(store.engine), {"reg-kg-30-days": "60"}
    tomorrow = Reminder(0, NOON + timedelta(days=1))

    await dates.move(MoveDate("d1", tomorrow.at.date(), (tomorrow,), facts))
    await dates.move(MoveDate("d9", tomorrow.at.date(), (tomorrow,), facts))

    assert await dates.get("d1") == replace(DEADLINE, day=tomorrow.at.date(), facts=facts)
    assert await due(store.engine) == {0: tomorrow.at}
    assert await due(store.engine, "d9") == {}


async def test_dates_that_rest_on_facts_are_read_page_by_page(store: Store, turns: Turns) -> None:
    many = [replace(DEADLINE, id=f"{n:04}", name=str(n)) for n in range(PAGE_ROWS + 1)]
    by_hand = replace(DEADLINE, id="hand", name="hand", facts={})
    await turns.take(keep=[*many, by_hand, DEADLINE])
    await turns.take(SettleDate("d1"))

    found = [one.id async for one in KeptDates(store.engine).worked_out()]

    assert found == [one.id for one in many]


async def test_a_date_goes_a_month_after_it(store: Store, turns: Turns) -> None:
    days = {"gone": -32, "last": -31, "today": 0}
    await turns.take(
        keep=[
            replace(DEADLINE, id=name, name=name, day=NOON.date() + timedelta(days=ago))
            for name, ago in days.items()
        ]
    )

    assert (await clean(store.engine, NOON))["kept_date"] == 1
    assert await kept(store) == ["last", "today"]


async def test_reminders_are_jobs_of_one_kind(store: Store, turns: Turns) -> None:
    await turns.take(keep=[DEADLINE])
    after = NOON + timedelta(days=7)

    [job] = await Jobs(store.engine).claim("a", after, timedelta(1), 9, [REMINDER])

    assert job.payload == {"date": "d1", "offset": 7}
