"""Who of the staff did what, for admins. It must not hold a text of a person who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import AuditEntry

PAGE_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """`deed` is a fixed word such as `memo-published`, `subject` what it was done to, `detail` is free."""

    id: int
    at: datetime
    staff_name: str
    deed: str
    subject: str
    detail: str


class AuditLog:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(
        self, staff_name: str, deed: str, subject: str = "", detail: str = "", *, now: datetime
    ) -> None:
        """Write an entry by itself. What is kept in the database too is noted with `note`, in its transaction."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await note(connection, staff_name, deed, subject, detail, now=now)

    async def page(
        self, *, before: int | None = None, staff_name: str = "", deed: str = ""
    ) -> tuple[Entry, ...]:
        """The newest `PAGE_ENTRIES` of one member and one deed, or of all; `before` is the last id of the page before."""
        query = select(*_ENTRY).order_by(AuditEntry.id.desc()).limit(PAGE_ENTRIES)
        if before is not None:
            query = query.where(AuditEntry.id < before)
        if staff_name:
            query = query.where(AuditEntry.staff_name == staff_name)
        if deed:
            query = query.where(AuditEntry.deed == deed)
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return tuple(Entry(*row) for row in await connection.execute(query))

    async def choices(self) -> tuple[Sequence[str], Sequence[str]]:
        """The names and the deeds that there are entries of, for the filter."""
        names = select(AuditEntry.staff_name).distinct().order_by(AuditEntry.staff_name)
        deeds = select(AuditEntry.deed).distinct().order_by(AuditEntry.deed)
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return (
                    (await connection.execute(names)).scalars().all(),
                    (await connection.execute(deeds)).scalars().all(),
                )

    async def count(self) -> int:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                query = select(func.count()).select_from(AuditEntry)
                return (await connection.execute(query)).scalar_one()


async def note(
    connection: AsyncConnection,
    staff_name: str,
    deed: str,
    subject: str = "",
    detail: str = "",
    *,
    now: datetime,
) -> None:
    """Write an entry in the transaction of the change that it tells of."""
    await connection.execute(
        insert(AuditEntry).values(
            at=now, staff_name=staff_name, deed=deed, subject=subject, detail=detail
        )
    )


_ENTRY = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.staff_name,
    AuditEntry.deed,
    AuditEntry.subject,
    AuditEntry.detail,
)
