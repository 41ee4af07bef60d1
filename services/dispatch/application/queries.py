"""Queries: what units and the office may see."""

from dataclasses import replace
from itertools import islice
from typing import Any

from chassis.access import Principal, Role
from chassis.application import Queries
from chassis.domain import NotFound
from chassis.lines import Lines
from chassis.message import city_of, id_of
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
from services.dispatch.application.route_views import RouteView, UnitPage, route_view, unit_view
from services.dispatch.application.views import (
    WorkOrderPage,
    WorkOrderView,
    order_view,
)
from services.dispatch.domain import passing
from services.dispatch.domain.routing import CaseFacts
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.work_order import WorkOrder

queries = Queries()
OFFICE = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
# The province's office sees what it may ask a city about; it works on no order.
OVERSEERS = OFFICE | {Role.PROVINCE}
# The department of a merged line sees what the line's unit has or had, and works on nothing either.
LINE = frozenset({Role.LINE_DEPARTMENT})
DEFAULT_PAGE = 50


def looking(read: Read, lines: Lines, city: str) -> Principal:
    """Who looks: the department of a line looks at each city with the eyes of the line's unit there (F21 2(2)2)."""
    if not read.principal.has(Role.LINE_DEPARTMENT):
        return read.principal
    return replace(read.principal, roles=LINE, unit=lines.unit(read.principal, city, read.now))


@queries.on(GetWorkOrder, roles=OVERSEERS | LINE | {Role.UNIT, Role.UNIT_LEADER})
def get_work_order(query: GetWorkOrder, read: Read, *, lines: Lines) -> WorkOrderView:
    who = looking(read, lines, city_of(query.name))
    return seen_by(_order(query.name, read, who), who)


@queries.on(ListWorkOrders, roles=OVERSEERS | LINE | {Role.UNIT, Role.UNIT_LEADER})
def list_work_orders(query: ListWorkOrders, read: Read, *, orders: Orders, lines: Lines) -> WorkOrderPage:
    who = looking(read, lines, query.city)
    own = "" if who.has(*OVERSEERS) else who.unit
    if not own and not who.has(*OVERSEERS):
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
    return WorkOrderPage([seen_by(order, who) for order in found[:size]], token)


@queries.on(ExplainRoute, roles=OFFICE)
def explain_route(query: ExplainRoute, read: Read) -> RouteView:
    """The last decision of routing; of an order that was sent by hand, the one that could not decide."""
    order = _order(query.name, read, read.principal)
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


def _order(name: str, read: Read, who: Principal) -> WorkOrder:
    order = order_seen(name, read)
    if not _may_see(who, order):
        raise NotFound()
    return order


def _may_see(principal: Principal, order: WorkOrder) -> bool:
    """The office sees its city's orders, a unit those that it has or had a part in."""
    return principal.has(*OVERSEERS) or order.involves(principal.unit) or passing.had(order, principal.unit)


def seen_by(order: WorkOrder, principal: Principal) -> WorkOrderView:
    return shown(order_view(order), order, principal)


def shown(view: WorkOrderView, order: WorkOrder, principal: Principal) -> WorkOrderView:
    """A unit that has returned an order, or lost it, reads that it had it and no more of it.

    A section reads what was passed on to it: the matter and its deadline, and nothing of the unit's own affairs.
    """
    unit = principal.unit
    if principal.has(*OVERSEERS) or order.has_part(unit):
        return view
    view = replace(view, assignments=[a for a in view.assignments if a.unit == unit], **_NOTHING_OF_THE_UNITS)
    view = replace(view, passings=[p for p in view.passings if unit in {p.section, p.by}])
    if passing.held_by(order, unit):
        return view
    return replace(view, masked_subject="", masked_text="", attachments=[], corrections=[])


_NOTHING_OF_THE_UNITS: dict[str, Any] = {
    "extensions": [],
    "candidates": [],
    "supervisions": [],
    "own_limits": [],
    "statements": [],
    "end_proposals": [],
    "leader_review": "",
    "evaluations": [],
}
