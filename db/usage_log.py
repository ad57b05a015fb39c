"""The log of usage events, newest first, a page at a time. It must not tell a small group (`db.closing`).

The counts of days say on which days there is something to find: ten million events are never looked through.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.counted import NOT_CHOSEN, ZONE, counted_day
from db.errors import SQL_SILENCE, answering
from db.models import UsageDay, UsageEvent, UsageSubjectDay
from db.usage import Days, UsageInHour, UsageRow
from db.usage_days import Asked, Span, UsageDays

PAGE_ROWS = 100
EXPORT_ROWS = 1000
# A page of what is rare ends after so many days with any, however few it has found by then.
_MOST_DAYS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the next one has what is older than this event."""

    hour: datetime
    event: int


@dataclass(frozen=True, slots=True)
class Told:
    """An event. Of a day whose groups are not told it has neither language nor citizenship."""

    event: UsageInHour
    is_group_told: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """`older` is None at the end."""

    rows: tuple[Told, ...]
    older: Place | None


class UsageLog:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._days = UsageDays(engine)

    async def page(
        self, span: Span, asked: Asked, kind: str | None = None, after: Place | None = None
    ) -> LogPage:
        """What follows `after`, else the newest. Raises `StoreUnavailable`."""
        told = await self._days.told()
        looked = span.within(told) if asked.is_of_a_group else span
        if looked is not None and after is not None:
            looked = looked.within(Span(date.min, counted_day(after.hour)))
        if looked is None:
            return LogPage((), None)
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                rows, older = await _page(connection, looked, asked, kind, after)
        return LogPage(tuple(as_told(event, told) for event in rows), older)

    async def all_of(
        self, span: Span, asked: Asked, kind: str | None = None
    ) -> AsyncIterator[tuple[Told, ...]]:
        """Every event, oldest first, some at a time: a slow reader holds no connection. Raises `StoreUnavailable`."""
        told = await self._days.told()
        looked = span.within(told) if asked.is_of_a_group else span
        if looked is None:
            return
        within = Days(looked.first, looked.last, ZONE)
        events = _events(asked, kind).where(
            UsageEvent.hour >= within.start, UsageEvent.hour < within.end
        )
        events = events.order_by(None).order_by(UsageEvent.hour, UsageEvent.id)
        found = await self._read(events.limit(EXPORT_ROWS))
        while found:
            yield tuple(as_told(_event(row), told) for row in found)
            later = _place_of_events() > _at(Place(found[-1].hour, found[-1].id))
            found = await self._read(events.where(later).limit(EXPORT_ROWS))

    async def _read(self, query: Any) -> Sequence[Any]:
        with answering("The database", *SQL_SILENCE):
            async with self._engine.connect() as connection:
                return (await connection.execute(query)).all()


def as_told(event: UsageInHour, told: Span | None) -> Told:
    if told is not None and told.first <= counted_day(event.hour) <= told.last:
        return Told(event, is_group_told=True)
    bare = replace(event.row, lang=None, citizenship=None)
    return Told(replace(event, row=bare), is_group_told=False)


async def _page(
    connection: AsyncConnection, span: Span, asked: Asked, kind: str | None, after: Place | None
) -> tuple[list[UsageInHour], Place | None]:
    events = _events(asked, kind)
    if after is not None:
        events = events.where(_place_of_events() < _at(after))
    spans, is_all = await _spans(connection, span, asked, kind)
    found: list[Any] = []
    for one in spans:
        within = Days(one.first, one.last, ZONE)
        is_within = (UsageEvent.hour >= within.start) & (UsageEvent.hour < within.end)
        query = events.where(is_within).limit(PAGE_ROWS + 1 - len(found))
        found += (await connection.execute(query)).all()
        if len(found) > PAGE_ROWS:
            break
    rows = [_event(row) for row in found[:PAGE_ROWS]]
    if len(found) > PAGE_ROWS:
        last = found[PAGE_ROWS - 1]
        return rows, Place(last.hour, last.id)
    # Numbers of events begin at 1: what comes next lies before this day.
    return rows, None if is_all else Place(Days(spans[-1].first, span.last, ZONE).start, 0)


async def _spans(
    connection: AsyncConnection, span: Span, asked: Asked, kind: str | None
) -> tuple[Sequence[Span], bool]:
    """The days to look through, the newest first, and whether there are no others."""
    if kind is None and asked == Asked():
        return (span,), True
    counts: Any = UsageDay if asked.subject is None else UsageSubjectDay
    query = select(counts.day).where(counts.day.between(span.first, span.last))
    for column, value in (
        ("kind", kind),
        ("lang", asked.lang),
        ("citizenship", asked.citizenship),
        ("subject", asked.subject),
    ):
        if value is not None:
            query = query.where(getattr(counts, column) == value)
    query = query.group_by(counts.day).order_by(counts.day.desc()).limit(_MOST_DAYS + 1)
    days = (await connection.scalars(query)).all()
    return [Span(day, day) for day in days[:_MOST_DAYS]], len(days) <= _MOST_DAYS


def _event(row: Any) -> UsageInHour:
    return UsageInHour(row.hour, UsageRow(row.kind, row.lang, row.citizenship, row.subject))


def _place_of_events() -> Any:
    return tuple_(UsageEvent.hour, UsageEvent.id)


def _at(place: Place) -> Any:
    return tuple_(literal(place.hour, UsageEvent.hour.type), literal(place.event))


def _events(asked: Asked, kind: str | None) -> Any:
    return (
        select(
            UsageEvent.id,
            UsageEvent.hour,
            UsageEvent.kind,
            UsageEvent.lang,
            UsageEvent.citizenship,
            UsageEvent.subject,
        )
        .where(
            *_is(UsageEvent.kind, kind),
            *_is(UsageEvent.lang, asked.lang),
            *_is(UsageEvent.citizenship, asked.citizenship),
            *_is(UsageEvent.subject, asked.subject),
        )
        .order_by(UsageEvent.hour.desc(), UsageEvent.id.desc())
    )


def _is(column: Any, value: str | None) -> tuple[ColumnElement[bool], ...]:
    if value is None:
        return ()
    return (column.is_(None) if value == NOT_CHOSEN else column == value,)
