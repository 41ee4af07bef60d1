"""Reports and circulars, when reports are due, findings of supervisions; clocks of articles, which belong to no case.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.database.indexes import add_index

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("report_kind", "report", ["city", "kind", "id"], unique=False, if_not_exists=True)
    op.create_table(
        "circular",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("circular_state", "circular", ["city", "state", "id"], unique=False, if_not_exists=True)
    op.create_table(
        "report_due",
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("city", "code"),
        if_not_exists=True,
    )
    op.create_table(
        "kpi_finding",
        sa.Column("supervision_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("supervision_id"),
        if_not_exists=True,
    )
    op.create_index("kpi_finding_closed", "kpi_finding", ["city", "closed_at"], unique=False, if_not_exists=True)
    article = sa.Column("article_id", sa.Text(), server_default="", nullable=False)
    op.add_column("clock", article, if_not_exists=True)
    add_index("clock_article", "clock", ["article_id"], where="article_id <> ''")


def downgrade() -> None:
    op.drop_table("report")
    op.drop_table("circular")
    op.drop_table("report_due")
    op.drop_table("kpi_finding")
    op.drop_index("clock_article", table_name="clock", postgresql_where=sa.text("article_id <> ''"))
    op.drop_column("clock", "article_id")
