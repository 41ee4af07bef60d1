"""The worker in its threads: what it does when it is told to end."""

import threading
from dataclasses import replace

from chassis.application import Job
from chassis.clock import monotonic
from chassis.events.bus import InProcessBus
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.pipeline import ServiceRuntime
from chassis.worker import Worker
from tests.integration.chassis import toy


def test_a_backlog_does_not_hold_up_the_end(shop: ServiceRuntime) -> None:
    begun = threading.Event()

    def endless(_runtime: ServiceRuntime) -> int:
        begun.set()
        return 1

    shop.service = replace(shop.service, jobs=(Job("endless", endless),))
    worker = Worker(shop, Receiver(shop, toy.TOPOLOGY), Relay(shop, InProcessBus(toy.TOPOLOGY)))
    worker.start()
    assert begun.wait(10)
    asked = monotonic()
    worker.stop(until=asked + 10)
    assert not any(thread.name.startswith("shop-") for thread in threading.enumerate())
    assert monotonic() - asked < 9
