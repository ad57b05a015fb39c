"""Drafts: the one place of unfinished work on the content. Who edits content writes here and never a file.

It must not know what the files mean; whether a draft may be published is decided where content is checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    Update,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import DraftFileRow, DraftRow


class DraftState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file as the draft would have it.

    `base` is the published text it began from, None for a new file; `text` None deletes the file.
    """

    path: str
    base: str | None
    text: str | None
    version: int

    @property
    def is_change(self) -> bool:
        return self.text != self.base


@dataclass(frozen=True, slots=True)
class Draft:
    """`subject` is what is worked on: `memo/<id>`, `facts`, `translation/<lang>`… `files` are by path.

    `note` is what was said last at submitting or sending back. `commit` is of a published draft only. `publish_on` is set
    by `scheduled_by`; `held` says why it was not published on that day. Somebody publishes it since `claimed`. `begun_by` is
    who had it before its member took it over.
    """

    id: str
    staff_id: int
    staff_name: str
    subject: str
    state: DraftState
    note: str
    publish_on: date | None
    commit: str | None
    began: datetime
    changed: datetime
    files: Mapping[str, DraftFile]
    begun_by: str | None = None
    scheduled_by: str | None = None
    held: str | None = None
    claimed: datetime | None = None

    @property
    def changes(self) -> tuple[DraftFile, ...]:
        """The files that differ from what they began from, by path."""
        return tuple(file for _, file in sorted(self.files.items()) if file.is_change)


@dataclass(frozen=True, slots=True)
class Clash:
    """The file was saved by another window since the writer saw it: what stands there now, and nothing was written."""

    text: str | None
    version: int
    staff_name: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The draft takes no text any more, and nothing was written."""

    state: DraftState


_OPEN = (DraftState.OPEN,)
WAITING = (DraftState.SUBMITTED, DraftState.SCHEDULED)
UNFINISHED = (*_OPEN, *WAITING)

# How long a draft is left to who publishes it: waiting for the folder and for a remote takes a minute at worst.
CLAIM_LASTS = timedelta(minutes=2)


class Drafts:
    """Every method raises `StoreUnavailable` when the database does not answer.

    What moves a draft on returns whether it did: False when the draft was not there or not in a state for it, as when
    somebody else was faster.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def open_for(self, staff_id: int, staff_name: str, subject: str, now: datetime) -> Draft:
        """The member's open draft of the subject, the last one changed if there are several, or a new one."""
        mine = (DraftRow.staff_id == staff_id, DraftRow.subject == subject)
        with answering("The database", *SQL_SILENCE):
            found = await self._read(*mine, DraftRow.state == DraftState.OPEN)
            if found:
                return found[-1]
            async with self._engine.begin() as connection:
                await _one_at_a_time(connection, f"{staff_id} {subject}")
                await connection.execute(_new_draft(staff_id, staff_name, subject, now))
            return (await self._read(*mine, DraftRow.state == DraftState.OPEN))[-1]

    async def get(self, draft_id: str) -> Draft | None:
        found = await self._drafts(DraftRow.id == draft_id)
        return found[0] if found else None

    async def of(self, subject: str) -> tuple[Draft, ...]:
        """Unfinished drafts of a subject by whomever, the last one changed at the end."""
        return await self._drafts(DraftRow.subject == subject, DraftRow.state.in_(UNFINISHED))

    async def open_of(self, staff_id: int) -> tuple[Draft, ...]:
        """The open drafts of one member, the last one changed at the end."""
        return await self._drafts(DraftRow.staff_id == staff_id, DraftRow.state == DraftState.OPEN)

    async def in_state(self, *states: DraftState) -> tuple[Draft, ...]:
        """The last one changed at the end."""
        return await self._drafts(DraftRow.state.in_(states))

    async def save(
        self,
        draft_id: str,
        path: str,
        base: str | None,
        text: str | None,
        version: int,
        now: datetime,
    ) -> int | Clash | Closed:
        """Write a file of an open draft over the version that the writer saw, 0 for none; the new version.

        Saving again what stands there already is no clash: the answer to the first time was lost.
        """
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                # From here on other writers of the draft wait for this one.
                if not await _still_open(connection, draft_id):
                    return await _closed(connection, draft_id)
                stands = await _file(connection, draft_id, path)
                seen = stands.version if stands else 0
                if stands and seen != version:
                    if stands.text == text:
                        return seen
                    return Clash(stands.text, seen, await _whose(connection, draft_id))
                await connection.execute(_written(draft_id, path, base, text, seen))
                changed = update(DraftRow).where(DraftRow.id == draft_id).values(changed=now)
                await connection.execute(changed)
                return seen + 1

    async def submit(self, draft_id: str, note: str, now: datetime) -> bool:
        return await self._move(
            draft_id, _OPEN, now, state=DraftState.SUBMITTED, note=note, held=None
        )

    async def send_back(self, draft_id: str, note: str, now: datetime) -> bool:
        """Let the member work on it again; a day that was set is forgotten."""
        return await self._move(
            draft_id, WAITING, now, state=DraftState.OPEN, note=note, publish_on=None, held=None
        )

    async def schedule(self, draft_id: str, day: date, now: datetime, by: str = "") -> bool:
        """To be published on a day; a day that was set before is moved."""
        return await self._move(
            draft_id,
            UNFINISHED,
            now,
            state=DraftState.SCHEDULED,
            publish_on=day,
            scheduled_by=by,
            held=None,
        )

    async def discard(self, draft_id: str, now: datetime) -> bool:
        return await self._move(draft_id, UNFINISHED, now, state=DraftState.DISCARDED)

    async def published(self, draft_id: str, commit: str, now: datetime) -> bool:
        """Whoever has claimed it: what is published is published."""
        return await moved(
            self._engine,
            draft_id,
            UNFINISHED,
            state=DraftState.PUBLISHED,
            commit=commit,
            claimed=None,
            changed=now,
        )

    async def _move(
        self, draft_id: str, states: tuple[DraftState, ...], now: datetime, **values: Any
    ) -> bool:
        return await moved(self._engine, draft_id, states, unclaimed(now), changed=now, **values)

    async def _drafts(self, *conditions: ColumnElement[bool]) -> tuple[Draft, ...]:
        with answering("The database", *SQL_SILENCE):
            return await self._read(*conditions)

    async def _read(self, *conditions: ColumnElement[bool]) -> tuple[Draft, ...]:
        drafts = select(*_READ).where(*conditions).order_by(DraftRow.changed, DraftRow.id)
        files = select(DraftFileRow.__table__).join(DraftRow).where(*conditions)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(drafts)).all()
            by_draft: dict[str, dict[str, DraftFile]] = {row.id: {} for row in rows}
            for draft_id, *file in await connection.execute(files):
                # A draft that came between the two looks is not told of.
                by_draft.get(draft_id, {})[file[0]] = DraftFile(*file)
        return tuple(_draft(row, by_draft[row.id]) for row in rows)


