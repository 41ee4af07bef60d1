"""Cases, citizens, counters, likeness, looks, and the tables that every service has.

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
        "case_counter",
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("city", "day"),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("main_case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_file_citizen", "case_file", ["citizen_id"], unique=False)
    op.create_index(
        "case_file_main", "case_file", ["main_case_id"], unique=False, postgresql_where=sa.text("main_case_id <> ''")
    )
    op.create_index("case_file_newest", "case_file", ["city", "id"], unique=False)
    op.create_index("case_file_number", "case_file", ["number"], unique=True, postgresql_where=sa.text("number <> ''"))
    op.create_index("case_file_state", "case_file", ["city", "state", "id"], unique=False)
    op.create_table(
        "citizen",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "citizen_phone", "citizen", ["phone_hash"], unique=True, postgresql_where=sa.text("phone_hash <> ''")
    )
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
        "likeness",
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("city", "key", "registered_at", "case_id"),
    )
    op.create_table(
        "look",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("look_citizen", "look", ["citizen_id", "looked_at"], unique=False)
    op.create_index("look_principal", "look", ["principal", "looked_at"], unique=False)
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
    op.drop_index("look_principal", table_name="look")
    op.drop_index("look_citizen", table_name="look")
    op.drop_table("look")
    op.drop_table("likeness")
    op.drop_table("inbox")
    op.drop_table("dropped")
    op.drop_index("citizen_phone", table_name="citizen", postgresql_where=sa.text("phone_hash <> ''"))
    op.drop_table("citizen")
    op.drop_index("case_file_state", table_name="case_file")
    op.drop_index("case_file_number", table_name="case_file", postgresql_where=sa.text("number <> ''"))
    op.drop_index("case_file_newest", table_name="case_file")
    op.drop_index("case_file_main", table_name="case_file", postgresql_where=sa.text("main_case_id <> ''"))
    op.drop_index("case_file_citizen", table_name="case_file")
    op.drop_table("case_file")
    op.drop_table("case_counter")
