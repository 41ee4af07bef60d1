"""Add disputes.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("work_order_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("units", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("dispute_order", "dispute", ["work_order_id"], unique=False)
    op.create_index("dispute_state", "dispute", ["city", "state", "id"], unique=False)
    op.create_index("dispute_units", "dispute", ["units"], unique=False, postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("dispute_units", table_name="dispute", postgresql_using="gin")
    op.drop_index("dispute_state", table_name="dispute")
    op.drop_index("dispute_order", table_name="dispute")
    op.drop_table("dispute")
