"""重办: what follows a dissatisfied rating."""

from collections.abc import Iterator
from datetime import datetime

from chassis.domain import Event, Sealed
from services.dispatch.domain import events
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.errors import NoWorkOrderToRedo
from services.dispatch.domain.notes import Note
from services.dispatch.domain.regime import RedoRules
from services.dispatch.domain.states import Finding, Role, State
from services.dispatch.domain.work_order import WorkOrder


def rated_dissatisfied(order: WorkOrder, *, rules: RedoRules, ids: Iterator[str], now: datetime) -> list[Event]:
    """F16 and S24 verify first; P18 redoes at once, the first time only (arts. 18, 20), and no mere explanation."""
    if order.case.explain_only:
        return [_declined(order, "explain_only", now)]
    if not rules.at_once:
        order.move(State.UNDER_VERIFICATION, now)
        opened = events.VerificationOpened(
            case_id=order.case.case_id, city=order.city, work_order_id=order.id, round=order.round, opened_at=now
        )
        return [opened]
    if order.round > rules.at_most:
        return [_declined(order, rules.afterwards, now)]
    return _redo(order, rules, ground="dissatisfied", ids=ids, now=now)


def verify(
    order: WorkOrder, *, finding: Finding, evidence: Sealed | None, rules: RedoRules, ids: Iterator[str], now: datetime
) -> list[Event]:
    """核实: with the pack's finding the order is redone, while it may; otherwise it stays completed."""
    if order.state is not State.UNDER_VERIFICATION:
        raise NoWorkOrderToRedo()
    order.notes.append(Note("evidence", "", now, evidence))
    verified = events.RatingVerified(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        round=order.round,
        finding=str(finding),
        verified_at=now,
    )
    if finding in rules.findings and order.round <= rules.at_most:
        return [verified, *_redo(order, rules, ground=str(finding), ids=ids, now=now)]
    order.move(State.COMPLETED, now)
    if finding not in rules.findings:
        return [verified, _declined(order, str(finding), now)]
    # F16 art. 22, S24 art. 32(3): it is supervised then, and the finding of the supervision closes the case.
    return [verified] if rules.waits_for_finding else [verified, _declined(order, rules.afterwards, now)]


def is_exhausted(order: WorkOrder, finding: Finding, rules: RedoRules) -> bool:
    """After `verify`: the finding would have led to a redo, and none is left."""
    return finding in rules.findings and order.state is State.COMPLETED and rules.waits_for_finding


def _redo(order: WorkOrder, rules: RedoRules, *, ground: str, ids: Iterator[str], now: datetime) -> list[Event]:
    """The same lead handles it in a new round."""
    lead = order.lead
    if lead is None:
        raise NoWorkOrderToRedo()
    choice = Choice(
        lead.unit, fallback=lead.role is Role.FALLBACK_LEAD, step="redo", rule=ground, fixed_by=lead.fixed_by
    )
    order.round += 1
    order.agreed_returns = order.replies = 0
    order.reply = None
    order.redo_classes = list(rules.classes)
    ordered = events.RedoOrdered(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        round=order.round,
        ground=ground,
        ordered_at=now,
    )
    return [ordered, *order.dispatch(choice, ids=ids, now=now, redo=True)]


def _declined(order: WorkOrder, ground: str, now: datetime) -> Event:
    return events.RedoDeclined(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        round=order.round,
        ground=ground,
        declined_at=now,
    )
