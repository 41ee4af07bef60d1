"""The tables of intake, and which columns of its aggregates queries need."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.database import APPEND_ONLY, DELETED_FROM, Projection, Store, aggregate_table, chassis_tables
from services.intake.domain import revisiting
from services.intake.domain.calls import Call
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen
from services.intake.domain.clue import Clue
from services.intake.domain.expert import Expert
from services.intake.domain.hand_over import ShiftHandOver
from services.intake.domain.mass_event import MassEvent
from services.intake.domain.partner import PartnerMatter
from services.intake.domain.promises import Promise
from services.intake.domain.restriction import Restriction
from services.intake.domain.shifts import Shift

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
    sa.Column("revisit_due", sa.Text, nullable=False, server_default=""),
    sa.Index("case_file_newest", "city", "id"),
    sa.Index("case_file_state", "city", "state", "id"),
    sa.Index("case_file_number", "number", unique=True, postgresql_where=sa.text("number <> ''")),
    sa.Index("case_file_citizen", "citizen_id"),
    sa.Index("case_file_visits", "city", "id", postgresql_where=sa.text("revisit_due <> ''")),
    sa.Index("case_file_main", "main_case_id", postgresql_where=sa.text("main_case_id <> ''")),
)
citizen_table = aggregate_table(
    metadata,
    "citizen",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("phone_hash", sa.Text, nullable=False),
    sa.Index("citizen_phone", "phone_hash", unique=True, postgresql_where=sa.text("phone_hash <> ''")),
)
mass_event_table = aggregate_table(
    metadata,
    "mass_event",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("main_case_id", sa.Text, nullable=False),
    sa.Index("mass_event_state", "city", "state", "id"),
    sa.Index("mass_event_main", "main_case_id", postgresql_where=sa.text("main_case_id <> ''")),
)
call_table = aggregate_table(
    metadata,
    "call_file",
    sa.Column("city", sa.Text, nullable=False),
    # The telephone system's own id, by city.
    sa.Column("source", sa.Text, nullable=False, unique=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("call_back", sa.Text, nullable=False),
    # The caller, while a call-back is owed to them.
    sa.Column("owed_to", sa.Text, nullable=False),
    sa.Index("call_file_newest", "city", "id"),
    sa.Index("call_file_owed", "city", "id", postgresql_where=sa.text("owed_to <> ''")),
    sa.Index("call_file_owed_to", "owed_to", postgresql_where=sa.text("owed_to <> ''")),
)
call_case_table = sa.Table(
    "call_case",
    metadata,
    sa.Column("call_id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Text, primary_key=True),
    sa.Index("call_case_case", "case_id"),
)
shift_table = aggregate_table(
    metadata,
    "shift",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("shift_newest", "city", "id"),
    sa.Index("shift_running", "city", postgresql_where=sa.text("state <> 'ended'")),
)
# Of one shift, whose id it has.
hand_over_table = aggregate_table(metadata, "shift_hand_over")
promise_table = aggregate_table(
    metadata,
    "promise",
    sa.Column("city", sa.Text, nullable=False),
    # The case, while it is owed.
    sa.Column("owed_case", sa.Text, nullable=False),
    sa.Index("promise_owed", "city", "id", postgresql_where=sa.text("owed_case <> ''")),
    sa.Index("promise_owed_case", "owed_case", postgresql_where=sa.text("owed_case <> ''")),
)
clue_table = aggregate_table(
    metadata,
    "clue",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    # Also a guard: two at once are not handed over.
    sa.Index("clue_case", "case_id", unique=True),
    sa.Index("clue_newest", "city", "id"),
)
restriction_table = aggregate_table(
    metadata,
    "restriction",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("citizen_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("restriction_citizen", "citizen_id"),
    sa.Index("restriction_newest", "city", "id"),
)
expert_table = aggregate_table(
    metadata,
    "expert",
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("expert_newest", "city", "id"),
    sa.Index("expert_unit", "city", "unit", "id"),
)
expert_call_table = sa.Table(
    "expert_call",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("expert_id", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("expert_call_asked", "city", "asked_at"),
    info=APPEND_ONLY,
)
partner_matter_table = aggregate_table(
    metadata,
    "partner_matter",
    sa.Column("city", sa.Text, nullable=False),
    # The platform's own number, by city and platform.
    sa.Column("source", sa.Text, nullable=False, unique=True),
    sa.Column("phone_hash", sa.Text, nullable=False),
    sa.Column("identity_hash", sa.Text, nullable=False),
    sa.Index("partner_matter_phone", "phone_hash", postgresql_where=sa.text("phone_hash <> ''")),
    sa.Index("partner_matter_identity", "identity_hash", postgresql_where=sa.text("identity_hash <> ''")),
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
        "revisit_due": revisiting.due(case),
    }


def _citizen_columns(citizen: Citizen) -> Mapping[str, Any]:
    return {"city": citizen.city, "phone_hash": citizen.phone_hash}


def _mass_event_columns(event: MassEvent) -> Mapping[str, Any]:
    return {"city": event.city, "area": event.area, "state": event.state, "main_case_id": event.main_case_id}


def _call_columns(call: Call) -> Mapping[str, Any]:
    return {
        "city": call.city,
        "source": call.source,
        "outcome": call.outcome,
        "call_back": call.call_back.state if call.call_back else "",
        "owed_to": call.citizen_id if call.owes else "",
    }


def _shift_columns(shift: Shift) -> Mapping[str, Any]:
    return {"city": shift.city, "state": shift.state}


def _promise_columns(promise: Promise) -> Mapping[str, Any]:
    return {"city": promise.city, "owed_case": promise.case_id if promise.owed else ""}


def _restriction_columns(one: Restriction) -> Mapping[str, Any]:
    return {"city": one.city, "citizen_id": one.citizen_id, "state": str(one.state), "ends_at": one.ends_at}


def _partner_columns(one: PartnerMatter) -> Mapping[str, Any]:
    return {
        "city": one.city,
        "source": one.source,
        "phone_hash": one.phone_hash,
        "identity_hash": one.identity_hash,
    }


def _call_cases(call: Call) -> Iterable[Mapping[str, Any]]:
    return ({"call_id": call.id, "case_id": case_id} for case_id in call.case_ids)


STORES: dict[type, Store[Any]] = {
    Call: Store(
        Call,
        call_table,
        columns=_call_columns,
        projections=[Projection(call_case_table, _call_cases, key=("call_id", "case_id"))],
    ),
    Case: Store(Case, case_table, columns=_case_columns),
    Clue: Store(Clue, clue_table, columns=lambda c: {"city": c.city, "case_id": c.case_id, "state": str(c.state)}),
    Citizen: Store(Citizen, citizen_table, columns=_citizen_columns),
    Expert: Store(
        Expert, expert_table, columns=lambda one: {"city": one.city, "unit": one.unit, "state": str(one.state)}
    ),
    ShiftHandOver: Store(ShiftHandOver, hand_over_table),
    MassEvent: Store(MassEvent, mass_event_table, columns=_mass_event_columns),
    PartnerMatter: Store(PartnerMatter, partner_matter_table, columns=_partner_columns),
    Promise: Store(Promise, promise_table, columns=_promise_columns),
    Restriction: Store(Restriction, restriction_table, columns=_restriction_columns),
    Shift: Store(Shift, shift_table, columns=_shift_columns),
}
