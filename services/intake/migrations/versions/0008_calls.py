"""The record of each call, the cases that it belongs to, and whom a call-back is owed to.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
step = "pre"

OWED = "owed_to <> ''"


def upgrade() -> None:
    op.create_table(
        "call_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("call_back", sa.Text(), nullable=False),
        sa.Column("owed_to", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source"),
    )
    op.create_index("call_file_newest", "call_file", ["city", "id"], unique=False)
    op.create_index("call_file_owed", "call_file", ["city", "id"], unique=False, postgresql_where=sa.text(OWED))
    op.create_index("call_file_owed_to", "call_file", ["owed_to"], unique=False, postgresql_where=sa.text(OWED))
    op.create_table(
        "call_case",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "case_id"),
    )
    op.create_index("call_case_case", "call_case", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("call_case")
    op.drop_table("call_file")
