"""What is too old goes by itself, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.models import Conversation, HandledUpdate, UnansweredQuestion, UsageEvent
from db.retention import BATCH_ROWS, clean

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def put(engine: AsyncEngine, model: Any, *rows: dict[str, Any]) -> None:
    async with engine.begin() as connection:
        await connection.execute(insert(model), list(rows))


async def left(engine: AsyncEngine, column: Any) -> list[Any]:
    async with engine.connect() as connection:
        return list((await connection.execute(select(column).order_by(column))).scalars())


def update(update_id: int, days_ago: float) -> dict[str, Any]:
    at = NOW - timedelta(days=days_ago)
    return {"door": "telegram", "update_id": update_id, "before": None, "sent": True, "at": at}


async def test_old_updates_go(engine: AsyncEngine) -> None:
    await put(engine, HandledUpdate, update(1, 9), update(2, 3.01), update(3, 2.99), update(4, 0))

    gone = await clean(engine, NOW)

    assert gone == {
        "usage_event": 0,
        "handled_update": 2,
        "conversation": 0,
        "unanswered_question": 0,
        "draft": 0,
        "kept_date": 0,
        "looking": 0,
        "staff_attempt": 0,
        "staff_invitation": 0,
        "staff_session": 0,
    }
    assert await left(engine, HandledUpdate.update_id) == [3, 4]


async def test_old_usage_goes(engine: AsyncEngine) -> None:
    hours = [NOW - timedelta(days=days) for days in (401, 399, 0)]
    await put(engine, UsageEvent, *({"hour": hour, "kind": "started"} for hour in hours))

    assert (await clean(engine, NOW))["usage_event"] == 1
    assert await left(engine, UsageEvent.hour) == hours[1:]


async def test_conversations_that_nobody_goes_on_with_go(engine: AsyncEngine) -> None:
    touched = {
        person: NOW.date() - timedelta(days=days)
        for person, days in (("old", 366), ("year", 365), ("new", 0))
    }
    await put(
        engine,
        Conversation,
        *({"person": person, "state": {}, "touched": day} for person, day in touched.items()),
    )

    assert (await clean(engine, NOW))["conversation"] == 1
    assert await left(engine, Conversation.person) == ["new", "year"]


async def test_questions_go_after_ninety_days(engine: AsyncEngine) -> None:
    asked = {
        number: {"id": number, "day": NOW.date() - timedelta(days=days), "why": "no", "text": "?"}
        for number, days in (("old", 91), ("last", 90), ("new", 0))
    }
    await put(engine, UnansweredQuestion, *asked.values())

    assert (await clean(engine, NOW))["unanswered_question"] == 1
    assert await left(engine, UnansweredQuestion.id) == ["last", "new"]


async def test_other_terms_can_be_set(engine: AsyncEngine) -> None:
    await put(engine, HandledUpdate, update(1, 9), update(2, 5))

    assert (await clean(engine, NOW, keep_updates_days=7))["handled_update"] == 1
    assert await left(engine, HandledUpdate.update_id) == [2]


async def test_more_than_a_batch_goes_at_once(engine: AsyncEngine) -> None:
    old = 2 * BATCH_ROWS + 1
    await put(engine, HandledUpdate, *(update(number, 9) for number in range(old)), update(old, 0))

    assert (await clean(engine, NOW))["handled_update"] == old
    assert await left(engine, HandledUpdate.update_id) == [old]
