"""Intake on a fresh database, with folders for its files and a knowledge base that answers when told to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chassis.access import Principal, Role, system
from chassis.clock import SimulatedClock, WallClock, uuid7
from chassis.database import create_engine, migrate
from chassis.events.envelope import Envelope, encode
from chassis.events.receiver import Receiver
from chassis.events.topology import Topology
from chassis.pipeline import ServiceRuntime
from chassis.privacy import KeyRing, seal
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.intake import bootstrap
from services.intake.application import messages
from services.intake.application.views import CaseView
from tests.conftest import DatabaseUrl
from tests.integration.objects.conftest import running
from tests.integration.objects.store import EncryptingMinio

START = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
FUZHOU, PINGLI, SHUANGYASHAN = "350100", "610926", "230500"
PHONE, NAME, ADDRESS = "13800138000", "欧阳明月", "福州市鼓楼区五四路88号3座502室"
CALLER = {"name": NAME, "phone": "+86 138-0013 8000", "address": ADDRESS, "identity_number": "35010219900101123X"}
TEXT = "我是欧阳明月，电话一三八零零一三八零零零，五四路88号门口的路灯不亮三天了，晚上没法走。"


def principal(role: Role, city: str = FUZHOU, *, citizen: str = "", unit: str = "") -> Principal:
    who = citizen or unit or city
    return Principal(f"{role}:{who}", frozenset({role}), frozenset({city}), unit, citizen.removeprefix("citizens/"))


AGENT, PORTAL, SUPERVISOR = principal(Role.AGENT), principal(Role.PORTAL), principal(Role.SUPERVISOR)


def citizen_of(case: CaseView, city: str = FUZHOU) -> Principal:
    return principal(Role.CITIZEN, city, citizen=case.citizen)


def prepare(url: str) -> None:
    engine = create_engine(url)
    migrate(engine, bootstrap.MIGRATIONS)
    engine.dispose()


@dataclass
class Desk:
    """Intake as its callers and the other services see it."""

    runtime: ServiceRuntime
    receiver: Receiver
    clock: SimulatedClock
    questions: CannedQuestions
    numbers: Iterator[int] = field(default_factory=count)
    sequences: dict[tuple[str, str], int] = field(default_factory=dict)

    def do(self, who: Principal, command: str, /, **fields: Any) -> Any:
        fields = {"request_id": f"request-{next(self.numbers):04}"} | fields
        return self.runtime.execute(who, getattr(messages, command).of(fields))

    def ask(self, who: Principal, query: str, /, **fields: Any) -> Any:
        return self.runtime.query(who, getattr(messages, query).of(fields))

    def answer(self, question: str, **values: Any) -> Any:
        return self.runtime.answer(system("dispatch"), question, values)

    def register(self, who: Principal = AGENT, **changed: Any) -> Any:
        fields = {"city": FUZHOU, "channel": "phone", "subject": "路灯不亮", "text": TEXT, "caller": CALLER}
        return self.do(who, "RegisterCase", **(fields | {"category": "complaint"} | changed))

    def accept(self, who: Principal = AGENT, **changed: Any) -> CaseView:
        view: CaseView = self.do(who, "AcceptCase", name=self.register(who, **changed).case.name)
        return view

    def case(self, name: str, who: Principal = AGENT) -> CaseView:
        view: CaseView = self.ask(who, "GetCase", name=name)
        return view

    # -- what other services tell ----------------------------------------------------------------------------------

    def tell(self, type: str, case: str, **fields: Any) -> None:
        """One event about a case; instants default to now."""
        id = case.rpartition("/")[2]
        publisher = type.partition(".")[0]
        sequence = self.sequences[publisher, id] = self.sequences.get((publisher, id), 0) + 1
        payload = {"case_id": id, "city": FUZHOU} | fields
        envelope = Envelope(
            event_id=uuid7(),
            type=f"{type}.v1",
            subject=id,
            city=FUZHOU,
            occurred_at=self.clock.now(),
            sequence=sequence,
            payload=msgspec.Raw(encode(payload)),
        )
        self.receiver.receive([envelope])

    def dispatched(self, case: str, order: str = "wo-1", *, round: int = 1, unit: str = "lamps") -> None:
        self.tell(
            "dispatch.work_order_dispatched",
            case,
            work_order_id=order,
            round=round,
            assignments=[{"assignment_id": f"{order}-a", "unit": unit, "role": "lead"}],
            dispatched_at=self.clock.now(),
        )

    def nobody_rates(self, case: CaseView) -> None:
        """The time for a rating is over, and three calls on three days reach nobody."""
        self.tell("sla.clock_breached", case.name, kind="rating", breached_at=self.clock.now())
        for _ in range(3):
            self.do(AGENT, "RecordRevisit", name=case.name, reached=False)
            self.pass_time(days=1)

    def completed(self, case: CaseView, order: str = "wo-1", *, round: int = 1, text: str = "已修好") -> None:
        self.tell(
            "dispatch.work_order_completed",
            case.name,
            work_order_id=order,
            round=round,
            completed_at=self.clock.now(),
            reply=self.sealed_for(case, text),
        )

    def sealed_for(self, case: CaseView, text: str, *, field: str = "reply.result") -> Any:
        key = next(p["citizen_key"] for t, p in self.events() if t == "case_accepted" and p["case_id"] in case.name)
        return seal(
            msgspec.convert(key, bytes, strict=False),
            citizen_id=case.citizen.removeprefix("citizens/"),
            case_id=case.name.rpartition("/")[2],
            field=field,
            text=text,
        )

    def replied(self, **changed: Any) -> CaseView:
        case = self.accept(**changed)
        self.dispatched(case.name)
        self.completed(case)
        return case

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        with self.runtime.engine.connect() as connection:
            rows = connection.exec_driver_sql("select type, envelope::text from outbox order by id").all()
        return [(r[0].split(".")[1], msgspec.json.decode(r[1])["payload"]) for r in rows]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.runtime.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query).all()]

    def told(self) -> list[str]:
        return [type for type, _ in self.events()]

    def parked(self) -> list[str]:
        with self.runtime.engine.connect() as connection:
            return [row[0] for row in connection.exec_driver_sql("select why from parked").all()]

    def pass_time(self, **delta: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(**delta))


KEYS = KeyRing.fresh()
TYPES = {
    "dispatch": frozenset(
        f"dispatch.{name}.v1"
        for name in (
            "work_order_queued",
            "work_order_dispatched",
            "assignment_signed",
            "citizen_contacted",
            "progress_reported",
            "return_agreed",
            "assignment_released",
            "extension_granted",
            "work_order_completed",
            "work_order_ended",
            "verification_opened",
            "redo_ordered",
            "redo_declined",
            "supervision_closed",
        )
    ),
    "sla": frozenset(f"sla.clock_{name}.v1" for name in ("started", "moved", "warned", "breached")),
}


@pytest.fixture
def desk(database_url: DatabaseUrl, tmp_path: Path) -> Iterator[Desk]:
    with new_desk(database_url, tmp_path) as made:
        yield made


@contextmanager
def new_desk(
    database_url: DatabaseUrl, data_dir: Path, *, clock_start: datetime = START, **given: Any
) -> Iterator[Desk]:
    """Intake of its own, with settings of its own."""
    url = database_url("intake", prepare)
    clock, questions, settings = SimulatedClock(clock_start), CannedQuestions(), Settings(data_dir=data_dir, **given)
    service = bootstrap.build(Runtime(settings, KEYS, questions, clock, uuid7))
    runtime = ServiceRuntime(service, create_engine(url), clock, uuid7, questions, KEYS)
    topology = Topology(types=TYPES, hears={"intake": frozenset(service.hears)})
    try:
        yield Desk(runtime, Receiver(runtime, topology), clock, questions)
    finally:
        runtime.engine.dispose()


Open = Callable[..., Desk]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EncryptingMinio]:
    yield from running(tmp_path_factory.mktemp("minio"))


@pytest.fixture
def open_desk(database_url: DatabaseUrl, tmp_path: Path, server: EncryptingMinio) -> Iterator[Open]:
    with ExitStack() as stack:

        def opened(**settings: Any) -> Desk:
            given = {"objects_url": server.new_bucket_url(), "objects_encryption": "sse-s3"} | settings
            return stack.enter_context(new_desk(database_url, tmp_path, clock_start=WallClock().now(), **given))

        yield opened


@pytest.fixture
def stored(open_desk: Open) -> Desk:
    return open_desk()
