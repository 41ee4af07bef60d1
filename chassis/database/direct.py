"""Statements of the chassis itself, straight on libpq: prepared once, and as many as belong together in one round trip.

A case costs some sixty statements. psycopg's cursors spend more time on each than the server does, so the hot path
hands them to psycopg's own connection, adapters and wait loop without a cursor in between (docs/adr/0012); only
lists are written by ours (arrays.py).
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NoReturn, cast

import msgspec
import psycopg
import sqlalchemy as sa
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.waiting import Ready, Wait

from chassis.database.arrays import WithArrays
from chassis.domain import VersionMovedOn

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult

Values = Mapping[str, Any]
Statement = tuple[str, Values]
Rows = list[tuple[Any, ...]]


def rows_of(rows: object) -> dict[str, str]:
    """Many rows as the one JSON value `rows`: the statement stays the same for one row and for a thousand."""
    return {"rows": msgspec.json.encode(rows).decode()}


def fetch(connection: sa.Connection, statement: str, values: Values) -> Rows:
    return fetch_together(connection, [(statement, values)])[0]


def fetch_together(connection: sa.Connection, statements: Sequence[Statement]) -> list[Rows]:
    """Runs several statements in one round trip, the begin of their transaction included; the rows of each."""
    try:
        return _line(connection).exchange(statements)
    except Exception:
        raise
    except BaseException:
        connection.invalidate()  # else the rollback fails on what was closed, and its error hides the interrupt
        raise


def run(connection: sa.Connection, statement: str, values: Values) -> None:
    """Runs a statement with %(named)s values; within `together` it only joins the queue."""
    line = _line(connection)
    if line.queue is None:
        fetch_together(connection, [(statement, values)])
    else:
        line.queue.append((statement, values))


@contextmanager
def together(connection: sa.Connection) -> Iterator[None]:
    """Sends the block's statements at once, at its end. Raises VersionMovedOn (see `guarded`)."""
    line = _line(connection)
    queue: list[Statement] = []
    line.queue = queue
    try:
        yield
    finally:
        line.queue = None
    try:
        fetch_together(connection, queue)
    except psycopg.errors.DivisionByZero:
        raise VersionMovedOn() from None


def guarded(update: str) -> str:
    """An update that must find `count` rows: a division by zero stops those queued behind it, the commit above all."""
    return f"with done as ({update} returning 1) select 1 / (count(*) = %(count)s)::int from done"


def commit(connection: sa.Connection) -> None:
    """Within `together`, the commit travels with the writes; SQLAlchemy's own then finds nothing to do."""
    run(connection, "commit", {})


def commit_lazily(connection: sa.Connection) -> None:
    """The commit does not wait for the disk; it may be lost with the machine, but only with every later one."""
    run(connection, "set local synchronous_commit = off", {})


# -- inside ------------------------------------------------------------------------------------------------------------

_Call = Callable[[], None]
_Key = tuple[str, tuple[int, ...]]
"""A statement with the types of its values."""


