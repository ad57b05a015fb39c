"""Conversations, handled updates and usage."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("touched", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_conversation"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_conversation_touched", "conversation", ["touched"])
    op.create_table(
        "handled_update",
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("door", "update_id", name="pk_handled_update"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_handled_update_at", "handled_update", ["at"])
    op.create_table(
        "usage_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("citizenship", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_usage_event"),
    )
    op.create_index("ix_usage_event_hour", "usage_event", ["hour"])


def downgrade() -> None:
    op.drop_table("usage_event")
    op.drop_table("handled_update")
    op.drop_table("conversation")
