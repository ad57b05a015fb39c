"""Counts of days, added up over a period, for whoever asks how much was used. It must not read events.

Languages and citizenships are told of closed days alone (`db.closing`): of them no group is small.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncEngine

from db.errors import SQL_SILENCE, answering
from db.models import (
    CountedDay,
    FailureDay,
    PersonsDay,
    ResponseDay,
    UsageDay,
    UsageSubjectDay,
)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day, both included, as `db.counted` cuts days."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.days))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Span":
        """As many days, up to the first."""
        return Span(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def within(self, other: "Span | None") -> "Span | None":
        """What both have; None when that is nothing."""
        if other is None:
            return None
        both = Span(max(self.first, other.first), min(self.last, other.last))
        return both if both.first <= both.last else None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which counts: of one language, of one citizenship, of one subject; None is any."""

    lang: str | None = None
    citizenship: str | None = None
    subject: str | None = None

    @property
    def is_of_a_group(self) -> bool:
        return self.lang is not None or self.citizenship is not None


EVERYTHING = Asked()


class UsageDays:
    """Every method raises `StoreUnavailable` when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def told(self) -> Span | None:
        """The days whose languages and citizenships are told: closed ones, up to the first that is open."""
        is_open = CountedDay.salt.is_not(None)
        first_open = select(func.min(CountedDay.day)).where(is_open).scalar_subquery()
        is_told = ~is_open & (CountedDay.day < func.coalesce(first_open, date.max))
        query = select(func.min(CountedDay.day), func.max(CountedDay.day)).where(is_told)
        [(first, last)] = await self._read(query)
        return Span(first, last) if first else None

    async def by_kind(self, span: Span, asked: Asked = EVERYTHING, *kinds: str) -> dict[str, int]:
        """Of these kinds. With a subject they have to be given: events of another kind have others."""
        usage = _usage(asked)
        return dict(await self._sum((usage.kind,), usage, span, asked, _of(usage, kinds)))

    async def by_day(
        self, span: Span, asked: Asked, kinds: Collection[str]
    ) -> dict[tuple[date, str], int]:
        usage = _usage(asked)
        rows = await self._sum((usage.day, usage.kind), usage, span, asked, _of(usage, kinds))
        return {(day, kind): count for day, kind, count in rows}

    async def by_language(
        self, span: Span, asked: Asked, kinds: Collection[str]
    ) -> dict[str, int]:
        usage = _usage(asked)
        return await self._by_group(usage.lang, usage, span, asked, _of(usage, kinds))

    async def by_citizenship(
        self, span: Span, asked: Asked, kinds: Collection[str]
    ) -> dict[str, int]:
        usage = _usage(asked)
        return await self._by_group(usage.citizenship, usage, span, asked, _of(usage, kinds))

    async def by_subject(
        self, span: Span, asked: Asked, kinds: Collection[str]
    ) -> dict[tuple[str, str], int]:
        """By kind and subject."""
        usage = UsageSubjectDay
        rows = await self._sum((usage.kind, usage.subject), usage, span, asked, _of(usage, kinds))
        return {(kind, subject): count for kind, subject, count in rows}

    async def persons(self, span: Span, asked: Asked) -> dict[date, int]:
        """By day. They cannot be added up: nobody knows who came on two days."""
        rows = await self._sum((PersonsDay.day,), PersonsDay, span, replace(asked, subject=None))
        return dict(rows)

    async def persons_by_language(self, span: Span, asked: Asked) -> dict[str, int]:
        """Persons of each day, added up: somebody who came on three days counts three times."""
        asked = replace(asked, subject=None)
        return await self._by_group(PersonsDay.lang, PersonsDay, span, asked)

    async def persons_by_citizenship(self, span: Span, asked: Asked) -> dict[str, int]:
        asked = replace(asked, subject=None)
        return await self._by_group(PersonsDay.citizenship, PersonsDay, span, asked)

    async def responses(self, span: Span) -> dict[int, int]:
        """How many updates were answered within so many milliseconds and not within the bound before, by bound."""
        return dict(await self._sum((ResponseDay.within,), ResponseDay, span, EVERYTHING))

    async def responses_by_day(self, span: Span) -> dict[tuple[date, int], int]:
        keys = (ResponseDay.day, ResponseDay.within)
        rows = await self._sum(keys, ResponseDay, span, EVERYTHING)
        return {(day, within): count for day, within, count in rows}

    async def failures(self, span: Span) -> dict[str, int]:
        return dict(await self._sum((FailureDay.kind,), FailureDay, span, EVERYTHING))

    async def _by_group(
        self, by: Any, model: Any, span: Span, asked: Asked, *conditions: ColumnElement[bool]
    ) -> dict[str, int]:
        told = span.within(await self.told())
        if told is None:
            return {}
        return dict(await self._sum((by,), model, told, asked, *conditions))

    async def _sum(
        self,
        by: tuple[Any, ...],
        model: Any,
        span: Span,
        asked: Asked,
        *conditions: ColumnElement[bool],
    ) -> list[Any]:
        counted: Span | None = span
        chosen = [*conditions]
        if asked.is_of_a_group:
            counted = span.within(await self.told())
        if counted is None:
            return []
        if asked.lang is not None:
            chosen.append(model.lang == asked.lang)
        if asked.citizenship is not None:
            chosen.append(model.citizenship == asked.citizenship)
        if asked.subject is not None:
            chosen.append(model.subject == asked.subject)
        is_within = model.day.between(counted.first, counted.last)
        total = func.sum(model.count).label("total")
        return await self._read(select(*by, total).where(is_within, *chosen).group_by(*by))

    async def _read(self, query: Any) -> list[Any]:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return [tuple(row) for row in await connection.execute(query)]


def _usage(asked: Asked) -> Any:
    """The smallest table that knows."""
    return UsageDay if asked.subject is None else UsageSubjectDay


def _of(usage: Any, kinds: Collection[str]) -> ColumnElement[bool]:
    is_one: ColumnElement[bool] = usage.kind.in_(sorted(kinds)) if kinds else true()
    return is_one
