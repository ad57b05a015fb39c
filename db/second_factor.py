"""The second factor of a member: the salt of its secret, the last code that was used, codes on paper. It must not be
able to make a code: the secret comes from a key that is not in the database.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.audit import note
from db.errors import SQL_SILENCE, answering
from db.models import StaffMember, StaffRecoveryCode


class SecondFactors:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def turn_on(
        self,
        staff_id: int,
        salt: str,
        step: int,
        codes: Collection[str],
        *,
        by: str,
        now: datetime,
    ) -> None:
        """From now on a code is asked for. `step` is that of the code it was tried with, `codes` are keyed hashes."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await _set(connection, staff_id, second_factor=salt, used_step=step)
                await _replace_codes(connection, staff_id, codes)
                await note(connection, by, "second-factor-on", now=now)

    async def turn_off(self, staff_id: int, *, by: str, now: datetime) -> None:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await _set(connection, staff_id, second_factor=None, used_step=0)
                await _replace_codes(connection, staff_id, ())
                await note(connection, by, "second-factor-off", now=now)

    async def use_step(self, staff_id: int, step: int) -> bool:
        """Whether the code of this step is used for the first time. Whoever looked over a shoulder comes too late."""
        used = (
            update(StaffMember)
            .where(StaffMember.id == staff_id, StaffMember.used_step < step)
            .values(used_step=step)
            .returning(StaffMember.id)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                return (await connection.execute(used)).one_or_none() is not None

    async def use_code(self, staff_id: int, code: str, *, by: str, now: datetime) -> bool:
        """Whether this was a recovery code of the member; it is none any more."""
        used = (
            delete(StaffRecoveryCode)
            .where(StaffRecoveryCode.code == code, StaffRecoveryCode.staff_id == staff_id)
            .returning(StaffRecoveryCode.code)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                if (await connection.execute(used)).one_or_none() is None:
                    return False
                await note(connection, by, "recovery-code-used", now=now)
                return True

    async def new_codes(
        self, staff_id: int, codes: Collection[str], *, by: str, now: datetime
    ) -> None:
        """In place of those that are left."""
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                await _replace_codes(connection, staff_id, codes)
                await note(connection, by, "recovery-codes-made", now=now)

    async def codes_left(self, staff_id: int) -> int:
        query = (
            select(func.count())
            .select_from(StaffRecoveryCode)
            .where(StaffRecoveryCode.staff_id == staff_id)
        )
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return (await connection.execute(query)).scalar_one()


async def _set(connection: AsyncConnection, staff_id: int, **values: Any) -> None:
    await connection.execute(update(StaffMember).where(StaffMember.id == staff_id).values(values))


async def _replace_codes(
    connection: AsyncConnection, staff_id: int, codes: Collection[str]
) -> None:
    await connection.execute(
        delete(StaffRecoveryCode).where(StaffRecoveryCode.staff_id == staff_id)
    )
    if codes:
        rows = [{"code": code, "staff_id": staff_id} for code in codes]
        await connection.execute(insert(StaffRecoveryCode), rows)
