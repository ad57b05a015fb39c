"""Masked questions that found no answer."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unanswered_question",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("citizenship", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("memo", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered_question"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_unanswered_question_day", "unanswered_question", ["day"])


def downgrade() -> None:
    op.drop_table("unanswered_question")
