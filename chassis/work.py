"""One transaction of a service: what it loaded, what it will save, which events follow. Written once, at its end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
import sqlalchemy as sa

from chassis.access import Principal
from chassis.clock import Ids
from chassis.database.store import Row, Store, insert_sql, upsert, write
from chassis.domain import Event, NotFound
from chassis.events.envelope import Envelope, encode, shard_of

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class By:
    """A key to load: all aggregates of a kind whose column has the value."""

    kind: type
    column: str
    value: str


@dataclass
class Origin:
    """What caused the work: the request or event, and its trace."""

    cause: str = ""
    trace: str = ""


@dataclass
class Work:
    """Handlers and reactions read and save through it; nothing reaches the database before `flush`."""

    service: str
    connection: sa.Connection
    stores: Mapping[type, Store[Any]]
    now: datetime
    new_id: Ids
    principal: Principal
    origin: Origin = field(default_factory=Origin)
    answers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known: dict[tuple[type, str], Any] = {}
        self._lookups: dict[By, list[str]] = {}
        self._new: dict[type, dict[str, Any]] = defaultdict(dict)
        self._changed: dict[type, dict[str, Any]] = defaultdict(dict)
        self._events: list[Event] = []
        self._rows: list[tuple[sa.Table, Row, tuple[str, ...]]] = []
        self._after: list[Callable[[], None]] = []

    # -- reading -----------------------------------------------------------------------------------------------------

    def get(self, kind: type[A], id: str) -> A:
        """The aggregate, locked. Raises NotFound."""
        found = self.find(kind, id)
        if found is None:
            raise NotFound()
        return found

    def find(self, kind: type[A], id: str) -> A | None:
        found = self.find_by(kind, "id", id)
        return found[0] if found else None

    def find_by(self, kind: type[A], column: str, value: str) -> list[A]:
        """All whose column has the value, locked, in order of id; also those added in this work."""
        self.preload([By(kind, column, value)])
        ids = dict.fromkeys(self._lookups[By(kind, column, value)])
        for id, aggregate in self._new[kind].items():
            if str(self._value(kind, aggregate, column)) == value:
                ids[id] = None
        return [cast(A, self._known[kind, id]) for id in sorted(ids)]

    def _value(self, kind: type, aggregate: Any, column: str) -> Any:
        return aggregate.id if column == "id" else self.stores[kind]._columns(aggregate).get(column)

    def preload(self, keys: Iterable[By]) -> None:
        """Loads what is not there yet, one query per kind and column, in a fixed order."""
        wanted: dict[tuple[str, str, type], set[str]] = defaultdict(set)
        for key in keys:
            in_memory = key.column == "id" and (key.kind, key.value) in self._known
            if in_memory:
                self._lookups[key] = [key.value]
            elif key not in self._lookups:
                wanted[key.kind.__name__, key.column, key.kind].add(key.value)
        for (_, column, kind), values in sorted(wanted.items(), key=lambda item: item[0][:2]):
            self._load(kind, column, sorted(values))

    def _load(self, kind: type, column: str, values: list[str]) -> None:
        lookups: dict[str, list[str]] = {value: [] for value in values}
        for loaded in self.stores[kind].load(self.connection, column, values):
            aggregate = self._known.setdefault((kind, loaded.id), loaded)
            lookups[str(self._value(kind, loaded, column))].append(aggregate.id)
        for value, ids in lookups.items():
            self._lookups[By(kind, column, value)] = ids

    # -- saving ------------------------------------------------------------------------------------------------------

    def save(self, aggregate: Any, *events: Event) -> None:
        """Remembers a new or changed aggregate, and what happened to it."""
        kind = type(aggregate)
        self._known[kind, aggregate.id] = aggregate
        (self._changed if aggregate.version else self._new)[kind][aggregate.id] = aggregate
        self._events.extend(events)

    def emit(self, *events: Event) -> None:
        """Events without an aggregate of ours behind them."""
        self._events.extend(events)

    def write(self, table: sa.Table, row: Row, *, key: tuple[str, ...] = ()) -> None:
        """A plain row: inserted at the end, or with a key rewritten."""
        self._rows.append((table, row, key))

    def after_commit(self, call: Callable[[], None]) -> None:
        """Something cheap that may be lost, such as waking a worker."""
        self._after.append(call)

    @property
    def emitted(self) -> Sequence[Event]:
        return tuple(self._events)

    def flush(self) -> None:
        """Writes everything: kinds in order of their names, rows in order of their keys, the outbox last."""
        for kind in sorted({*self._new, *self._changed}, key=lambda k: k.__name__):
            store = self.stores[kind]
            new, changed = _sorted(self._new[kind]), _sorted(self._changed[kind])
            store.insert(self.connection, new)
            store.update(self.connection, changed)
            store.project(self.connection, [*new, *changed])
            for aggregate in (*new, *changed):
                aggregate.version += 1
        self._write_rows()
        self._write_events()
        self._new.clear()
        self._changed.clear()

    def committed(self) -> None:
        for call in self._after:
            call()

    def _write_rows(self) -> None:
        grouped: dict[tuple[str, tuple[str, ...]], list[tuple[sa.Table, Row]]] = defaultdict(list)
        for table, row, key in self._rows:
            grouped[table.name, key].append((table, row))
        for (_, key), rows in sorted(grouped.items()):
            table = rows[0][0]
            if key:
                newest = {tuple(row[k] for k in key): row for _, row in rows}
                upsert(self.connection, table, list(newest.values()), key)
            else:
                write(self.connection, sa.text(insert_sql(table)), [row for _, row in rows])
        self._rows.clear()

    def _write_events(self) -> None:
        if not self._events:
            return
        metadata = next(iter(self.stores.values())).table.metadata
        last = self._reserve_sequences()
        rows = []
        for event in self._events:
            last[event.subject] += 1
            rows.append(self._outbox_row(event, last[event.subject]))
        write(self.connection, sa.text(insert_sql(metadata.tables["outbox"])), rows)
        self._events.clear()

    def _reserve_sequences(self) -> dict[str, int]:
        """The sequence before the first new event of each subject; the counter rows stay locked until the commit."""
        counts: dict[str, int] = defaultdict(int)
        for event in self._events:
            counts[event.subject] += 1
        rows = [{"subject": subject, "last": count} for subject, count in sorted(counts.items())]
        result = self.connection.execute(_RESERVE, {"rows": encode(rows).decode()})
        return {subject: last - counts[subject] for subject, last in result}

    def _outbox_row(self, event: Event, sequence: int) -> Row:
        envelope = Envelope(
            event_id=self.new_id(),
            type=type(event).wire_type(self.service),
            subject=event.subject,
            city=event.city,
            occurred_at=self.now,
            sequence=sequence,
            causation_id=self.origin.cause,
            trace=self.origin.trace,
            payload=msgspec.Raw(encode(event)),
        )
        return {
            "event_id": envelope.event_id,
            "subject": envelope.subject,
            "shard": shard_of(envelope.subject),
            "sequence": sequence,
            "type": envelope.type,
            "occurred_at": self.now,
            "envelope": envelope,
            "published_at": None,
        }


def _sorted(aggregates: Mapping[str, Any]) -> list[Any]:
    return [aggregates[id] for id in sorted(aggregates)]


_RESERVE = sa.text(
    "insert into outbox_sequence as s (subject, last) "
    "select r.subject, r.last from jsonb_to_recordset(cast(:rows as jsonb)) as r(subject text, last bigint) "
    "order by r.subject on conflict (subject) do update set last = s.last + excluded.last returning subject, last"
)


@dataclass
class Read:
    """What a query or an answer sees: one read-only transaction."""

    service: str
    connection: sa.Connection
    stores: Mapping[type, Store[Any]]
    now: datetime
    principal: Principal

    def get(self, kind: type[A], id: str) -> A:
        """The aggregate as it stands, not locked. Raises NotFound."""
        found = self.stores[kind].load(self.connection, "id", [id], lock=False)
        if not found:
            raise NotFound()
        return cast(A, found[0])

    def find_by(self, kind: type[A], column: str, value: str) -> list[A]:
        return cast(list[A], self.stores[kind].load(self.connection, column, [value], lock=False))
