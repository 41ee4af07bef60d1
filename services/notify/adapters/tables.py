"""The tables of notify."""

import sqlalchemy as sa

from chassis.database import Store, aggregate_table, chassis_tables
from services.notify.domain.casefile import CaseFile
from services.notify.domain.escalation import Escalation
from services.notify.domain.message import Message

metadata = sa.MetaData()
chassis_tables(metadata)

message = aggregate_table(
    metadata,
    "message",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("due_at", sa.DateTime(timezone=True)),
    sa.Index("message_due", "state", "due_at", postgresql_where=sa.text("due_at is not null")),
    sa.Index("message_case", "case_id"),
    sa.Index("message_about", "about", postgresql_where=sa.text("about <> ''")),
    sa.Index("message_city", "city", "id"),
)

escalation = aggregate_table(
    metadata,
    "escalation",
    sa.Column("assignment_id", sa.Text, nullable=False),
    sa.Column("due_at", sa.DateTime(timezone=True)),
    sa.Index("escalation_due", "due_at", postgresql_where=sa.text("due_at is not null")),
    sa.Index("escalation_assignment", "assignment_id"),
)

case_file = aggregate_table(metadata, "case_file")

# What the embedded provider "sent": it stands for a machine outside, so nothing links it to our messages but the
# reference.
recorded = sa.Table(
    "recorded",
    metadata,
    sa.Column("reference", sa.Text, primary_key=True),
    sa.Column("provider", sa.Text, nullable=False),
    sa.Column("number_ends_in", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("refusals", sa.Integer, nullable=False, server_default="0"),
)

STORES = {
    Message: Store(
        Message,
        message,
        columns=lambda m: {
            "city": m.city,
            "case_id": m.case_id,
            "state": m.state,
            "about": m.about,
            "due_at": m.due_at,
        },
    ),
    Escalation: Store(Escalation, escalation, columns=lambda e: {"assignment_id": e.assignment_id, "due_at": e.due_at}),
    CaseFile: Store(CaseFile, case_file),
}
