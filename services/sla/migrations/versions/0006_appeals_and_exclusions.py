"""Appeals and exclusions.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("appeal_case", "appeal", ["case_id"], unique=False)
    op.create_index("appeal_fact", "appeal", ["fact"], unique=False)
    op.create_index("appeal_state", "appeal", ["city", "state", "id"], unique=False)
    op.create_index("appeal_unit", "appeal", ["city", "unit", "id"], unique=False)
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("work_order_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("excluded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("exclusion_case", "exclusion", ["case_id"], unique=False)
    op.create_index("exclusion_fact", "exclusion", ["fact"], unique=False)
    op.create_index("exclusion_state", "exclusion", ["city", "state", "id"], unique=False)
    op.create_index("exclusion_unit", "exclusion", ["city", "unit", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("exclusion_unit", table_name="exclusion")
    op.drop_index("exclusion_state", table_name="exclusion")
    op.drop_index("exclusion_fact", table_name="exclusion")
    op.drop_index("exclusion_case", table_name="exclusion")
    op.drop_table("exclusion")
    op.drop_index("appeal_unit", table_name="appeal")
    op.drop_index("appeal_state", table_name="appeal")
    op.drop_index("appeal_fact", table_name="appeal")
    op.drop_index("appeal_case", table_name="appeal")
    op.drop_table("appeal")
