"""Dates that persons keep to be reminded of. Where they are reached and what they answered is sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_date",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("citizenship", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created", sa.Date(), nullable=False),
        sa.Column("is_mendable", sa.Boolean(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_date"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_kept_date_day", "kept_date", ["day"])
    op.create_index(
        "ix_kept_date_person_flow_name", "kept_date", ["person", "flow", "name"], unique=True
    )


def downgrade() -> None:
    op.drop_table("kept_date")
