"""The counts of a day, written in the transaction of the turn that they count. It must not read them for anybody.

Turns that run at once add to the same rows, and each holds them until its commit. So every turn takes them in the same
order, or two would wait for each other for ever, and takes them last.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from db.counted import SALT_BYTES, group_of, pseudonym
from db.models import (
    CountedDay,
    FailureDay,
    PersonOfDay,
    PersonsDay,
    ResponseDay,
    UsageDay,
    UsageSubjectDay,
)
from db.turn import FinishedTurn
from db.upsert import adding, inserting, table_of

Failure = tuple[date, str]
"""On which day, and what failed."""

_Key = tuple[tuple[str, Any], ...]


class DayCounts:
    """Statements made once, for one dialect."""

    def __init__(self, dialect: str) -> None:
        counted, person = table_of(CountedDay), table_of(PersonOfDay)
        self._open = inserting(dialect, counted).on_conflict_do_nothing().inline()
        self._salt = select(counted.c.salt).where(counted.c.day == bindparam("of_day"))
        self._seen = (
            inserting(dialect, person)
            .on_conflict_do_nothing()
            .inline()
            .execution_options(preserve_rowcount=True)
        )
        self._unseen = delete(person).where(
            person.c.day == bindparam("of_day"), person.c.pseudonym == bindparam("of_pseudonym")
        )
        self._kinds = adding(dialect, table_of(UsageDay)).inline()
        self._subjects = adding(dialect, table_of(UsageSubjectDay)).inline()
        self._persons = adding(dialect, table_of(PersonsDay)).inline()
        self._responses = adding(dialect, table_of(ResponseDay)).inline()
        self._failures = adding(dialect, table_of(FailureDay)).inline()

    def salt(self, connection: Connection, day: date) -> bytes | None:
        """The salt of a day, made when there is none; None when the day is closed.

        Use it once this is committed: until then, another process may be first.
        """
        salt: bytes | None = connection.execute(self._salt, {"of_day": day}).scalar_one_or_none()
        if salt is None:  # the day is new, or closed
            connection.execute(self._open, {"day": day, "salt": token_bytes(SALT_BYTES)})
            salt = connection.execute(self._salt, {"of_day": day}).scalar_one()
        return salt

    def turn(self, connection: Connection, turn: FinishedTurn, salt: bytes | None) -> None:
        """What happened in a turn, and its person, unless the day has counted them or is closed.

        A person who is forgotten is not known any more: coming back the same day, they are counted again.
        """
        events = [(row, group_of(row.lang, row.citizenship)) for row in turn.usage]
        day = turn.counted_day
        _add(connection, self._kinds, (_key(day, *group, kind=row.kind) for row, group in events))
        _add(
            connection,
            self._subjects,
            (
                _key(day, *group, kind=row.kind, subject=row.subject)
                for row, group in events
                if row.subject is not None
            ),
        )
        if salt is None:
            return
        person = pseudonym(turn.person, salt)
        if connection.execute(self._seen, {"day": day, "pseudonym": person}).rowcount:
            _add(connection, self._persons, [_key(day, *turn.group)])
        if turn.forgets:
            connection.execute(self._unseen, {"of_day": day, "of_pseudonym": person})

    def answered(self, connection: Connection, day: date, within: int) -> None:
        _add(connection, self._responses, [(("day", day), ("within", within))])

    def failed(self, connection: Connection, failures: Iterable[Failure]) -> None:
        _add(
            connection, self._failures, ((("day", day), ("kind", kind)) for day, kind in failures)
        )


def _key(day: date, lang: str, citizenship: str, **more: str) -> _Key:
    return ("day", day), ("lang", lang), ("citizenship", citizenship), *more.items()


def _add(connection: Connection, statement: Any, keys: Iterable[_Key]) -> None:
    counts = Counter(keys)
    if counts:
        connection.execute(
            statement, [dict(key) | {"count": counts[key]} for key in sorted(counts)]
        )
