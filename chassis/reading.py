"""What a query or an answer sees of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from chassis.access import Principal
from chassis.database.store import Store
from chassis.domain import NotFound

A = TypeVar("A")


def in_city(aggregate: object, city: str) -> bool:
    """Whether a call that names a city may reach it: a right in one city opens nothing of another."""
    return not city or getattr(aggregate, "city", city) == city


@dataclass
class Read:
    """What a query or an answer sees: at each look what is committed by then."""

    service: str
    connection: sa.Connection
    stores: Mapping[type, Store[Any]]
    now: datetime
    principal: Principal
    city: str = ""

    def get(self, kind: type[A], id: str) -> A:
        """The aggregate as it stands, not locked. Raises NotFound, also for one of another city than the query's."""
        found = self.stores[kind].load(self.connection, "id", [id], lock=False)
        if not found or not in_city(found[0], self.city):
            raise NotFound()
        return cast(A, found[0])

    def get_all(self, kind: type[A], ids: Iterable[str]) -> dict[str, A]:
        """Those that there are, by id, not locked."""
        found = self.stores[kind].load(self.connection, "id", sorted(ids), lock=False)
        return {aggregate.id: cast(A, aggregate) for aggregate in found if in_city(aggregate, self.city)}

    def find_by(self, kind: type[A], column: str, value: str) -> list[A]:
        return cast(list[A], self.stores[kind].load(self.connection, column, [value], lock=False))
