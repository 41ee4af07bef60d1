"""审核: the leader approves what the handler would reply, or sends it back; nobody else gets a message of it."""

from chassis.access import Role
from chassis.work import Work
from services.dispatch.application import supervising
from services.dispatch.application.commands import commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import assigned_unit, load_assignment
from services.dispatch.application.messages import ApproveReply, RejectReply
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import leader_review

LEADER = frozenset({Role.UNIT_LEADER})


@commands.on(ApproveReply, roles=LEADER, relation=assigned_unit)
def approve_reply(cmd: ApproveReply, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    approved = leader_review.approve(order, assignment, now=work.now)
    if cmd.reviewed_by and order.draft:
        order.draft.reply.reviewed_by = sealing.own(order, "reply.reviewed_by", cmd.reviewed_by)
    answered_first = desk.regime_of(order).form.citizen_answered
    submitted = leader_review.go_on(order, answered_first=answered_first, now=work.now)
    work.save(order, *(submitted or [approved]))
    supervising.end_passings(order, work)
    return saved(order)


@commands.on(RejectReply, roles=LEADER, relation=assigned_unit)
def reject_reply(cmd: RejectReply, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    reason = sealing.to_citizen(order, "work_order.leader_sent_back", cmd.reason)
    work.save(order, leader_review.send_back(order, assignment, reason=reason, now=work.now))
    return saved(order)
