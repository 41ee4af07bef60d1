"""The embedded default: five services, their databases and their bus in one process; only this knows all five."""

import importlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
import structlog
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message_factory import GetMessageClass

from chassis.access import Principal
from chassis.clock import Clock, Ids, SimulatedClock, WallClock, monotonic, uuid7
from chassis.courier import Courier
from chassis.database import create_engine, migrate
from chassis.database.addresses import url_of
from chassis.database.kept import require_nothing_kept_at
from chassis.domain import snake
from chassis.events.bulk import Trickle
from chassis.events.bus import InProcessBus, Round
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.events.topology import Topology
from chassis.events.topology import load as load_topology
from chassis.grpckit.server import GrpcServer, Served, Tls, call_by_name, create_server
from chassis.grpckit.wire import to_message
from chassis.memory import nothing_is_garbage, spare_what_stays
from chassis.pipeline import ServiceRuntime
from chassis.postgres import THROWAWAY, EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.process.waiting import NotThereYet, Unusable, check_database
from chassis.questions import InProcessQuestions, PatientQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.tokens import TokenSigner
from chassis.worker import STOP_SECONDS, Worker
from cli.speech import fail
from services.knowledge.entrypoints.seed import seed_articles

log = structlog.get_logger()
SEED_STOPS_WITHIN_SECONDS = 3.0
SERVICES = ("intake", "dispatch", "sla", "knowledge", "notify")


def descriptor_of(service: str) -> ServiceDescriptor:
    """The gRPC service of protos/, such as huying.intake.v1.IntakeService."""
    module = importlib.import_module(f"huying.{service}.v1.{service}_pb2")
    found: ServiceDescriptor = module.DESCRIPTOR.services_by_name[f"{service.capitalize()}Service"]
    return found


def event_types(service: str) -> frozenset[str]:
    """Every event that the service's events.proto defines, as wire types."""
    module = importlib.import_module(f"huying.{service}.v1.events_pb2")
    nested = {"DispatchedAssignment"}
    names = [name for name in module.DESCRIPTOR.message_types_by_name if name not in nested]
    return frozenset(f"{service}.{snake(name)}.v1" for name in names)


