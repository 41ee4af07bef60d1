"""情况说明: what a unit states against a dissatisfied rating, before the office finds (S24 art. 22)."""

from datetime import datetime

from chassis.domain import Event, NotFound
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import LeadOnly, ValueNotAllowed
from services.dispatch.domain.notes import Statement
from services.dispatch.domain.reply_errors import AlreadyStated, NothingToState, StatementNotKnown
from services.dispatch.domain.reply_rules import StatementRules
from services.dispatch.domain.states import Finding, State
from services.dispatch.domain.work_order import WorkOrder


def submit(
    order: WorkOrder, assignment: Assignment, claim: Finding, *, rules: StatementRules | None, now: datetime
) -> Event:
    """Once a round, by whoever leads, while the rating is looked into; the finding stays the office's."""
    if rules is None:
        raise StatementNotKnown()
    if assignment not in order.active():
        raise NotFound()
    if not assignment.is_lead:
        raise LeadOnly()
    if claim not in rules.claims:
        raise ValueNotAllowed(field="claim", value=str(claim))
    if order.state is not State.UNDER_VERIFICATION:
        raise NothingToState()
    if any(said.round == order.round for said in order.statements):
        raise AlreadyStated()
    order.statements.append(Statement(assignment.unit, order.round, str(claim), now))
    return events.StatementSubmitted(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        round=order.round,
        claim=str(claim),
        submitted_at=now,
    )
