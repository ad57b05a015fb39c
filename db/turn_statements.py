"""The statements of a turn, made once, the same for both databases. Each function is one transaction's work."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from db import kept_dates
from db.counted import counted_day, response_bound
from db.day_counts import DayCounts, Failure
from db.models import Conversation, HandledUpdate, UnansweredQuestion, UsageEvent
from db.turn import Answered, FinishedTurn, LoadedTurn, StateChange, seen_from
from db.unanswered import random_id
from db.upsert import inserting, table_of


class TurnStatements:
    def __init__(self, dialect: str) -> None:
        conversation, handled = table_of(Conversation), table_of(HandledUpdate)
        self.counts = DayCounts(dialect)
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
            inserting(dialect, handled)
            .on_conflict_do_nothing()
            .inline()
            # SQLAlchemy counts the rows of an insert only when told to.
            .execution_options(preserve_rowcount=True)
        )
        save = inserting(dialect, conversation).inline()
        self._save = save.on_conflict_do_update(
            index_elements=[conversation.c.person],
            set_={"state": save.excluded.state, "touched": save.excluded.touched},
        )
        self._delete = delete(conversation).where(is_person)
        self._usage = insert(table_of(UsageEvent)).inline()
        self._unanswered = insert(table_of(UnansweredQuestion)).inline()
        unsent = is_update & handled.c.sent.is_(False)
        self._sent = update(handled).where(unsent).values(sent=True, before=None)

    def load(
        self, connection: Connection, *, person: str, door: str, update_id: int
    ) -> LoadedTurn:
        values = {"of_person": person, "of_door": door, "of_update": update_id}
        state, sent, before = connection.execute(self._load, values).one()
        return LoadedTurn(state=state, seen=seen_from(sent), before=before)

    def record(
        self,
        connection: Connection,
        *,
        turn: FinishedTurn,
        change: StateChange,
        salt: bytes | None,
    ) -> bool:
        """False when the update was known already: then nothing is changed. `salt` is that of the turn's day."""
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
        if turn.forgets:
            kept_dates.delete_of_person(connection, turn.person)
        else:
            kept_dates.keep(connection, turn.keep)
            kept_dates.change(connection, turn.person, turn.date_changes)
        self.counts.turn(connection, turn, salt)
        return True

    def sent(
        self, connection: Connection, *, door: str, update_id: int, answered: Answered | None
    ) -> None:
        """The time that the answer took is counted once, whoever says how often that it left."""
        left = connection.execute(self._sent, {"of_door": door, "of_update": update_id})
        if answered is not None and left.rowcount:
            day = counted_day(answered.at)
            self.counts.answered(connection, day, response_bound(answered.seconds))

    def failed(self, connection: Connection, *, failures: Sequence[Failure]) -> None:
        self.counts.failed(connection, failures)
