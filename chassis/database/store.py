"""Aggregates in and out of their tables: loaded under lock, written together with a guard on their version."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from chassis.database import direct


class Aggregate(Protocol):
    id: str
    version: int


A = TypeVar("A", bound=Aggregate)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amendment:
    """Some columns, with the key, of a row that is there; none where its column `known` is null."""

    row: Row
    known: str = ""

    def of(self, row: Row) -> Row:
        return row if self.known and row[self.known] is None else {**row, **self.row}


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

    def load(self, connection: sa.Connection, column: str, values: Sequence[str], *, lock: bool = True) -> list[A]:
        """All whose column has one of the values, in order of id, locked until the transaction ends."""
        rows = direct.fetch(connection, *self.select(column, values, lock=lock))
        return [aggregate for aggregate, _ in self.read(rows)]

    def select(self, column: str, values: Sequence[str], *, lock: bool = True) -> direct.Statement:
        return _select_sql(self.table, column, lock), {"values": list(values)}

    def read(self, rows: direct.Rows) -> list[tuple[A, str]]:
        """What `select` found, each with the value by which it was found."""
        return [(self.decode(body, version), key) for body, version, key in rows]

    def decode(self, body: str, version: int) -> A:
        aggregate = self._decoder.decode(body)
        aggregate.version = version
        return aggregate

    def columns_of(self, aggregate: A) -> Row:
        return {"id": aggregate.id, **self._columns(aggregate)}

    def insert(self, connection: sa.Connection, new: Sequence[A]) -> None:
        write(connection, insert_sql(self.table), [self._row(a, version=1) for a in new])

    def update(self, connection: sa.Connection, changed: Sequence[A]) -> None:
        """Within `direct.together`, which raises VersionMovedOn when any of them was changed by somebody else."""
        if changed:
            rows = [self._row(a, version=a.version) for a in changed]
            direct.run(connection, _update_sql(self.table), direct.rows_of(rows) | {"count": len(rows)})

    def project(self, connection: sa.Connection, saved: Sequence[A]) -> None:
        for projection in self.projections:
            rows = [dict(row) for aggregate in saved for row in projection.rows(aggregate)]
            upsert(connection, projection.table, rows, projection.key)

    def _row(self, aggregate: A, *, version: int) -> Row:
        body = msgspec.Raw(msgspec.json.encode(aggregate))
        return {"version": version, "body": body, **self.columns_of(aggregate)}


def write(connection: sa.Connection, statement: str, rows: Sequence[Row]) -> None:
    """Runs one statement over all rows, handed over as a single JSON value."""
    if rows:
        direct.run(connection, statement, direct.rows_of(rows))


def upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row | Amendment], key: tuple[str, ...]) -> None:
    """Inserts rows or rewrites those with the same key, in order of the key, so that writers never deadlock."""
    newest: dict[tuple[str, ...], Row] = {}
    amended: list[tuple[tuple[str, ...], Amendment]] = []
    for one in rows:
        row = one.row if isinstance(one, Amendment) else one
        place = tuple(str(row[k]) for k in key)
        if not isinstance(one, Amendment):
            newest[place] = one
        elif place in newest:
            newest[place] = one.of(newest[place])
        else:
            amended.append((place, one))
    # First those of rows that were there before: a row that came after them says all of it anew.
    for _, amendment in sorted(amended, key=itemgetter(0)):
        direct.run(connection, _amend_sql(table, key, tuple(amendment.row), amendment.known), amendment.row)
    write(connection, _upsert_sql(table, key), [newest[k] for k in sorted(newest)])


@cache
def insert_sql(table: sa.Table) -> str:
    names = [c.name for c in table.columns if not (c.identity or (c.primary_key and c.server_default))]
    return (
        f"insert into {table.name} ({', '.join(names)}) select {', '.join('r.' + n for n in names)} "
        f"from {recordset(table, names)}"
    )


@cache
def _upsert_sql(table: sa.Table, key: tuple[str, ...]) -> str:
    rest = [c.name for c in table.columns if c.name not in key]
    action = "do update set " + ", ".join(f"{c} = excluded.{c}" for c in rest) if rest else "do nothing"
    return insert_sql(table) + f" on conflict ({', '.join(key)}) {action}"


@cache
def _amend_sql(table: sa.Table, key: tuple[str, ...], names: tuple[str, ...], known: str) -> str:
    sets = ", ".join(f"{n} = %({n})s" for n in names if n not in key)
    found = [*(f"{k} = %({k})s" for k in key), *([f"{known} is not null"] if known else [])]
    return f"update {table.name} set {sets} where {' and '.join(found)}"


@cache
def _update_sql(table: sa.Table) -> str:
    sets = ", ".join(f"{c.name} = r.{c.name}" for c in table.columns if c.name not in {"id", "version"})
    names = [c.name for c in table.columns]
    return direct.guarded(
        f"update {table.name} t set version = t.version + 1, {sets} "
        f"from {recordset(table, names)} where t.id = r.id and t.version = r.version and {few('r.version')}"
    )


@cache
def _select_sql(table: sa.Table, column: str, lock: bool) -> str:
    name = table.c[column].name
    kept = f" and t.{name} <> ''" if _without_empty(table, name) else ""
    return (
        f"select t.body::text, t.version, t.{name}::text "
        f"from unnest(cast(%(values)s as text[])) with ordinality as k(value, n) join {table.name} t "
        f"on t.{name} = k.value{kept} where {few('k.n')} order by t.id{' for update of t' if lock else ''}"
    )


def _without_empty(table: sa.Table, column: str) -> bool:
    """Whether the index that finds the column's values leaves the empty one out, which is no key."""
    of_column = (i for i in table.indexes if i.columns.keys()[:1] == [column])
    return any(str(i.dialect_options["postgresql"]["where"]) == f"{column} <> ''" for i in of_column)


def few(number: str) -> str:
    """True of every number, and to the planner a sign of a single row, whatever the values of the statement.

    Of a JSON value it expects a hundred rows, and reads whole tables; of an array as many as it has at the moment, and
    plans anew each time.
    """
    return f"{number} * 0 = 0"


def recordset(table: sa.Table, names: Iterable[str]) -> str:
    """`jsonb_to_recordset` with the types of the table's columns."""
    types = ", ".join(f"{n} {_type_of(table.c[n])}" for n in names)
    return f"jsonb_to_recordset(cast(%(rows)s as jsonb)) as r({types})"


_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def _type_of(column: sa.Column[Any]) -> str:
    return str(column.type.compile(dialect=_DIALECT))
