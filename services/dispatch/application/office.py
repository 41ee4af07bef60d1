"""What dispatchers do with an order: send it, take it back, end it, review the reply, verify a rating."""

from chassis.access import PermissionDenied, Role
from chassis.work import Work
from services.dispatch.application import linking, supervising
from services.dispatch.application.commands import OFFICE, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.disputes import drop_with
from services.dispatch.application.loading import ids, in_the_city, load_order
from services.dispatch.application.messages import (
    CompleteWorkOrder,
    DispatchWorkOrder,
    EndWorkOrder,
    RecallWorkOrder,
    SendBackReply,
    VerifyRating,
)
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import endings, handling, redo
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.errors import ValueNotAllowed
from services.dispatch.domain.notes import Note
from services.dispatch.domain.states import Finding
from services.dispatch.domain.work_order import WorkOrder

FROM_THE_CASE = frozenset({"withdrawn", "joined"})
"""Grounds that say what became of the case itself: only intake's word gives them."""


@commands.on(DispatchWorkOrder, roles=OFFICE, relation=in_the_city)
def dispatch_work_order(cmd: DispatchWorkOrder, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    desk.check_named(order, cmd.lead, cmd.co_units)
    _note(order, "dispatched", cmd.reason, work, sealing)
    choice = Choice(cmd.lead, tuple(cmd.co_units), step="dispatcher", rule="by_hand")
    after_return = order.why == "return_agreed"
    work.save(order, *order.dispatch(choice, ids=ids(work), now=work.now, after_return=after_return))
    supervising.let_go(order, work)
    return saved(order)


@commands.on(RecallWorkOrder, roles=OFFICE, relation=in_the_city)
def recall_work_order(cmd: RecallWorkOrder, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    _note(order, "recalled", cmd.reason, work, sealing)
    work.save(order, *order.recall(now=work.now))
    supervising.let_go(order, work)
    return saved(order)


@commands.on(EndWorkOrder, roles=OFFICE, relation=in_the_city)
def end_work_order(cmd: EndWorkOrder, work: Work, *, desk: Desk) -> WorkOrderView:
    if cmd.ground in FROM_THE_CASE:
        raise ValueNotAllowed(field="ground", value=cmd.ground)
    order = load_order(cmd, work)
    authority = desk.authority(order.city, cmd.next_authority) if cmd.next_authority else ""
    drop_with(order, work)
    endings.settle(order, "agreed", work.now)
    ended = order.end(ground=cmd.ground, basis=cmd.basis, next_authority=authority, now=work.now)
    work.save(order, *ended)
    supervising.let_go(order, work)
    return saved(order)


@commands.on(SendBackReply, roles=OFFICE, relation=in_the_city)
def send_back_reply(cmd: SendBackReply, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    reason = sealing.to_citizen(order, "work_order.sent_back", cmd.reason)
    work.save(order, handling.send_back(order, reason=reason, now=work.now))
    supervising.after_sending_back(order, work, desk)
    return saved(order)


@commands.on(CompleteWorkOrder, roles=OFFICE, relation=in_the_city)
def complete_work_order(cmd: CompleteWorkOrder, work: Work) -> WorkOrderView:
    order = load_order(cmd, work)
    work.save(order, handling.complete(order, as_=cmd.handled_as, now=work.now))
    supervising.end_passings(order, work)
    linking.answer(order, work)
    return saved(order)


@commands.on(VerifyRating, roles={Role.DISPATCHER, Role.SUPERVISOR}, relation=in_the_city)
def verify_rating(cmd: VerifyRating, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    if cmd.finding is Finding.UNREASONABLE and not work.principal.has(Role.SUPERVISOR):
        # It takes the rating out of the satisfaction rate, which a supervisor answers for.
        raise PermissionDenied(roles=Role.SUPERVISOR)
    evidence = sealing.to_citizen(order, "work_order.evidence", cmd.evidence)
    rules = desk.regime_of(order).redo
    happened = redo.verify(order, finding=cmd.finding, evidence=evidence, rules=rules, ids=ids(work), now=work.now)
    work.save(order, *happened)
    supervising.after_verification(order, cmd.finding, work, desk)
    return saved(order)


def _note(order: WorkOrder, kind: str, text: str, work: Work, sealing: Sealing) -> None:
    if text:
        order.notes.append(Note(kind, "", work.now, sealing.to_citizen(order, f"work_order.{kind}", text)))
