"""Matters that partners handle, told so that none is handled twice.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "partner_matter",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.Text(), nullable=False),
        sa.Column("identity_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source"),
    )
    op.create_index(
        "partner_matter_phone",
        "partner_matter",
        ["phone_hash"],
        unique=False,
        postgresql_where=sa.text("phone_hash <> ''"),
    )
    op.create_index(
        "partner_matter_identity",
        "partner_matter",
        ["identity_hash"],
        unique=False,
        postgresql_where=sa.text("identity_hash <> ''"),
    )


def downgrade() -> None:
    op.drop_table("partner_matter")
