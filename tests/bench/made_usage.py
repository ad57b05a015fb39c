"""Millions of usage events, made by the database itself, with the counts of days that their turns would have left.

It writes persons and events without a turn: use it on a database that is thrown away.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from sqlalchemy import Date, bindparam, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.counted import FEW, RESPONSE_BOUNDS, ZONE
from db.models import CountedDay, FailureDay, ResponseDay, UtcTime
from db.usage import Days

Told = Callable[[], None]

# In thousandths: what is done, by whom, at which hour in Moscow, and which memo is read.
KINDS = {
    "memo-read": 380, "menu-opened": 160, "section-opened": 150, "question-answered": 70, "question-unclear": 25,
    "question-unsure": 30, "question-refused": 10, "question-helped": 22, "question-missed": 8, "hotlines-opened": 30,
    "danger-shown": 12, "contact-shown": 35, "contact-opened": 18, "directory-opened": 15, "region-opened": 12,
    "card-shown": 8, "nearest-shown": 2, "started": 6, "settings-changed": 5, "not-understood": 2,
}  # fmt: skip
GROUPS = {
    ("ru", "uz"): 230, ("ru", "tj"): 180, ("ky", "kg"): 230, ("ru", "kg"): 150, ("", ""): 90, ("ru", "other-eaeu"): 60,
    ("ru", "other-visa-free"): 25, ("en", "visa"): 9, ("ru", "visa"): 8, ("ky", "uz"): 5, ("ky", FEW): 4,
    ("en", FEW): 3, (FEW, FEW): 6,
}  # fmt: skip
HOURS = (
    10,
    6,
    4,
    3,
    5,
    12,
    25,
    40,
    50,
    55,
    60,
    60,
    58,
    55,
    52,
    50,
    50,
    55,
    65,
    75,
    75,
    62,
    43,
    30,
)
MEMOS = [f"memo-{number:02}" for number in range(60)]
_OF_A_MEMO = {"memo-read", "question-answered", "question-helped", "question-missed"}
_OF_A_THING = {
    "section-opened", "danger-shown", "contact-shown", "contact-opened", "region-opened", "card-shown",
}  # fmt: skip
_EVENTS_A_PERSON = 8

# Numbers that look thrown: the same in both databases and in every run. Each takes other bits of the event's number.
_THROWS = {
    "kind": "((i * 2654435761) >> 9) % 1000",
    "who": "((i * 2246822519) >> 11) % 1000",
    "hour": "((i * 3266489917) >> 13) % 1000",
    "memo": "((i * 668265263) >> 7) % 1000",
}
_EVENTS = f"""
    INSERT INTO usage_event (hour, kind, lang, citizenship, subject)
    WITH RECURSIVE numbers(i) AS (
        SELECT CAST(:first AS bigint) UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :after
    ), thrown AS (
        SELECT {", ".join(f"{throw} AS {name}" for name, throw in _THROWS.items())} FROM numbers
    )
    SELECT made_hour.hour, made_kind.kind, nullif(made_group.lang, ''), nullif(made_group.citizenship, ''),
        CASE made_kind.subject WHEN 'memo' THEN made_memo.memo WHEN 'thing' THEN 'thing-' || (thrown.memo % 12) END
    FROM thrown
    JOIN made_kind ON made_kind.slot = thrown.kind
    JOIN made_group ON made_group.slot = thrown.who
    JOIN made_clock ON made_clock.slot = thrown.hour
    JOIN made_hour ON made_hour.number = made_clock.number
    JOIN made_memo ON made_memo.slot = thrown.memo
    ORDER BY made_hour.hour
