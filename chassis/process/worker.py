"""The role `worker`: publishes what was committed and does what is due. Any number of replicas share the work."""

import argparse
import threading
import time
from collections.abc import Iterable
from functools import partial
from importlib import import_module

import structlog

from chassis.clock import monotonic
from chassis.events import topology
from chassis.events.bulk import Trickle
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.events.shards import Shards
from chassis.events.waking import Listener
from chassis.pipeline import ServiceRuntime
from chassis.process import Program
from chassis.process.asking import asked_over_rabbit
from chassis.process.obeying import obeying
from chassis.process.parts import Life, now_ready
from chassis.process.parts import run as run_role
from chassis.process.simulated import DrivenClock
from chassis.process.waiting import Store, declare_all, name_while_away
from chassis.process.watchdog import guard
from chassis.rabbit.publisher import RabbitBus
from chassis.rabbit.watchdog import Watchdog
from chassis.settings import Settings
from chassis.telemetry.faults import places
from chassis.worker import Worker

log = structlog.get_logger()
# Beside what closing takes: a question that nobody answers any more must not keep a process longer than ten seconds.
STOP_SECONDS = 4.0
LONGEST_BACK_OFF_SECONDS = 60.0


def run(program: Program, _given: argparse.Namespace) -> int:
    return run_role(program, "worker", serve)


def serve(life: Life) -> int:
    settings, known = life.settings, topology.load()
    with asked_over_rabbit(settings) as questions:
        runtime = life.runtime(questions)
        life.await_rabbit(partial(declare_all, settings))
        bus = RabbitBus(settings.amqp_url, known, quorum=settings.quorum_queues)
        shards = Shards(runtime.engine.url, runtime.name)
        relay = Relay(runtime, bus, shards=shards.mine, bulk=None if settings.clock else Trickle())
        worker = Worker(runtime, watched(runtime, known), relay)
        life.live["worker"] = worker.alive
        worker.start(jobs=not life.settings.clock)
        listener = Listener(runtime.engine.url, runtime.name, partial(runtime.wake, True))
        guard(worker.alive, life.stopping, what="worker")
        beginning = begin(life, runtime)
        name_while_away(getattr(life.bootstrap, "external_stores", _no_stores)(settings), life.stopping)
        if isinstance(runtime.clock, DrivenClock):
            runtime.clock.obey(obeying(worker, beginning.is_alive))
        now_ready(life)
        life.stopping.wait()
        end = monotonic() + STOP_SECONDS
        worker.stop(until=end)
        beginning.join(max(0.0, end - monotonic()))
        listener.close()
        shards.close()
        bus.close()
        runtime.engine.dispose()
    return 0


def _no_stores(_settings: Settings) -> Iterable[Store]:
    return ()


def watched(runtime: ServiceRuntime, known: topology.Topology) -> Receiver:
    """Tries parked messages; one that hangs ends the process, and the bus waits for its stream no longer."""
    watchdog = Watchdog(threading, time, service=runtime.name)
    watchdog.start()
    return Receiver(runtime, known, watchdog=watchdog)


def begin(life: Life, runtime: ServiceRuntime) -> threading.Thread:
    """What the service does once at its start runs beside its work, until it has been done."""
    thread = threading.Thread(target=_at_start, args=(life, runtime), name="at-start", daemon=True)
    thread.start()
    return thread


def _at_start(life: Life, runtime: ServiceRuntime) -> None:
    if not life.program.at_start:
        return
    module, _, name = life.program.at_start.partition(":")
    do, wait = getattr(import_module(module), name), 1.0
    while not life.stopping.is_set():
        try:
            done = do(runtime, stopping=life.stopping.is_set)
            log.info("at_start_done", service=life.program.name, done=str(done))
            return
        except Exception as error:
            log.warning("at_start_failed", service=runtime.name, error=type(error).__name__, at=places(error))
            life.stopping.wait(wait)
            wait = min(2 * wait, LONGEST_BACK_OFF_SECONDS)
