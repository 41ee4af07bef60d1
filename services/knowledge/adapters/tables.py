"""The tables of knowledge."""

import sqlalchemy as sa

from chassis.database import DELETED_FROM, aggregate_table, chassis_tables

metadata = sa.MetaData()
chassis_tables(metadata)

article = aggregate_table(
    metadata,
    "article",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("change_due_at", sa.DateTime(timezone=True)),
    sa.Index("article_change_due", "change_due_at", postgresql_where=sa.text("change_due_at is not null")),
    sa.Index("article_unit", "unit"),
)

policy = aggregate_table(
    metadata,
    "policy",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Index("policy_unit", "unit"),
)

# Written in the transaction that saves an article, emptied once the search shows it: a crash in between loses nothing.
index_queue = sa.Table(
    "index_queue",
    metadata,
    sa.Column("article_id", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    info=DELETED_FROM,
)
