"""Clocks of calls, which belong to no case, and the calls for the rate of those that were answered.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from chassis.database.indexes import add_index

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "kpi_call",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("prompt", sa.Boolean(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
        if_not_exists=True,
    )
    op.create_index("kpi_call_offered", "kpi_call", ["offered_at"], unique=False, if_not_exists=True)
    call = sa.Column("call_id", sa.Text(), server_default="", nullable=False)
    op.add_column("clock", call, if_not_exists=True)
    add_index("clock_call", "clock", ["call_id"], where="call_id <> ''")


def downgrade() -> None:
    op.drop_table("kpi_call")
    op.drop_index("clock_call", table_name="clock", postgresql_where=sa.text("call_id <> ''"))
    op.drop_column("clock", "call_id")
