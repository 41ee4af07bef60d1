"""The toy province's depot behind a real RabbitMQ, in processes that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.database import create_engine
from chassis.events.envelope import Envelope
from chassis.rabbit.publisher import RabbitBus
from chassis.rabbit.topology import declare
from cli.servers.rabbitmq import RabbitAddress
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60.0


def until(true: Callable[[], object], *, within: float = PATIENCE_SECONDS, what: str = "it") -> float:
    """Waits for a condition; returns the seconds that it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < within, f"{what} did not come within {within} s"
        time.sleep(0.02)
    return time.monotonic() - started


@dataclass
class Depot:
    """The consumer's processes and what is in its database."""

    broker: str
    database: str
    log: Path
    partitions: int = 8
    quorum: bool = False
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = create_engine(self.database, pool_size=3, application="test")

    def start(self, role: str = "bus", *, ready: bool = True) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "DEPOT_BROKER": self.broker,
            "DEPOT_DATABASE": self.database,
            "DEPOT_PARTITIONS": str(self.partitions),
            "DEPOT_QUORUM": str(self.quorum),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'protos/gen'}",
        }
        before = self.said("ready")
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", f"tests.integration.rabbit.{role}_process"],
                cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.processes.append(process)
        if ready:
            until(lambda: self.said("ready") > before or process.poll() is not None, what="a bus process")
            assert process.poll() is None, self.log.read_text()
        return process

    def said(self, words: str) -> int:
        return self.log.read_text().count(words) if self.log.exists() else 0

    def rows(self, query: str, **values: object) -> list[tuple[object, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query), values)]

    def shelves(self) -> dict[str, list[str]]:
        """The items of each case in the order in which they came."""
        return {str(case): list(items) for case, items in self.rows("select case_id, body->'items' from shelves")}  # type: ignore[call-overload]

    def leases(self) -> dict[str, int]:
        """How many partitions each owner holds."""
        found = self.rows("select owner, count(*) from partition_lease where owner <> '' and not closed group by 1")
        return {str(owner): int(str(count)) for owner, count in found}

    def parked(self) -> list[tuple[object, ...]]:
        return self.rows("select subject, sequence, state, why, attempts from parked order by 1, 2")

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(12)
            process.kill()
            process.wait()
        self.engine.dispose()


@pytest.fixture
def quorum() -> bool:
    """Whether the queues are quorum queues; a test that is to hold with both gives both."""
    return False


@pytest.fixture
def depot(rabbitmq_vhost: RabbitAddress, database_url: DatabaseUrl, tmp_path: Path, quorum: bool) -> Iterator[Depot]:
    """No process runs yet."""
    database = database_url("depot", toy.prepare_depot)
    made = Depot(rabbitmq_vhost.url, database, tmp_path / "depot.log", quorum=quorum)
    yield made
    made.stop()


@dataclass
class Shop:
    """Publishes by the real bus what a shop would say, case by case in order."""

    bus: RabbitBus
    says: Publisher = field(default_factory=Publisher)
    sent: dict[str, list[str]] = field(default_factory=dict)

    def opens(self, *cases: str) -> None:
        self.publish([self.says.opened(case) for case in cases])
        self.sent.update({case: [] for case in cases})

    def adds(self, item: str, case: str) -> Envelope:
        """Not yet published."""
        self.sent.setdefault(case, []).append(item)
        return self.says.added(item, case)

    def publish(self, envelopes: list[Envelope]) -> None:
        confirmed = self.bus.publish("shop", envelopes)
        assert confirmed == {e.event_id for e in envelopes}


@pytest.fixture
def shop(depot: Depot) -> Iterator[Shop]:
    declare(depot.broker, toy.TOPOLOGY, partitions=depot.partitions, quorum=depot.quorum)
    bus = RabbitBus(depot.broker, toy.TOPOLOGY, quorum=depot.quorum)
    yield Shop(bus)
    bus.close()
