"""The sla service on a fresh database, in simulated time, with intake and dispatch played by the test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from chassis.clock import CountingIds, SimulatedClock
from chassis.database import create_engine, migrate
from chassis.events.envelope import Envelope, decode, encode
from chassis.events.receiver import Receiver
from chassis.events.topology import Topology
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from cli.province import event_types
from services.sla.adapters.firing import fire_clocks, next_due
from services.sla.bootstrap import MIGRATIONS, build
from services.sla.domain.clock import Clock
from tests.conftest import DatabaseUrl

SHANGHAI = ZoneInfo("Asia/Shanghai")
PACKS = {"350100": "fujian-2016@1.0.0", "610926": "pingli-2018@1.0.0", "230500": "shuangyashan-2024@1.0.0"}
START = datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI)


def at(text: str) -> datetime:
    """ "09-24 14:05" of 2026, local time."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def prepare(url: str) -> None:
    engine = create_engine(url)
    migrate(engine, MIGRATIONS)
    engine.dispose()


@dataclass
class Office:
    """sla with its clock, and what the others say to it."""

    runtime: ServiceRuntime
    clock: SimulatedClock
    receiver: Receiver
    heard: list[Envelope] = field(default_factory=list)
    trace: str = ""
    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    # -- what the others say -------------------------------------------------------------------------------------------

    def envelope(self, type: str, case: str = "c1", city: str = "350100", **payload: Any) -> Envelope:
        publisher = type.partition(".")[0]
        subject = payload.get("article_id") or payload.get("policy_id") or payload.get("call_id") or case
        sequence = self._last[publisher, subject] = self._last.get((publisher, subject), 0) + 1
        named = {} if payload.keys() & {"article_id", "policy_id", "call_id"} else {"case_id": case}
        found = decode(
            encode(
                {
                    "event_id": f"{publisher}-{subject}-{sequence}",
                    "type": f"{type}.v1",
                    "subject": subject,
                    "city": city,
                    "occurred_at": self.clock.now(),
                    "sequence": sequence,
                    "trace": self.trace,
                    "payload": {"city": city, **named, **payload},
                }
            )
        )
        self.heard.append(found)
        return found

    def hears(self, type: str, case: str = "c1", city: str = "350100", **payload: Any) -> None:
        self.receiver.receive([self.envelope(type, case, city, **payload)])

    def accepted(self, case: str = "c1", city: str = "350100", category: str = "complaint", **more: Any) -> None:
        now = self.clock.now()
        fields = {"pack": PACKS[city], "category": category, "citizen_reachable": True, "accepted_at": now}
        self.hears("intake.case_accepted", case, city, **fields | more)

    def dispatched(self, case: str = "c1", city: str = "350100", category: str = "complaint", **more: Any) -> None:
        lead = {"assignment_id": f"{case}-a1", "unit": "u1", "role": "lead"}
        fields = {
            "pack": PACKS[city],
            "work_order_id": f"{case}-w",
            "round": 1,
            "category": category,
            "citizen_reachable": True,
            "assignments": [lead],
            "dispatched_at": self.clock.now(),
        }
        self.hears("dispatch.work_order_dispatched", case, city, **fields | more)

    def unit(self, type: str, instant: str, case: str = "c1", city: str = "350100", **more: Any) -> None:
        """An event of the lead's assignment, at the present instant."""
        fields = {"work_order_id": f"{case}-w", "assignment_id": f"{case}-a1", "unit": "u1", instant: self.clock.now()}
        self.hears(f"dispatch.{type}", case, city, **fields | more)

    # -- time ----------------------------------------------------------------------------------------------------------

    def move_to(self, instant: datetime) -> None:
        """Time passes, each light at its own instant."""
        while (due := self._next_due()) is not None and due <= instant:
            self.clock.move_to(due)
            while fire_clocks(self.runtime):
                pass
        self.clock.move_to(instant)

    def _next_due(self) -> datetime | None:
        with self.runtime.engine.connect() as connection:
            return next_due(connection)

    # -- what came of it -----------------------------------------------------------------------------------------------

    def clocks(self, case: str = "c1") -> dict[str, Clock]:
        """By kind; of several of a kind the latest."""
        with self.runtime.reading() as read:
            found = read.find_by(Clock, "case_id", case)
        return {c.kind: c for c in sorted(found, key=lambda c: (c.started_at, c.id))}

    def states(self, case: str = "c1") -> dict[str, str]:
        return {kind: str(clock.state) for kind, clock in self.clocks(case).items()}

    def said(self, type: str = "", kind: str = "") -> Sequence[dict[str, Any]]:
        """The payloads of what sla published, in order."""
        query = "select envelope->'payload' from outbox where type like :type order by id"
        payloads = [row[0] for row in self.rows(query, type=f"sla.{type}%")]
        return [p for p in payloads if kind in ("", p.get("kind"))]

    def rows(self, query: str, **values: Any) -> list[Any]:
        with self.runtime.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query), values)]


@pytest.fixture
def office(database_url: DatabaseUrl, tmp_path: Path) -> Iterator[Office]:
    clock, ids, keys, questions = SimulatedClock(START), CountingIds(), KeyRing.fresh(), CannedQuestions()
    service = build(Runtime(Settings(data_dir=tmp_path), keys, questions, clock, ids))
    engine = create_engine(database_url("sla", prepare))
    runtime = ServiceRuntime(service, engine, clock, ids, questions, keys)
    publishers = ("intake", "dispatch", "knowledge", "sla")
    topology = Topology({p: event_types(p) for p in publishers}, {"sla": frozenset(service.hears)})
    yield Office(runtime, clock, Receiver(runtime, topology))
    engine.dispose()
