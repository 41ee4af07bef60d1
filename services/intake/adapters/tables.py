"""The tables of intake, and which columns of its aggregates queries need."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.database import APPEND_ONLY, DELETED_FROM, Store, aggregate_table, chassis_tables
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen

metadata = sa.MetaData()
chassis_tables(metadata)

case_table = aggregate_table(
    metadata,
    "case_file",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("citizen_id", sa.Text, nullable=False),
    sa.Column("main_case_id", sa.Text, nullable=False),
    sa.Index("case_file_newest", "city", "id"),
    sa.Index("case_file_state", "city", "state", "id"),
    sa.Index("case_file_number", "number", unique=True, postgresql_where=sa.text("number <> ''")),
    sa.Index("case_file_citizen", "citizen_id"),
    sa.Index("case_file_main", "main_case_id", postgresql_where=sa.text("main_case_id <> ''")),
)
citizen_table = aggregate_table(
    metadata,
    "citizen",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("phone_hash", sa.Text, nullable=False),
    sa.Index("citizen_phone", "phone_hash", unique=True, postgresql_where=sa.text("phone_hash <> ''")),
)
counter_table = sa.Table(
    "case_counter",
    metadata,
    sa.Column("city", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
likeness_table = sa.Table(
    "likeness",
    metadata,
    sa.Column("city", sa.Text, primary_key=True),
    sa.Column("key", sa.BigInteger, primary_key=True),
    sa.Column("registered_at", sa.DateTime(timezone=True), primary_key=True),
    sa.Column("case_id", sa.Text, primary_key=True),
    info=DELETED_FROM,
)
look_table = sa.Table(
    "look",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("principal", sa.Text, nullable=False),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("citizen_id", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Index("look_citizen", "citizen_id", "looked_at"),
    sa.Index("look_principal", "principal", "looked_at"),
    info=APPEND_ONLY,
)
doomed_table = sa.Table(
    "doomed_file",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("doomed_at", sa.DateTime(timezone=True), nullable=False),
    info=DELETED_FROM,
)
upload_table = sa.Table(
    "upload",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("principal", sa.Text, nullable=False),
    sa.Column("filename", sa.Text),
    sa.Column("ending", sa.Text, nullable=False),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("doomed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("upload_case", "case_id"),
    sa.Index("upload_doomed", "doomed_at"),
    info=DELETED_FROM,
)


def _case_columns(case: Case) -> Mapping[str, Any]:
    return {
        "city": case.city,
        "state": case.state,
        "number": case.number,
        "citizen_id": case.citizen_id,
        "main_case_id": case.main_case_id,
    }


def _citizen_columns(citizen: Citizen) -> Mapping[str, Any]:
    return {"city": citizen.city, "phone_hash": citizen.phone_hash}


STORES: dict[type, Store[Any]] = {
    Case: Store(Case, case_table, columns=_case_columns),
    Citizen: Store(Citizen, citizen_table, columns=_citizen_columns),
}
