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
from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.database.store import Amendment, Row, Store, insert_sql, upsert, write
from chassis.domain import Event, NotFound
from chassis.events import outbox
from chassis.events.envelope import Unnumbered, encode
from chassis.reading import Read, in_city
from chassis.saves import By, Key, Saves

__all__ = ["By", "Origin", "Read", "Work"]

A = TypeVar("A")


@dataclass
class Origin:
    """What caused the work: the request or event, and its trace."""

    cause: str = ""
    trace: str = ""


Opening = tuple[direct.Statement, Callable[[direct.Rows], None]]


@dataclass
class Work:
    """Handlers and reactions read and save through it; nothing reaches the database before its end."""

    service: str
    connection: sa.Connection
    stores: Mapping[type, Store[Any]]
    now: datetime
    new_id: Ids
    principal: Principal
    origin: Origin = field(default_factory=Origin)
    answers: dict[str, Any] = field(default_factory=dict)
    city: str = ""
    bulk: bool = False
    """Its events are some of thousands with one cause: they go out in the bulk lane."""

    def __post_init__(self) -> None:
        self._known: dict[Key, Any] = {}
        self._lookups: dict[By, list[str]] = {}
        self._saved = Saves(self.stores)
        self._events: list[tuple[Event, Origin]] = []
        self._rows: list[tuple[sa.Table, Row | Amendment, tuple[str, ...]]] = []
        self._last: list[tuple[str, Mapping[str, Any]]] = []
        self._after: list[Callable[[], None]] = []
        self._touched: set[Key] = set()
        self._begun = (0, 0, 0)
        self._opening: Opening | None = None

    # -- reading -----------------------------------------------------------------------------------------------------

    def get(self, kind: type[A], id: str) -> A:
        """The aggregate, locked. Raises NotFound."""
        found = self.find(kind, id)
        if found is None:
            raise NotFound()
        return found

    def find(self, kind: type[A], id: str) -> A | None:
        """The aggregate, locked; one of another city than the command's is as good as none."""
        key = (kind, id)
        found = self._known.get(key)
        if found is None:
            found = next(iter(self.find_by(kind, "id", id)), None)
        if found is None or not in_city(found, self.city):
            return None
        self._touched.add(key)
        return cast(A, found)

    def find_by(self, kind: type[A], column: str, value: str) -> list[A]:
        """All whose column has the value, locked, in order of id; as saved in this work, where it was."""
        key = By(kind, column, value)
        self.preload([key])
        ids = {id for id in self._lookups[key] if (kind, id) not in self._saved.steps}
        ids |= self._saved.ids(key)
        self._touched.update((kind, id) for id in ids)
        return [cast(A, self._known[kind, id]) for id in sorted(ids)]

    @property
    def as_it_stands(self) -> Read:
        """For what is only looked at: nothing is locked, and what this work has saved is not seen."""
        return Read(self.service, self.connection, self.stores, self.now, self.principal, self.city)

    def look_with_first_load(self, statement: direct.Statement, check: Callable[[direct.Rows], None]) -> None:
        """A statement of the chassis that travels behind the first load, when its locks are held; `check` may raise."""
        self._opening = statement, check

    def preload(self, keys: Iterable[By], *, before: Sequence[direct.Statement] = ()) -> list[direct.Rows]:
        """Loads what is not there yet, one query per kind and column, in a fixed order.

        Statements of the chassis may go before them in the same round trip; their rows are returned.
        """
        wanted: dict[tuple[str, str, type], set[str]] = defaultdict(set)
        for key in keys:
            in_memory = key.column == "id" and (key.kind, key.value) in self._known
            if in_memory:
                self._lookups[key] = [key.value]
            elif not self._has(key):
                wanted[key.kind.__name__, key.column, key.kind].add(key.value)
        queries = [(kind, column, sorted(wanted[_, column, kind])) for _, column, kind in sorted(wanted, key=_by_name)]
        selects = [self.stores[kind].select(column, values) for kind, column, values in queries]
        if not (before or selects):
            return []
        found = self._fetch([*before, *selects])
        for (kind, column, values), rows in zip(queries, found[len(before) :], strict=True):
            self._learn(kind, column, values, rows)
        return found[: len(before)]

    def _has(self, key: By) -> bool:
        """Whether it was looked up, and no reaction that was refused has had anything of it in hand since."""
        ids = self._lookups.get(key)
        return ids is not None and all((key.kind, id) in self._known for id in ids)

    def forget_loaded(self) -> None:
        """What was loaded stays locked, and is loaded again: only before anything is decided."""
        self._known.clear()
        self._lookups.clear()

    def _fetch(self, statements: Sequence[direct.Statement]) -> list[direct.Rows]:
        if self._opening is None:
            return direct.fetch_together(self.connection, statements)
        (statement, check), self._opening = self._opening, None
        *found, opened = direct.fetch_together(self.connection, [*statements, statement])
        check(opened)
        return found

    def _learn(self, kind: type, column: str, values: list[str], rows: direct.Rows) -> None:
        lookups: dict[str, list[str]] = {value: [] for value in values}
        for loaded, value in self.stores[kind].read(rows):
            aggregate = self._known.setdefault((kind, loaded.id), loaded)
            lookups[value].append(aggregate.id)
        for value, ids in lookups.items():
            self._lookups[By(kind, column, value)] = ids

    # -- saving ------------------------------------------------------------------------------------------------------

    def save(self, aggregate: Any, *events: Event) -> None:
        """Remembers a new or changed aggregate, and what happened to it."""
        key = (type(aggregate), aggregate.id)
        self._known[key] = aggregate
        self._touched.add(key)
        self._saved.add(aggregate)
        self.emit(*events)

    def emit(self, *events: Event) -> None:
        """Events without an aggregate of ours behind them."""
        self._events.extend((event, self.origin) for event in events)

    def write(self, table: sa.Table, row: Row, *, key: tuple[str, ...] = ()) -> None:
        """A plain row: inserted at the end, or with a key rewritten."""
        self._rows.append((table, row, key))

    def amend(self, table: sa.Table, row: Row, *, key: tuple[str, ...], known: str = "") -> None:
        """Only these columns of a row that is there, or comes before it in this work; not where `known` is null."""
        self._rows.append((table, Amendment(row, known), key))

    def write_last(self, statement: str, values: Mapping[str, Any]) -> None:
        """A statement of the chassis that travels with the other writes, after them."""
        self._last.append((statement, values))

    def after_commit(self, call: Callable[[], None]) -> None:
        """Something cheap that may be lost, such as waking a worker."""
        self._after.append(call)

    def shows(self, kind: type, ids: Iterable[str]) -> None:
        """The answer tells of these, though they were not loaded: it is forgotten with them."""
        self._touched.update((kind, id) for id in ids)

    @property
    def touched(self) -> Sequence[str]:
        """The ids of all that was looked at or changed."""
        return sorted({id for _, id in self._touched})

    @property
    def emitted(self) -> Sequence[Event]:
        return tuple(event for event, _ in self._events)

    # -- one reaction among several ------------------------------------------------------------------------------------

    def begin_step(self, origin: Origin) -> None:
        """What follows is caused by `origin` and can be undone by itself."""
        self.origin = origin
        self._touched = set()
        self._saved.step += 1
        self._begun = (len(self._events), len(self._rows), len(self._after))

    def undo_step(self) -> bool:
        """Forgets what a refused reaction did; False, and nothing undone, when it touched what an earlier one saved."""
        if any(self._saved.steps.get(key, self._saved.step) < self._saved.step for key in self._touched):
            return False
        for key in self._touched:
            self._known.pop(key, None)
            self._saved.remove(key)
        events, rows, calls = self._begun
        del self._events[events:], self._rows[rows:], self._after[calls:]
        return True

    # -- writing -----------------------------------------------------------------------------------------------------

    def commit(self, *, durable: bool = True) -> None:
        """Writes everything and commits in one round trip: kinds by name, rows by key, outbox, what the chassis keeps.

        Raises VersionMovedOn.
        """
        with direct.together(self.connection):
            if not durable:
                direct.commit_lazily(self.connection)
            self._write()
            crash_point("command.before_commit")
            direct.commit(self.connection)
        for call in self._after:
            call()

    def _write(self) -> None:
        for kind, new, changed in self._saved.in_order():
            store = self.stores[kind]
            store.insert(self.connection, new)
            store.update(self.connection, changed)
            store.project(self.connection, [*new, *changed])
            for aggregate in (*new, *changed):
                aggregate.version += 1
        self._saved.clear()
        self._write_rows()
        self._write_events()
        for statement, values in self._last:
            direct.run(self.connection, statement, values)
        self._last.clear()

    def _write_rows(self) -> None:
        grouped: dict[tuple[str, tuple[str, ...]], list[tuple[sa.Table, Row | Amendment]]] = defaultdict(list)
        for table, row, key in self._rows:
            grouped[table.name, key].append((table, row))
        for _, key in sorted(grouped):
            table, rows = grouped[_, key][0][0], [row for _, row in grouped[_, key]]
            if key:
                upsert(self.connection, table, rows, key)
            else:
                write(self.connection, insert_sql(table), cast(list[Row], rows))
        self._rows.clear()

    def _write_events(self) -> None:
        if self._events:
            made = [self._envelope(event, origin) for event, origin in self._events]
            direct.run(self.connection, *outbox.published(made, now=self.now, bulk=self.bulk))
            self._events.clear()

    def _envelope(self, event: Event, origin: Origin) -> Unnumbered:
        return Unnumbered(
            event_id=self.new_id(),
            type=type(event).wire_type(self.service),
            subject=event.subject,
            city=event.city,
            occurred_at=self.now,
            causation_id=origin.cause,
            trace=origin.trace,
            payload=msgspec.Raw(encode(event)),
        )


def _by_name(wanted: tuple[str, str, type]) -> tuple[str, str]:
    return wanted[:2]
