"""Real servers for tests: each is started once per run, when the first test asks for it, and shared by all workers.

The session fixtures (`rabbitmq`, `postgres_cluster`, …) answer an address. Tests take the small ones (`rabbitmq_vhost`,
`postgres_database`, …), which give each test a place of its own. A test that stops, kills or restarts a server takes
`own_server`, never a shared one. Where a server cannot start, its tests are skipped with the reason, and fail in CI.

HUYING_TEST_SERVERS=<folder> keeps the servers there running between runs: handy while writing tests.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from cli.servers.elasticsearch import ElasticAddress, Elasticsearch
from cli.servers.errors import ServerError
from cli.servers.kinds import KINDS
from cli.servers.minio import Minio, MinioAddress
from cli.servers.places import built, elasticsearch_home, java_home, postgres_programs, program, rabbitmq_scripts
from cli.servers.postgres import Postgres, PostgresAddress
from cli.servers.prometheus import Prometheus, PrometheusAddress
from cli.servers.rabbitmq import RabbitAddress, RabbitMQ
from cli.servers.server import Server
from cli.servers.sharing import Shared
from cli.servers.toxiproxy import Proxy, Toxiproxy, ToxiproxyAddress

YOUNG_SECONDS = 120.0
S = TypeVar("S", bound=Server)
_numbers = count(1)


def _folder(run: str) -> Path:
    return Path(tempfile.gettempdir()) / f"huying-servers-{os.geteuid()}-{run}"


def _run() -> str:
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def unique(name: str) -> str:
    """A name that no other test of this run, nor of one that is kept, has."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    return f"{name}_{_run()[-6:]}_{worker}_{next(_numbers)}"


def _refuse(error: ServerError) -> None:
    """In CI a missing server is a failure: a test that did not run proves nothing."""
    if os.environ.get("CI"):
        pytest.fail(error.en, pytrace=False)
    pytest.skip(error.en)


def require_all_servers() -> None:
    """For tests that bring up a whole stack: skips, or fails in CI, where a server is not installed."""
    try:
        rabbitmq_scripts(), postgres_programs(), elasticsearch_home(), java_home()
        program("MinIO", "minio", built()), program("Prometheus", "prometheus")
    except ServerError as missing:
        _refuse(missing)


