"""不再办理: the unit explains it to the citizen and proposes it with its reasons, the office decides (S24 art. 23)."""

from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import CitizenNotAnswered, LeadOnly, OrderNotInHandling, ValueNotAllowed
from services.dispatch.domain.notes import EndProposal
from services.dispatch.domain.passages import check_open, check_signed
from services.dispatch.domain.reply_errors import EndAwaitsDecision, EndNotKnown, NoEndPending
from services.dispatch.domain.reply_rules import EndRules
from services.dispatch.domain.states import OPEN, State
from services.dispatch.domain.work_order import WorkOrder


def pending(order: WorkOrder) -> EndProposal | None:
    """The proposal that waits for the office; what the unit lost its part with waits no longer."""
    last = order.end_proposals[-1] if order.end_proposals else None
    mine = last is not None and any(a.id == last.assignment_id for a in order.active())
    return last if last and mine and not last.outcome and order.state in OPEN else None


def propose(
    order: WorkOrder,
    assignment: Assignment,
    *,
    ground: str,
    next_authority: str,
    rules: EndRules | None,
    now: datetime,
) -> Event:
    """The order stays where it is and its clocks run on."""
    if rules is None:
        raise EndNotKnown()
    check_open(order, assignment)
    check_signed(assignment)
    if not assignment.is_lead:
        raise LeadOnly()
    if order.state is not State.IN_HANDLING:
        raise OrderNotInHandling(state=str(order.state))
    if ground not in rules.grounds:
        raise ValueNotAllowed(field="ground", value=ground)
    if rules.citizen_answered and order.case.citizen_reachable and assignment.answered_at is None:
        raise CitizenNotAnswered(basis=str(rules.basis))
    if pending(order):
        raise EndAwaitsDecision()
    order.end_proposals.append(EndProposal(assignment.id, assignment.unit, order.round, ground, next_authority, now))
    return events.EndProposed(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        round=order.round,
        occurrence=len(order.end_proposals),
        ground=ground,
        proposed_at=now,
    )


def refuse(order: WorkOrder, *, now: datetime) -> Event:
    """The unit goes on. Raises NoEndPending."""
    asked = pending(order)
    if asked is None:
        raise NoEndPending()
    _decide(asked, "refused", now)
    return events.EndRefused(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=asked.assignment_id,
        unit=asked.unit,
        round=asked.round,
        occurrence=len(order.end_proposals),
        refused_at=now,
    )


def settle(order: WorkOrder, outcome: str, now: datetime) -> None:
    """The office ends the order, or the unit replies after all: nothing waits any more."""
    asked = pending(order)
    if asked:
        _decide(asked, outcome, now)


def _decide(asked: EndProposal, outcome: str, now: datetime) -> None:
    asked.outcome, asked.decided_at = outcome, now
