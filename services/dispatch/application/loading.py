"""Finding what a command names, and whether the caller has to do with it."""

from collections.abc import Iterator
from typing import Protocol

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.work import Read, Work
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.work_order import WorkOrder


class Named(Protocol):
    @property
    def name(self) -> str: ...


def order_named(cmd: Named, work: Work) -> WorkOrder | None:
    """The order that the name is of, if it is of that city."""
    order = work.find(WorkOrder, id_of(cmd.name, "workOrders"))
    return order if order and order.city == city_of(cmd.name) else None


def order_seen(name: str, read: Read) -> WorkOrder:
    """For a query, not locked. Raises NotFound."""
    order = read.get(WorkOrder, id_of(name, "workOrders"))
    if order.city != city_of(name):
        raise NotFound()
    return order


def load_order(cmd: Named, work: Work) -> WorkOrder:
    """Raises NotFound, VersionMovedOn when the caller saw another version."""
    order = order_named(cmd, work)
    if order is None:
        raise NotFound()
    seen = getattr(cmd, "version", 0)
    if seen and seen != order.version:
        raise VersionMovedOn(field="version")
    return order


def load_assignment(cmd: Named, work: Work) -> tuple[WorkOrder, Assignment]:
    order = load_order(cmd, work)
    return order, order.assignment(id_of(cmd.name, "assignments"))


def in_the_city(cmd: Named, work: Work) -> bool:
    """The order exists in the city that the name says."""
    return order_named(cmd, work) is not None


def assigned_unit(cmd: Named, work: Work) -> bool:
    """The assignment is the caller's own unit's."""
    order = order_named(cmd, work)
    wanted = id_of(cmd.name, "assignments")
    return order is not None and any(a.id == wanted and a.unit == work.principal.unit for a in order.assignments)


def led_or_in_the_city(cmd: Named, work: Work) -> bool:
    """The office's, or of an order that the caller's own unit leads."""
    order = order_named(cmd, work)
    if order is None or work.principal.has(Role.DISPATCHER):
        return order is not None
    return order.lead is not None and order.lead.unit == work.principal.unit


def own_extension(cmd: Named, work: Work) -> bool:
    """The extension is one that the caller's own unit asked for."""
    order = order_named(cmd, work)
    wanted = id_of(cmd.name, "extensions")
    found = next((e for e in order.extensions if e.id == wanted), None) if order else None
    return order is not None and found is not None and order.assignment(found.assignment_id).unit == work.principal.unit


def ids(work: Work) -> Iterator[str]:
    """New ids, as many as are taken."""
    while True:
        yield work.new_id()
