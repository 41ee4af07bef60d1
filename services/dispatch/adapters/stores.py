"""How orders and routing decisions are kept, and how orders are listed."""

from collections.abc import Sequence

from chassis.database import Store, direct
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
        """One statement for each set of filters, so that it is prepared once."""
        given = {name: getattr(page, name) for name in _FILTERS if getattr(page, name)}
        statement = " and ".join([_PAGE, *(_FILTERS[name] for name in given)]) + _IN_ORDER
        values = given | {"city": page.city, "after": page.after, "size": page.size}
        return [orders.decode(body, version) for body, version in direct.fetch(read.connection, statement, values)]


_PAGE = "select body::text, version from work_order where city = %(city)s and id > %(after)s"
_FILTERS = {
    "state": "state = %(state)s",
    "case_id": "case_id = %(case_id)s",
    "unit": "units @> array[%(unit)s]::text[]",
}
_IN_ORDER = " order by id limit %(size)s"
