"""破例: a supervisor lets a unit ask for an extension that the pack would refuse (decisions: Units, 3)."""

from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import (
    AlreadyAllowed,
    AssignmentNotSigned,
    LeadOnly,
    OrderNotInHandling,
    OverrideNotAllowed,
)
from services.dispatch.domain.notes import Allowance
from services.dispatch.domain.regime import ExtensionRules
from services.dispatch.domain.states import AssignmentState, Bar, State
from services.dispatch.domain.work_order import WorkOrder


def allow(
    order: WorkOrder, assignment: Assignment, bar: Bar, *, by: bytes, rules: ExtensionRules, now: datetime
) -> Event:
    """For the next application of this unit in this round; the office decides on it as on any other."""
    if not assignment.is_lead:
        raise LeadOnly()
    if assignment.state is not AssignmentState.SIGNED:
        raise AssignmentNotSigned()
    if order.state is not State.IN_HANDLING or assignment not in order.active():
        raise OrderNotInHandling(state=str(order.state))
    if rules.overrides is None or bar not in rules.overrides.bars:
        raise OverrideNotAllowed(field="bar", basis=str(rules.basis))
    if unused(order, assignment.id, bar):
        raise AlreadyAllowed()
    order.allowances.append(Allowance(assignment.id, bar, now, by))
    return events.ExtensionAllowed(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        bar=str(bar),
        allowed_at=now,
    )


def unused(order: WorkOrder, assignment_id: str, bar: Bar) -> Allowance | None:
    """What was allowed for this bar and nobody has applied with yet."""
    found = (a for a in order.allowances if a.assignment_id == assignment_id and a.bar is bar)
    return next((a for a in found if not a.extension_id), None)
