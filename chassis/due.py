"""When jobs next have something to do: scalar queries, so that those of all jobs of a service are one statement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from chassis.database import direct

NextDue = Callable[[sa.Connection], datetime | None]


@dataclass(frozen=True, slots=True)
class Due:
    """The instant that a query without parameters finds; asked alone when called."""

    query: str

    def __call__(self, connection: sa.Connection) -> datetime | None:
        return instants(connection, {"": self})[""]


def instants(connection: sa.Connection, jobs: Mapping[str, NextDue]) -> dict[str, datetime | None]:
    """When each job is due next, by its name."""
    queries = {name: due.query for name, due in jobs.items() if isinstance(due, Due)}
    found = {name: due(connection) for name, due in jobs.items() if not isinstance(due, Due)}
    if queries:
        (row,) = direct.fetch(connection, "select " + ", ".join(f"({query})" for query in queries.values()), {})
        found |= dict(zip(queries, row, strict=True))
    return found


def never(_connection: sa.Connection) -> datetime | None:
    return None


# Nothing is looked up in the inbox while the parking is empty, as it nearly always is.
PARKED = Due(
    "select least((select min(next_try_at) from parked where next_try_at is not null), "
    "(select min(p.parked_at) from parked p where p.state = 'waiting' and p.sequence <= 1 + "
    "(select i.last from inbox i where i.publisher = p.publisher and i.subject = p.subject)))"
)
