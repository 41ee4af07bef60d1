"""Restrictions by page."""

from chassis.database import direct
from chassis.work import Read
from services.intake.adapters.newest import newest
from services.intake.domain.restriction import Restriction


class RestrictionRows:
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Restriction]:
        store = read.stores[Restriction]
        values = {"city": city, "state": state, "size": size, "before": before, "now": read.now}
        rows = direct.fetch(read.connection, newest(_OF_STATE if state else _OF_CITY, before), values)
        return [store.decode(body, version) for body, version in rows]


_OF_CITY = "select body::text, version from restriction where city = %(city)s"
# What has come to its end by itself was never written down as over.
_OF_STATE = (
    f"{_OF_CITY} and %(state)s = case when state = 'in_force' and ends_at <= %(now)s then 'expired' else state end"
)
