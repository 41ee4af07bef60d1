"""The tables that every service has, and the shape of an aggregate's table."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.schema import SchemaItem

# What the processes' database role may do with a table (see chassis/database/roles.py); without a word the first.
USED = ("select", "insert", "update")
APPEND_ONLY = {"rights": ("select", "insert")}
DELETED_FROM = {"rights": (*USED, "delete")}


def rights_of(table: sa.Table) -> tuple[str, ...]:
    found: tuple[str, ...] = table.info.get("rights", USED)
    return found


def aggregate_table(metadata: sa.MetaData, name: str, *columns: SchemaItem) -> sa.Table:
    """One row per aggregate: its body as JSON, and beside it the columns that queries need."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        *columns,
    )


def chassis_tables(metadata: sa.MetaData) -> None:
    """Adds outbox, inbox, parking, what was given up, remembered answers and counters to a service's own tables."""
    sa.Table(
        "outbox",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("shard", sa.SmallInteger, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("bulk", sa.Boolean, nullable=False, server_default="false"),
        sa.Index("outbox_waiting", "bulk", "id", postgresql_where=sa.text("published_at is null")),
        sa.Index("outbox_subject", "subject", "sequence", unique=True),
        info=DELETED_FROM,
    )
    sa.Table(
        "outbox_sequence",
        metadata,
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
    sa.Table(
        "inbox",
        metadata,
        sa.Column("publisher", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("parked", sa.Integer, nullable=False, server_default="0"),
    )
    sa.Table(
        "parked",
        metadata,
        sa.Column("publisher", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Index("parked_due", "next_try_at", postgresql_where=sa.text("next_try_at is not null")),
        info=DELETED_FROM,
    )
    sa.Table(
        "undecodable",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        info=APPEND_ONLY,
    )
    sa.Table(
        "dropped",
        metadata,
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=False),
        info=APPEND_ONLY,
    )
    sa.Table(
        "remembered",
        metadata,
        sa.Column("principal", sa.Text, primary_key=True),
        sa.Column("command", sa.Text, primary_key=True),
        sa.Column("request_id", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("answer", sa.LargeBinary),
        # Ids of what the command looked at or changed: who is erased, and what is deleted, is forgotten here too.
        sa.Column("about", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Index("remembered_age", "created_at"),
        sa.Index("remembered_about", "about", postgresql_using="gin"),
        info=DELETED_FROM,
    )
    # Which replica consumes which queue of the broker: see chassis/rabbit/leases.py.
    sa.Table(
        "partition_lease",
        metadata,
        sa.Column("consumer", sa.Text, primary_key=True),
        sa.Column("generation", sa.BigInteger, primary_key=True),
        sa.Column("of", sa.Integer, primary_key=True),
        sa.Column("partition", sa.Integer, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("closed", sa.Boolean, nullable=False),
        info=DELETED_FROM,
    )
    sa.Table(
        "consumer_replica",
        metadata,
        sa.Column("consumer", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        info=DELETED_FROM,
    )
    # Redelivered messages that were begun: one that stays here has ended its process.
    sa.Table(
        "delivery_attempt",
        metadata,
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        info=DELETED_FROM,
    )
