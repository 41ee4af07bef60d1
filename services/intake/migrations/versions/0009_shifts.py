"""Shifts of the seats, what one hands over to the next, and what was promised to citizens.

Revision ID: 0009
Revises: 0008
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
step = "pre"

OWED = "owed_case <> ''"


def upgrade() -> None:
    op.create_table(
        "shift",
        *_aggregate(),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("shift_newest", "shift", ["city", "id"], unique=False)
    op.create_index("shift_running", "shift", ["city"], unique=False, postgresql_where=sa.text("state <> 'ended'"))
    op.create_table("shift_hand_over", *_aggregate(), sa.PrimaryKeyConstraint("id"))
    op.create_table(
        "promise",
        *_aggregate(),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("owed_case", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("promise_owed", "promise", ["city", "id"], unique=False, postgresql_where=sa.text(OWED))
    op.create_index("promise_owed_case", "promise", ["owed_case"], unique=False, postgresql_where=sa.text(OWED))


def downgrade() -> None:
    for table in ("promise", "shift_hand_over", "shift"):
        op.drop_table(table)


def _aggregate() -> "tuple[sa.Column[Any], ...]":
    return (
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    )