"""  # noqa: S608 - nothing in it comes from outside
_TABLES = (
    "made_kind (slot integer PRIMARY KEY, kind text, subject text)",
    "made_group (slot integer PRIMARY KEY, lang text, citizenship text)",
    "made_clock (slot integer PRIMARY KEY, number integer)",
    "made_memo (slot integer PRIMARY KEY, memo text)",
)
_COUNTS = (
    """INSERT INTO usage_day (day, kind, lang, citizenship, count)
    SELECT CAST(:day AS {date}), kind, coalesce(lang, ''), coalesce(citizenship, ''), count(*) FROM usage_event
    WHERE hour >= :start AND hour < :end GROUP BY 2, 3, 4""",
    """INSERT INTO usage_subject_day (kind, day, subject, lang, citizenship, count)
    SELECT kind, CAST(:day AS {date}), subject, coalesce(lang, ''), coalesce(citizenship, ''), count(*)
    FROM usage_event WHERE hour >= :start AND hour < :end AND subject IS NOT NULL GROUP BY 1, 3, 4, 5""",
    f"""INSERT INTO persons_day (day, lang, citizenship, count)
    SELECT day, lang, citizenship, 1 + sum(count) / {_EVENTS_A_PERSON} FROM usage_day
    WHERE day = CAST(:day AS {{date}}) GROUP BY day, lang, citizenship""",  # noqa: S608
)


async def make_usage(
    engine: AsyncEngine, last: date, days: int, events: int, told: Told = lambda: None
) -> None:
    """So many events of so many days, up to the last, twice as many a day at the end as at the beginning. `told` is
    called after each day. The tables have to be there and empty.
    """
    async with engine.begin() as connection:
        await _throw_tables(connection)
    number = 0
    for back in reversed(range(days)):
        share = (2 * days - back) / (days * (3 * days + 1) / 2)
        until = number + round(events * share) if back else events
        async with engine.begin() as connection:
            await _day(connection, last - timedelta(days=back), number, until)
        number = until
        told()
    async with engine.begin() as connection:
        for table in (*_TABLES, "made_hour "):
            await connection.execute(text(f"DROP TABLE {table.partition(' ')[0]}"))
    if engine.dialect.name == "postgresql":  # as its autovacuum would by then
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))


async def _throw_tables(connection: AsyncConnection) -> None:
    for table in _TABLES:
        await connection.execute(text(f"CREATE TABLE {table}"))
    moment = "timestamptz" if connection.dialect.name == "postgresql" else "text"
    await connection.execute(
        text(f"CREATE TABLE made_hour (number integer PRIMARY KEY, hour {moment})")
    )
    for name, values in (
        ("kind", _slots((kind, _subject(kind)) for kind in KINDS for _ in range(KINDS[kind]))),
        ("group", _slots(group for group in GROUPS for _ in range(GROUPS[group]))),
        ("clock", _slots((hour,) for hour, weight in enumerate(HOURS) for _ in range(weight))),
        ("memo", _slots((memo,) for memo in _memos())),
    ):
        names = [f":{at}" for at in range(len(values[0]))]
        rows = [dict(_named(value)) for value in values]
        await connection.execute(
            text(f"INSERT INTO made_{name} VALUES ({', '.join(names)})"),  # noqa: S608
            rows,
        )


def _named(values: tuple[object, ...]) -> Iterable[tuple[str, object]]:
    return ((str(at), value) for at, value in enumerate(values))


def _slots(values: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    slots = [(slot, *value) for slot, value in enumerate(values)]
    assert len(slots) == 1000, len(slots)
    return slots


def _subject(kind: str) -> str:
    return "memo" if kind in _OF_A_MEMO else "thing" if kind in _OF_A_THING else ""


def _memos() -> list[str]:
    """A few are read by many, and many by few."""
    weights = [1 / (rank + 3) for rank in range(len(MEMOS))]
    counts = [max(1, round(1000 * weight / sum(weights))) for weight in weights]
    counts[0] += 1000 - sum(counts)
    return [memo for memo, count in zip(MEMOS, counts, strict=True) for _ in range(count)]


async def _day(connection: AsyncConnection, day: date, first: int, after: int) -> None:
    within = Days(day, day, ZONE)
    await connection.execute(text("DELETE FROM made_hour"))
    hours = text("INSERT INTO made_hour VALUES (:number, :hour)").bindparams(
        bindparam("hour", type_=UtcTime())
    )
    await connection.execute(
        hours,
        [{"number": hour, "hour": within.start + timedelta(hours=hour)} for hour in range(24)],
    )
    if after > first:
        await connection.execute(text(_EVENTS), {"first": first, "after": after})
    date_type = "date" if connection.dialect.name == "postgresql" else "text"
    for count in _COUNTS:
        statement = text(count.format(date=date_type)).bindparams(
            bindparam("day", type_=Date()),
            *(
                bindparam(name, type_=UtcTime())
                for name in ("start", "end")
                if f":{name}" in count
            ),
        )
        moments = {"start": within.start, "end": within.end} if ":start" in count else {}
        await connection.execute(statement, {"day": day} | moments)
    await connection.execute(insert(CountedDay), {"day": day, "salt": None})
    times = [
        {"day": day, "within": bound, "count": 1 + (after - first) // (2 + (bound - 15) ** 2)}
        for bound in RESPONSE_BOUNDS
    ]
    await connection.execute(insert(ResponseDay), times)
    failures = [{"day": day, "kind": kind, "count": day.day} for kind in ("store", "messenger")]
    await connection.execute(insert(FailureDay), failures)
