"""How orders and routing decisions are kept, and how orders are listed."""

from collections.abc import Sequence

from chassis.database import Store, direct
from chassis.work import Read
from services.dispatch.adapters import tables
from services.dispatch.application.ports import DisputePageAsked, LedgerPage, Page
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.staff import UnitStaff
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.work_order import WorkOrder

orders = Store(
    WorkOrder,
    tables.work_order,
    columns=lambda o: {
        "city": o.city,
        "case_id": o.case.case_id,
        "state": str(o.state),
        "units": sorted({*(a.unit for a in o.assignments), *(p.section for p in o.passings)}),
    },
)
disputes = Store(
    Dispute,
    tables.dispute,
    columns=lambda d: {
        "city": d.city,
        "work_order_id": d.work_order_id,
        "state": str(d.state),
        "units": sorted({*d.participants, d.lead, *d.co_units} - {""}),
    },
)
routing_records = Store(RoutingRecord, tables.routing_record, columns=lambda r: {"work_order_id": r.work_order_id})
supervisions = Store(
    Supervision,
    tables.supervision,
    columns=lambda s: {
        "city": s.city,
        "case_id": s.case_id,
        "work_order_id": s.work_order_id,
        "unit": s.unit,
        "ground": s.ground,
        "state": str(s.state),
        "overdue": s.overdue,
    },
)

unit_staff = Store(UnitStaff, tables.unit_staff)


class StoredOrders:
    """Orders by their query columns, in order of their ids: oldest first."""

    def page(self, read: Read, page: Page) -> Sequence[WorkOrder]:
        """One statement for each set of filters, so that it is prepared once."""
        return [orders.decode(body, version) for body, version in _rows("work_order", read, page)]


class StoredDisputes:
    """Disputes by their query columns, in order of their ids: oldest first."""

    def page(self, read: Read, page: DisputePageAsked) -> Sequence[Dispute]:
        return [disputes.decode(body, version) for body, version in _rows("dispute", read, page)]


def _rows(table: str, read: Read, page: Page | DisputePageAsked) -> direct.Rows:
    given = {name: getattr(page, name) for name in _FILTERS if getattr(page, name, "")}
    statement = " and ".join([_PAGE.format(table=table), *(_FILTERS[name] for name in given)]) + _IN_ORDER
    return direct.fetch(read.connection, statement, given | {"city": page.city, "after": page.after, "size": page.size})


_PAGE = "select body::text, version from {table} where city = %(city)s and id > %(after)s"
_FILTERS = {
    "state": "state = %(state)s",
    "case_id": "case_id = %(case_id)s",
    "unit": "units @> array[%(unit)s]::text[]",
}
_IN_ORDER = " order by id limit %(size)s"


class StoredLedger:
    """Supervisions by their query columns, in order of their ids: oldest first."""

    def page(self, read: Read, page: LedgerPage) -> Sequence[Supervision]:
        given = {name: getattr(page, name) for name in _LEDGER_FILTERS if getattr(page, name)}
        statement = " and ".join([_LEDGER, *(_LEDGER_FILTERS[name] for name in given)]) + _IN_ORDER
        values = given | {"city": page.city, "after": page.after, "size": page.size}
        return [
            supervisions.decode(body, version) for body, version in direct.fetch(read.connection, statement, values)
        ]


_LEDGER = "select body::text, version from supervision where city = %(city)s and id > %(after)s"
_LEDGER_FILTERS = {
    "state": "state = %(state)s",
    "unit": "unit = %(unit)s",
    "ground": "ground = %(ground)s",
    "work_order_id": "work_order_id = %(work_order_id)s",
    "overdue": "overdue = %(overdue)s::boolean",
}
