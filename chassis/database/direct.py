"""Statements of the chassis itself, straight on psycopg: prepared once, and writes together in one round trip."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import msgspec
import psycopg
import sqlalchemy as sa

from chassis.domain import VersionMovedOn

Values = Mapping[str, Any]
Statement = tuple[str, Values]
Rows = list[tuple[Any, ...]]


def rows_of(rows: object) -> dict[str, str]:
    """Many rows as the one JSON value `rows`: the statement stays the same for one row and for a thousand."""
    return {"rows": msgspec.json.encode(rows).decode()}


def fetch(connection: sa.Connection, statement: str, values: Values) -> Rows:
    return run(connection, statement, values).fetchall()


def fetch_together(connection: sa.Connection, statements: Sequence[Statement]) -> list[Rows]:
    """Runs several statements in one round trip, the begin of their transaction included; the rows of each."""
    driver = _driver(connection)
    if len(statements) == 1 and driver.info.transaction_status is not _IDLE:
        return [fetch(connection, *statements[0])]
    with driver.pipeline():
        cursors = [driver.execute(statement, values, prepare=True) for statement, values in statements]
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


def run(connection: sa.Connection, statement: str, values: Values) -> psycopg.Cursor[tuple[Any, ...]]:
    """Runs a statement with %(named)s values; within `together` it only joins the queue."""
    return _driver(connection).execute(statement, values, prepare=True)


@contextmanager
def together(connection: sa.Connection) -> Iterator[None]:
    """Sends the block's statements at once, waits for them at its end. Raises VersionMovedOn (see `guarded`)."""
    try:
        with _driver(connection).pipeline():
            yield
    except psycopg.errors.DivisionByZero:
        raise VersionMovedOn() from None


def guarded(update: str) -> str:
    """An update that must find `count` rows: a division by zero stops those queued behind it, the commit above all."""
    return f"with done as ({update} returning 1) select 1 / (count(*) = %(count)s)::int from done"


def commit(connection: sa.Connection) -> None:
    """Within `together`, the commit travels with the writes; SQLAlchemy's own then finds nothing to do."""
    # Not the driver's own commit(): it waits for the server while the server may wait for us to read.
    _driver(connection).execute("commit")


def commit_lazily(connection: sa.Connection) -> None:
    """The commit does not wait for the disk; it may be lost with the machine, but only with every later one."""
    run(connection, "set local synchronous_commit = off", {})


def _driver(connection: sa.Connection) -> psycopg.Connection[tuple[Any, ...]]:
    return cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.driver_connection)


_IDLE = psycopg.pq.TransactionStatus.IDLE
