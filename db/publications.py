"""The last steps of drafts: whose turn it is to publish one, its day, what kept it back, and who decides on it.

What is published is not known here: that is the history of the content. Each step happens once, whoever else tries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from db.audit import note
from db.drafts import WAITING, Draft, Drafts, DraftState, moved, unclaimed
from db.errors import SQL_SILENCE, answering
from db.models import DraftFileRow, DraftRow


@dataclass(frozen=True, slots=True)
class Settled:
    """A file of a draft that somebody put together with what was published meanwhile (`base` now).

    `version` is the one that they saw.
    """

    base: str | None
    text: str | None
    version: int


class Publications:
    """Every method raises `StoreUnavailable` when the database does not answer. What returns a bool says whether it was
    done: not when the draft was not in a state for it, or when somebody else publishes it just now.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def claim(self, draft_id: str, now: datetime) -> bool:
        """Keep everybody else from publishing or changing it, until `release` or for `CLAIM_LASTS`."""
        return await moved(self._engine, draft_id, WAITING, unclaimed(now), claimed=now)

    async def release(self, draft_id: str, claimed: datetime) -> bool:
        """Give up the claim of this moment, and no later one."""
        mine = DraftRow.claimed == claimed
        return await moved(self._engine, draft_id, WAITING, mine, claimed=None)

    async def due(self, day: date) -> tuple[Draft, ...]:
        """What was to be published on this day or before, in the order in which it was scheduled."""
        scheduled = await Drafts(self._engine).in_state(DraftState.SCHEDULED)
        return tuple(draft for draft in scheduled if draft.publish_on and draft.publish_on <= day)

    async def claimed(self) -> tuple[Draft, ...]:
        """What somebody publishes, or began to publish when it was killed."""
        waiting = await Drafts(self._engine).in_state(*WAITING)
        return tuple(draft for draft in waiting if draft.claimed)

    async def published(
        self, draft: Draft, commit: str, by: str, now: datetime, *, is_own: bool
    ) -> bool:
        """Note it with its commit, and in the audit log in the name of who decided."""
        mark = (
            update(DraftRow)
            .where(DraftRow.id == draft.id, DraftRow.state != DraftState.PUBLISHED)
            .values(state=DraftState.PUBLISHED, commit=commit, claimed=None, changed=now)
        )
        deed = "draft-published-own" if is_own else "draft-published"
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                if (await connection.execute(mark)).rowcount != 1:
                    return False
                await note(connection, by, deed, draft.subject, commit[:10], now=now)
                return True

    async def hold(self, draft_id: str, why: str, now: datetime) -> bool:
        """It could not be published on its day: let it wait for somebody to decide. `why` is a fixed word."""
        scheduled = (DraftState.SCHEDULED,)
        return await moved(
            self._engine, draft_id, scheduled, state=DraftState.SUBMITTED, held=why, changed=now
        )

    async def unschedule(self, draft_id: str, now: datetime) -> bool:
        """Let it wait for a review again, without a day."""
        return await moved(
            self._engine,
            draft_id,
            (DraftState.SCHEDULED,),
            unclaimed(now),
            state=DraftState.SUBMITTED,
            publish_on=None,
            scheduled_by=None,
            changed=now,
        )

    async def take_over(self, draft: Draft, staff_id: int, staff_name: str, now: datetime) -> bool:
        """Make it the open draft of another member; who began it stays known."""
        return await moved(
            self._engine,
            draft.id,
            WAITING,
            unclaimed(now),
            state=DraftState.OPEN,
            publish_on=None,
            held=None,
            staff_id=staff_id,
            staff_name=staff_name,
            begun_by=draft.begun_by or (draft.staff_name if draft.staff_id != staff_id else None),
            changed=now,
        )

    async def settle(self, draft_id: str, files: Mapping[str, Settled], now: datetime) -> bool:
        """Write all these files of a draft that waits, or none when one was written since somebody saw it."""
        lock = (
            update(DraftRow)
            .where(DraftRow.id == draft_id, DraftRow.state.in_(WAITING), unclaimed(now))
            .values(held=None)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection, connection.begin() as transaction:
                is_done = (await connection.execute(lock)).rowcount == 1
                for path, file in files.items():
                    written = (
                        update(DraftFileRow)
                        .where(
                            DraftFileRow.draft_id == draft_id,
                            DraftFileRow.path == path,
                            DraftFileRow.version == file.version,
                        )
                        .values(base=file.base, text=file.text, version=file.version + 1)
                    )
                    is_done = is_done and (await connection.execute(written)).rowcount == 1
                if not is_done:
                    await transaction.rollback()
                return is_done
