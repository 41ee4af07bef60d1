"""From the services' responses to what the actors are shown."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from google.protobuf.message import Message

from cli.demo.views import AssignmentView, CaseView, ExtensionView, SlaFacts, WorkOrderView

if TYPE_CHECKING:
    from cli.demo.driver import Play


def enum_of(message: Message, field: str) -> str:
    """The lower-case suffix of an enum field: WORK_ORDER_STATE_REPLIED -> "replied"."""
    enum = message.DESCRIPTOR.fields_by_name[field].enum_type
    assert enum is not None
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return str(enum.values_by_number[getattr(message, field)].name.removeprefix(prefix).lower())


def time_of(message: Message, field: str) -> datetime | None:
    return getattr(message, field).ToDatetime(tzinfo=UTC) if message.HasField(field) else None


def case_view(case: Any, play: "Play", now: datetime) -> CaseView:
    state = enum_of(case, "state")
    if not play.states or play.states[-1] != state:
        play.states.append(state)
    return CaseView(
        name=case.name,
        state=state,
        change_time=play.since_when(case.name, f"{state}{case.round}", now),
        accept_time=time_of(case, "accept_time"),
        round=max(1, case.round),
    )


def order_view(order: Any, play: "Play", now: datetime) -> WorkOrderView:
    state = enum_of(order, "state")
    play.lights[order.name] = enum_of(order, "light") if state in _IN_HAND else ""
    play.waits = state == "to_dispatch"
    sent_back = play.done[order.name]["SendBackReply"]
    return WorkOrderView(
        name=order.name,
        state=state,
        category=order.category,
        change_time=play.since_when(order.name, f"{state}{order.round}-{sent_back}", now),
        emergency_class=order.emergency_class,
        round=order.round,
        assignments=tuple(_assignment(a, order, play, now) for a in order.assignments),
        extensions=tuple(ExtensionView(e.name, e.state, time_of(e, "file_time") or now) for e in order.extensions),
        candidates=tuple(order.candidates),
        redo_classes=tuple(order.redo_classes),
        supervisions=tuple(order.supervisions),
        dispute=order.dispute,
    )


def _assignment(assignment: Any, order: Any, play: "Play", now: datetime) -> AssignmentView:
    state = enum_of(assignment, "state")
    replies = play.done[assignment.name]["SubmitReply"]
    return AssignmentView(
        name=assignment.name,
        unit=assignment.unit,
        role=enum_of(assignment, "role"),
        state=state,
        assign_time=time_of(assignment, "assign_time") or now,
        change_time=play.since_when(assignment.name, f"{state}{order.round}-{replies}", now),
        sign_time=time_of(assignment, "sign_time"),
        contact_time=time_of(assignment, "contact_time"),
        answer_time=time_of(assignment, "answer_time"),
        reply_time=time_of(assignment, "reply_time"),
    )


def sla_facts(clocks: Any, order: str, mine: AssignmentView) -> SlaFacts:
    """The clocks that still run for one assignment; those of the whole order are its lead's."""
    watched = {mine.name} | ({""} if mine.role != "co" else set())
    clocks = [c for c in clocks if c.work_order == order and enum_of(c, "state") in _OPEN]
    mine_only = [c for c in clocks if c.assignment in watched]
    finish = next((c for c in mine_only if c.kind == "finish"), None)
    return SlaFacts(
        due={c.kind: due for c in mine_only if (due := time_of(c, "due_time"))},
        last_extension_time=time_of(finish, "last_extension_time") if finish else None,
        finish_working_days=finish.limit_amount if finish else 0,
    )


_IN_HAND = {"dispatched", "in_handling", "replied"}
_OPEN = {"running", "warned", "breached", "held"}
