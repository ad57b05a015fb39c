"""The tables. No column may hold a Telegram id, a name or a phone number, and no row may tie a text to a person. The one
exception is encrypted with a key that is in no table: where somebody is reached who wants to be reminded (ADR 14).

The one text that persons wrote is in `unanswered_question`: masked before it gets here, and beside it only the day
(ADR 8). Counts of days are for ever, so groups of few persons are not told apart in them (`db.closing`). Staff are not
persons here: their accounts, drafts and audit log hold their names, as the history of the content does, and no row of
those leads to anybody who asks.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcTime(TypeDecorator[datetime]):
    """A moment, always with a zone in Python. SQLite keeps it as text in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # Names are fixed here, so that a migration can drop what another database named by itself.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime}  # noqa: RUF012 - declared so by SQLAlchemy


class Conversation(Base):
    """Where a person is. `person` is a keyed hash that the caller makes; `touched` is for retention only."""

    __tablename__ = "conversation"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    person: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[Any] = mapped_column(JSON)
    touched: Mapped[date] = mapped_column(index=True)


class HandledUpdate(Base):
    """An update that changed the state. Until its answer is sent, `before` lets the same step be repeated."""

    __tablename__ = "handled_update"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    door: Mapped[str] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    before: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    sent: Mapped[bool]
    at: Mapped[datetime] = mapped_column(index=True)


class UsageEvent(Base):
    """That something was used, in which hour. Never by whom."""

    __tablename__ = "usage_event"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str]
    lang: Mapped[str | None]
    citizenship: Mapped[str | None]
    subject: Mapped[str | None]


class UnansweredQuestion(Base):
    """A masked question that found no answer, on which day. Never by whom, and `id` counts nothing (ADR 8)."""

    __tablename__ = "unanswered_question"
    # Rows lie by their random id: in SQLite's own numbering they would lie as they came.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    lang: Mapped[str | None]
    citizenship: Mapped[str | None]
    why: Mapped[str]
    memo: Mapped[str | None]
    text: Mapped[str]


class DraftRow(Base):
    """Unfinished work of a member of staff on one subject. `staff_name` is the name at the time it was begun, `begun_by`
    that of who had it before somebody took it over. `claimed` is since when somebody publishes it.
    """

    __tablename__ = "draft"
    __table_args__ = (Index(None, "subject", "state"), Index(None, "state", "changed"))

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int]
    staff_name: Mapped[str]
    subject: Mapped[str]
    state: Mapped[str]
    note: Mapped[str]
    publish_on: Mapped[date | None]
    commit: Mapped[str | None]
    began: Mapped[datetime]
    changed: Mapped[datetime]
    begun_by: Mapped[str | None]
    scheduled_by: Mapped[str | None]
    held: Mapped[str | None]
    claimed: Mapped[datetime | None]


class DraftFileRow(Base):
    """A file as a draft would have it. `base` is the published text it began from; `version` counts its savings."""

    __tablename__ = "draft_file"

    draft_id: Mapped[str] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[str] = mapped_column(primary_key=True)
    base: Mapped[str | None]
    text: Mapped[str | None]
    version: Mapped[int]


class LookingRow(Base):
    """A window in which a member of staff has a subject open, last seen at `seen`."""

    __tablename__ = "looking"

    subject: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int]
    staff_name: Mapped[str]
    since: Mapped[datetime]
    seen: Mapped[datetime] = mapped_column(index=True)


class StaffMember(Base):
    """Somebody who signs in to the staff pages. `key` is the name as it is compared, `password` a hash, and
    `second_factor` the salt that the secret of one-time codes is made with.
    """

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True, unique=True)
    role: Mapped[str]
    lang: Mapped[str]
    active: Mapped[bool]
    password: Mapped[str | None]
    second_factor: Mapped[str | None]
    used_step: Mapped[int] = mapped_column(BigInteger)
    created: Mapped[datetime]


class StaffInvitation(Base):
    """A link that sets a password, once. `token` is a hash of what stands in the link."""

    __tablename__ = "staff_invitation"

    token: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff_member.id", ondelete="CASCADE"), index=True
    )
    expires: Mapped[datetime]


class StaffSession(Base):
    """A browser that is signed in. `token` is a hash of what its cookie holds; `device` its name for the member."""

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(index=True, unique=True)
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff_member.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[str]
    began: Mapped[datetime]
    seen: Mapped[datetime]


class StaffRecoveryCode(Base):
    """A code on paper in place of the phone, once. `code` is a keyed hash."""

    __tablename__ = "staff_recovery_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff_member.id", ondelete="CASCADE"), index=True
    )


class StaffAttempt(Base):
    """How often a sign-in failed lately. `key` is a keyed hash of a name, an address or a device."""

    __tablename__ = "staff_attempt"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last: Mapped[datetime] = mapped_column(index=True)


class AuditEntry(Base):
    """Who of the staff did what. The name stays as it was, even when the member is renamed."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_name: Mapped[str]
    deed: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    detail: Mapped[str]


class CountedDay(Base):
    """A day with turns. Its salt makes the pseudonyms of the day, and is deleted when the day is closed."""

    __tablename__ = "counted_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)


class PersonOfDay(Base):
    """That somebody was counted on a day that is still open, under a name that only this day knows."""

    __tablename__ = "person_of_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    day: Mapped[date] = mapped_column(primary_key=True)
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class PersonsDay(Base):
    """How many different persons came on a day, by what they had chosen when they came."""

    __tablename__ = "persons_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    day: Mapped[date] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    citizenship: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class UsageDay(Base):
    """Usage events of a day by kind: the sum of a few hundred rows a day answers most questions."""

    __tablename__ = "usage_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    citizenship: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class UsageSubjectDay(Base):
    """The same by what was used, for events that have a subject. Rows of one kind lie together."""

    __tablename__ = "usage_subject_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    kind: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    citizenship: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class ResponseDay(Base):
    """How many updates of a day were answered within so many milliseconds, and not within the bound before."""

    __tablename__ = "response_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    day: Mapped[date] = mapped_column(primary_key=True)
    within: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class FailureDay(Base):
    """How many times an update of a day could not be answered, by what failed."""

    __tablename__ = "failure_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class JobRow(Base):
    """A message that is to be sent at `due`, at least once. `key` is one for a recipient and an occasion; `subject` the id of
    what it is about. `payload` names no person. Until `claimed_until` it is left to `claimed_by`.
    """

    __tablename__ = "job"
    # Rows lie by their random id: in SQLite's own numbering they would lie as persons came.
    __table_args__ = (Index(None, "due", "id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(index=True, unique=True)
    subject: Mapped[str | None] = mapped_column(index=True)
    due: Mapped[datetime]
    payload: Mapped[Any] = mapped_column(JSON)
    attempts: Mapped[int]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]


class PaceRow(Base):
    """From when the next message may leave, in microseconds since 1970, whoever sends it."""

    __tablename__ = "pace"

    name: Mapped[str] = mapped_column(primary_key=True)
    free: Mapped[int] = mapped_column(BigInteger)


class KeptDateRow(Base):
    """A date that a person keeps. What could reach or describe them is in `sealed`, encrypted with a key that no table holds."""

    __tablename__ = "kept_date"
    __table_args__ = (
        Index(None, "person", "flow", "name", unique=True),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    door: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    flow: Mapped[str]
    name: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    zone: Mapped[str]
    lang: Mapped[str]
    citizenship: Mapped[str]
    facts: Mapped[Any] = mapped_column(JSON)
    created: Mapped[date]
    is_mendable: Mapped[bool]
    is_settled: Mapped[bool]