@dataclass
class _Line:
    """A driver's connection with the names of what it has prepared, and what waits to be sent."""

    driver: "psycopg.Connection[Any]"
    queue: list[Statement] | None = None
    names: dict[_Key, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.adapters = Transformer(WithArrays(self.driver))

    def exchange(self, statements: Sequence[Statement]) -> list[Rows]:
        """Sends all, waits for all; the rows of each. The first that fails raises, and none behind it is done."""
        calls, new, answers = list[_Call](), dict[int, tuple[_Key, bytes]](), list[int]()
        begun = self._begin()
        for statement, values in (*begun, *statements):
            key, given = self._given(statement, values)
            name = self.names.get(key) or next((name for other, name in new.values() if other == key), None)
            if name is None:
                name = b"huying_%d" % (len(self.names) + len(new))
                new[len(calls)] = key, name
                calls.append(partial(self.driver.pgconn.send_prepare, name, key[0].encode(), key[1]))
            answers.append(len(calls))
            calls.append(partial(self.driver.pgconn.send_query_prepared, name, given, self.adapters.formats))
        results = self._send(calls)
        self.names |= {key: name for at, (key, name) in new.items() if results[at].status == pq.ExecStatus.COMMAND_OK}
        for result in results:
            if result.status == pq.ExecStatus.FATAL_ERROR:
                self._fail(error_from_result(result, self.driver.info.encoding))
        return [self._rows(results[at]) for at in answers[len(begun) :]]

    def _begin(self) -> Sequence[Statement]:
        """The transaction's begin is prepared like all others: parsed each time, it costs as much as a small read."""
        in_one = self.driver.autocommit or self.driver.pgconn.transaction_status != pq.TransactionStatus.IDLE
        return [] if in_one else [("begin", {})]

    def _given(self, statement: str, values: Values) -> tuple[_Key, Sequence[Any]]:
        numbered, fields = _numbered(statement)
        given = self.adapters.dump_sequence([values[f] for f in fields], [PyFormat.AUTO] * len(fields))
        return (numbered, tuple(self.adapters.types or ())), given

    def _send(self, calls: Sequence[_Call]) -> "list[PGresult]":
        """One result a call. A connection that was interrupted half-way is closed: nobody could tell what it awaits."""
        pgconn = self.driver.pgconn
        pgconn.enter_pipeline_mode()
        try:
            for call in calls:  # they only fill the buffer: all leave together
                call()
            results = self.driver.wait(_exchange(pgconn, len(calls)))
            pgconn.exit_pipeline_mode()
        except BaseException:
            self.driver.close()
            raise
        return results

    def _fail(self, error: psycopg.Error) -> NoReturn:
        """What the server no longer knows as we prepared it, after a migration say, is prepared anew elsewhere."""
        if error.sqlstate in _STALE:
            self.driver.close()
            raise psycopg.OperationalError("the prepared statements are stale") from error
        raise error

    def _rows(self, result: "PGresult") -> Rows:
        self.adapters.set_pgresult(result)
        rows = self.adapters.load_rows(0, result.ntuples, tuple)
        self.adapters.set_pgresult(None)  # or it would be kept until the next one
        return rows


def _exchange(pgconn: "PGconn", count: int) -> "Generator[Wait, Ready | int, list[PGresult]]":
    """Sends and receives at the same time: a server that cannot get rid of its answers would not read on."""
    pgconn.pipeline_sync()
    results: list[PGresult] = []
    last, unsent = None, bool(pgconn.flush())
    while len(results) <= count:  # the one after the last is that of the sync
        if (yield Wait.RW if unsent else Wait.R) & Ready.R:
            pgconn.consume_input()
        unsent = unsent and bool(pgconn.flush())
        while len(results) <= count and not pgconn.is_busy():
            result = pgconn.get_result()
            if result is not None and result.status != pq.ExecStatus.PIPELINE_SYNC:
                last = result
            elif (whole := result or last) is not None:  # nothing ends a statement, the sync ends them all
                results.append(whole)
                last = None
            elif pgconn.status == pq.ConnStatus.BAD:
                raise psycopg.OperationalError("the connection is lost")
    return results


def _line(connection: sa.Connection) -> _Line:
    """Kept with the driver's connection, as what is prepared there."""
    kept = connection.connection
    line = kept.info.get(_LINE)
    if line is None:
        line = kept.info[_LINE] = _Line(cast("psycopg.Connection[Any]", kept.driver_connection))
    return cast(_Line, line)


@cache
def _numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """The statement with $1 instead of %(name)s, and the names in that order."""
    fields: dict[str, int] = {}
    numbered = _NAME.sub(lambda m: f"${fields.setdefault(m[1], len(fields) + 1)}", statement)
    return numbered.replace("%%", "%"), tuple(fields)


_NAME = re.compile(r"%\((\w+)\)s")
_LINE = "huying.direct"
_STALE = {"26000", "42P05", "0A000"}
"""A statement that is not there, or there already, or that would now answer with other columns."""
