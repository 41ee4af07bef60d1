"""Notify on a fresh database, in simulated time, hearing written envelopes and served by providers that can fail."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.access import Principal, Role
from chassis.clock import CountingIds, SimulatedClock
from chassis.database import create_engine, migrate
from chassis.events.envelope import Envelope, decode, encode
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.events.topology import Topology
from chassis.fakes.bus import RecordingBus
from chassis.pipeline import ServiceRuntime
from chassis.privacy import seal_answer
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.worker import Worker
from cli.province import event_types
from services.notify import bootstrap
from services.notify.application.jobs import Carrier
from services.notify.application.ports import Outgoing
from services.notify.domain.message import Knowledge, Medium, Message
from tests.conftest import DatabaseUrl

CITY, CASE, ORDER, FIRE = "350100", "case-1", "order-1", "350100-fire"
MORNING = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
CITIZEN_PHONE = "13800138000"


def prepare(url: str) -> None:
    engine = create_engine(url, pool_size=2)
    migrate(engine, bootstrap.MIGRATIONS)
    engine.dispose()


def reveal(*, wanted: Sequence[Mapping[str, str]], reply_key: str, number: str = CITIZEN_PHONE) -> dict[str, Any]:
    """As intake answers: sealed to the asker."""
    sealed = seal_answer(b64decode(reply_key), {one.get("case_id") or one["citizen_id"]: number for one in wanted})
    return {"sealed": b64encode(sealed).decode(), "unreadable": []}


@dataclass
class Provider:
    """Fake: remembers every hand-over and says what it is told to say."""

    name: str
    medium: Medium = Medium.SMS
    says: Knowledge | None = Knowledge.DELIVERED
    knows: Knowledge | None = None
    sent: list[Outgoing] = field(default_factory=list)

    def hand_over(self, batch: Sequence[Outgoing]) -> Mapping[str, Knowledge]:
        self.sent.extend(batch)
        if self.says is None:
            raise TimeoutError
        return {outgoing.reference: self.says for outgoing in batch}

    def know(self, references: Sequence[str]) -> Mapping[str, Knowledge]:
        if self.knows is None:
            raise TimeoutError
        return dict.fromkeys(references, self.knows)


@dataclass
class Desk:
    """The service, its surroundings, and short words for what tests do with them."""

    runtime: ServiceRuntime
    receiver: Receiver
    worker: Worker
    clock: SimulatedClock
    questions: CannedQuestions
    trace: str = ""
    """Of what it hears."""
    _sequences: dict[tuple[str, str], int] = field(default_factory=dict)

    def hear(self, type: str, case: str = CASE, **payload: Any) -> None:
        """One event of another service, in its order."""
        self.receiver.receive([self.envelope(type, case, **payload)])

    def envelope(self, type: str, case: str = CASE, **payload: Any) -> Envelope:
        """The next one of its publisher and case, not yet heard."""
        publisher = type.partition(".")[0]
        sequence = self._sequences.get((publisher, case), 0) + 1
        self._sequences[publisher, case] = sequence
        envelope = {
            "event_id": f"{publisher}-{case}-{sequence}", "type": f"{type}.v1", "subject": case, "city": CITY,
            "occurred_at": self.clock.now(), "sequence": sequence, "trace": self.trace,
            "payload": {"case_id": case, "city": CITY, **payload},
        }  # fmt: skip
        return decode(encode(envelope))

    def accepted(self, case: str = CASE, **changed: Any) -> None:
        given = {
            "pack": "fujian-2016@1.0.0", "number": f"number-of-{case}", "citizen_id": f"citizen-of-{case}",
            "citizen_reachable": True,
        }  # fmt: skip
        self.hear("intake.case_accepted", case, **(given | changed))

    def dispatched(self, case: str = CASE, **changed: Any) -> None:
        lead = {"assignment_id": "assignment-1", "unit": FIRE, "role": "lead"}
        given = {"work_order_id": ORDER, "number": "number-1-01", "assignments": [lead], "pack": "fujian-2016@1.0.0"}
        self.hear("dispatch.work_order_dispatched", case, **(given | changed))

    def of_assignment(self, event: str, **more: Any) -> None:
        self.hear(f"dispatch.{event}", work_order_id=ORDER, assignment_id="assignment-1", unit=FIRE, **more)

    def job(self, name: str) -> int:
        (job,) = [job for job in self.runtime.service.jobs if job.name == name]
        return job.run(self.runtime)

    def work(self) -> int:
        return self.worker.jobs_once()

    def wait(self, **span: float) -> None:
        """Lets time pass, doing what falls due on the way."""
        until = self.clock.now() + timedelta(**span)
        self.work()
        while (due := self.worker.next_due()) is not None and due <= until:
            self.clock.move_to(due)
            self.work()
        self.clock.move_to(until)
        self.work()

    def use(self, *providers: Provider) -> None:
        """Replaces the providers, in this order of failover."""
        (carrier,) = [j.run.__self__ for j in self.runtime.service.jobs if j.name == "climb"]  # type: ignore[attr-defined]
        assert isinstance(carrier, Carrier)
        by_medium = carrier.providers.by_medium
        assert isinstance(by_medium, dict)
        for medium in Medium:
            own = [provider for provider in providers if provider.medium is medium]
            by_medium[medium] = own or by_medium[medium]

    def messages(self, **wanted: str) -> list[Message]:
        """All messages in the order of their making, filtered by fields."""
        store = self.runtime.service.stores[Message]
        with self.runtime.engine.connect() as connection:
            rows = connection.execute(sa.text("select body::text, version from message order by id")).all()
        found = [store.decode(body, version) for body, version in rows]
        return [m for m in found if all(getattr(m, name) == value for name, value in wanted.items())]

    def message(self, **wanted: str) -> Message:
        (message,) = self.messages(**wanted)
        return message

    def events(self) -> list[str]:
        """The types of the events that notify published, in their order."""
        return [
            type.removeprefix("notify.").removesuffix(".v1")
            for (type,) in self.rows("select type from outbox order by id")
        ]

    def rows(self, query: str) -> list[Any]:
        with self.runtime.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]


def who(*roles: Role, unit: str = "", city: str = CITY) -> Principal:
    return Principal("somebody", frozenset(roles), frozenset({city}), unit=unit)


@pytest.fixture
def desk(database_url: DatabaseUrl, tmp_path: Path) -> Iterator[Desk]:
    clock, ids, keys = SimulatedClock(MORNING), CountingIds(), KeyRing.fresh()
    questions = CannedQuestions({("intake", "reveal_numbers"): reveal})
    service = bootstrap.build(Runtime(Settings(data_dir=tmp_path), keys, questions, clock, ids))
    engine = create_engine(database_url("notify", prepare), pool_size=3)
    runtime = ServiceRuntime(service, engine, clock, ids, questions, keys)
    topology = Topology({name: event_types(name) for name in service.hears}, {"notify": frozenset(service.hears)})
    receiver = Receiver(runtime, topology)
    worker = Worker(runtime, receiver, Relay(runtime, RecordingBus()))
    yield Desk(runtime, receiver, worker, clock, questions)
    engine.dispose()
