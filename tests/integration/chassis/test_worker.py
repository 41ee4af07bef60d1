"""The worker in its threads: what it does when it is told to end."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.application import Job
from chassis.clock import WallClock, monotonic
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


def test_a_job_that_hangs_makes_the_process_count_as_dead(
    shop: ServiceRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def hangs(_runtime: ServiceRuntime) -> int:
        begun.set()
        goes_on.wait(30)
        return 0

    shop.service = replace(shop.service, jobs=(Job("hangs", hangs),))
    worker = Worker(shop, Receiver(shop, toy.TOPOLOGY), Relay(shop, InProcessBus(toy.TOPOLOGY)))
    worker.start()
    assert begun.wait(10)
    assert worker.alive()
    monkeypatch.setattr("chassis.worker.HUNG_AFTER_SECONDS", 0.0)
    assert not worker.alive()
    goes_on.set()
    worker.stop()


def test_a_punctual_job_is_run_when_it_is_due_and_not_at_the_next_look(shop: ServiceRuntime) -> None:
    shop.clock = WallClock()
    due, ran = shop.clock.now() + timedelta(seconds=0.7), threading.Event()

    def run(runtime: ServiceRuntime) -> int:
        if runtime.clock.now() >= due:
            ran.set()
        return 0

    job = Job("fire", run, every_seconds=30.0, next_due=lambda _: None if ran.is_set() else due, punctual=True)
    shop.service = replace(shop.service, jobs=(job,))
    worker = Worker(shop, Receiver(shop, toy.TOPOLOGY), Relay(shop, InProcessBus(toy.TOPOLOGY)))
    worker.start()
    assert ran.wait(10)
    worker.stop()
