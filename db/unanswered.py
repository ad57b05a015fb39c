"""Questions that found no answer, for staff. It must not know who asked, nor when in the day, nor in which order."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex
from typing import TypeVarTuple

from sqlalchemy import Row, Select, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.audit import note
from db.errors import SQL_SILENCE, answering
from db.models import UnansweredQuestion

PAGE_ROWS = 1000
_BATCH_ROWS = 500

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class UnansweredRow:
    """One question. `text` is masked by whoever hands it in. `why` is `unsure` or `no`; with `no`, `memo` is the id of
    the memo that did not help.
    """

    text: str
    why: str
    lang: str | None = None
    citizenship: str | None = None
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class UnansweredOnDay:
    """A question as it is read; `day` is in UTC, and `id` counts nothing."""

    id: str
    day: date
    row: UnansweredRow


def random_id() -> str:
    """A number that counts nothing: two questions of one evening do not stand side by side."""
    return token_hex(16)


class Unanswered:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def rows(
        self, first: date, last: date, lang: str | None = None
    ) -> AsyncIterator[UnansweredOnDay]:
        """Questions of these days, both included, in an order that says nothing; of one language when it is given.

        Read a page at a time. Raises `StoreUnavailable`.
        """
        query = (
            select(*_READ)
            .where(UnansweredQuestion.day.between(first, last))
            .order_by(UnansweredQuestion.id)
            .limit(PAGE_ROWS)
        )
        if lang is not None:
            query = query.where(UnansweredQuestion.lang == lang)
        page = await self._read(query)
        while page:
            for name, day, text, why, spoken, citizenship, memo in page:
                row = UnansweredRow(text, why, spoken, citizenship, memo)
                yield UnansweredOnDay(name, day, row)
            last_id = page[-1][0]
            page = await self._read(query.where(UnansweredQuestion.id > last_id))

    async def settle(
        self, ids: Sequence[str], *, by: str, deed: str, subject: str, now: datetime
    ) -> int:
        """Delete what staff have dealt with: how many of these were still there. Raises `StoreUnavailable`.

        The audit log tells in the same commit who did what with how many, and nothing of their words.
        """
        gone = 0
        with answering("The database", *SQL_SILENCE):
            async with self._engine.begin() as connection:
                for begin in range(0, len(ids), _BATCH_ROWS):
                    some = ids[begin : begin + _BATCH_ROWS]
                    deleting = delete(UnansweredQuestion).where(UnansweredQuestion.id.in_(some))
                    gone += (await connection.execute(deleting)).rowcount
                if gone:
                    await note(connection, by, deed, subject, str(gone), now=now)
        return gone

    async def _read(self, query: Select[*Columns]) -> Sequence[Row[*Columns]]:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return (await connection.execute(query)).all()


_READ = (
    UnansweredQuestion.id,
    UnansweredQuestion.day,
    UnansweredQuestion.text,
    UnansweredQuestion.why,
    UnansweredQuestion.lang,
    UnansweredQuestion.citizenship,
    UnansweredQuestion.memo,
)
