"""The bus process of a service: its events and its questions as one nameko service, under nameko's own runner."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol
from urllib.parse import quote

import eventlet
import sqlalchemy as sa
import structlog
from eventlet.patcher import original
from nameko.runners import ServiceRunner

from chassis.events.receiver import Receiver
from chassis.events.topology import Topology
from chassis.pipeline import ServiceRuntime
from chassis.rabbit.connection import HEARTBEAT_SECONDS, Broker
from chassis.rabbit.entrypoint import Hearing, partitioned_events
from chassis.rabbit.green import require_patched
from chassis.rabbit.leases import Key, LeaseTable
from chassis.rabbit.redelivery import Delivered, Taking
from chassis.rabbit.repartition import generations
from chassis.rabbit.rpc import rpc_parts
from chassis.rabbit.topology import declare
from chassis.rabbit.watchdog import Watchdog
from chassis.settings import Settings
from chassis.tokens import TokenVerifier

log = structlog.get_logger()
STOP_LOOK_SECONDS = 0.2
APART_FROM_WORKERS = 3
"""Connections to the database that are no worker's: the leases' session, their changes, a readiness check."""


class Stop(Protocol):
    """A threading.Event will do."""

    def wait(self, timeout: float | None = None) -> bool: ...


def run(
    runtime: ServiceRuntime,
    receiver: Receiver,
    topology: Topology,
    settings: Settings,
    verifier: TokenVerifier,
    *,
    ready: Callable[[], object],
    stop: Stop | None = None,
) -> None:
    """Serves until told to stop; then the batches in hand are finished first. Raises NotGreen or what declare raises.

    The process must have called chassis.rabbit.green.patch() before any other import.
    """
    require_patched()
    runner = ServiceRunner(_config(runtime, settings))
    parts = rpc_parts(runtime, verifier)
    if runtime.name in topology.consumers():
        parts |= {"take_batch": _method(_hearing(runtime, receiver, topology, settings))}
    runner.add_service(type(f"{runtime.name.capitalize()}Service", (), {"name": runtime.name} | parts))
    runner.start()
    ready()
    eventlet.spawn(_stop_when_told, runner, stop or threading.Event())
    runner.wait()
    log.info("bus_stopped", service=runtime.name)


def _stop_when_told(runner: ServiceRunner, stop: Stop) -> None:
    while not stop.wait(STOP_LOOK_SECONDS):  # a signal alone would not wake eventlet's hub
        pass
    runner.stop()


def _config(runtime: ServiceRuntime, settings: Settings) -> dict[str, Any]:
    broker = Broker.parse(settings.amqp_url)
    login = f"{quote(broker.user, safe='')}:{quote(broker.password, safe='')}"
    uri = f"amqp://{login}@{broker.host}:{broker.port}/{quote(broker.vhost, safe='')}"
    connections = getattr(runtime.engine.pool, "size", lambda: 10)()
    return {
        "AMQP_URI": uri,
        "AMQP_SSL": broker.tls,
        "HEARTBEAT": HEARTBEAT_SECONDS,
        # A worker never waits for a connection: nobody else counts on more.
        "max_workers": max(connections - APART_FROM_WORKERS, 1),
    }


def _hearing(runtime: ServiceRuntime, receiver: Receiver, topology: Topology, settings: Settings) -> Hearing:
    found = declare(
        settings.amqp_url, topology, partitions=settings.partitions, quorum=settings.quorum_queues
    )  # fmt: skip
    leases = LeaseTable(runtime.engine, runtime.name)
    if not leases.known():
        leases.begin(generations(settings.amqp_url, runtime.name, found))
    return Hearing(
        consumer=runtime.name,
        url=settings.amqp_url,
        topology=topology,
        quorum=settings.quorum_queues,
        taking=Taking(receiver),
        leases=leases,
        watchdog=Watchdog(original("threading"), original("time"), service=runtime.name),
        database_answers=partial(_answers, runtime.engine),
    )


def _method(hearing: Hearing) -> Callable[..., Any]:
    def take_batch(_self: Any, key: Key, batch: Sequence[Delivered], whole: bool) -> Exception | None:
        hearing.watchdog.begin(key)
        try:
            if whole:
                hearing.taking.take_whole(batch)
            else:
                hearing.taking.take(batch, progress=partial(hearing.watchdog.progress, key))
        except Exception as error:  # nameko would log its words, which may be a citizen's
            return error
        finally:
            hearing.watchdog.end(key)
        return None

    method: Callable[..., Any] = partitioned_events(hearing)(take_batch)
    return method


def _answers(engine: sa.Engine) -> bool:
    try:
        with engine.connect() as connection:
            return connection.execute(sa.text("select 1")).scalar() == 1
    except Exception:
        return False
