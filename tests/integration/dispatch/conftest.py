"""Dispatch on a real database, fed with envelopes as the bus would bring them."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from chassis.access import Principal, Role
from chassis.clock import CountingIds, SimulatedClock
from chassis.database import create_engine, migrate
from chassis.domain import snake
from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.events.topology import Topology
from chassis.message import Message
from chassis.pipeline import ServiceRuntime
from chassis.privacy import KeyPair, KeyRing, new_key_pair
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.dispatch import bootstrap
from services.dispatch.application import messages

FORM = {
    "result": "已责令公示收费",
    "result_kind": "solved",
    "handler": "办理人甲",
    "legal_basis": "物业管理条例",
    "section": "养护科",
    "reviewed_by": "林局长",
    "filing": "none",
}
START = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)


def types_of(service: str) -> frozenset[str]:
    """Every event of the service's contract."""
    module = importlib.import_module(f"huying.{service}.v1.events_pb2")
    return frozenset(f"{service}.{snake(name)}.v1" for name in module.DESCRIPTOR.message_types_by_name)


def office(city: str = "350100", *, role: Role = Role.DISPATCHER) -> Principal:
    return Principal(id=f"{role}:{city}", roles=frozenset({role}), cities=frozenset({city}))


def of_unit(unit: str, city: str = "350100", *roles: Role) -> Principal:
    """Somebody of it who leads it too, and so reviews what they submit; or in these roles alone."""
    held = frozenset(roles or (Role.UNIT, Role.UNIT_LEADER))
    return Principal(id=f"{'-'.join(roles) or 'staff'}:{unit}", roles=held, cities=frozenset({city}), unit=unit)


def _migrated(url: str) -> None:
    engine = create_engine(url)
    migrate(engine, Path(bootstrap.MIGRATIONS))
    engine.dispose()


@dataclass
class Desk:
    """Drives dispatch as units, dispatchers and the other services do."""

    runtime: ServiceRuntime
    receiver: Receiver
    clock: SimulatedClock
    citizen: KeyPair = field(default_factory=new_key_pair)
    sequences: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    requests: int = 0

    def envelope(self, type: str, city: str = "350100", subject: str = "case-1", **payload: Any) -> Envelope:
        """The next one of its publisher and subject, not yet heard."""
        publisher = type.partition(".")[0]
        self.sequences[publisher, subject] += 1
        return Envelope(
            event_id=f"{publisher}-{subject}-{self.sequences[publisher, subject]}",
            type=type,
            subject=subject,
            city=city,
            occurred_at=self.clock.now(),
            sequence=self.sequences[publisher, subject],
            payload=msgspec.Raw(msgspec.json.encode({"case_id": subject, "city": city, **payload})),
        )

    def hear(self, type: str, city: str = "350100", subject: str = "case-1", **payload: Any) -> Envelope:
        envelope = self.envelope(type, city, subject, **payload)
        self.receiver.receive([envelope])
        return envelope

    def accept(
        self, *, city: str = "350100", pack: str = "fujian-2016@1.0.0", case_id: str = "case-1", **more: Any
    ) -> None:
        fields: dict[str, Any] = {
            "pack": pack,
            "number": f"{city}-20260924-000001-7",
            "category": "complaint",
            "citizen_id": "citizen-1",
            "citizen_key": self.citizen.public,
            "citizen_reachable": True,
            "masked_subject": "小区物业收费混乱",
            "masked_text": "物业公司不公示物业费",
        }
        self.hear("intake.case_accepted.v1", city, case_id, **(fields | more))

    def order(self, case_id: str = "case-1", city: str = "350100") -> Any:
        return self.orders(case_id, city)[0]

    def orders(self, case_id: str = "case-1", city: str = "350100") -> list[Any]:
        query = messages.ListWorkOrders(city=city, case=f"cities/{city}/cases/{case_id}")
        page = self.runtime.query(office(city), query)
        return list(page.work_orders)

    def do(self, principal: Principal, command: type[Message], **fields: Any) -> Any:
        self.requests += 1
        self.clock.move_to(self.clock.now() + timedelta(minutes=1))
        return self.runtime.execute(principal, command.of({"request_id": f"request-{self.requests:06d}", **fields}))

    def as_unit(self, command: type[Message], order: Any, **fields: Any) -> Any:
        """By the unit that leads the order at present."""
        lead = [a for a in order.assignments if a.role != "co" and a.state != "released"][-1]
        return self.do(of_unit(lead.unit, order.name.split("/")[1]), command, name=lead.name, **fields)

    def completed(self, city: str = "350100", case_id: str = "case-1") -> Any:
        """By the lead, as the usual path goes."""
        order = self.order(case_id, city)
        self.as_unit(messages.SignAssignment, order)
        self.as_unit(messages.RecordContact, order, method="phone", proof="call-1")
        self.as_unit(messages.AnswerCitizen, order, method="phone", proof="call-2")
        self.as_unit(messages.SubmitReply, order, **FORM, redo_class=next(iter(order.redo_classes), ""))
        return self.do(office(city), messages.CompleteWorkOrder, name=order.name)

    def start_clock(self, kind: str, order: Any, due: timedelta = timedelta(days=5), **more: Any) -> str:
        lead = [a for a in order.assignments if a.role != "co" and a.state != "released"][-1]
        clock_id = f"{kind}-{lead.name[-6:]}"
        self.hear(
            "sla.clock_started.v1",
            order.name.split("/")[1],
            order.case.rpartition("/")[2],
            clock_id=clock_id,
            kind=kind,
            work_order_id=order.name.rpartition("/")[2],
            assignment_id=lead.name.rpartition("/")[2],
            started_at=self.clock.now(),
            due_at=self.clock.now() + due,
            limit_unit="working_day",
            limit_amount=10,
            **more,
        )
        return clock_id

    def published(self) -> list[str]:
        with self.runtime.engine.connect() as connection:
            rows = connection.execute(sa.text("select type from outbox order by id"))
            return [row.type.split(".")[1] for row in rows]

    def payloads(self, type: str) -> list[dict[str, Any]]:
        with self.runtime.engine.connect() as connection:
            query = sa.text("select envelope->'payload' from outbox where type = :type order by id")
            return [row[0] for row in connection.execute(query, {"type": f"dispatch.{type}.v1"})]

    def parked(self) -> int:
        with self.runtime.engine.connect() as connection:
            return int(connection.execute(sa.text("select count(*) from parked")).scalar_one())


@pytest.fixture
def desk(database_url: Callable[..., str], tmp_path: Path) -> Iterator[Desk]:
    engine = create_engine(database_url("dispatch", _migrated))
    clock, ids, keys, questions = SimulatedClock(START), CountingIds(), KeyRing.fresh(), CannedQuestions()
    service = bootstrap.build(Runtime(Settings(data_dir=tmp_path), keys, questions, clock, ids))
    runtime = ServiceRuntime(service, engine, clock, ids, questions, keys)
    topology = Topology(
        types={name: types_of(name) for name in ("intake", "sla", "notify")},
        hears={"dispatch": frozenset(service.hears)},
    )
    yield Desk(runtime, Receiver(runtime, topology), clock)
    engine.dispose()
