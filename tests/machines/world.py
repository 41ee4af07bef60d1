"""dispatch and sla with a small intake between them, on the memory store or on PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Protocol, TypeVar

import msgspec
import sqlalchemy as sa

from chassis.access import Principal, Role
from chassis.application import Service
from chassis.clock import CountingIds, SimulatedClock, WallClock, uuid7
from chassis.database import create_engine
from chassis.events.envelope import Envelope, encode
from chassis.events.receiver import Receiver
from chassis.events.topology import load as load_topology
from chassis.fakes.services import MemoryRuntime
from chassis.message import Command
from chassis.pipeline import ServiceRuntime
from chassis.privacy import KeyRing, new_key_pair
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.dispatch import bootstrap as dispatch
from services.dispatch.domain.states import State
from services.dispatch.domain.work_order import WorkOrder
from services.sla import bootstrap as sla
from services.sla.adapters import firing
from services.sla.domain.clock import Clock

A = TypeVar("A")
CITIZEN = new_key_pair()
KEYS = KeyRing.fresh()
_cases = count(1)


class Side(Protocol):
    """One of the two services."""

    def execute(self, principal: Principal, command: Command) -> Any: ...
    def receive(self, envelopes: Sequence[Envelope]) -> None: ...
    def news(self) -> Sequence[Envelope]:
        """What it has published since the last look."""

    def of_case(self, kind: type[A], case_id: str) -> list[A]: ...
    def fire(self) -> int: ...
    def next_due(self) -> datetime | None: ...


@cache
def service(name: str) -> Service:
    """With every policy read; none of the two keeps anything of its own."""
    settings = Settings(data_dir=Path(gettempdir()))
    runtime = Runtime(settings, KEYS, CannedQuestions(), SimulatedClock(datetime(2026, 1, 1).astimezone()), uuid7)
    return {"dispatch": dispatch, "sla": sla}[name].build(runtime)


@dataclass
class InMemory:
    runtime: MemoryRuntime
    _seen: int = 0

    @classmethod
    def of(cls, name: str, clock: SimulatedClock) -> "InMemory":
        return cls(MemoryRuntime(service(name), clock, CountingIds()))

    def execute(self, principal: Principal, command: Command) -> Any:
        return self.runtime.execute(principal, command)

    def receive(self, envelopes: Sequence[Envelope]) -> None:
        self.runtime.receive(envelopes)

    def news(self) -> Sequence[Envelope]:
        seen, self._seen = self._seen, len(self.runtime.published)
        return self.runtime.published[seen:]

    def of_case(self, kind: type[A], case_id: str) -> list[A]:
        stored = self.runtime.service.stores[kind]
        return [a for a in self.runtime.all(kind) if stored.columns_of(a)["case_id"] == case_id]

    def fire(self) -> int:
        now = self.runtime.clock.now()
        due = [c for c in self.runtime.all(Clock) if c.next_at is not None and c.next_at <= now]
        for clock in due:
            self.runtime.in_work(lambda work, id=clock.id: _tick(work, id, now))  # type: ignore[misc]
        return len(due)

    def next_due(self) -> datetime | None:
        return min((c.next_at for c in self.runtime.all(Clock) if c.next_at is not None), default=None)


def _tick(work: Any, id: str, now: datetime) -> None:
    clock = work.get(Clock, id)
    work.save(clock, *clock.tick(now))


@dataclass
class OnPostgres:
    runtime: ServiceRuntime
    receiver: Receiver
    _seen: int = 0

    @classmethod
    def at(cls, url: str, name: str) -> "OnPostgres":
        runtime = ServiceRuntime(service(name), create_engine(url), WallClock(), uuid7, CannedQuestions(), KEYS)
        return cls(runtime, Receiver(runtime, load_topology()))

    def begin(self, clock: SimulatedClock) -> None:
        """Another case in the same databases; the clocks of earlier ones stand still."""
        self.runtime.clock = clock
        with self.runtime.engine.begin() as connection:
            if self.runtime.name == "sla":
                connection.execute(sa.text("update clock set next_at = null"))
        self.news()

    def execute(self, principal: Principal, command: Command) -> Any:
        return self.runtime.execute(principal, command)

    def receive(self, envelopes: Sequence[Envelope]) -> None:
        self.receiver.receive(envelopes)
        self.receiver.retry_parked()

    def news(self) -> Sequence[Envelope]:
        query = sa.text("select id, envelope::text from outbox where id > :seen order by id")
        with self.runtime.engine.connect() as connection:
            rows = connection.execute(query, {"seen": self._seen}).all()
        self._seen = rows[-1].id if rows else self._seen
        return [msgspec.json.decode(row.envelope, type=Envelope) for row in rows]

    def of_case(self, kind: type[A], case_id: str) -> list[A]:
        with self.runtime.reading() as read:
            return read.find_by(kind, "case_id", case_id)

    def fire(self) -> int:
        return firing.fire_clocks(self.runtime)

    def next_due(self) -> datetime | None:
        with self.runtime.engine.connect() as connection:
            return firing.next_due(connection)


@dataclass
class World:
    """One case with its orders and clocks."""

    clock: SimulatedClock
    dispatch: Side
    sla: Side
    city: str
    pack: str
    case: str = field(default_factory=lambda: f"case-{next(_cases)}")
    unheard: list[tuple[str, Envelope]] = field(default_factory=list)
    _told: int = 0
    _requests: Iterator[int] = field(default_factory=lambda: count(1))

    # -- who acts ------------------------------------------------------------------------------------------------------

    def office(self, command: type[Command], **fields: Any) -> None:
        """Raises DomainError."""
        roles = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
        self._do(Principal("office", roles, frozenset({self.city})), command, fields)

    def unit(self, unit: str, command: type[Command], **fields: Any) -> None:
        """Raises DomainError."""
        held = frozenset({Role.UNIT, Role.UNIT_LEADER})
        staff = Principal(f"staff:{unit}", held, frozenset({self.city}), unit=unit)
        self._do(staff, command, fields)

    def intake(self, type: str, **payload: Any) -> None:
        """What intake tells both, which have heard all that came before."""
        self.talk()
        self._told += 1
        said = {"case_id": self.case, "city": self.city, **payload}
        envelope = Envelope(
            event_id=f"{self.case}-intake-{self._told}",
            type=f"intake.{type}.v1",
            subject=self.case,
            city=self.city,
            occurred_at=self.clock.now(),
            sequence=self._told,
            payload=msgspec.Raw(encode(said)),
        )
        self.dispatch.receive([envelope])
        self.sla.receive([envelope])
        self.talk()

    def accept(self, **facts: Any) -> None:
        number = f"{self.city}-20260921-{self.case.rpartition('-')[2]:>06}-7"
        self.intake(
            "case_accepted",
            pack=self.pack,
            number=number,
            citizen_id="citizen-1",
            citizen_key=CITIZEN.public,
            citizen_reachable=True,
            accepted_at=self.clock.now(),
            **facts,
        )

    # -- what they hear, and when --------------------------------------------------------------------------------------

    def talk(self) -> None:
        """What is due by now has fired; everybody hears everything, until nobody has anything to say."""
        self.pass_time(self.clock.now())
        while news := [*self.dispatch.news(), *self.sla.news()]:
            self.sla.receive([e for e in news if e.publisher == "dispatch"])
            self.dispatch.receive([e for e in news if e.publisher == "sla"])
            self._as_intake_would([e for e in news if e.publisher == "dispatch"])
            self.pass_time(self.clock.now())

    def _as_intake_would(self, news: Sequence[Envelope]) -> None:
        types = {e.type.split(".")[1] for e in news if e.subject == self.case}
        states = {order.state for order in self.orders()}
        if "work_order_completed" in types and states <= {State.COMPLETED, State.ENDED}:
            self.intake("case_replied", round=1, replied_at=self.clock.now())
        if "redo_declined" in types or ("work_order_ended" in types and states == {State.ENDED}):
            self.intake("case_closed", how="ended", closed_at=self.clock.now())

    def pass_time(self, until: datetime) -> None:
        """Each light at its own instant; what was said meanwhile is not heard for that."""
        while (due := self.sla.next_due()) is not None and due <= until:
            self.clock.move_to(due)
            while self.sla.fire():
                pass
        self.clock.move_to(until)

    # -- what there is -------------------------------------------------------------------------------------------------

    def orders(self) -> list[WorkOrder]:
        return self.dispatch.of_case(WorkOrder, self.case)

    def clocks(self) -> list[Clock]:
        return sorted(self.sla.of_case(Clock, self.case), key=lambda c: (c.started_at, c.id))

    def _do(self, who: Principal, command: type[Command], fields: dict[str, Any]) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=1))
        side = self.dispatch
        side.execute(who, command.of({"request_id": f"{self.case}-{next(self._requests):04d}", **fields}))


Make = Callable[[str, SimulatedClock], Side]
"""A service by its name."""
