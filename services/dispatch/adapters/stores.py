"""How orders and routing decisions are kept, and how orders are listed."""

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.database import Store
from chassis.work import Read
from services.dispatch.adapters import tables
from services.dispatch.application.ports import Page
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.work_order import WorkOrder

orders = Store(
    WorkOrder,
    tables.work_order,
    columns=lambda o: {
        "city": o.city,
        "case_id": o.case.case_id,
        "state": str(o.state),
        "units": sorted({a.unit for a in o.assignments}),
    },
)
routing_records = Store(RoutingRecord, tables.routing_record, columns=lambda r: {"work_order_id": r.work_order_id})


class StoredOrders:
    """Orders by their query columns, in order of their ids: oldest first."""

    def page(self, read: Read, page: Page) -> Sequence[WorkOrder]:
        t = tables.work_order.c
        query = sa.select(sa.cast(t.body, sa.Text), t.version).where(t.city == page.city, t.id > page.after)
        if page.state:
            query = query.where(t.state == page.state)
        if page.case_id:
            query = query.where(t.case_id == page.case_id)
        if page.unit:
            query = query.where(t.units.contains([page.unit]))
        found = read.connection.execute(query.order_by(t.id).limit(page.size))
        return [orders.decode(body, version) for body, version in found]