def is_claimed(draft: Draft, now: datetime) -> bool:
    """Somebody publishes the draft just now."""
    return draft.claimed is not None and draft.claimed >= now - CLAIM_LASTS


def unclaimed(now: datetime) -> ColumnElement[bool]:
    """Nobody publishes the draft just now."""
    return DraftRow.claimed.is_(None) | (DraftRow.claimed < now - CLAIM_LASTS)


async def moved(
    engine: AsyncEngine,
    draft_id: str,
    states: tuple[DraftState, ...],
    *conditions: ColumnElement[bool],
    **values: Any,
) -> bool:
    """Whether the draft was in one of the states, and has these values now."""
    statement = (
        update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.state.in_(states), *conditions)
        .values(**values)
    )
    with answering("The database", *SQL_SILENCE):
        async with engine.begin() as connection:
            return (await connection.execute(statement)).rowcount == 1


_READ = tuple(DraftRow.__table__.columns)


def _draft(row: Row[Any], files: dict[str, DraftFile]) -> Draft:
    columns = {**row._mapping, "state": DraftState(row.state)}
    return Draft(**columns, files=MappingProxyType(files))


async def _one_at_a_time(connection: AsyncConnection, what: str) -> None:
    """Keep others out of the same until the end of the transaction; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def _new_draft(staff_id: int, staff_name: str, subject: str, now: datetime) -> Insert:
    """A draft, unless the same member has an open one of the subject."""
    there = exists().where(
        DraftRow.staff_id == staff_id,
        DraftRow.subject == subject,
        DraftRow.state == DraftState.OPEN,
    )
    values = {
        "id": token_hex(16),
        "staff_id": staff_id,
        "staff_name": staff_name,
        "subject": subject,
        "state": DraftState.OPEN,
        "note": "",
        "began": now,
        "changed": now,
    }
    columns = DraftRow.__table__.columns
    row = select(*(literal(value, columns[name].type) for name, value in values.items()))
    return insert(DraftRow).from_select(list(values), row.where(~there))


async def _still_open(connection: AsyncConnection, draft_id: str) -> bool:
    """Whether the draft takes text. An update that changes nothing, as it locks the row in both databases."""
    lock = (
        update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.state == DraftState.OPEN)
        .values(state=DraftState.OPEN)
    )
    return (await connection.execute(lock)).rowcount == 1


async def _closed(connection: AsyncConnection, draft_id: str) -> Closed:
    query = select(DraftRow.state).where(DraftRow.id == draft_id)
    state = (await connection.execute(query)).scalar_one_or_none()
    # What has been deleted was published or discarded long ago.
    return Closed(DraftState(state) if state else DraftState.DISCARDED)


async def _whose(connection: AsyncConnection, draft_id: str) -> str:
    query = select(DraftRow.staff_name).where(DraftRow.id == draft_id)
    return (await connection.execute(query)).scalar_one()


async def _file(connection: AsyncConnection, draft_id: str, path: str) -> DraftFile | None:
    columns = (DraftFileRow.path, DraftFileRow.base, DraftFileRow.text, DraftFileRow.version)
    query = select(*columns).where(DraftFileRow.draft_id == draft_id, DraftFileRow.path == path)
    row = (await connection.execute(query)).one_or_none()
    return DraftFile(*row) if row else None


def _written(
    draft_id: str, path: str, base: str | None, written: str | None, seen: int
) -> Insert | Update:
    values = {"base": base, "text": written, "version": seen + 1}
    if not seen:
        return insert(DraftFileRow).values(draft_id=draft_id, path=path, **values)
    return (
        update(DraftFileRow)
        .where(DraftFileRow.draft_id == draft_id, DraftFileRow.path == path)
        .values(**values)
    )