@dataclass
class Province:
    """Five running services and everything around them."""

    settings: Settings
    runtimes: dict[str, ServiceRuntime]
    workers: dict[str, Worker]
    relays: Round
    topology: Topology
    signer: TokenSigner
    clock: Clock
    _stopping: threading.Event = field(default_factory=threading.Event)
    _seeding: threading.Thread | None = None

    # -- calls ---------------------------------------------------------------------------------------------------------

    def call(self, principal: Principal, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        """An RPC by name with plain fields, through the same pipeline and wire as gRPC. Raises DomainError."""
        runtime = self.runtimes[service]
        method = descriptor_of(service).methods_by_name[rpc]
        view = call_by_name(runtime, rpc)(principal, dict(fields))
        return to_message(GetMessageClass(method.output_type), view)

    def seed(self) -> None:
        """Publishes the shipped articles that the knowledge bases lack."""
        seeded = seed_articles(self.runtimes["knowledge"], stopping=self._stopping.is_set)
        log.info("seeded", published=seeded.published, present=seeded.present)

    # -- simulated time

    def settle(self) -> int:
        """Delivers and does everything that is due now; returns how much that was."""
        total = 0
        while done := self._deliver() + sum(w.jobs_once() for w in self.workers.values()):
            total += done
        return total

    def _deliver(self) -> int:
        total = 0
        while done := self.relays.relay_batch():
            total += done
        return total

    def next_due(self) -> datetime | None:
        due = [w.next_due() for w in self.workers.values()]
        return min((d for d in due if d is not None), default=None)

    # -- real time

    def start(self) -> None:
        for worker in self.workers.values():
            worker.start()

    def seed_meanwhile(self) -> None:
        """A new city's first articles arrive while the platform already serves; the next start makes good a kill."""
        self._seeding = threading.Thread(target=self.seed, name="seed", daemon=True)
        self._seeding.start()

    def stop(self) -> None:
        """All finish what they have in hand, at the same time and within one limit."""
        self._stopping.set()
        until = monotonic() + STOP_SECONDS
        for worker in self.workers.values():
            worker.ask_to_stop()
        if self._seeding is not None:
            self._seeding.join(SEED_STOPS_WITHIN_SECONDS)
        for worker in self.workers.values():
            worker.stop(until=until)
        for runtime in self.runtimes.values():
            runtime.engine.dispose()

    def reachable(self, service: str) -> Callable[[], bool]:
        """A readiness check: the service's database answers."""
        engine = self.runtimes[service].engine

        def check() -> bool:
            with engine.connect() as connection:
                return connection.execute(sa.text("select 1")).scalar() == 1

        return check

    def grpc_server(self) -> GrpcServer:
        served = [Served(descriptor_of(name), runtime) for name, runtime in self.runtimes.items()]
        given = self.settings
        tls = Tls(given.tls_certificate, given.tls_key) if given.tls_certificate and given.tls_key else None
        return create_server(served, self.signer.verifier, host=given.host, port=given.grpc_port, tls=tls)


def build_province(
    settings: Settings,
    urls: dict[str, str],
    *,
    clock: Clock | None = None,
    ids: Ids = uuid7,
    keys: KeyRing | None = None,
) -> Province:
    """Migrates the five databases and wires the services; nothing runs yet."""
    clock = clock or WallClock()
    keys = keys or KeyRing.load(settings.data_dir, before_making=lambda: require_nothing_kept_at(urls.values()))
    questions = InProcessQuestions()
    simulated = isinstance(clock, SimulatedClock)
    asked = PatientQuestions(questions) if simulated else questions
    # All policies are read before the first database is touched.
    with nothing_is_garbage():
        services = {n: bootstrap_of(n).build(Runtime(settings, keys, asked, clock, ids)) for n in SERVICES}
    runtimes: dict[str, ServiceRuntime] = {}
    for name, service in services.items():
        engine = create_engine(urls[name], pool_size=settings.pool_size, application=f"huying-{name}")
        _ready_tables(engine, Path(bootstrap_of(name).MIGRATIONS), settings)
        runtimes[name] = ServiceRuntime(service, engine, clock, ids, asked, keys)
        questions.register(name, runtimes[name].answer)
    topology = load_topology()
    bus = InProcessBus(topology)
    durable = not on_one_server(runtime.engine for runtime in runtimes.values())
    receivers = {name: Receiver(runtime, topology, durable=durable) for name, runtime in runtimes.items()}
    bus.subscribe(receivers)
    relays = {n: Relay(runtime, bus, bulk=None if simulated else Trickle()) for n, runtime in runtimes.items()}
    together = Round(list(relays.values()), bus)
    courier = Courier(together)
    workers = {n: Worker(r, receivers[n], relays[n], courier) for n, r in runtimes.items()}
    signer = TokenSigner.load_or_create(settings.data_dir)
    return Province(settings, runtimes, workers, together, topology, signer, clock)


def _ready_tables(engine: sa.Engine, migrations: Path, settings: Settings) -> None:
    """Changes them only where nobody else does: neither an owner nor the `migrate` of separate processes."""
    if settings.amqp_url or settings.database_owner_url:
        try:
            check_database(engine, migrations)
        except (NotThereYet, Unusable) as wrong:
            raise fail(wrong.zh, wrong.en) from None
    else:
        migrate(engine, migrations)


def on_one_server(engines: Iterable[sa.Engine]) -> bool:
    """Whether all databases share one log: what was committed first is then never lost without what came later."""
    servers = set()
    for engine in engines:
        with engine.connect() as connection:
            servers.add(connection.execute(sa.text("select system_identifier from pg_control_system()")).scalar_one())
    return len(servers) == 1


def bootstrap_of(service: str) -> ModuleType:
    return importlib.import_module(f"services.{service}.bootstrap")


@contextmanager
def embedded_province(
    settings: Settings, *, clock: Clock | None = None, ids: Ids = uuid7, throwaway: bool = False
) -> Iterator[Province]:
    """Starts PostgreSQL when no address is given, builds the province, and stops both at the end."""
    with databases(settings, throwaway=throwaway) as urls:
        province = build_province(settings, urls, clock=clock, ids=ids)
        spare_what_stays()
        try:
            yield province
        finally:
            province.stop()


@contextmanager
def databases(settings: Settings, *, throwaway: bool = False) -> Iterator[dict[str, str]]:
    """The address of each service's database; what is thrown away anyway never waits for the disk."""
    if settings.database_url:
        yield {name: url_of(settings, name) for name in SERVICES}
        return
    server = EmbeddedPostgres(settings.data_dir / "postgres", settings=THROWAWAY if throwaway else None)
    server.start()
    try:
        for name in SERVICES:
            server.create_database(f"huying_{name}")
        yield {name: server.url_for(f"huying_{name}") for name in SERVICES}
    finally:
        server.stop()