@pytest.fixture(scope="module")
def whole_machine() -> Iterator[None]:
    """For modules that start a whole stack: they go one after another, or a small machine would starve them all."""
    with (Path(tempfile.gettempdir()) / f"huying-whole-machine-{os.geteuid()}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _shared(kind: type[S]) -> Iterator[S]:
    kept = os.environ.get("HUYING_TEST_SERVERS")
    shared = Shared(kind((Path(kept) if kept else _folder(_run())) / kind.name))
    try:
        server = shared.acquire()
    except ServerError as error:
        shared.discard()
        _refuse(error)
        raise
    yield server
    if kept:
        shared.leave()
    else:
        shared.discard()
        with suppress(OSError):  # other servers are still there
            shared.server.data_dir.parent.rmdir()


@pytest.fixture(scope="session")
def _no_leftovers() -> None:
    """Ends the servers of runs that were killed."""
    for folder in _folder("").parent.glob(f"{_folder('').name}*"):
        with suppress(FileNotFoundError):  # another run was faster
            if time.time() - folder.stat().st_mtime > YOUNG_SECONDS:  # one that begins just now has no user yet
                for name, kind in KINDS.items():
                    Shared(kind(folder / name)).discard()
                with suppress(OSError):
                    folder.rmdir()


# -- RabbitMQ ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def rabbitmq_server(_no_leftovers: None) -> Iterator[RabbitMQ]:
    yield from _shared(RabbitMQ)


@pytest.fixture(scope="session")
def rabbitmq(rabbitmq_server: RabbitMQ) -> RabbitAddress:
    return rabbitmq_server.address


@pytest.fixture
def rabbitmq_vhost(rabbitmq_server: RabbitMQ) -> Iterator[RabbitAddress]:
    """A virtual host of this test."""
    name = unique("test")
    yield rabbitmq_server.create_vhost(name)
    rabbitmq_server.drop_vhost(name)


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server(_no_leftovers: None) -> Iterator[Postgres]:
    yield from _shared(Postgres)


@pytest.fixture(scope="session")
def postgres_cluster(postgres_server: Postgres) -> PostgresAddress:
    return postgres_server.address


class NewDatabase(Protocol):
    def __call__(self, name: str) -> PostgresAddress: ...


@pytest.fixture
def postgres_database(postgres_server: Postgres) -> Iterator[NewDatabase]:
    """Makes databases of this test, each with a user of its own that owns nothing else."""
    made: list[str] = []

    def fresh(name: str) -> PostgresAddress:
        made.append(unique(name))
        return postgres_server.create_owned_database(made[-1], "test-password")

    yield fresh
    for name in made:
        postgres_server.drop_database(name)
        postgres_server.drop_user(name)


# -- Elasticsearch -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def elasticsearch_server(_no_leftovers: None) -> Iterator[Elasticsearch]:
    yield from _shared(Elasticsearch)


@pytest.fixture(scope="session")
def elasticsearch(elasticsearch_server: Elasticsearch) -> ElasticAddress:
    return elasticsearch_server.address


@pytest.fixture
def elasticsearch_prefix(elasticsearch_server: Elasticsearch) -> Iterator[ElasticAddress]:
    """An address whose `prefix` begins the names of this test's indexes."""
    address = elasticsearch_server.address
    prefix = unique("test") + "_"
    yield ElasticAddress(address.host, address.port, prefix)
    elasticsearch_server.drop(prefix)


# -- MinIO -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def minio_server(_no_leftovers: None) -> Iterator[Minio]:
    yield from _shared(Minio)


@pytest.fixture(scope="session")
def minio(minio_server: Minio) -> MinioAddress:
    return minio_server.address


@pytest.fixture
def minio_bucket(minio_server: Minio) -> Iterator[MinioAddress]:
    """A bucket of this test, empty; removed with whatever is in it."""
    name = unique("test").replace("_", "-")
    yield minio_server.create_bucket(name)
    minio_server.drop_bucket(name)


# -- Prometheus --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def prometheus_server(_no_leftovers: None) -> Iterator[Prometheus]:
    """`scrape(job, targets)`, `rules(name, file)` and `query(expression)`: take names from `unique`."""
    yield from _shared(Prometheus)


@pytest.fixture(scope="session")
def prometheus(prometheus_server: Prometheus) -> PrometheusAddress:
    return prometheus_server.address


# -- toxiproxy ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def toxiproxy_server(_no_leftovers: None) -> Iterator[Toxiproxy]:
    yield from _shared(Toxiproxy)


@pytest.fixture(scope="session")
def toxiproxy(toxiproxy_server: Toxiproxy) -> ToxiproxyAddress:
    return toxiproxy_server.address


@pytest.fixture
def bad_line(toxiproxy_server: Toxiproxy) -> Iterator[Callable[[str], Proxy]]:
    """Makes ways to upstream (host:port) that can be cut, delayed and reset."""
    made: list[Proxy] = []

    def to(upstream: str) -> Proxy:
        made.append(toxiproxy_server.address.proxy(unique("way"), upstream))
        return made[-1]

    yield to
    for proxy in made:
        proxy.remove()


# -- servers of one test's own -----------------------------------------------------------------------------------------


class OwnServer(Protocol):
    def __call__(self, kind: type[S]) -> S: ...


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    """Starts servers that this test alone uses and may stop, kill and restart."""
    made: list[Shared[Server]] = []

    def start(kind: type[S]) -> S:
        server = kind(_folder(unique("own").replace("_", "-")) / kind.name)
        made.append(Shared(server))
        try:
            made[-1].acquire()
        except ServerError as error:
            _refuse(error)
        return server

    yield start
    for shared in made:
        shared.discard()
        with suppress(OSError):
            shared.server.data_dir.parent.rmdir()
