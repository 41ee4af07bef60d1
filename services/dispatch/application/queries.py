"""Queries: what units and the office may see."""

from dataclasses import replace
from itertools import islice

from chassis.access import Principal, Role
from chassis.application import Queries
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.work import Read
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import order_seen
from services.dispatch.application.messages import (
    ExplainRoute,
    GetWorkOrder,
    ListUnits,
    ListWorkOrders,
    PreviewRoute,
)
from services.dispatch.application.ports import Orders, Page
from services.dispatch.application.views import (
    RouteView,
    UnitPage,
    WorkOrderPage,
    WorkOrderView,
    order_view,
    route_view,
    unit_view,
)
from services.dispatch.domain.routing import CaseFacts
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.work_order import WorkOrder

queries = Queries()
OFFICE = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
DEFAULT_PAGE = 50


@queries.on(GetWorkOrder, roles=OFFICE | {Role.UNIT})
def get_work_order(query: GetWorkOrder, read: Read) -> WorkOrderView:
    return _shown(_order(query.name, read), read.principal)


@queries.on(ListWorkOrders, roles=OFFICE | {Role.UNIT})
def list_work_orders(query: ListWorkOrders, read: Read, *, orders: Orders) -> WorkOrderPage:
    own = "" if read.principal.has(*OFFICE) else read.principal.unit
    if not own and not read.principal.has(*OFFICE):
        raise NotFound()
    if own and query.unit not in {"", own}:
        raise NotFound()
    size = query.page_size or DEFAULT_PAGE
    page = Page(
        city=query.city,
        state=str(query.state or ""),
        unit=own or query.unit,
        case_id=id_of(query.case, "cases") if query.case else "",
        after=query.page_token,
        size=size + 1,
    )
    found = list(orders.page(read, page))
    token = found[size - 1].id if len(found) > size else ""
    return WorkOrderPage([_shown(order, read.principal) for order in found[:size]], token)


@queries.on(ExplainRoute, roles=OFFICE)
def explain_route(query: ExplainRoute, read: Read) -> RouteView:
    """The last decision of routing; of an order that was sent by hand, the one that could not decide."""
    order = _order(query.name, read)
    records = read.find_by(RoutingRecord, "work_order_id", order.id)
    if not records:
        raise NotFound()
    return route_view(records[-1].decision)


@queries.on(PreviewRoute, roles={Role.AGENT, Role.DISPATCHER})
def preview_route(query: PreviewRoute, read: Read, *, desk: Desk) -> RouteView:
    facts = CaseFacts(**query.model_dump(exclude={"city"}))
    return route_view(desk.route_here(query.city, facts))


@queries.on(ListUnits, roles={Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR, Role.UNIT})
def list_units(query: ListUnits, read: Read, *, desk: Desk) -> UnitPage:
    size = query.page_size or DEFAULT_PAGE
    units = sorted(desk.directory(query.city).units.values(), key=lambda unit: unit.id)
    rest = (unit for unit in units if unit.id > query.page_token)
    found = list(islice(rest, size + 1))
    token = found[size - 1].id if len(found) > size else ""
    return UnitPage([unit_view(unit) for unit in found[:size]], token)


def _order(name: str, read: Read) -> WorkOrder:
    order = order_seen(name, read)
    if not _may_see(read.principal, order):
        raise NotFound()
    return order


def _may_see(principal: Principal, order: WorkOrder) -> bool:
    """The office sees its city's orders, a unit those that it has or had a part in."""
    return principal.has(*OFFICE) or order.involves(principal.unit)


def _shown(order: WorkOrder, principal: Principal) -> WorkOrderView:
    """A unit that has returned an order, or lost it, reads that it had it and no more of it."""
    view = order_view(order)
    if principal.has(*OFFICE) or order.has_part(principal.unit):
        return view
    own = [a for a in view.assignments if a.unit == principal.unit]
    return replace(
        view,
        masked_subject="",
        masked_text="",
        assignments=own,
        extensions=[],
        candidates=[],
        attachments=[],
        supervisions=[],
        corrections=[],
        own_limits=[],
    )
