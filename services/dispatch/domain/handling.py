"""What a unit does with its assignment: sign, contact, report, answer, reply; and the review of the reply."""

from collections.abc import Mapping
from datetime import datetime

from chassis.domain import Event, Sealed, StepNotAllowed
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import (
    AssignmentNotSigned,
    CitizenNotAnswered,
    CoRepliesMissing,
    CoUnitOnly,
    FieldRequired,
    LeadOnly,
    OrderNotInHandling,
    TooManyNotes,
    ValueNotAllowed,
)
from services.dispatch.domain.notes import Note, Reply
from services.dispatch.domain.regime import FormRules
from services.dispatch.domain.states import ADOPTIONS, OPEN, AssignmentState, HandledAs, Light, ResultKind, State
from services.dispatch.domain.work_order import WorkOrder

# Of one unit on one order, which is written anew with every step; one a week for two years.
MOST_PROGRESS_NOTES = 100


def sign(order: WorkOrder, assignment: Assignment, *, now: datetime) -> Event:
    """签收."""
    if assignment.state is not AssignmentState.ASSIGNED:
        # The table leads back to `signed` by a reply sent back or a return refused only.
        raise StepNotAllowed(state=str(assignment.state), step=str(AssignmentState.SIGNED))
    if order.state not in OPEN:
        # A co-unit that never signed has nothing to sign for when the lead's answer has completed the order.
        raise OrderNotInHandling(state=str(order.state))
    assignment.move(AssignmentState.SIGNED)
    assignment.signed_at = now
    # While ownership is disputed the unit signs for making safe what is dangerous; nobody handles the order itself.
    if assignment.is_lead and order.state is not State.DISPUTED:
        order.move(State.IN_HANDLING, now)
    return events.AssignmentSigned(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        role=str(assignment.role),
        signed_at=now,
        citizen_reachable=order.case.citizen_reachable,
    )


def contact(order: WorkOrder, assignment: Assignment, *, method: str, proof: str, now: datetime) -> Event:
    """首次联系, or the first response to an emergency; the first one counts."""
    _must_be_at_work(order, assignment)
    assignment.contacted_at = assignment.contacted_at or now
    return events.CitizenContacted(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        method=method,
        proof=proof,
        contacted_at=now,
    )


def report_progress(order: WorkOrder, assignment: Assignment, *, note: Sealed | None, now: datetime) -> Event:
    _must_be_at_work(order, assignment)
    if sum(n.kind == "progress" and n.by == assignment.unit for n in order.notes) >= MOST_PROGRESS_NOTES:
        raise TooManyNotes(most=MOST_PROGRESS_NOTES)
    order.notes.append(Note("progress", assignment.unit, now, note))
    return events.ProgressReported(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        note=note,
        reported_at=now,
    )


def answer_citizen(order: WorkOrder, assignment: Assignment, *, method: str, proof: str, now: datetime) -> Event:
    """The lead has told the citizen the result; the last time counts."""
    if not assignment.is_lead:
        # S24 art. 14: the lead gives the final result.
        raise LeadOnly()
    if assignment.state not in {AssignmentState.SIGNED, AssignmentState.REPLIED}:
        raise AssignmentNotSigned()
    if order.state not in {State.IN_HANDLING, State.REPLIED}:
        raise OrderNotInHandling(state=str(order.state))
    assignment.answered_at, assignment.answered_by = now, method
    return events.CitizenAnswered(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        method=method,
        proof=proof,
        answered_at=now,
    )


def submit_co_reply(order: WorkOrder, assignment: Assignment, *, result: Sealed | None, now: datetime) -> Event:
    """协办意见: a co-unit replies to the lead."""
    if assignment.is_lead:
        raise CoUnitOnly()
    _must_be_at_work(order, assignment)
    assignment.move(AssignmentState.REPLIED)
    assignment.replied_at = now
    order.notes.append(Note("co_reply", assignment.unit, now, result))
    return events.CoReplySubmitted(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        submitted_at=now,
    )


def check_form(order: WorkOrder, assignment: Assignment, form: Mapping[str, str], rules: FormRules) -> None:
    """Raises unless the closing form holds what the pack wants."""
    for field in sorted(rules.required_for(order.case.category)):
        if not form.get(field):
            raise FieldRequired(field=field, basis=str(rules.basis))
    kind = form.get("result_kind", "")
    if order.case.category == "suggestion" and rules.suggestion_adopted and ResultKind(kind) not in ADOPTIONS:
        raise ValueNotAllowed(field="result_kind", value=kind)


