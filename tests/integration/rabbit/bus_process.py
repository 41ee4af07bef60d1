"""The depot of the toy province as a bus process of its own; what it is told comes by environment."""

# ruff: noqa: E402 - the patches come before everything else
from chassis.rabbit import green

green.patch()

import os
import signal
import threading
from datetime import UTC, datetime

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prometheus_client import REGISTRY

from chassis.clock import SimulatedClock
from chassis.database import create_engine
from chassis.database.engine import BATCH_LOCK_MS, BATCH_STATEMENT_MS
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from chassis.rabbit.nameko_app import run
from chassis.settings import Settings
from chassis.telemetry.http import HttpServer
from chassis.tokens import TokenSigner
from tests.integration.chassis import toy
from tests.integration.rabbit.faulty import before

log = structlog.get_logger()


def main() -> None:
    limits = {"statement_ms": BATCH_STATEMENT_MS, "lock_ms": BATCH_LOCK_MS}
    engine = create_engine(os.environ["DEPOT_DATABASE"], pool_size=16, application="depot", **limits)
    faults = toy.Faults(before=before)
    runtime = ServiceRuntime(
        service=toy.depot_service(faults),
        engine=engine,
        clock=SimulatedClock(datetime.now(UTC)),
        ids=toy.uuid7,
        questions=toy.CannedQuestions(),
        keys=toy.KEYS,
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    http = HttpServer("127.0.0.1", 0, REGISTRY, live={}, ready={})
    http.start()
    log.info("metrics", port=http.port)
    run(
        runtime,
        Receiver(runtime, toy.TOPOLOGY),
        toy.TOPOLOGY,
        Settings(
            amqp_url=os.environ["DEPOT_BROKER"],
            partitions=int(os.environ["DEPOT_PARTITIONS"]) or None,
            quorum_queues=os.environ["DEPOT_QUORUM"] == "True",
        ),
        TokenSigner(Ed25519PrivateKey.generate()).verifier,
        ready=lambda: log.info("ready", service="depot", role="bus"),
        stop=stop,
    )


if __name__ == "__main__":
    main()
