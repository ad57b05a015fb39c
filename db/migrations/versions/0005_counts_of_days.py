"""Counts of days, with the usage that is there.

Days are cut in Moscow, as `db.counted` does. Of earlier days nobody knows how many persons came, so their languages
and citizenships are not told (`db.closing`).
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DAYS = {
    "sqlite": "date(hour, '+3 hours')",
    "postgresql": "CAST((hour AT TIME ZONE 'UTC') + INTERVAL '3 hours' AS date)",
}
_GROUP = "coalesce(lang, ''), coalesce(citizenship, '')"


def upgrade() -> None:
    counts("usage_day", "day", "kind", "lang", "citizenship")
    counts("usage_subject_day", "kind", "day", "subject", "lang", "citizenship")
    counts("persons_day", "day", "lang", "citizenship")
    counts("failure_day", "day", "kind")
    counts("response_day", "day", "within")
    op.create_table(
        "counted_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("day", name="pk_counted_day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_of_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", "pseudonym", name="pk_person_of_day"),
        sqlite_with_rowid=False,
    )
    day = _DAYS[op.get_bind().dialect.name]
    op.execute(
        f"INSERT INTO usage_day (day, kind, lang, citizenship, count) "  # noqa: S608
        f"SELECT {day}, kind, {_GROUP}, count(*) FROM usage_event GROUP BY 1, 2, 3, 4"
    )
    op.execute(
        f"INSERT INTO usage_subject_day (day, kind, subject, lang, citizenship, count) "  # noqa: S608
        f"SELECT {day}, kind, subject, {_GROUP}, count(*) FROM usage_event "
        f"WHERE subject IS NOT NULL GROUP BY 1, 2, 3, 4, 5"
    )


def counts(table: str, *key: str) -> None:
    types: dict[str, sa.types.TypeEngine[Any]] = {"day": sa.Date(), "within": sa.Integer()}
    op.create_table(
        table,
        *(
            sa.Column(name, types.get(name, sa.String()), autoincrement=False, nullable=False)
            for name in key
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        "person_of_day",
        "counted_day",
        "response_day",
        "failure_day",
        "persons_day",
        "usage_subject_day",
        "usage_day",
    ):
        op.drop_table(table)
