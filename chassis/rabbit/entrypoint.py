"""The nameko entrypoint that hears events: batches of one partition, one in flight, acknowledged when they are done."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import amqp
import eventlet
import structlog
from amqp.exceptions import NotFound
from eventlet.event import Event
from eventlet.semaphore import Semaphore
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint

from chassis.domain import DomainError
from chassis.events.topology import Topology
from chassis.rabbit.connection import LOST, Broker, abandon, close, connect, drain, why
from chassis.rabbit.deliveries import Deliveries
from chassis.rabbit.gathering import Gathering
from chassis.rabbit.leases import ROUND_SECONDS, Key, LeaseTable, Share
from chassis.rabbit.partition import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, PREFETCH, Partition
from chassis.rabbit.redelivery import Delivered, Taking
from chassis.rabbit.topology import declare, queue_name
from chassis.rabbit.watchdog import Watchdog
from chassis.telemetry import metrics

log = structlog.get_logger()
LOOK_SECONDS = 0.2
LAG_SECONDS = 5.0
CUT_OFF_SECONDS = 2.0
"""Without the broker for so long, we leave our partitions to replicas that it may still hear."""
STOP_SECONDS = 7.0
HURRY_SECONDS = 4.0
"""Until then a process that is told to stop handles what it has; afterwards only the batches in hand."""


@dataclass
class Hearing:
    """All that the entrypoint needs to know; nameko builds entrypoints itself and passes it on."""

    consumer: str
    url: str
    topology: Topology
    quorum: bool
    taking: Taking
    leases: LeaseTable
    watchdog: Watchdog
    database_answers: Callable[[], bool]
    held: frozenset[Key] = frozenset()
    """What this process consumes at the moment."""


class PartitionedEvents(Entrypoint):  # type: ignore[misc]
    """Calls its method with batches of `Delivered`; the method answers None, or the error that it ended in."""

    def __init__(self, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hearing = hearing
        self._broker = Broker.parse(hearing.url)
        self._stopping = False
        self._stopped = Event()
        self._wanted: frozenset[Key] = frozenset()
        self._drained: frozenset[Key] = frozenset()
        self._partitions: dict[Key, Partition] = {}
        self._turns: dict[Key, Semaphore] = {}
        self._gathering = Gathering(self._in_worker)
        self._broken = False
        self._away_since = 0.0
        """Since when there is no connection to the broker; 0 while there is one."""
        self._absent = False
        """Whether we have left our partitions to others."""
        self._hurry_at = 0.0

    # -- nameko's side -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self.hearing.watchdog.start()
        self.container.spawn_managed_thread(self._consume_forever, identifier="events")
        self.container.spawn_managed_thread(self._share_forever, identifier="leases")

    def stop(self) -> None:
        """Takes nothing new; the batches in hand are finished and acknowledged."""
        self._hurry_at = time.monotonic() + HURRY_SECONDS
        self._stopping = True
        with eventlet.Timeout(STOP_SECONDS, False):
            self._stopped.wait()
        self.hearing.watchdog.stop()

    def kill(self) -> None:
        self._stopping = self._broken = True
        self.hearing.watchdog.stop()

    # -- leases --------------------------------------------------------------------------------------------------------

    def _share_forever(self) -> None:
        next_round = 0.0
        while not self._stopping:
            now, pause = time.monotonic(), LOOK_SECONDS
            try:
                if self._cut_off():
                    self._leave_to_others()
                    next_round = 0.0
                elif now >= next_round or self.hearing.leases.changed():
                    next_round = now + ROUND_SECONDS
                    self._take_share(self.hearing.leases.round())
            except Exception as error:  # the database is away: we go on with what we have
                log.warning("leases_unknown", service=self.hearing.consumer, error=type(error).__name__)
                next_round, pause = 0.0, ROUND_SECONDS
            with eventlet.Timeout(pause, False):
                self._stopped.wait()

    def _take_share(self, share: Share) -> None:
        self._absent = False
        if share.held != self._wanted:
            log.info("partitions", service=self.hearing.consumer, held=len(share.held), replicas=share.replicas)
        self._wanted, self._drained = share.held, share.drained
        metrics.LEASES_HELD.labels(self.hearing.consumer).set(len(share.held))
        # Nobody lets go any more of a partition that was to be given back when the connection was lost.
        for key in share.surplus - self._partitions.keys():
            self.hearing.leases.release(key)

    def _cut_off(self) -> bool:
        return self._away_since > 0 and time.monotonic() - self._away_since > CUT_OFF_SECONDS

    def _leave_to_others(self) -> None:
        if self._absent:
            return
        log.warning("leaves_to_others", service=self.hearing.consumer, address=self._broker.address)
        self._wanted = frozenset()
        metrics.LEASES_HELD.labels(self.hearing.consumer).set(0)
        self.hearing.leases.leave()
        self._absent = True

    def _quietly(self, do: Callable[..., None], *given: Any, **named: Any) -> None:
        """Something about leases that is done again in another way if it fails."""
        try:
            do(*given, **named)
        except Exception as error:
            log.warning("leases_unknown", service=self.hearing.consumer, error=type(error).__name__)

    # -- the connection ------------------------------------------------------------------------------------------------

    def _consume_forever(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._stopping:
            connection = None
            try:
                connection = connect(self._broker, f"huying events {self.hearing.consumer}")
                log.info("broker_connected", service=self.hearing.consumer, address=self._broker.address)
                pause, self._away_since = FIRST_PAUSE_SECONDS, 0.0
                self._serve(connection)
                close(connection)
            except (DomainError, *LOST) as error:
                self._lost(connection, error)
                eventlet.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        self._quietly(self.hearing.leases.leave)
        if not self._stopped.ready():
            self._stopped.send(None)

    def _lost(self, connection: amqp.Connection | None, error: Exception) -> None:
        if connection is not None:
            metrics.BUS_LOST.labels(self.hearing.consumer, "bus").inc()
        told = "broker_lost" if connection is not None else "broker_away"
        self._away_since = self._away_since or time.monotonic()
        log.warning(told, service=self.hearing.consumer, address=self._broker.address, why=why(error))
        abandon(connection)
        for partition in self._partitions.values():
            partition.abandon()
            metrics.forget_lag(self.hearing.consumer, str(partition.key.partition))
        self._partitions.clear()
        self.hearing.held = frozenset()

    def _serve(self, connection: amqp.Connection) -> None:
        """Until we stop and the last batch is acknowledged. Raises what LOST names."""
        self._broken, deliveries = False, Deliveries(connection)
        next_look = next_beat = next_lag = 0.0
        while True:
            now = time.monotonic()
            if self._broken:
                raise ConnectionError("an acknowledgement was cut short")
            if now >= next_look or self._stopping:
                next_look = now + LOOK_SECONDS
                if self._follow(connection, deliveries):
                    return
            if now >= next_beat:
                next_beat = now + 1.0
                connection.heartbeat_tick()
            if now >= next_lag:
                next_lag = now + LAG_SECONDS
                self._measure_lag()
            self._drain(connection)

    def _drain(self, connection: amqp.Connection) -> None:
        try:
            drain(connection, LOOK_SECONDS)
        except TimeoutError:
            return
        eventlet.sleep(0)  # a full socket would never let the workers have their turn

    def _follow(self, connection: amqp.Connection, deliveries: Deliveries) -> bool:
        """Subscribes to what is ours now, and lets go of what is not; True when all is let go for good."""
        wanted = frozenset() if self._stopping else self._wanted
        for key, partition in list(self._partitions.items()):
            if key not in wanted and not partition.retiring:
                self._cancel(partition)
            if self._stopping and time.monotonic() > self._hurry_at:
                partition.abandon()
            if partition.over:
                self._let_go(connection, partition)
        for key in sorted(wanted - self._partitions.keys()):
            self._subscribe(connection, deliveries, key)
        for key in sorted(self._drained):
            self._delete(connection, key)
        self.hearing.held = frozenset(self._partitions)
        return self._stopping and not self._partitions

    def _cancel(self, partition: Partition) -> None:
        """No more comes; what is here already is handled first: given back, it would have to be done one by one."""
        partition.channel.basic_cancel(partition.tag)
        partition.finish()

    def _subscribe(self, connection: amqp.Connection, deliveries: Deliveries, key: Key) -> None:
        queue = queue_name(self.hearing.consumer, key.partition, key.of)
        partition = self._partition(key, queue, connection.channel())
        try:
            partition.channel.basic_qos(0, PREFETCH, False)
            deliveries.hear(partition.channel.channel_id, partition.messages.put)
            partition.tag = partition.channel.basic_consume(queue, on_cancel=lambda _: partition.abandon())
        except NotFound:
            self._find_again(key)
            return
        self._partitions[key] = partition
        self.container.spawn_managed_thread(partition.work, identifier=queue)

    def _partition(self, key: Key, queue: str, channel: amqp.Channel) -> Partition:
        hearing = self.hearing
        return Partition(
            hearing.consumer, key, queue, channel, turn=self._turns.setdefault(key, Semaphore(1)),
            handle=self._gathering.handle, leases=hearing.leases, database_answers=hearing.database_answers,
            limit=lambda: self._gathering.limit, spoilt=self._spoil,
        )  # fmt: skip

    def _find_again(self, key: Key) -> None:
        """The queue is not there: the broker has lost all it had, or its partitions were changed without us."""
        found = declare(self.hearing.url, self.hearing.topology, quorum=self.hearing.quorum)
        log.warning("queue_missing", service=self.hearing.consumer, partition=key.partition, of=key.of, found=found)
        if found != key.of:
            self._quietly(self.hearing.leases.close, key, successor=found)

    def _let_go(self, connection: amqp.Connection, partition: Partition) -> None:
        """Closing the channel gives what we did not handle back to the queue, in its old order."""
        if partition.channel.is_open:
            partition.channel.close()
        del self._partitions[partition.key]
        metrics.forget_lag(self.hearing.consumer, str(partition.key.partition))
        if partition.drained:
            self._wanted -= {partition.key}
            self._delete(connection, partition.key)
        else:
            eventlet.spawn(self._quietly, self.hearing.leases.release, partition.key)

    def _delete(self, connection: amqp.Connection, key: Key) -> None:
        """What is left in a drained queue has gone to its successor as well."""
        self._drained -= {key}
        channel = connection.channel()
        channel.queue_delete(queue_name(self.hearing.consumer, key.partition, key.of))
        channel.close()
        eventlet.spawn(self._quietly, self.hearing.leases.forget, key)

    def _measure_lag(self) -> None:
        for key, partition in list(self._partitions.items()):
            if partition.channel.is_open and not partition.retiring:
                left = partition.channel.queue_declare(partition.queue, passive=True).message_count
                metrics.BUS_LAG.labels(self.hearing.consumer, str(key.partition)).set(left + partition.messages.qsize())

    # -- batches -------------------------------------------------------------------------------------------------------

    def _in_worker(self, key: Key, delivered: Sequence[Delivered], whole: bool) -> Exception | None:
        """One nameko worker for one batch, under the key of one of its partitions; None when all is well."""
        done = Event()

        def handled(_context: Any, result: Any = None, exc_info: Any = None) -> tuple[Any, Any]:
            done.send(result if exc_info is None else exc_info[1])
            return None, None

        try:
            self.container.spawn_worker(self, (key, delivered, whole), {}, handle_result=handled)
        except ContainerBeingKilled:
            return ConnectionError("the process is ending")
        error: Exception | None = done.wait()
        return error

    def _spoil(self) -> None:
        self._broken = True


partitioned_events = PartitionedEvents.decorator
