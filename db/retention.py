"""Forgetting by itself: what is older than it has to be is deleted. It must not keep anybody waiting,
so it deletes in small transactions.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import (
    Base,
    Conversation,
    DraftRow,
    HandledUpdate,
    KeptDateRow,
    LookingRow,
    StaffAttempt,
    StaffInvitation,
    StaffSession,
    UnansweredQuestion,
    UsageEvent,
)
from db.staff_attempts import FORGOTTEN
from db.staff_sessions import IDLE, LONGEST

BATCH_ROWS = 500

_DONE = ("published", "discarded")


async def clean(
    engine: AsyncEngine,
    now: datetime,
    keep_usage_days: int = 400,
    keep_updates_days: int = 3,
    keep_conversations_days: int = 365,
    keep_unanswered_days: int = 90,
    keep_drafts_days: int = 90,
    keep_dates_days: int = 31,
) -> dict[str, int]:
    """Delete what is older than so many days; how many rows went, by table.

    Three days of updates are enough: Telegram delivers an update again for about one. Usage events can be compared
    with those of a year ago; their counts by day stay. Drafts go so long after they were published or discarded, and
    never while somebody works on them. Dates that persons keep go so long after they have passed. Raises `StoreUnavailable`; what was deleted by then stays deleted.
    """
    today = now.astimezone(UTC).date()
    too_old: tuple[tuple[type[Base], ColumnElement[bool]], ...] = (
        (UsageEvent, UsageEvent.hour < now - timedelta(days=keep_usage_days)),
        (HandledUpdate, HandledUpdate.at < now - timedelta(days=keep_updates_days)),
        (Conversation, Conversation.touched < today - timedelta(days=keep_conversations_days)),
        (
            UnansweredQuestion,
            UnansweredQuestion.day < today - timedelta(days=keep_unanswered_days),
        ),
        (
            DraftRow,
            DraftRow.state.in_(_DONE)
            & (DraftRow.changed < now - timedelta(days=keep_drafts_days)),
        ),
        (KeptDateRow, KeptDateRow.day < today - timedelta(days=keep_dates_days)),
        (LookingRow, LookingRow.seen < now - timedelta(days=1)),
        (StaffAttempt, StaffAttempt.last < now - FORGOTTEN),
        (StaffInvitation, StaffInvitation.expires < now),
        (StaffSession, (StaffSession.seen < now - IDLE) | (StaffSession.began < now - LONGEST)),
    )
    with answering("The database", *SQL_SILENCE):
        return {
            model.__tablename__: await _delete_in_batches(engine, model, condition)
            for model, condition in too_old
        }


async def _delete_in_batches(
    engine: AsyncEngine, model: type[Base], condition: ColumnElement[bool]
) -> int:
    table = model.__table__
    assert isinstance(table, Table)
    key = tuple_(*table.primary_key)
    batch = select(*table.primary_key).where(condition).limit(BATCH_ROWS)
    deleted = 0
    while True:
        async with engine.begin() as connection:
            # The condition again: a row that changed since it was chosen may be young by now.
            gone = await connection.execute(delete(table).where(key.in_(batch), condition))
        deleted += gone.rowcount
        if gone.rowcount < BATCH_ROWS:
            return deleted
