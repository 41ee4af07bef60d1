"""Aggregates in and out of their tables: loaded under lock, written together with a guard on their version."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import msgspec
import sqlalchemy as sa

from chassis.domain import VersionMovedOn


class Aggregate(Protocol):
    id: str
    version: int


A = TypeVar("A", bound=Aggregate)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Projection(Generic[A]):
    """Rows of another table that are rewritten whenever the aggregate is saved."""

    table: sa.Table
    rows: Callable[[A], Iterable[Row]]
    key: tuple[str, ...]


class Store(Generic[A]):
    """How one kind of aggregate is kept. `columns` gives the query columns beside its body."""

    def __init__(
        self,
        kind: type[A],
        table: sa.Table,
        *,
        columns: Callable[[A], Row] = lambda _: {},
        projections: Sequence[Projection[A]] = (),
    ) -> None:
        self.kind, self.table, self._columns = kind, table, columns
        self.projections = tuple(projections)
        self._decoder = msgspec.json.Decoder(kind)
        self._insert = sa.text(insert_sql(table))
        self._update = sa.text(_update_sql(table))

    def load(self, connection: sa.Connection, column: str, values: Sequence[str], *, lock: bool = True) -> list[A]:
        """All whose column has one of the values, in order of id, locked until the transaction ends."""
        found = connection.execute(self._select(column, lock), {"values": list(values)})
        return [self.decode(body, version) for body, version in found]

    def decode(self, body: str, version: int) -> A:
        aggregate = self._decoder.decode(body)
        aggregate.version = version
        return aggregate

    def _select(self, column: str, lock: bool) -> sa.TextClause:
        tail = " for update" if lock else ""
        return sa.text(
            f"select body::text, version from {self.table.name} "
            f"where {self.table.c[column].name} = any(:values) order by id{tail}"
        )

    def insert(self, connection: sa.Connection, new: Sequence[A]) -> None:
        write(connection, self._insert, [self._row(a, version=1) for a in new])

    def update(self, connection: sa.Connection, changed: Sequence[A]) -> None:
        """Raises VersionMovedOn when any of them was changed by somebody else."""
        rows = [self._row(a, version=a.version) for a in changed]
        if write(connection, self._update, rows) != len(rows):
            raise VersionMovedOn()

    def project(self, connection: sa.Connection, saved: Sequence[A]) -> None:
        for projection in self.projections:
            rows = [dict(row) for aggregate in saved for row in projection.rows(aggregate)]
            upsert(connection, projection.table, rows, projection.key)

    def _row(self, aggregate: A, *, version: int) -> Row:
        body = msgspec.Raw(msgspec.json.encode(aggregate))
        return {"id": aggregate.id, "version": version, "body": body, **self._columns(aggregate)}


def write(connection: sa.Connection, statement: sa.TextClause, rows: Sequence[Row]) -> int:
    """Runs one statement over all rows, handed over as a single JSON value."""
    if not rows:
        return 0
    return connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()}).rowcount


def upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], key: tuple[str, ...]) -> None:
    """Inserts rows or rewrites those with the same key, in order of the key, so that writers never deadlock."""
    ordered = sorted(rows, key=lambda row: [str(row[k]) for k in key])
    rest = [c.name for c in table.columns if c.name not in key]
    action = "do update set " + ", ".join(f"{c} = excluded.{c}" for c in rest) if rest else "do nothing"
    write(connection, sa.text(insert_sql(table) + f" on conflict ({', '.join(key)}) {action}"), ordered)


def insert_sql(table: sa.Table) -> str:
    names = [c.name for c in table.columns if not c.identity]
    return (
        f"insert into {table.name} ({', '.join(names)}) select {', '.join('r.' + n for n in names)} "
        f"from {recordset(table, names)}"
    )


def _update_sql(table: sa.Table) -> str:
    sets = ", ".join(f"{c.name} = r.{c.name}" for c in table.columns if c.name not in {"id", "version"})
    names = [c.name for c in table.columns]
    return (
        f"update {table.name} t set version = t.version + 1, {sets} "
        f"from {recordset(table, names)} where t.id = r.id and t.version = r.version"
    )


def recordset(table: sa.Table, names: Iterable[str]) -> str:
    """`jsonb_to_recordset` with the types of the table's columns."""
    types = ", ".join(f"{n} {_type_of(table.c[n])}" for n in names)
    return f"jsonb_to_recordset(cast(:rows as jsonb)) as r({types})"


def _type_of(column: sa.Column[Any]) -> str:
    from sqlalchemy.dialects import postgresql

    return str(column.type.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
