"""What a unit does with its own assignment."""

from chassis.access import Role
from chassis.privacy import mask
from chassis.work import Work
from services.dispatch.application import linking, supervising
from services.dispatch.application.commands import UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import assigned_unit, load_assignment
from services.dispatch.application.messages import (
    AnswerCitizen,
    RecordContact,
    ReportProgress,
    SignAssignment,
    SubmitCoReply,
    SubmitReply,
)
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import closing_form, endings, handling, leader_review
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import day_in_china
from services.dispatch.domain.notes import Reply
from services.dispatch.domain.regime import Regime
from services.dispatch.domain.work_order import WorkOrder


@commands.on(SignAssignment, roles=UNIT, relation=assigned_unit)
def sign_assignment(cmd: SignAssignment, work: Work) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    work.save(order, handling.sign(order, assignment, now=work.now))
    return saved(order)


@commands.on(RecordContact, roles=UNIT, relation=assigned_unit)
def record_contact(cmd: RecordContact, work: Work) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    proof = mask(cmd.proof)  # a reference, but people put the number there that they called
    work.save(order, handling.contact(order, assignment, method=cmd.method, proof=proof, now=work.now))
    return saved(order)


@commands.on(ReportProgress, roles=UNIT, relation=assigned_unit)
def report_progress(cmd: ReportProgress, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    note = sealing.to_citizen(order, "work_order.progress", cmd.note)
    work.save(order, handling.report_progress(order, assignment, note=note, now=work.now))
    linking.show_progress(order, note, work)
    return saved(order)


@commands.on(AnswerCitizen, roles=UNIT, relation=assigned_unit)
def answer_citizen(cmd: AnswerCitizen, work: Work) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    proof = mask(cmd.proof)
    work.save(order, handling.answer_citizen(order, assignment, method=cmd.method, proof=proof, now=work.now))
    # What the leader has approved was only waiting for this.
    if submitted := leader_review.go_on(order, answered_first=True, now=work.now):
        work.save(order, *submitted)
        supervising.end_passings(order, work)
    return saved(order)


@commands.on(SubmitCoReply, roles=UNIT, relation=assigned_unit)
def submit_co_reply(cmd: SubmitCoReply, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    result = sealing.to_citizen(order, "work_order.co_reply", cmd.result)
    work.save(order, handling.submit_co_reply(order, assignment, result=result, now=work.now))
    supervising.end_passings(order, work)
    return saved(order)


@commands.on(SubmitReply, roles=UNIT, relation=assigned_unit)
def submit_reply(cmd: SubmitReply, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    """Where the pack asks for it, a draft until the unit's leader approves it; a leader's own needs nobody else."""
    order, assignment = load_assignment(cmd, work)
    rules, led = desk.regime_of(order).form, work.principal.has(Role.UNIT_LEADER)
    _check_form(cmd, order, assignment, desk.regime_of(order), work)
    reply = _reply(cmd, order, assignment, work, sealing)
    if rules.leader_review and not led:
        work.save(order, leader_review.offer(order, reply))
        return saved(order)
    handling.check_answered(order, assignment, rules)
    reply.leader_reviewed_at = work.now if rules.leader_review else None
    submitted = handling.submit_reply(order, assignment, reply)
    order.draft = None
    endings.settle(order, "withdrawn", work.now)
    work.save(order, submitted)
    supervising.end_passings(order, work)
    return saved(order)


def _reply(cmd: SubmitReply, order: WorkOrder, assignment: Assignment, work: Work, sealing: Sealing) -> Reply:
    return Reply(
        assignment_id=assignment.id,
        result=sealing.to_citizen(order, "reply.result", cmd.result),
        legal_basis=sealing.to_citizen(order, "reply.legal_basis", cmd.legal_basis),
        handler=sealing.own(order, "reply.handler", cmd.handler),
        result_kind=str(cmd.result_kind),
        submitted_at=work.now,
        section=sealing.own(order, "reply.section", cmd.section),
        reviewed_by=sealing.own(order, "reply.reviewed_by", cmd.reviewed_by),
        filing=str(cmd.filing),
        filing_number=sealing.to_citizen(order, "reply.filing_number", cmd.filing_number),
        filing_date=cmd.filing_date,
        filing_document=cmd.filing_document,
        not_filed_reason=sealing.to_citizen(order, "reply.not_filed_reason", cmd.not_filed_reason),
        redo_class=cmd.redo_class,
        statement=sealing.to_citizen(order, "reply.statement", cmd.statement),
    )


def _check_form(cmd: SubmitReply, order: WorkOrder, assignment: Assignment, regime: Regime, work: Work) -> None:
    form = cmd.model_dump(exclude={"request_id", "name"})
    handling.check_form(order, assignment, form, regime.form)
    closing_form.check_filing(order, form, regime.form, today=day_in_china(work.now))
    closing_form.check_redo_class(order, form, regime.redo)
