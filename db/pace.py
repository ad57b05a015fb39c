"""How fast all workers of all processes may send together. It must not know what is sent, nor wait itself."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, case, literal
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import single_statements
from db.errors import SQL_SILENCE, answering
from db.models import PaceRow
from db.upsert import inserting, table_of

# Bots FAQ, "My bot is hitting limits, how do I avoid this?": "bots are not able to broadcast more than about 30
# messages per second, or they will receive 429 errors".
TELEGRAM_MESSAGES_A_SECOND = 30
# The rest is for answers to persons, which do not wait here, and for messages that arrive later than they left.
MESSAGES_A_SECOND = 25

_NAME = "telegram"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000


class Pace:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine, rate: int = MESSAGES_A_SECOND) -> None:
        self._engine = single_statements(engine)
        self._gap = -(-_SECOND // rate)  # microseconds, rounded up

    async def take(self, n: int, now: datetime) -> datetime:
        """The moment from which these `n` may be sent, at the rate; nobody else is given the same time."""
        span = n * self._gap
        return _moment(await self._move(now, span) - span)

    async def hold(self, until: datetime) -> None:
        """Nobody sends before this moment but who was given an earlier one already."""
        await self._move(until, 0)

    async def _move(self, now: datetime, span: int) -> int:
        """Take `span` microseconds from what is free after `now`; their end."""
        table = table_of(PaceRow)
        begin = literal(_microseconds(now), BigInteger)
        later: ColumnElement[int] = case((table.c.free > begin, table.c.free), else_=begin)
        row = {"name": _NAME, "free": _microseconds(now) + span}
        moved = (
            inserting(self._engine.dialect.name, table)
            .values(**row)
            .on_conflict_do_update(
                index_elements=[table.c.name], set_={"free": later + literal(span, BigInteger)}
            )
            .returning(table.c.free)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                end: int = (await connection.execute(moved)).scalar_one()
                return end


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND
