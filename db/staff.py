"""Accounts of the staff: who they are, what they may do, how they are let in. It must not see a password, only its hash.

Nothing that lets somebody in stands in a table as it is: links, cookies and codes are kept as hashes.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.audit import note
from db.errors import SQL_SILENCE, answering
from db.models import StaffInvitation, StaffMember, StaffRecoveryCode, StaffSession

INVITATION_LASTS = timedelta(days=3)
LONGEST_NAME = 60
_IN_NAMES = " -.'\N{RIGHT SINGLE QUOTATION MARK}"


class Role(StrEnum):
    """Each may do what those before it may: write drafts, publish them, and keep the accounts."""

    AUTHOR = "author"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, needed: "Role") -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class Refusal(Enum):
    """Why an account is not changed."""

    NAME_TAKEN = auto()
    LAST_ADMIN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff. `is_invited` while a link waits for them."""

    id: int
    name: str
    role: Role
    lang: str
    active: bool
    has_password: bool
    has_second_factor: bool
    is_invited: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is compared with. `second_factor` is the salt of the secret, None without a second factor."""

    member: Member
    password: str | None
    second_factor: str | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """`token` is told once, to whoever hands it on, and kept nowhere."""

    token: str
    expires: datetime


class Accounts:
    """Every method raises `StoreUnavailable` when the database does not answer. `by` is the name of who does it, and
    what was done is noted in the audit log by the same commit.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(
        self, name: str, role: Role, lang: str, *, by: str, now: datetime
    ) -> Invitation | Refusal:
        """A new member and the link to let them in."""
        member = insert(StaffMember).values(
            name=name,
            key=key_of(name),
            role=role,
            lang=lang,
            active=True,
            used_step=0,
            created=now,
        )
        with answering("The database", *SQL_SILENCE):
            try:
                async with self._engine.begin() as connection:
                    added = await connection.execute(member.returning(StaffMember.id))
                    staff_id = added.scalar_one()
                    await note(connection, by, "staff-added", name, role, now=now)
                    return await _invitation(connection, staff_id, now)
            except IntegrityError:
                return Refusal.NAME_TAKEN

    async def members(self, now: datetime) -> tuple[Member, ...]:
        """All of them by name, those who left last."""
        invited = select(StaffInvitation.staff_id).where(StaffInvitation.expires > now)
        query = select(*_MEMBER).order_by(StaffMember.active.desc(), StaffMember.key)
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                waiting = set((await connection.execute(invited)).scalars())
                rows = (await connection.execute(query)).all()
        return tuple(_credentials(row, row.id in waiting).member for row in rows)

    async def named(self, name: str) -> Credentials | None:
        """The credentials of this name, however it is spelt in capitals."""
        return await self._one(StaffMember.key == key_of(name))

    async def numbered(self, staff_id: int) -> Credentials | None:
        return await self._one(StaffMember.id == staff_id)

    async def invite(self, staff_id: int, *, by: str, now: datetime) -> Invitation | Refusal:
        """A new link in place of any older one. Whoever uses it sets a new password, and the old one ends then."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                name = await _activate(connection, staff_id)
                if name is None:
                    return Refusal.UNKNOWN
                await note(connection, by, "staff-invited", name, now=now)
                return await _invitation(connection, staff_id, now)

    async def invited(self, token: str, now: datetime) -> Member | None:
        """Whom a link is for. Looking does not use it up: programs that preview links look too."""
        link = select(StaffInvitation.staff_id).where(
            StaffInvitation.token == hashed(token), StaffInvitation.expires > now
        )
        found = await self._one(StaffMember.id.in_(link), StaffMember.active)
        return found.member if found else None

    async def accept(self, token: str, password: str, now: datetime) -> Member | None:
        """Use a link up: the new password holds, and whatever let in before ends. None when the link is none."""
        used = (
            delete(StaffInvitation)
            .where(StaffInvitation.token == hashed(token), StaffInvitation.expires > now)
            .returning(StaffInvitation.staff_id)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                staff_id = (await connection.execute(used)).scalar_one_or_none()
                if staff_id is None:
                    return None
                await _close_doors(connection, staff_id)
                await connection.execute(
                    update(StaffMember)
                    .where(StaffMember.id == staff_id)
                    .values(password=password, second_factor=None, used_step=0)
                )
                row = (await connection.execute(_by_id(staff_id))).one()
                member = _credentials(row).member
                await note(connection, member.name, "invitation-accepted", now=now)
                return member

    async def set_password(
        self, staff_id: int, password: str, *, session_id: str, by: str, now: datetime
    ) -> None:
        """The member's own change: every session but this one ends, and so does a link that waits."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.execute(
                    update(StaffMember).where(StaffMember.id == staff_id).values(password=password)
                )
                await connection.execute(
                    delete(StaffSession).where(
                        StaffSession.staff_id == staff_id, StaffSession.id != session_id
                    )
                )
                await _drop_invitations(connection, staff_id)
                await note(connection, by, "password-changed", now=now)

    async def rehash(self, staff_id: int, password: str) -> None:
        """The same password, hashed as it is done today."""
        await self._set(staff_id, password=password)

    async def set_lang(self, staff_id: int, lang: str) -> None:
        await self._set(staff_id, lang=lang)

    async def set_role(
        self, staff_id: int, role: Role, *, by: str, now: datetime
    ) -> Refusal | None:
        return await self._change(staff_id, {"role": role}, by, "role-changed", role, now)

    async def deactivate(self, staff_id: int, *, by: str, now: datetime) -> Refusal | None:
        """The member is out at once. The name stays, beside what it has signed."""
        return await self._change(staff_id, {"active": False}, by, "staff-deactivated", "", now)

    async def _change(
        self, staff_id: int, values: dict[str, Any], by: str, deed: str, detail: str, now: datetime
    ) -> Refusal | None:
        """Change one member, unless nobody would be left to keep the accounts."""
        admins = (StaffMember.role == Role.ADMIN) & StaffMember.active
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                # PostgreSQL: two admins who demote each other at once wait for one another here.
                await connection.execute(select(StaffMember.id).where(admins).with_for_update())
                changed = await connection.execute(
                    update(StaffMember)
                    .where(StaffMember.id == staff_id)
                    .values(values)
                    .returning(StaffMember.name)
                )
                name = changed.scalar_one_or_none()
                if name is None:
                    return Refusal.UNKNOWN
                left = select(func.count()).select_from(StaffMember).where(admins)
                if not (await connection.execute(left)).scalar_one():
                    await connection.rollback()
                    return Refusal.LAST_ADMIN
                if values.get("active") is False:
                    await _close_doors(connection, staff_id)
                await note(connection, by, deed, name, detail, now=now)
                await connection.commit()
                return None

    async def _set(self, staff_id: int, **values: Any) -> None:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await connection.execute(
                    update(StaffMember).where(StaffMember.id == staff_id).values(values)
                )

    async def _one(self, *conditions: Any) -> Credentials | None:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                query = select(*_MEMBER).where(*conditions)
                row = (await connection.execute(query)).one_or_none()
        return _credentials(row) if row else None


def key_of(name: str) -> str:
    """A name as it is compared: spaces, capitals and ways to write a letter make no difference."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def proper_name(text: str) -> str | None:
    """The name as it is kept, or None when it is none: letters, digits, spaces, and what names are joined with.

    Names sign commits of the content, where angle brackets and control characters mean something.
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    is_name = all(
        letter.isalnum() or unicodedata.combining(letter) or letter in _IN_NAMES for letter in name
    )
    return name if name and len(name) <= LONGEST_NAME and is_name else None


def new_token() -> str:
    """256 random bits, to be told once."""
    return token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. It is random enough that nobody finds it from a plain hash."""
    return sha256(token.encode()).hexdigest()


async def _invitation(connection: AsyncConnection, staff_id: int, now: datetime) -> Invitation:
    await _drop_invitations(connection, staff_id)
    invitation = Invitation(new_token(), now + INVITATION_LASTS)
    await connection.execute(
        insert(StaffInvitation).values(
            token=hashed(invitation.token), staff_id=staff_id, expires=invitation.expires
        )
    )
    return invitation


async def _activate(connection: AsyncConnection, staff_id: int) -> str | None:
    invited = (
        update(StaffMember)
        .where(StaffMember.id == staff_id)
        .values(active=True)
        .returning(StaffMember.name)
    )
    return (await connection.execute(invited)).scalar_one_or_none()


async def _close_doors(connection: AsyncConnection, staff_id: int) -> None:
    """Nothing that was handed out before lets this member in any more."""
    await _drop_invitations(connection, staff_id)
    for table in (StaffSession, StaffRecoveryCode):
        await connection.execute(delete(table).where(table.staff_id == staff_id))


async def _drop_invitations(connection: AsyncConnection, staff_id: int) -> None:
    await connection.execute(delete(StaffInvitation).where(StaffInvitation.staff_id == staff_id))


_MEMBER = (
    StaffMember.id,
    StaffMember.name,
    StaffMember.role,
    StaffMember.lang,
    StaffMember.active,
    StaffMember.password,
    StaffMember.second_factor,
)


def _by_id(staff_id: int) -> Any:
    return select(*_MEMBER).where(StaffMember.id == staff_id)


def _credentials(row: Any, is_invited: bool = False) -> Credentials:
    member = Member(
        row.id,
        row.name,
        Role(row.role),
        row.lang,
        row.active,
        has_password=row.password is not None,
        has_second_factor=row.second_factor is not None,
        is_invited=is_invited,
    )
    return Credentials(member, row.password, row.second_factor)
