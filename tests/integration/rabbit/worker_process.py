"""The worker of the toy province's depot as a process of its own: it tries what is parked."""

import os
import signal
import threading

from chassis.clock import WallClock
from chassis.database import create_engine
from chassis.events.relay import Relay
from chassis.fakes.bus import RecordingBus
from chassis.pipeline import ServiceRuntime
from chassis.process.worker import watched
from chassis.worker import Worker
from tests.integration.chassis import toy
from tests.integration.rabbit.faulty import before


def main() -> None:
    runtime = ServiceRuntime(
        service=toy.depot_service(toy.Faults(before=before)),
        engine=create_engine(os.environ["DEPOT_DATABASE"], pool_size=12, application="depot-worker"),
        clock=WallClock(),
        ids=toy.uuid7,
        questions=toy.CannedQuestions(),
        keys=toy.KEYS,
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker = Worker(runtime, watched(runtime, toy.TOPOLOGY), Relay(runtime, RecordingBus()))
    worker.start()
    stop.wait()
    worker.stop()


if __name__ == "__main__":
    main()
