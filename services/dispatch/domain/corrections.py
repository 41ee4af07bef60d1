"""What was corrected of the case, and what limits it otherwise, as an order keeps it for its units."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.states import OPEN, AssignmentState

if TYPE_CHECKING:
    from services.dispatch.domain.work_order import WorkOrder

FACTS = ("category", "item", "area", "emergency_class")
_AT_WORK = frozenset({AssignmentState.ASSIGNED, AssignmentState.SIGNED})


@dataclass
class Correction:
    """更正 of one fact of the case."""

    field: str
    old: str
    new: str
    at: datetime


@dataclass
class OwnLimit:
    """Another limit of the case: `cited` names its document for people."""

    ground: str
    set_at: datetime
    cited: str = ""
    amount: int = 0
    unit: str = ""
    due_at: datetime | None = None


def correct(order: "WorkOrder", facts: dict[str, str], *, confidentiality: str, at: datetime) -> Event:
    """The copy follows the case in every state, since a redo works by it; only an open order's units have to act."""
    case = order.case
    old = {name: str(getattr(case, name)) for name in FACTS}
    changed = [Correction(name, old[name], facts[name], at) for name in FACTS if old[name] != facts[name]]
    order.corrections = [*order.corrections, *changed]
    for name in FACTS:
        setattr(case, name, facts[name])
    hidden_before = case.hides_citizen
    case.confidentiality = confidentiality or case.confidentiality
    if case.hides_citizen and not hidden_before:
        # A file of the citizen's may tell who they are (F16 art. 33).
        order.attachments = []
    at_work = [a for a in order.active() if a.state in _AT_WORK] if order.state in OPEN else []
    return events.WorkOrderCorrected(
        case_id=case.case_id,
        city=order.city,
        work_order_id=order.id,
        round=order.round,
        assignments=tuple(
            events.DispatchedAssignment(assignment_id=a.id, unit=a.unit, role=str(a.role)) for a in at_work
        ),
        **facts,
        **{f"old_{name}": value for name, value in old.items()},
        corrected_at=at,
    )


def set_limit(order: "WorkOrder", limit: OwnLimit) -> None:
    """One of each ground."""
    lift_limit(order, limit.ground)
    order.own_limits.append(limit)


def lift_limit(order: "WorkOrder", ground: str) -> None:
    order.own_limits = [one for one in order.own_limits if one.ground != ground]
