"""Taking away the order in which PostgreSQL got the unanswered questions. It must not change what they say.

PostgreSQL keeps rows as they came, and with each row the number of the transaction that wrote it (`xmin`), which is
also on what else the turn wrote: on the conversation of the person who asked. One statement writes all rows of past
days anew, in any order and under one number. SQLite keeps these rows by their random id and numbers nothing.
"""

from datetime import UTC, datetime

from sqlalchemy import delete, func, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import UnansweredQuestion


async def shuffle(engine: AsyncEngine, now: datetime) -> None:
    """Write the questions of the days before `now` anew, shuffled. Raises `StoreUnavailable`."""
    if engine.dialect.name == "sqlite":
        return
    columns = list(UnansweredQuestion.__table__.columns)
    past = UnansweredQuestion.day < now.astimezone(UTC).date()
    taken = delete(UnansweredQuestion).where(past).returning(*columns).cte("taken")
    again = insert(UnansweredQuestion).from_select(
        [column.name for column in columns],
        # The sort needs every row, so all are deleted before the first is written again.
        taken.select().order_by(func.random()),
    )
    with answering("The database", *SQL_SILENCE):
        async with engine.begin() as connection:
            await connection.execute(again)
