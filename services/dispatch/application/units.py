"""What a unit does with its own assignment."""

from chassis.privacy import mask
from chassis.work import Work
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
from services.dispatch.domain import handling
from services.dispatch.domain.notes import Reply


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
    return saved(order)


@commands.on(AnswerCitizen, roles=UNIT, relation=assigned_unit)
def answer_citizen(cmd: AnswerCitizen, work: Work) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    proof = mask(cmd.proof)
    work.save(order, handling.answer_citizen(order, assignment, method=cmd.method, proof=proof, now=work.now))
    return saved(order)


@commands.on(SubmitCoReply, roles=UNIT, relation=assigned_unit)
def submit_co_reply(cmd: SubmitCoReply, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    result = sealing.to_citizen(order, "work_order.co_reply", cmd.result)
    work.save(order, handling.submit_co_reply(order, assignment, result=result, now=work.now))
    return saved(order)


@commands.on(SubmitReply, roles=UNIT, relation=assigned_unit)
def submit_reply(cmd: SubmitReply, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    form = {
        "result": cmd.result,
        "legal_basis": cmd.legal_basis,
        "handler": cmd.handler,
        "result_kind": str(cmd.result_kind),
    }
    handling.check_form(order, assignment, form, desk.regime_of(order).form)
    reply = Reply(
        assignment_id=assignment.id,
        result=sealing.to_citizen(order, "reply.result", cmd.result),
        legal_basis=sealing.to_citizen(order, "reply.legal_basis", cmd.legal_basis),
        handler=sealing.own(order, "reply.handler", cmd.handler),
        result_kind=str(cmd.result_kind),
        submitted_at=work.now,
    )
    work.save(order, handling.submit_reply(order, assignment, reply))
    return saved(order)
