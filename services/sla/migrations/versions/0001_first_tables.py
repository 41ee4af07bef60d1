"""Clocks, opinions, KPI facts, and the tables that every service has.

Revision ID: 0001
Revises: none
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("natural_key", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("clock_case", "clock", ["case_id"], unique=False, postgresql_where=sa.text("case_id <> ''"))
    op.create_index(
        "clock_due", "clock", ["next_at", "id"], unique=False, postgresql_where=sa.text("next_at is not null")
    )
    op.create_index("clock_policy", "clock", ["policy_id"], unique=False, postgresql_where=sa.text("policy_id <> ''"))
    op.create_table(
        "dropped",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_table(
        "inbox",
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("parked", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("publisher", "subject"),
    )
    op.create_table(
        "kpi_case",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("kpi_case_decided", "kpi_case", ["decided_at"], unique=False)
    op.create_table(
        "kpi_fact",
        sa.Column("natural_key", sa.Text(), nullable=False),
        sa.Column("clock_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kpi", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("natural_key"),
    )
    op.create_index(
        "kpi_fact_due", "kpi_fact", ["due_at"], unique=False, postgresql_where=sa.text("counts and kpi <> 'none'")
    )
    op.create_table(
        "kpi_opinion",
        sa.Column("work_order_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("work_order_id"),
    )
    op.create_index("kpi_opinion_due", "kpi_opinion", ["due_at"], unique=False)
    op.create_table(
        "opinion",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("envelope", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index("outbox_subject", "outbox", ["subject", "sequence"], unique=True)
    op.create_index(
        "outbox_unpublished", "outbox", ["id"], unique=False, postgresql_where=sa.text("published_at is null")
    )
    op.create_table(
        "outbox_sequence",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "parked",
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("envelope", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("publisher", "subject", "sequence"),
    )
    op.create_index(
        "parked_due", "parked", ["next_try_at"], unique=False, postgresql_where=sa.text("next_try_at is not null")
    )
    op.create_table(
        "remembered",
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("about", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("principal", "command", "request_id"),
    )
    op.create_index("remembered_age", "remembered", ["created_at"], unique=False)
    op.create_table(
        "undecodable",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("undecodable")
    op.drop_index("remembered_age", table_name="remembered")
    op.drop_table("remembered")
    op.drop_index("parked_due", table_name="parked", postgresql_where=sa.text("next_try_at is not null"))
    op.drop_table("parked")
    op.drop_table("outbox_sequence")
    op.drop_index("outbox_unpublished", table_name="outbox", postgresql_where=sa.text("published_at is null"))
    op.drop_index("outbox_subject", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("opinion")
    op.drop_index("kpi_opinion_due", table_name="kpi_opinion")
    op.drop_table("kpi_opinion")
    op.drop_index("kpi_fact_due", table_name="kpi_fact", postgresql_where=sa.text("counts and kpi <> 'none'"))
    op.drop_table("kpi_fact")
    op.drop_index("kpi_case_decided", table_name="kpi_case")
    op.drop_table("kpi_case")
    op.drop_table("inbox")
    op.drop_table("dropped")
    op.drop_index("clock_policy", table_name="clock", postgresql_where=sa.text("policy_id <> ''"))
    op.drop_index("clock_due", table_name="clock", postgresql_where=sa.text("next_at is not null"))
    op.drop_index("clock_case", table_name="clock", postgresql_where=sa.text("case_id <> ''"))
    op.drop_table("clock")
