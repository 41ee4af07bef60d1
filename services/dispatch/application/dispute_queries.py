"""Disputes as the office and the units that take part in them see them."""

from chassis.access import Role
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.work import Read
from services.dispatch.application.desk import Desk
from services.dispatch.application.dispute_views import DisputePage, DisputeView, dispute_view
from services.dispatch.application.loading import order_seen
from services.dispatch.application.messages import GetDispute, ListDisputes
from services.dispatch.application.ports import DisputePageAsked, Disputes
from services.dispatch.application.queries import DEFAULT_PAGE, OFFICE, queries
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.work_order import WorkOrder


@queries.on(GetDispute, roles=OFFICE | {Role.UNIT})
def get_dispute(query: GetDispute, read: Read, *, desk: Desk) -> DisputeView:
    order = order_seen(query.name, read)
    dispute = read.get(Dispute, id_of(query.name, "disputes"))
    seen = read.principal.has(*OFFICE) or dispute.involves(read.principal.unit)
    if dispute.work_order_id != order.id or not seen:
        raise NotFound()
    return dispute_view(order, dispute, desk.regime_of(order).disputes)


@queries.on(ListDisputes, roles=OFFICE | {Role.UNIT})
def list_disputes(query: ListDisputes, read: Read, *, desk: Desk, disputes: Disputes) -> DisputePage:
    """Oldest first; a unit pages through those that it takes part in."""
    office = read.principal.has(*OFFICE)
    own = "" if office else read.principal.unit
    if not office and (not own or query.unit not in {"", own}):
        raise NotFound()
    size = query.page_size or DEFAULT_PAGE
    asked = DisputePageAsked(
        city=query.city, state=str(query.state or ""), unit=own or query.unit, after=query.page_token, size=size + 1
    )
    found = list(disputes.page(read, asked))
    token = found[size - 1].id if len(found) > size else ""
    return DisputePage([_shown(dispute, read, desk) for dispute in found[:size]], token)


def _shown(dispute: Dispute, read: Read, desk: Desk) -> DisputeView:
    order = read.get(WorkOrder, dispute.work_order_id)
    return dispute_view(order, dispute, desk.regime_of(order).disputes)
