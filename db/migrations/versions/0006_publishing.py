"""Drafts on their way to publication: who set the day, what kept one back, whose turn it is to publish it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("begun_by", sa.String(), nullable=True),
        sa.Column("scheduled_by", sa.String(), nullable=True),
        sa.Column("held", sa.String(), nullable=True),
        sa.Column("claimed", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("draft", column)


def downgrade() -> None:
    for name in ("claimed", "held", "scheduled_by", "begun_by"):
        op.drop_column("draft", name)
