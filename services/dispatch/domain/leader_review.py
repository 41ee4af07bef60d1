"""审核: where the pack asks for it (F16 art. 18), a reply is the unit's only when the unit's leader has approved it.

Until then it is a draft of the unit: the order stays in handling, and the unit's clocks run.
"""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event, Sealed
from services.dispatch.domain import endings, events, handling
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.notes import Draft, Note, Reply
from services.dispatch.domain.reply_errors import NoReplyWaiting
from services.dispatch.domain.states import AssignmentState, LeaderReview, State
from services.dispatch.domain.work_order import WorkOrder


@dataclass(frozen=True)
class Stage:
    """The draft that the unit works on now, and how far its review is."""

    draft: Draft
    review: LeaderReview


def stage(order: WorkOrder) -> Stage | None:
    """None where nothing waits: a draft of a lead that has lost the order, or asks to return it, is none."""
    draft, lead = order.draft, order.lead
    if draft is None or lead is None or order.state is not State.IN_HANDLING:
        return None
    if lead.id != draft.reply.assignment_id or lead.state is not AssignmentState.SIGNED:
        return None
    return Stage(draft, LeaderReview.APPROVED if draft.approved_at else LeaderReview.WAITING)


def offer(order: WorkOrder, reply: Reply) -> Event:
    """By the handler, in place of what waits. Raises as `handling.submit_reply`."""
    assignment = order.assignment(reply.assignment_id)
    handling.check_may_reply(order, assignment, reply.submitted_at)
    order.draft = Draft(reply)
    return events.LeaderReviewRequested(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        round=order.round,
        requested_at=reply.submitted_at,
    )


def approve(order: WorkOrder, assignment: Assignment, *, now: datetime) -> Event:
    """Raises NoReplyWaiting."""
    _waiting(order, assignment).approved_at = now
    return _decided(order, assignment, approved=True, now=now)


def send_back(order: WorkOrder, assignment: Assignment, *, reason: Sealed | None, now: datetime) -> Event:
    """The handler does it again. Raises NoReplyWaiting."""
    _waiting(order, assignment)
    order.draft = None
    order.notes.append(Note("leader_sent_back", assignment.unit, now, reason))
    return _decided(order, assignment, approved=False, now=now)


def _decided(order: WorkOrder, assignment: Assignment, *, approved: bool, now: datetime) -> Event:
    return events.LeaderReviewDecided(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        round=order.round,
        approved=approved,
        decided_at=now,
    )


def go_on(order: WorkOrder, *, answered_first: bool, now: datetime) -> list[Event]:
    """The approved draft becomes the reply, once the citizen has been answered where the form wants that."""
    here = stage(order)
    if here is None or here.review is not LeaderReview.APPROVED:
        return []
    reply = here.draft.reply
    assignment = order.assignment(reply.assignment_id)
    if answered_first and order.case.citizen_reachable and assignment.answered_at is None:
        return []
    reply.submitted_at, reply.leader_reviewed_at = now, here.draft.approved_at
    order.draft = None
    submitted = handling.submit_reply(order, assignment, reply)
    endings.settle(order, "withdrawn", now)
    return [submitted]


def _waiting(order: WorkOrder, assignment: Assignment) -> Draft:
    """Of this assignment: a co-unit, or who had the order before, has nothing that waits."""
    here = stage(order)
    if here is None or here.review is not LeaderReview.WAITING or here.draft.reply.assignment_id != assignment.id:
        raise NoReplyWaiting()
    return here.draft
