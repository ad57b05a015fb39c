"""The statements of a turn, made once, the same for both databases. Each function is one transaction's work."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from db.models import Base, Conversation, HandledUpdate, UnansweredQuestion, UsageEvent
from db.turn import FinishedTurn, LoadedTurn, StateChange, seen_from
from db.unanswered import random_id

# "on conflict" is spelt alike in both, but is no part of common SQL.
_INSERTS: dict[str, Callable[[Table], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class TurnStatements:
    def __init__(self, dialect: str) -> None:
        insert_or = _INSERTS[dialect]
        conversation, handled = _table(Conversation), _table(HandledUpdate)
        is_person = conversation.c.person == bindparam("of_person")
        is_update = (handled.c.door == bindparam("of_door")) & (
            handled.c.update_id == bindparam("of_update")
        )
        # One row whatever is known, so that one question answers both.
        nothing = select(literal(1)).subquery()
        self._load = select(conversation.c.state, handled.c.sent, handled.c.before).select_from(
            nothing.outerjoin(conversation, is_person).outerjoin(handled, is_update)
        )
        self._handled = (
            insert_or(handled)
            .on_conflict_do_nothing()
            .inline()
            # SQLAlchemy counts the rows of an insert only when told to.
            .execution_options(preserve_rowcount=True)
        )
        save = insert_or(conversation).inline()
        self._save = save.on_conflict_do_update(
            index_elements=[conversation.c.person],
            set_={"state": save.excluded.state, "touched": save.excluded.touched},
        )
        self._delete = delete(conversation).where(is_person)
        self._usage = insert(_table(UsageEvent)).inline()
        self._unanswered = insert(_table(UnansweredQuestion)).inline()
        self._sent = update(handled).where(is_update).values(sent=True, before=None)

    def load(
        self, connection: Connection, *, person: str, door: str, update_id: int
    ) -> LoadedTurn:
        values = {"of_person": person, "of_door": door, "of_update": update_id}
        state, sent, before = connection.execute(self._load, values).one()
        return LoadedTurn(state=state, seen=seen_from(sent), before=before)

    def record(self, connection: Connection, *, turn: FinishedTurn, change: StateChange) -> bool:
        """False when the update was known already: then nothing is changed."""
        handled = connection.execute(
            self._handled,
            {
                "door": turn.door,
                "update_id": turn.update_id,
                "before": turn.before,
                "sent": False,
                "at": turn.at,
            },
        )
        if handled.rowcount == 0:
            return False
        match change:
            case StateChange.SAVE:
                kept = {"person": turn.person, "state": turn.after, "touched": turn.day}
                connection.execute(self._save, kept)
            case StateChange.DELETE:
                connection.execute(self._delete, {"of_person": turn.person})
            case StateChange.LEAVE:
                pass
        if turn.usage:
            connection.execute(
                self._usage,
                [
                    {
                        "hour": turn.hour,
                        "kind": row.kind,
                        "lang": row.lang,
                        "citizenship": row.citizenship,
                        "subject": row.subject,
                    }
                    for row in turn.usage
                ],
            )
        if turn.unanswered:
            connection.execute(
                self._unanswered,
                [
                    {
                        "id": random_id(),
                        "day": turn.day,
                        "lang": row.lang,
                        "citizenship": row.citizenship,
                        "why": row.why,
                        "memo": row.memo,
                        "text": row.text,
                    }
                    for row in turn.unanswered
                ],
            )
        return True

    def sent(self, connection: Connection, *, door: str, update_id: int) -> None:
        connection.execute(self._sent, {"of_door": door, "of_update": update_id})


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
