"""移交: an order goes to another tenant, which opens one of its own; refused, it comes back to the queue."""

from dataclasses import replace

from chassis.domain import Event
from chassis.work import Work
from services.dispatch.application import supervising
from services.dispatch.application.commands import OFFICE, commands
from services.dispatch.application.desk import Desk, choice_of
from services.dispatch.application.disputes import drop_with
from services.dispatch.application.level_messages import HandOver, RefuseHandOver
from services.dispatch.application.linking import first_of
from services.dispatch.application.loading import ids, in_the_city, load_order
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import handing_over
from services.dispatch.domain.hand_over_errors import NoSuchTenant
from services.dispatch.domain.notes import HandedOver, Note
from services.dispatch.domain.routing import Outcome
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.work_order import WorkOrder


@commands.on(HandOver, roles=OFFICE, relation=in_the_city)
def hand_over(cmd: HandOver, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    if cmd.to_city == order.city or cmd.to_city not in desk.packs:
        raise NoSuchTenant(field="to_city", city=cmd.to_city)
    mode = desk.mode_of_hand_over(order.city, cmd.to_city)
    handing_over.check(order, mode, desk.regime_of(order).hand_over, order.pack)
    linked = _linked(order, cmd.to_city, work, desk)
    reason = sealing.to_citizen(order, "work_order.handed_over", cmd.reason)
    for one in (order, linked):
        one.notes.append(Note("handed_over", "", work.now, reason))
    to = HandedOver(cmd.to_city, linked.id, mode, cmd.basis, work.now)
    work.save(order, *handing_over.hand_over(order, to))
    supervising.let_go(order, work)
    work.save(linked, handing_over.opened(linked, order, work.now), *_sent(linked, work, desk))
    return saved(order)


def _linked(first: WorkOrder, city: str, work: Work, desk: Desk) -> WorkOrder:
    """An order of the same case, under the receiver's pack; what the first one showed it shows too."""
    earlier = work.find_by(WorkOrder, "case_id", first.case.case_id)
    return WorkOrder(
        id=work.new_id(),
        city=city,
        pack=desk.packs[city],
        case=replace(first.case, home_city=first.city, area=""),
        index=max(order.index for order in earlier) + 1,
        created_at=work.now,
        attachments=list(first.attachments),
        linked_to=first.id,
    )


def _sent(linked: WorkOrder, work: Work, desk: Desk) -> list[Event]:
    """By the receiver's own catalogue, or to its dispatchers."""
    decision = desk.route(linked.city, linked.case.facts(), desk.regime_of(linked))
    work.save(RoutingRecord(work.new_id(), linked.id, linked.city, work.now, decision))
    if decision.outcome is not Outcome.DISPATCHED:
        return [linked.queue(why=str(decision.outcome), candidates=decision.candidates, now=work.now)]
    return linked.dispatch(choice_of(decision), ids=ids(work), now=work.now)


@commands.on(RefuseHandOver, roles=OFFICE, relation=in_the_city)
def refuse_hand_over(cmd: RefuseHandOver, work: Work, *, sealing: Sealing) -> WorkOrderView:
    linked = load_order(cmd, work)
    handing_over.check_refusal(linked)
    first = first_of(linked, work)
    reason = sealing.to_citizen(linked, "work_order.hand_over_refused", cmd.reason)
    linked.notes.append(Note("hand_over_refused", "", work.now, reason))
    if first is not None:
        first.notes.append(Note("hand_over_refused", "", work.now, reason))
        work.save(first, *handing_over.come_back(first, outcome="refused", now=work.now))
    drop_with(linked, work)
    work.save(linked, *linked.end(ground=handing_over.REFUSED, basis="", next_authority="", now=work.now))
    supervising.let_go(linked, work)
    return saved(linked)
