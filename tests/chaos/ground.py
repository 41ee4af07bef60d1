"""The real servers, the bad lines between them and each replica, and the processes: up once for all schedules."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from chassis.privacy.keyring import KeyRing
from chassis.tokens import PassSigner, TokenSigner
from cli.servers.elasticsearch import Elasticsearch
from cli.servers.minio import Minio
from cli.servers.postgres import Postgres
from cli.servers.process import Process
from cli.servers.rabbitmq import RabbitMQ
from cli.servers.server import Server
from cli.servers.toxiproxy import Proxy, Toxiproxy
from cli.stack.plan import ROLES, SERVICES, Part
from cli.stack.prepare import prepare, variables
from tests.chaos.books import Books
from tests.chaos.replicas import Replica, Replicas, environment

REPLICAS = (1, 2)
MIGRATE_SECONDS = 180.0
PROXIED = {"rabbitmq": "HUYING_AMQP_URL", "postgres": "HUYING_DATABASE_URL"}
Say = Callable[[str], object]


@dataclass
class Ground:
    """What the faults are done to, and where their effects are read."""

    folder: Path
    rabbitmq: RabbitMQ
    postgres: Postgres
    lines: Mapping[tuple[str, int], Proxy]
    """By server and number of the replica."""
    replicas: Replicas
    books: Books
    signer: TokenSigner
    amqp_url: str
    """Straight to the broker."""

    def server(self, name: str) -> Server:
        return {"rabbitmq": self.rabbitmq, "postgres": self.postgres}[name]

    def addresses(self) -> dict[tuple[str, int], str]:
        """gRPC, by service and replica."""
        found = ((key, replica) for key, replica in self.replicas.all.items() if key[1] == "grpc")
        return {(service, number): f"127.0.0.1:{r.ports['grpc']}" for (service, _, number), r in found}


@dataclass(frozen=True)
class Elsewhere:
    """Servers that no fault is done to and that may be shared; settings that name them."""

    toxiproxy: Toxiproxy
    settings: Mapping[str, str]


@contextmanager
def own_servers(say: Say) -> Iterator[tuple[Path, RabbitMQ, Postgres, Elsewhere]]:
    """All servers in a folder that is thrown away. Raises ServerError."""
    folder = Path(tempfile.mkdtemp(prefix="huying-chaos-"))
    folder.chmod(0o755)  # PostgreSQL and Elasticsearch run under accounts of their own
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        kinds = (Elasticsearch, RabbitMQ, Postgres, Minio, Toxiproxy)
        say("servers")
        with ThreadPoolExecutor(len(kinds)) as pool:
            made = {kind: pool.submit(_start, stack, kind, folder) for kind in kinds}
        servers: dict[type[Server], Server] = {kind: future.result() for kind, future in made.items()}
        minio, toxiproxy = servers[Minio], servers[Toxiproxy]
        rabbitmq, postgres = servers[RabbitMQ], servers[Postgres]
        assert isinstance(minio, Minio)
        assert isinstance(toxiproxy, Toxiproxy)
        assert isinstance(rabbitmq, RabbitMQ)
        assert isinstance(postgres, Postgres)
        prepare({Minio: minio}, {})
        settings = variables({Elasticsearch: servers[Elasticsearch], Minio: minio})
        yield folder, rabbitmq, postgres, Elsewhere(toxiproxy, settings)


def _start(stack: ExitStack, kind: type[Server], folder: Path) -> Server:
    server = kind(folder / kind.name)
    stack.callback(server.kill)
    return server.start()


@contextmanager
def ground(folder: Path, rabbitmq: RabbitMQ, postgres: Postgres, elsewhere: Elsewhere, say: Say) -> Iterator[Ground]:
    """Everything up and ready on these servers."""
    data_dir = folder / "data"
    data_dir.mkdir()
    told = {**variables({RabbitMQ: rabbitmq, Postgres: postgres}), **elsewhere.settings}
    told["HUYING_DATA_DIR"] = str(data_dir)
    say("databases")
    prepare({RabbitMQ: rabbitmq, Postgres: postgres}, told)
    for create in (KeyRing.load, TokenSigner.load_or_create, PassSigner.load_or_create):
        create(data_dir)
    _migrate(told, folder)
    lines = _lines(elsewhere.toxiproxy, {"rabbitmq": rabbitmq.where, "postgres": postgres.where})
    replicas, books = Replicas(_replicas(told, lines, folder)), Books(postgres)
    try:
        say("thirty processes")
        replicas.start()
        signer = TokenSigner.load_or_create(data_dir)
        yield Ground(folder, rabbitmq, postgres, lines, replicas, books, signer, told["HUYING_AMQP_URL"])
    finally:
        replicas.stop()
        books.close()
        for line in lines.values():
            line.remove()


def _migrate(told: Mapping[str, str], folder: Path) -> None:
    def migrated(service: str) -> int | None:
        command = [sys.executable, "-m", f"services.{service}", "migrate"]
        process = Process.spawn(command, environment({**told, "HUYING_HTTP_PORT": "0"}), folder / f"{service}.log")
        process.wait(MIGRATE_SECONDS)
        return process.code

    with ThreadPoolExecutor(2) as pool:
        codes = dict(zip(SERVICES, pool.map(migrated, SERVICES), strict=True))
    assert not any(codes.values()), f"migrations: {codes}, see {folder}"


def _lines(toxiproxy: Toxiproxy, where: Mapping[str, str]) -> dict[tuple[str, int], Proxy]:
    made = {}
    for server, upstream in where.items():
        for number in REPLICAS:
            made[server, number] = toxiproxy.address.proxy(f"{server}-{number}-{upstream}", upstream)
    return made


def _replicas(told: Mapping[str, str], lines: Mapping[tuple[str, int], Proxy], folder: Path) -> Iterator[Replica]:
    for service in SERVICES:
        for role in ROLES:
            for number in REPLICAS:
                part = Part(service, role, number)
                own = {name: _through(told[name], lines[server, number]) for server, name in PROXIED.items()}
                env = {key: value for key, value in told.items() if key != "HUYING_DATABASE_OWNER_URL"}
                yield Replica(part, environment({**env, **own}), folder / f"{part.name}.log")


def _through(url: str, line: Proxy) -> str:
    parts = urlsplit(url)
    login = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{login}@{line.host}:{line.port}"))
