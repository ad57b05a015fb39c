"""A turn is kept whole or not at all, and an update that comes again changes nothing."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from db.models import Base, Conversation, HandledUpdate, UnansweredQuestion, UsageEvent
from db.turns import FinishedTurn, LoadedTurn, Seen, SqlTurns, UnansweredRow, UsageRow
from tests.db.conftest import Store

NOON = datetime(2026, 11, 24, 12, 34, 56, tzinfo=UTC)
MENU = {"lang": "ky", "citizenship": "kg", "place": "menu"}
MEMO = {"lang": "ky", "citizenship": "kg", "place": "m:registration-first"}
READ = UsageRow("memo-read", "ky", "kg", "registration-first")
ASKED = UnansweredRow("[name] визасыз кирсе болобу", "unsure", "ky", "kg")


def finished(
    update_id: int,
    before: object | None = None,
    after: object | None = MENU,
    *,
    person: str = "a1b2",
    usage: tuple[UsageRow, ...] = (READ,),
    forget: bool = False,
    door: str = "telegram",
    unanswered: tuple[UnansweredRow, ...] = (),
) -> FinishedTurn:
    return FinishedTurn(person, door, update_id, before, after, forget, usage, NOON, unanswered)


async def count(engine: AsyncEngine, model: Any) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(model))).scalar_one()


class TestTurns:
    async def test_a_stranger_has_no_state(self, store: Store) -> None:
        loaded = await store.turns.load("a1b2", "telegram", 1)

        assert loaded == LoadedTurn(state=None, seen=Seen.NEW, before=None)

    async def test_what_one_turn_leaves_the_next_one_finds(self, store: Store) -> None:
        await store.turns.commit(finished(1, after=MENU))

        assert await store.turns.load("a1b2", "telegram", 2) == LoadedTurn(MENU, Seen.NEW, None)

        await store.turns.commit(finished(2, before=MENU, after=MEMO))

        assert (await store.turns.load("a1b2", "telegram", 3)).state == MEMO

    async def test_persons_do_not_see_each_other(self, store: Store) -> None:
        await store.turns.commit(finished(1, after=MENU, person="a1b2"))

        assert (await store.turns.load("c3d4", "telegram", 2)).state is None

    async def test_an_update_comes_again_before_its_answer_left(self, store: Store) -> None:
        await store.turns.commit(finished(1, before=MENU, after=MEMO))

        again = await store.turns.load("a1b2", "telegram", 1)

        assert again == LoadedTurn(state=MEMO, seen=Seen.UNSENT, before=MENU)

    async def test_an_update_comes_again_after_its_answer_left(self, store: Store) -> None:
        await store.turns.commit(finished(1, before=MENU, after=MEMO))
        await store.turns.sent("telegram", 1)

        again = await store.turns.load("a1b2", "telegram", 1)

        assert again == LoadedTurn(state=MEMO, seen=Seen.SENT, before=None)

    async def test_the_first_update_of_a_stranger_comes_again(self, store: Store) -> None:
        await store.turns.commit(finished(1, before=None, after=MENU))

        again = await store.turns.load("a1b2", "telegram", 1)

        assert again == LoadedTurn(state=MENU, seen=Seen.UNSENT, before=None)

    async def test_two_doors_count_updates_each_for_itself(self, store: Store) -> None:
        await store.turns.commit(finished(1, door="telegram"))

        assert (await store.turns.load("a1b2", "local", 1)).seen == Seen.NEW

    async def test_committing_an_update_again_changes_nothing(self, store: Store) -> None:
        await store.turns.commit(finished(1, before=None, after=MENU))
        await store.turns.commit(finished(2, before=MENU, after=MEMO))

        await store.turns.commit(finished(1, before=None, after=MENU))

        assert (await store.turns.load("a1b2", "telegram", 3)).state == MEMO
        assert await count(store.engine, UsageEvent) == 2

    async def test_an_answer_that_left_stays_sent(self, store: Store) -> None:
        await store.turns.commit(finished(1))
        await store.turns.sent("telegram", 1)

        await store.turns.commit(finished(1))

        assert (await store.turns.load("a1b2", "telegram", 1)).seen == Seen.SENT

    async def test_forgetting_leaves_no_state(self, store: Store) -> None:
        await store.turns.commit(finished(1, after=MENU))
        await store.turns.commit(finished(2, before=MENU, after=MENU, forget=True))

        assert await store.turns.load("a1b2", "telegram", 3) == LoadedTurn(None, Seen.NEW, None)

    async def test_a_turn_without_a_state_leaves_none(self, store: Store) -> None:
        await store.turns.commit(finished(1, after=MENU))
        await store.turns.commit(finished(2, before=MENU, after=None))

        assert (await store.turns.load("a1b2", "telegram", 3)).state is None

    async def test_forgetting_one_person_leaves_the_others(self, store: Store) -> None:
        await store.turns.commit(finished(1, after=MENU, person="a1b2"))
        await store.turns.commit(finished(2, after=MEMO, person="c3d4"))
        await store.turns.commit(finished(3, before=MENU, person="a1b2", forget=True))

        assert (await store.turns.load("c3d4", "telegram", 4)).state == MEMO

    @pytest.mark.parametrize(
        "state",
        [
            pytest.param({"place": "м:каттоо ң ө ү '\" \\ \n 🏠"}, id="letters"),
            pytest.param({"deep": [1, {"two": None}, True, 0.5]}, id="nested"),
            pytest.param({}, id="empty"),
            pytest.param("word", id="word"),
            pytest.param(False, id="false"),
        ],
    )
    async def test_a_state_comes_back_as_it_was(self, store: Store, state: object) -> None:
        await store.turns.commit(finished(1, before=state, after=state))

        loaded = await store.turns.load("a1b2", "telegram", 1)

        assert (loaded.state, loaded.before) == (state, state)

    async def test_a_turn_that_cannot_be_kept_whole_is_not_kept_at_all(self, store: Store) -> None:
        await store.turns.commit(finished(1, before=None, after=MENU))
        spoiled = UsageRow(None)  # type: ignore[arg-type]  # refused by the last statement of a turn

        with pytest.raises(IntegrityError):
            await store.turns.commit(finished(2, before=MENU, after=MEMO, usage=(READ, spoiled)))

        assert await store.turns.load("a1b2", "telegram", 2) == LoadedTurn(MENU, Seen.NEW, None)
        assert await count(store.engine, UsageEvent) == 1

    async def test_a_question_is_kept_with_its_turn_or_not_at_all(self, store: Store) -> None:
        await store.turns.commit(finished(1, unanswered=(ASKED,)))
        await store.turns.commit(finished(1, unanswered=(ASKED,)))
        assert await count(store.engine, UnansweredQuestion) == 1

        spoiled = UnansweredRow(None, "unsure")  # type: ignore[arg-type]
        with pytest.raises(IntegrityError):
            await store.turns.commit(finished(2, unanswered=(ASKED, spoiled)))

        assert await count(store.engine, UnansweredQuestion) == 1
        assert (await store.turns.load("a1b2", "telegram", 2)).seen == Seen.NEW

    async def test_forgetting_cannot_find_a_question(self, store: Store) -> None:
        await store.turns.commit(finished(1, unanswered=(ASKED,)))
        await store.turns.commit(finished(2, forget=True))

        assert await count(store.engine, UnansweredQuestion) == 1

    async def test_the_same_update_is_committed_by_two_at_once(self, store: Store) -> None:
        turn = finished(1, before=None, after=MENU, usage=(READ, READ))

        await asyncio.gather(*(store.turns.commit(turn) for _ in range(5)))

        assert (await store.turns.load("a1b2", "telegram", 2)).state == MENU
        assert await count(store.engine, HandledUpdate) == 1
        assert await count(store.engine, UsageEvent) == 2

    async def test_many_turns_at_once_lose_nothing(self, store: Store) -> None:
        async def turn(update_id: int) -> None:
            person = f"person-{update_id % 20}"
            loaded = await store.turns.load(person, "telegram", update_id)
            assert loaded.seen == Seen.NEW
            await store.turns.commit(
                finished(update_id, before=loaded.state, after={"n": update_id}, person=person)
            )
            await store.turns.sent("telegram", update_id)

        await asyncio.gather(*(turn(update_id) for update_id in range(200)))

        assert await count(store.engine, UsageEvent) == 200
        for update_id in range(200):
            loaded = await store.turns.load("somebody", "telegram", update_id)
            assert loaded.seen == Seen.SENT
        for person in range(20):
            state = (await store.turns.load(f"person-{person}", "telegram", 999)).state
            assert isinstance(state, dict)
            assert state["n"] % 20 == person

    async def test_a_cancelled_turn_is_whole_or_absent_and_blocks_nobody(
        self, store: Store
    ) -> None:
        for update_id in range(40):
            # Each of somebody else: a visit goes on to its end, and may end after the last one.
            turn = finished(update_id, person=f"person-{update_id}")
            task = asyncio.create_task(store.turns.commit(turn))
            await asyncio.sleep(update_id * 0.0001)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        await store.turns.commit(finished(99, after=MEMO))

        assert (await store.turns.load("a1b2", "telegram", 100)).state == MEMO
        # At one moment, since some may still be under way.
        events = select(func.count()).select_from(UsageEvent).scalar_subquery()
        updates = select(func.count()).select_from(HandledUpdate).scalar_subquery()
        async with store.engine.connect() as connection:
            kept, handled = (await connection.execute(select(events, updates))).one()
        assert kept == handled


class TestRows:
    """What a turn leaves in the tables, for whoever reads them by other ways."""

    async def test_the_hot_path_and_sqlalchemy_write_alike(self, engine: AsyncEngine) -> None:
        turns = SqlTurns(engine)
        await turns.commit(finished(7, before=MENU, after=MEMO))
        await turns.close()

        async with engine.connect() as connection:
            conversation = (await connection.execute(select(Conversation))).one()
            update = (await connection.execute(select(HandledUpdate))).one()
            usage = (await connection.execute(select(UsageEvent))).one()
        assert conversation == ("a1b2", MEMO, NOON.date())
        assert update == ("telegram", 7, MENU, False, NOON)
        hour = datetime(2026, 11, 24, 12, tzinfo=UTC)
        assert usage == (1, hour, "memo-read", "ky", "kg", "registration-first")

    async def test_a_question_has_its_day_and_no_time(self, engine: AsyncEngine) -> None:
        turns = SqlTurns(engine)
        refused = UnansweredRow("кандай төлөм бар", "no", memo="work-patent")
        await turns.commit(finished(7, unanswered=(ASKED, refused)))
        await turns.close()

        async with engine.connect() as connection:
            columns = list(UnansweredQuestion.__table__.columns)[1:]
            rows = {tuple(row) for row in await connection.execute(select(*columns))}
        assert rows == {
            (NOON.date(), "ky", "kg", "unsure", None, ASKED.text),
            (NOON.date(), None, None, "no", "work-patent", refused.text),
        }

    async def test_what_nobody_chose_yet_is_null(self, engine: AsyncEngine) -> None:
        turns = SqlTurns(engine)
        await turns.commit(finished(7, before=None, usage=(UsageRow("started"),)))
        await turns.close()

        async with engine.connect() as connection:
            absent = select(HandledUpdate.update_id).where(HandledUpdate.before.is_(None))
            assert (await connection.execute(absent)).scalars().all() == [7]
            usage = (await connection.execute(select(UsageEvent))).one()
        assert (usage.kind, usage.lang, usage.citizenship, usage.subject) == (
            "started",
            *[None] * 3,
        )


# Tables that only staff write: no row of theirs leads to a person who asks.
OF_STAFF = {
    "audit_entry",
    "draft",
    "draft_file",
    "looking",
    "staff_attempt",
    "staff_invitation",
    "staff_member",
    "staff_recovery_code",
    "staff_session",
}


def test_no_column_is_there_that_could_name_a_person() -> None:
    columns = {
        name: set(table.columns.keys())
        for name, table in Base.metadata.tables.items()
        if name not in OF_STAFF
    }

    assert columns == {
        "conversation": {"person", "state", "touched"},
        "handled_update": {"door", "update_id", "before", "sent", "at"},
        "usage_event": {"id", "hour", "kind", "lang", "citizenship", "subject"},
        "unanswered_question": {"id", "day", "lang", "citizenship", "why", "memo", "text"},
        "counted_day": {"day", "salt"},
        "person_of_day": {"day", "pseudonym"},
        "persons_day": {"day", "lang", "citizenship", "count"},
        "usage_day": {"day", "kind", "lang", "citizenship", "count"},
        "usage_subject_day": {"day", "kind", "lang", "citizenship", "subject", "count"},
        "response_day": {"day", "within", "count"},
        "failure_day": {"day", "kind", "count"},
        "job": {
            "id",
            "kind",
            "key",
            "subject",
            "due",
            "payload",
            "attempts",
            "claimed_by",
            "claimed_until",
        },
        "pace": {"name", "free"},
        # `sealed` is encrypted: the one place where it is known how somebody is reached.
        "kept_date": {
            "id",
            "person",
            "door",
            "sealed",
            "flow",
            "name",
            "day",
            "zone",
            "lang",
            "citizenship",
            "facts",
            "created",
            "is_mendable",
            "is_settled",
        },
    }
