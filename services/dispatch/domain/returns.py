"""退单: a unit says that the matter is not its own, or outside what the platform accepts; the office decides."""

from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.disputes import check_may_return
from services.dispatch.domain.errors import (
    NoFurtherReturn,
    NoReturnPending,
    OrderNotInHandling,
    ReturnTooLate,
    ValueNotAllowed,
    when,
)
from services.dispatch.domain.regime import RETURNS_USED_UP, DisputeRules, LateReturn, ReturnRules
from services.dispatch.domain.states import AssignmentState, ReturnKind, Role, State
from services.dispatch.domain.work_order import WorkOrder


def due_at(order: WorkOrder, assignment: Assignment, rules: ReturnRules) -> datetime | None:
    """When a return in time ends, as sla told it: the pack's limit; found while handling (F16 art. 19) the deadline."""
    if _while_handling(assignment, rules):
        return order.finish_clock.due_at if order.finish_clock else None
    due = [n.due_at for n in order.clocks.values() if n.kind == "return" and n.assignment_id == assignment.id]
    return max(due, default=None)


def required_fields(assignment: Assignment, rules: ReturnRules) -> frozenset[str]:
    """What the unit must state."""
    signed = assignment.signed_at is not None
    return rules.required | (rules.required_while_handling if signed else frozenset())


def is_late(order: WorkOrder, assignment: Assignment, rules: ReturnRules, now: datetime) -> bool:
    due = due_at(order, assignment, rules)
    return due is not None and now > due


def _while_handling(assignment: Assignment, rules: ReturnRules) -> bool:
    """F16 knows two returns: at sign-off (art. 17), and while it is handled (art. 19)."""
    return rules.late is LateReturn.OPEN and assignment.signed_at is not None


def ask(
    order: WorkOrder,
    assignment: Assignment,
    asked: ReturnRequest,
    *,
    rules: ReturnRules,
    ladder: DisputeRules | None = None,
) -> None:
    """Raises when the pack knows no such return, no further one, or none so late; a third one is a dispute."""
    if order.state not in {State.DISPATCHED, State.IN_HANDLING}:
        raise OrderNotInHandling(state=str(order.state))
    if asked.kind not in rules.kinds:
        raise ValueNotAllowed(field="kind", value=str(asked.kind))
    check_may_return(assignment, ladder)
    # A redo goes to the unit that has answered as its own; no pack gives it a limit for a return.
    determined = assignment.role is Role.FALLBACK_LEAD or order.round > 1
    determined = determined or (used_up(order, rules) and not opens_dispute(order, assignment, asked, rules, ladder))
    if asked.kind is ReturnKind.NOT_OURS and assignment.is_lead and determined:
        raise NoFurtherReturn(basis=str(rules.basis))
    if asked.late and (rules.late is LateReturn.REFUSED or _while_handling(assignment, rules)):
        raise ReturnTooLate(due=when(due_at(order, assignment, rules)), basis=str(rules.basis))
    before = assignment.state
    assignment.move(AssignmentState.RETURN_REQUESTED)
    assignment.before_return = before
    assignment.returns.append(asked)


def used_up(order: WorkOrder, rules: ReturnRules) -> bool:
    """Whether as many returns have been agreed as the pack allows."""
    return order.agreed_returns >= rules.agreed_at_most


def opens_dispute(
    order: WorkOrder, assignment: Assignment, asked: ReturnRequest, rules: ReturnRules, ladder: DisputeRules | None
) -> bool:
    """Whether what the lead asks is no further return but a dispute, by the pack's rule."""
    own = asked.kind is ReturnKind.NOT_OURS and assignment.is_lead
    return own and used_up(order, rules) and ladder is not None and RETURNS_USED_UP in ladder.grounds


def request(
    order: WorkOrder,
    assignment: Assignment,
    asked: ReturnRequest,
    *,
    rules: ReturnRules,
    now: datetime,
    ladder: DisputeRules | None = None,
) -> Event:
    """The office decides on it."""
    ask(order, assignment, asked, rules=rules, ladder=ladder)
    return events.ReturnRequested(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        role=str(assignment.role),
        kind=str(asked.kind),
        suggested_unit=asked.suggested_unit,
        requested_at=now,
        late=asked.late,
        occurrence=len(assignment.returns),
    )


def agree(order: WorkOrder, assignment: Assignment, *, now: datetime) -> Event:
    """The assignment is released; what becomes of a lead's order is the next step."""
    asked = _pending(assignment)
    asked.outcome = "agreed"
    assignment.move(AssignmentState.RELEASED)
    assignment.released_at = now
    if assignment.is_lead:
        order.agreed_returns += 1
        order.forget_clocks(keep=order.active())
    return events.ReturnAgreed(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        role=str(assignment.role),
        kind=str(asked.kind),
        late=asked.late,
        agreed_at=now,
        occurrence=len(assignment.returns),
    )


def refuse(order: WorkOrder, assignment: Assignment, *, ground: str, rules: ReturnRules, now: datetime) -> Event:
    """The unit goes on where it was, with the pack's ground."""
    asked = _pending(assignment)
    if ground not in rules.refusal_grounds:
        raise ValueNotAllowed(field="ground", value=ground)
    asked.outcome, asked.ground = "refused", ground
    assignment.move(assignment.before_return)
    return events.ReturnRefused(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        ground=ground,
        refused_at=now,
        occurrence=len(assignment.returns),
    )


def _pending(assignment: Assignment) -> ReturnRequest:
    asked = assignment.pending_return
    if asked is None:
        raise NoReturnPending()
    return asked
