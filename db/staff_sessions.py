"""Browsers that are signed in to the staff pages. It must not hold what a cookie holds, only its hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from db.audit import note
from db.errors import SQL_SILENCE, answering
from db.models import StaffMember, StaffSession
from db.staff import Role, hashed, new_token

# A laptop that was left somewhere is out after a week, and nobody stays in for ever.
IDLE = timedelta(days=7)
LONGEST = timedelta(days=30)
# Written seldom: every page would be a write otherwise.
_SEEN_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """Whose browser this is, with the role of this moment."""

    id: str
    staff_id: int
    name: str
    role: Role
    lang: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser as its owner sees it in the list."""

    id: str
    device: str
    began: datetime
    seen: datetime


class Sessions:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(self, staff_id: int, device: str, now: datetime) -> str:
        """A new session; what its cookie holds."""
        token = new_token()
        session = insert(StaffSession).values(
            id=token_hex(8),
            token=hashed(token),
            staff_id=staff_id,
            device=device[:80],
            began=now,
            seen=now,
        )
        name = select(StaffMember.name).where(StaffMember.id == staff_id)
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.execute(session)
                found = (await connection.execute(name)).scalar_one()
                await note(connection, found, "signed-in", detail=device[:80], now=now)
        return token

    async def find(self, token: str, now: datetime) -> Session | None:
        """The session of a cookie, unless it has ended or its member has left."""
        query = (
            select(
                StaffSession.id,
                StaffSession.seen,
                StaffMember.id.label("staff_id"),
                StaffMember.name,
                StaffMember.role,
                StaffMember.lang,
            )
            .join(StaffMember, StaffMember.id == StaffSession.staff_id)
            .where(StaffSession.token == hashed(token), StaffMember.active, _lives(now))
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                row = (await connection.execute(query)).one_or_none()
            if row is None:
                return None
            if now - row.seen > _SEEN_AGAIN:
                async with self._engine.begin() as connection:
                    await connection.execute(
                        update(StaffSession).where(StaffSession.id == row.id).values(seen=now)
                    )
        return Session(row.id, row.staff_id, row.name, Role(row.role), row.lang)

    async def of(self, staff_id: int, now: datetime) -> tuple[OpenSession, ...]:
        """The member's sessions, the one seen last first."""
        query = (
            select(StaffSession.id, StaffSession.device, StaffSession.began, StaffSession.seen)
            .where(StaffSession.staff_id == staff_id, _lives(now))
            .order_by(StaffSession.seen.desc(), StaffSession.id)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return tuple(OpenSession(*row) for row in await connection.execute(query))

    async def end(self, session_id: str, staff_id: int) -> None:
        """End one session of this member; that of another is left alone."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.execute(
                    delete(StaffSession).where(
                        StaffSession.id == session_id, StaffSession.staff_id == staff_id
                    )
                )

    async def end_all(
        self, staff_id: int, *, but: str = "", by: str, of: str, now: datetime
    ) -> None:
        """End every session of this member, named `of`, but one."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.execute(
                    delete(StaffSession).where(
                        StaffSession.staff_id == staff_id, StaffSession.id != but
                    )
                )
                await note(connection, by, "sessions-ended", of, now=now)


def _lives(now: datetime) -> ColumnElement[bool]:
    return and_(StaffSession.seen >= now - IDLE, StaffSession.began >= now - LONGEST)
