"""What was used how much, for admins. It must not be able to tell persons apart: rows know only the hour."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from db.errors import SQL_SILENCE, answering
from db.models import UsageEvent

PAGE_ROWS = 1000

Value = TypeVar("Value")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One thing that happened. `subject` is a memo, section, contact or danger id."""

    kind: str
    lang: str | None = None
    citizenship: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class UsageInHour:
    """A usage row as it is exported; `hour` is in UTC."""

    hour: datetime
    row: UsageRow


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both included, as days are counted in `zone`."""

    first: date
    last: date
    zone: tzinfo = UTC

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), self.zone).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone).astimezone(UTC)


class Usage:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def by_day(self, days: Days, kind: str | None = None) -> dict[date, int]:
        """Totals of every day with any, in order.

        Hours are added up here and not in SQL, where every database cuts days in its own way.
        """
        totals: Counter[date] = Counter()
        for hour, count in await self._count(UsageEvent.hour, days, kind):
            totals[hour.astimezone(days.zone).date()] += count
        return dict(sorted(totals.items()))

    async def by_language(self, days: Days, kind: str | None = None) -> dict[str | None, int]:
        """Totals, the most frequent first; None counts those who had not chosen yet."""
        return dict(await self._count(UsageEvent.lang, days, kind))

    async def by_citizenship(self, days: Days, kind: str | None = None) -> dict[str | None, int]:
        return dict(await self._count(UsageEvent.citizenship, days, kind))

    async def by_kind(self, days: Days) -> dict[str, int]:
        return dict(await self._count(UsageEvent.kind, days, None))

    async def by_subject(self, days: Days, kind: str) -> dict[str | None, int]:
        """What was opened, read or called, for one kind: ids of different kinds may be equal."""
        return dict(await self._count(UsageEvent.subject, days, kind))

    async def rows(self, days: Days) -> AsyncIterator[UsageInHour]:
        """Every row, oldest first, a page at a time: a slow reader of the export holds no connection."""
        query = (
            select(*_EXPORTED)
            .where(_within(days))
            .order_by(UsageEvent.hour, UsageEvent.id)
            .limit(PAGE_ROWS)
        )
        page = await self._read(query)
        while page:
            for _, hour, kind, lang, citizenship, subject in page:
                yield UsageInHour(hour, UsageRow(kind, lang, citizenship, subject))
            last_id, last_hour, *_ = page[-1]
            later = tuple_(UsageEvent.hour, UsageEvent.id) > tuple_(
                literal(last_hour, UsageEvent.hour.type), literal(last_id)
            )
            page = await self._read(query.where(later))

    async def _count(
        self, by: InstrumentedAttribute[Value], days: Days, kind: str | None
    ) -> list[tuple[Value, int]]:
        total = func.count()
        query = select(by, total).where(_within(days)).group_by(by).order_by(total.desc(), by)
        if kind is not None:
            query = query.where(UsageEvent.kind == kind)
        return [(value, count) for value, count in await self._read(query)]

    async def _read(self, query: Select[*Columns]) -> Sequence[Row[*Columns]]:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return (await connection.execute(query)).all()


_EXPORTED = (
    UsageEvent.id,
    UsageEvent.hour,
    UsageEvent.kind,
    UsageEvent.lang,
    UsageEvent.citizenship,
    UsageEvent.subject,
)


def _within(days: Days) -> ColumnElement[bool]:
    return and_(UsageEvent.hour >= days.start, UsageEvent.hour < days.end)
