"""A unit's own system follows its orders: every change, and each order as the unit may see it now."""

from dataclasses import dataclass
from datetime import datetime

from chassis.access import Principal, Role
from chassis.domain import NotFound
from chassis.work import Read
from services.dispatch.application.messages import FollowOrders
from services.dispatch.application.ports import Change, Feed
from services.dispatch.application.queries import queries, seen_by
from services.dispatch.application.views import WorkOrderView, order_name
from services.dispatch.domain.passing import held_by
from services.dispatch.domain.work_order import WorkOrder

MOST = 100
# What a section is told of an order that was passed on to it: the matter, its deadline and its end, and nothing of the
# unit's own affairs.
OF_THE_MATTER = frozenset(
    {
        "work_order_corrected", "work_order_completed", "work_order_ended", "work_order_recalled",
        "deadline_set", "urged", "supplemented", "attachment_added",
    }
)  # fmt: skip


@dataclass(frozen=True)
class OrderChangeView:
    number: int
    work_order: str
    what: str
    change_time: datetime


@dataclass(frozen=True)
class OrderChangesView:
    changes: list[OrderChangeView]
    work_orders: list[WorkOrderView]
    cursor: str
    more: bool


def left(principal: Principal, *, feed: Feed) -> None:
    feed.left(principal.unit)


@queries.on(FollowOrders, roles={Role.UNIT}, left=left)
def follow_orders(query: FollowOrders, read: Read, *, feed: Feed) -> OrderChangesView:
    """The stream puts this query again with the cursor of its answer (chassis/grpckit/streams.py)."""
    unit = read.principal.unit
    if not unit:
        raise NotFound()
    found = feed.after(read, query.cursor, city=query.city, unit=unit, size=query.page_size or MOST)
    orders = read.get_all(WorkOrder, {change.order_id for change in found.changes})
    told = [change for change in found.changes if change.order_id in orders and _concerns(change, orders, unit)]
    shown = dict.fromkeys(change.order_id for change in told)
    return OrderChangesView(
        changes=[OrderChangeView(c.number, order_name(orders[c.order_id]), c.what, c.at) for c in told],
        work_orders=[seen_by(orders[id], read.principal) for id in shown],
        cursor=found.cursor,
        more=found.more,
    )


def _concerns(change: Change, orders: dict[str, WorkOrder], unit: str) -> bool:
    """Whoever has a part is told everything; who had one, or a section, what speaks of them."""
    order = orders[change.order_id]
    if order.has_part(unit) or unit in change.named:
        return True
    return change.what in OF_THE_MATTER and held_by(order, unit) is not None
