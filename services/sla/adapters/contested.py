"""How appeals and exclusions are kept, and how they are listed."""

from collections.abc import Sequence

from chassis.database import Store, direct
from chassis.work import Read
from services.sla.adapters import tables
from services.sla.application.ports import ContestedPage
from services.sla.domain.appeals import Appeal, Exclusion

appeals = Store(
    Appeal,
    tables.appeal,
    columns=lambda a: {
        "city": a.city,
        "case_id": a.fact.case_id,
        "unit": a.fact.unit,
        "fact": a.fact.key,
        "state": str(a.state),
    },
)
exclusions = Store(
    Exclusion,
    tables.exclusion,
    columns=lambda x: {
        "city": x.city,
        "case_id": x.fact.case_id,
        "work_order_id": x.fact.work_order_id,
        "unit": x.fact.unit,
        "kind": str(x.fact.kind),
        "round": x.fact.round,
        "fact": x.fact.key,
        "reason": x.reason,
        "state": str(x.state),
        "excluded_at": x.excluded_at,
        "lifted_at": x.lifted_at,
    },
)


class StoredContested:
    """One statement for each set of filters, so that it is prepared once."""

    def appeals(self, read: Read, page: ContestedPage) -> Sequence[Appeal]:
        return [appeals.decode(body, version) for body, version in _rows("appeal", read, page)]

    def exclusions(self, read: Read, page: ContestedPage) -> Sequence[Exclusion]:
        return [exclusions.decode(body, version) for body, version in _rows("exclusion", read, page)]


def _rows(table: str, read: Read, page: ContestedPage) -> direct.Rows:
    given = {name: getattr(page, name) for name in _FILTERS if getattr(page, name)}
    statement = " and ".join([_PAGE.format(table=table), *(f"{name} = %({name})s" for name in given)]) + _IN_ORDER
    return direct.fetch(read.connection, statement, given | {"city": page.city, "after": page.after, "size": page.size})


_PAGE = "select body::text, version from {table} where city = %(city)s and id > %(after)s"
_FILTERS = ("state", "unit", "reason")
_IN_ORDER = " order by id limit %(size)s"
