"""Who has a subject of the content open just now, so that two on one memo know of each other.

A window is a tab of a browser: one member can have several. It must not keep anybody out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Insert, case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import LookingRow

PRESENT = timedelta(seconds=30)
"""How long after its last sign a window counts as closed."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Another window on the same subject; `since` is when it was opened."""

    staff_id: int
    staff_name: str
    since: datetime


class Presence:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def looking(
        self, subject: str, staff_id: int, staff_name: str, window: str, now: datetime
    ) -> None:
        """A sign of life of a window."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                sign = _sign(self._engine.dialect.name, subject, staff_id, staff_name, window, now)
                await connection.execute(sign)

    async def others(self, subject: str, window: str, now: datetime) -> tuple[Looker, ...]:
        """Who else has the subject open, the first to come first; another window of the same member too."""
        query = (
            select(LookingRow.staff_id, LookingRow.staff_name, LookingRow.since)
            .where(
                LookingRow.subject == subject,
                LookingRow.window != window,
                LookingRow.seen > now - PRESENT,
            )
            .order_by(LookingRow.since, LookingRow.window)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return tuple(Looker(*row) for row in await connection.execute(query))


def _sign(
    dialect: str, subject: str, staff_id: int, staff_name: str, window: str, now: datetime
) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    came = insert(LookingRow).values(
        subject=subject,
        window=window,
        staff_id=staff_id,
        staff_name=staff_name,
        since=now,
        seen=now,
    )
    new = came.excluded
    return came.on_conflict_do_update(
        index_elements=[LookingRow.subject, LookingRow.window],
        set_={
            "staff_id": new.staff_id,
            "staff_name": new.staff_name,
            # A window that was silent for so long has been closed for the others: it comes anew.
            "since": case((LookingRow.seen > now - PRESENT, LookingRow.since), else_=new.since),
            "seen": new.seen,
        },
    )