def check_answered(order: WorkOrder, assignment: Assignment, rules: FormRules) -> None:
    """Raises CitizenNotAnswered where the form wants the citizen answered first."""
    if rules.citizen_answered and order.case.citizen_reachable and assignment.answered_at is None:
        raise CitizenNotAnswered(basis=str(rules.basis))


def check_may_reply(order: WorkOrder, assignment: Assignment, now: datetime) -> None:
    """Raises LeadOnly, OrderNotInHandling, AssignmentNotSigned, CoRepliesMissing."""
    if not assignment.is_lead:
        raise LeadOnly()
    if order.state is not State.IN_HANDLING:
        raise OrderNotInHandling(state=str(order.state))
    _must_be_at_work(order, assignment)
    waiting = co_units_awaited(order, now)
    if waiting:
        raise CoRepliesMissing(units=", ".join(waiting))


def submit_reply(order: WorkOrder, assignment: Assignment, reply: Reply) -> Event:
    """答复: the lead's one final answer, now under review. Raises as `check_may_reply`."""
    check_may_reply(order, assignment, reply.submitted_at)
    assignment.move(AssignmentState.REPLIED)
    assignment.replied_at = reply.submitted_at
    order.move(State.REPLIED, reply.submitted_at)
    order.reply = reply
    order.replies += 1
    return events.ReplySubmitted(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        round=order.round,
        occurrence=order.replies,
        submitted_at=reply.submitted_at,
    )


def co_units_awaited(order: WorkOrder, now: datetime) -> list[str]:
    """Co-units that have neither replied nor let their deadline pass; the whole order's where theirs is not known."""
    finish = order.finish_clock
    due = {n.assignment_id: n.due_at for n in order.clocks.values() if n.kind == "co_reply"}
    latest = finish.due_at if finish else None
    return [
        a.unit
        for a in order.active()
        if not a.is_lead and a.state is not AssignmentState.REPLIED and not _passed(due.get(a.id, latest), now)
    ]


def _passed(due: datetime | None, now: datetime) -> bool:
    return due is not None and now > due


def send_back(order: WorkOrder, *, reason: Sealed | None, now: datetime) -> Event:
    """退回重答: the review refuses the reply."""
    order.move(State.IN_HANDLING, now, only_from=State.REPLIED)
    lead = _replied_lead(order)
    lead.move(AssignmentState.SIGNED)
    order.notes.append(Note("sent_back", "", now, reason))
    return events.ReplySentBack(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=lead.id,
        unit=lead.unit,
        round=order.round,
        occurrence=order.replies,
        sent_back_at=now,
    )


def complete(order: WorkOrder, *, as_: HandledAs = HandledAs.ORDINARY, now: datetime) -> Event:
    """办结: the review accepts the reply. sla judges the finish clock at the later of reply and answer."""
    order.move(State.COMPLETED, now, only_from=State.REPLIED)
    order.handled_as = as_
    lead, reply = _replied_lead(order), order.reply
    assert reply is not None
    reply.accepted_at = now
    for note in order.clocks.values():
        note.light = Light.GREEN
    return events.WorkOrderCompleted(
        case_id=order.case.case_id,
        city=order.city,
        pack=order.pack,
        work_order_id=order.id,
        assignment_id=lead.id,
        unit=lead.unit,
        round=order.round,
        replied_at=reply.submitted_at,
        # An anonymous citizen cannot be answered; the reply itself is then the answer.
        answered_at=lead.answered_at or reply.submitted_at,
        completed_at=now,
        reply=reply.result,
        result_kind=reply.result_kind,
        handled_as=as_,
    )


def _must_be_at_work(order: WorkOrder, assignment: Assignment) -> None:
    if assignment.state is not AssignmentState.SIGNED:
        raise AssignmentNotSigned()
    # A co-unit's part stays signed when the lead's answer has completed the order, or a redo has begun.
    if order.state not in OPEN or assignment not in order.active():
        raise OrderNotInHandling(state=str(order.state))


def _replied_lead(order: WorkOrder) -> Assignment:
    lead = order.lead
    assert lead is not None
    return lead
