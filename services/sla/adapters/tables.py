"""The tables of sla."""

import sqlalchemy as sa

from chassis.database import aggregate_table, chassis_tables

metadata = sa.MetaData()
chassis_tables(metadata)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


# Open and provisional, and written by a version that did not know of the columns for a published calendar.
OLDER = "city = '' and body->>'provisional' = 'true' and body->>'state' in ('running', 'warned', 'breached', 'held')"
clock = aggregate_table(
    metadata,
    "clock",
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("policy_id", sa.Text, nullable=False),
    sa.Column("natural_key", sa.Text, nullable=False, unique=True),
    _instant("next_at", nullable=True),
    # By these a published calendar finds the deadlines that it changes; empty in rows that an older version wrote.
    sa.Column("city", sa.Text, nullable=False, server_default=""),
    _instant("due_at", nullable=True),
    sa.Column("beyond", sa.Text),
    sa.Column("ahead_of", sa.Text, nullable=False, server_default=""),
    sa.Column("call_id", sa.Text, nullable=False, server_default=""),
    sa.Column("article_id", sa.Text, nullable=False, server_default=""),
    sa.Index("clock_beyond", "city", "beyond", "due_at", "id", postgresql_where=sa.text("beyond is not null")),
    sa.Index("clock_ahead", "case_id", postgresql_where=sa.text("ahead_of <> ''")),
    sa.Index("clock_older", "id", postgresql_where=sa.text(OLDER)),
    sa.Index("clock_case", "case_id", postgresql_where=sa.text("case_id <> ''")),
    sa.Index("clock_policy", "policy_id", postgresql_where=sa.text("policy_id <> ''")),
    sa.Index("clock_call", "call_id", postgresql_where=sa.text("call_id <> ''")),
    sa.Index("clock_article", "article_id", postgresql_where=sa.text("article_id <> ''")),
    sa.Index("clock_due", "next_at", "id", postgresql_where=sa.text("next_at is not null")),
)

# Which edition of each city's calendar counts now: the one that a worker loaded last.
calendar_edition = sa.Table(
    "calendar_edition",
    metadata,
    sa.Column("city", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, nullable=False),
    _instant("loaded_at"),
)

opinion = aggregate_table(metadata, "opinion", sa.Column("case_id", sa.Text, nullable=False))

# One row per clock, rewritten whenever the clock changes.
kpi_fact = sa.Table(
    "kpi_fact",
    metadata,
    sa.Column("natural_key", sa.Text, primary_key=True),
    sa.Column("clock_id", sa.Text, nullable=False),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("kpi", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("counts", sa.Boolean, nullable=False),
    sa.Column("in_time", sa.Boolean, nullable=False),
    _instant("due_at"),
    _instant("judged_at", nullable=True),
    _instant("stopped_at", nullable=True),
    sa.Index("kpi_fact_due", "due_at", postgresql_where=sa.text("counts and kpi <> 'none'")),
)

# One row per order that the citizen rated or was visited about.
kpi_opinion = sa.Table(
    "kpi_opinion",
    metadata,
    sa.Column("work_order_id", sa.Text, primary_key=True),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("solved", sa.Boolean),
    sa.Column("satisfied", sa.Boolean),
    # As told in a return visit; null also in rows of a version that did not keep it.
    sa.Column("revisit_satisfied", sa.Boolean),
    sa.Column("apart", sa.Boolean, nullable=False),
    _instant("due_at"),
    sa.Index("kpi_opinion_due", "due_at"),
)

# One row per case that came to a decision at the counter.
kpi_case = sa.Table(
    "kpi_case",
    metadata,
    sa.Column("case_id", sa.Text, primary_key=True),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    _instant("decided_at"),
    # What it is about, empty where unknown; null where it counts for no matter, and in rows of a version without them.
    sa.Column("item", sa.Text),
    sa.Column("area", sa.Text),
    # The case that it joined.
    sa.Column("main_case_id", sa.Text),
    sa.Index("kpi_case_decided", "decided_at"),
    sa.Index("kpi_case_matter", "city", "decided_at", postgresql_where=sa.text("item is not null")),
)

# One row per call that came in.
kpi_call = sa.Table(
    "kpi_call",
    metadata,
    sa.Column("call_id", sa.Text, primary_key=True),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("answered", sa.Boolean, nullable=False),
    sa.Column("prompt", sa.Boolean),
    _instant("offered_at"),
    sa.Index("kpi_call_offered", "offered_at"),
)

appeal = aggregate_table(
    metadata,
    "appeal",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("appeal_case", "case_id"),
    sa.Index("appeal_fact", "fact"),
    sa.Index("appeal_state", "city", "state", "id"),
    sa.Index("appeal_unit", "city", "unit", "id"),
)

# What the rates leave out, and from when to when: the counting reads it beside the facts.
exclusion = aggregate_table(
    metadata,
    "exclusion",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("work_order_id", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    _instant("excluded_at"),
    _instant("lifted_at", nullable=True),
    sa.Index("exclusion_case", "case_id"),
    sa.Index("exclusion_fact", "fact"),
    sa.Index("exclusion_state", "city", "state", "id"),
    sa.Index("exclusion_unit", "city", "unit", "id"),
)

# What was written down of a period; a report is never changed.
report = aggregate_table(
    metadata,
    "report",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Index("report_kind", "city", "kind", "id"),
)

circular = aggregate_table(
    metadata,
    "circular",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("circular_state", "city", "state", "id"),
)

# When each report of each city is to be made next; null: the pack knows it no longer.
report_due = sa.Table(
    "report_due",
    metadata,
    sa.Column("city", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    _instant("next_at", nullable=True),
)

# One row per supervision of a unit that was closed.
kpi_finding = sa.Table(
    "kpi_finding",
    metadata,
    sa.Column("supervision_id", sa.Text, primary_key=True),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("finding", sa.Text, nullable=False),
    _instant("closed_at"),
    sa.Index("kpi_finding_closed", "city", "closed_at"),
)
