"""Numbers that are kept from the telephone for a short time.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "restriction",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("restriction_citizen", "restriction", ["citizen_id"], unique=False)
    op.create_index("restriction_newest", "restriction", ["city", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("restriction")
