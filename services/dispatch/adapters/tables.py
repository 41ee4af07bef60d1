"""The tables of dispatch."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.database import aggregate_table, chassis_tables

metadata = sa.MetaData()
chassis_tables(metadata)

# `units` holds the units that have a part in the order, so that each finds its own.
work_order = aggregate_table(
    metadata,
    "work_order",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("units", ARRAY(sa.Text), nullable=False),
    sa.Index("work_order_case", "case_id"),
    sa.Index("work_order_state", "city", "state", "id"),
    sa.Index("work_order_units", "units", postgresql_using="gin"),
)

# `units` holds the units that take part, and those that were named.
dispute = aggregate_table(
    metadata,
    "dispute",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("work_order_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("units", ARRAY(sa.Text), nullable=False),
    sa.Index("dispute_order", "work_order_id"),
    sa.Index("dispute_state", "city", "state", "id"),
    sa.Index("dispute_units", "units", postgresql_using="gin"),
)

routing_record = aggregate_table(
    metadata,
    "routing_record",
    sa.Column("work_order_id", sa.Text, nullable=False),
    sa.Index("routing_record_order", "work_order_id"),
)

# The ledger: what is open, of whom, and whose written reply is overdue.
supervision = aggregate_table(
    metadata,
    "supervision",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("work_order_id", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("ground", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("overdue", sa.Boolean, nullable=False),
    sa.Index("supervision_order", "work_order_id"),
    sa.Index("supervision_state", "city", "state", "id"),
    sa.Index("supervision_unit", "city", "unit", "id"),
)
