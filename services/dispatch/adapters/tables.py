"""The tables of dispatch."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.database import APPEND_ONLY, DELETED_FROM, aggregate_table, chassis_tables

NUMBERS = "outbox_id_seq"
metadata = sa.MetaData()
chassis_tables(metadata)

# `units` holds the units that have a part in the order, and the sections it was passed on to: each finds its own.
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

# Of one unit in the directory of one city.
unit_staff = aggregate_table(metadata, "unit_staff")
# Who read the people of a unit, and why; who looks at what a citizen told stands with intake.
staff_look = sa.Table(
    "staff_look",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("principal", sa.Text, nullable=False),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Index("staff_look_unit", "city", "unit", "looked_at"),
    info=APPEND_ONLY,
)
# What changed of an order without an event of ours, for those who follow it. It draws its numbers where the outbox
# does, so that both have one order.
order_news = sa.Table(
    "order_news",
    metadata,
    sa.Column(
        "number",
        sa.BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=sa.text(f"nextval('{NUMBERS}')"),
    ),
    sa.Column("work_order_id", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
    info={**DELETED_FROM, "draws_from": NUMBERS},
)
order_news.add_is_dependent_on(metadata.tables["outbox"])
