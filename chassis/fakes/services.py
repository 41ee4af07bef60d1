"""A service without a database: aggregates in memory, events in a list; handlers and reactions are the real ones."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import msgspec
import sqlalchemy as sa

from chassis.access import Principal, system
from chassis.application import Ignored, Service
from chassis.clock import Clock, Ids
from chassis.database import direct
from chassis.domain import NotFound, NotYet, StepNotAllowed, VersionMovedOn
from chassis.events.envelope import Envelope
from chassis.message import Command
from chassis.saves import By
from chassis.work import Work

A = TypeVar("A")
Kept = dict[tuple[type, str], tuple[bytes, int]]
"""Each aggregate as it would be written, with its version: nobody else's hands are on what was loaded."""


@dataclass
class MemoryWork(Work):
    """The same unit of work on a dictionary: loads, saves, guards versions and undoes steps as on tables."""

    kept: Kept = field(default_factory=dict)
    published: list[Envelope] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)

    def preload(self, keys: Iterable[By], *, before: Any = ()) -> list[direct.Rows]:
        for key in keys:
            if key in self._lookups:
                continue
            ids = []
            for (kind, id), (body, version) in sorted(self.kept.items(), key=lambda item: item[0][1]):
                if kind is key.kind:
                    stored = self.stores[kind].decode(body.decode(), version)
                    if str(self.stores[kind].columns_of(stored)[key.column]) == key.value:
                        ids.append(self._known.setdefault((kind, id), stored).id)
            self._lookups[key] = ids
        return [[] for _ in before]

    def commit(self, *, durable: bool = True) -> None:
        """Raises VersionMovedOn."""
        for kind, new, changed in self._saved.in_order():
            for aggregate in (*new, *changed):
                _, version = self.kept.get((kind, aggregate.id), (b"", 0))
                if version != aggregate.version:
                    raise VersionMovedOn()
                aggregate.version += 1
                self.kept[kind, aggregate.id] = msgspec.json.encode(aggregate), aggregate.version
        self._saved.clear()
        for event, origin in self._events:
            envelope = self._envelope(event, origin)
            self.sequences[event.subject] = self.sequences.get(event.subject, 0) + 1
            self.published.append(envelope.numbered(self.sequences[event.subject]))
        self._events.clear()


@dataclass
class MemoryRuntime:
    """Calls a service as the pipeline and the receiver do; rights and relations are asked, answers not remembered."""

    service: Service
    clock: Clock
    ids: Ids
    kept: Kept = field(default_factory=dict)
    published: list[Envelope] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    _waiting: dict[tuple[str, str], deque[Envelope]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.service.name

    def execute(self, principal: Principal, command: Command) -> Any:
        """Raises DomainError, and nothing has happened then."""
        handling = self.service.commands.by_name[type(command).__name__]

        def do(work: Work) -> Any:
            if not handling.relation(command, work):
                raise NotFound()
            return self.service.call(handling.handler, command, work)

        return self.in_work(do, principal)

    def receive(self, envelopes: Iterable[Envelope]) -> None:
        """In the order of each stream; one that is not yet to be done waits, and those behind it."""
        for envelope in envelopes:
            self._waiting.setdefault(envelope.stream, deque()).append(envelope)
        while any(self._apply_next(stream) for stream in list(self._waiting)):
            pass

    @property
    def parked(self) -> int:
        return sum(map(len, self._waiting.values()))

    def _apply_next(self, stream: tuple[str, str]) -> bool:
        waiting = self._waiting[stream]
        if not waiting:
            return False
        try:
            self._react(waiting[0])
        except NotYet:
            return False
        waiting.popleft()
        return True

    def _react(self, envelope: Envelope) -> None:
        reaction = self.service.reactions.by_type.get(envelope.type)
        if reaction is None:
            return
        event = msgspec.json.decode(envelope.payload, type=reaction.shape)
        try:
            self.in_work(lambda work: self.service.call(reaction.react, event, work))
        except (Ignored, StepNotAllowed):
            return

    def in_work(self, do: Callable[[Work], A], principal: Principal | None = None) -> A:
        work = MemoryWork(
            service=self.name,
            connection=cast(sa.Connection, None),
            stores=self.service.stores,
            now=self.clock.now(),
            new_id=self.ids,
            principal=principal or system(self.name),
            kept=self.kept,
            published=self.published,
            sequences=self.sequences,
        )
        result = do(work)
        work.commit()
        return result

    def all(self, kind: type[A]) -> list[A]:
        """Everything of a kind as it stands, in order of id."""
        found = [(id, body, version) for (k, id), (body, version) in self.kept.items() if k is kind]
        return [cast(A, self.service.stores[kind].decode(body.decode(), v)) for _, body, v in sorted(found)]
