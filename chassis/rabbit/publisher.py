"""The relay's way to the broker: batches, persistent, mandatory, confirms gathered per batch."""

import threading
import time
from collections.abc import Sequence
from itertools import count

import amqp
import structlog
from amqp.exceptions import NotFound

from chassis.clock import monotonic
from chassis.events.envelope import Envelope, encode, shard_of
from chassis.events.topology import Topology
from chassis.rabbit.connection import HEARTBEAT_SECONDS, LOST, Broker, abandon, close, connect, drain, why
from chassis.rabbit.errors import BrokerAway, BrokerSilent
from chassis.rabbit.frames import publish
from chassis.rabbit.topology import declare, publisher_exchange
from chassis.telemetry import metrics, tracing

log = structlog.get_logger()
CHUNK = 1000
"""Messages under way at once; their confirms fit into the socket's buffers."""
CONFIRM_SECONDS = 5.0
PATIENCE_SECONDS = 10.0
"""How long one publish waits for the broker to return before it says so."""
LONGEST_PAUSE_SECONDS = 1.0


class RabbitBus:
    """One connection for one relay; `publish` is called by one thread at a time."""

    def __init__(self, url: str, topology: Topology, *, quorum: bool = False) -> None:
        self._url, self._broker, self._topology, self._quorum = url, Broker.parse(url), topology, quorum
        self._line: _Line | None = None
        self._declared = False
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._heart: threading.Thread | None = None

    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        """Returns the ids that the broker has confirmed. Raises BrokerAway, BrokerSilent or what `declare` raises."""
        confirmed: frozenset[str] = frozenset()
        with self._lock:
            for start in range(0, len(envelopes), CHUNK):
                line = self._connected(publisher)
                confirmed |= self._hand_over(line, publisher, envelopes[start : start + CHUNK])
        return confirmed

    def close(self) -> None:
        self._closing.set()
        with self._lock:
            if self._line is not None:
                close(self._line.connection)
                self._line = None

    # -- one batch -----------------------------------------------------------------------------------------------------

    def _hand_over(self, line: "_Line", publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        # A hole in a case's sequence would hold up its consumers: of a heard publisher every type must arrive.
        mandatory = bool(self._topology.consumers_of(publisher))
        started = monotonic()
        try:
            line.send(publisher_exchange(publisher), envelopes, mandatory=mandatory)
            line.gather(CONFIRM_SECONDS)
        except TimeoutError:
            self._drop(publisher, "no confirms")
            raise BrokerSilent(address=self._broker.address, seconds=CONFIRM_SECONDS) from None
        except LOST as lost:
            self._declared &= not isinstance(lost, NotFound)  # else an exchange that somebody deleted stays away
            self._drop(publisher, why(lost))
            raise BrokerAway(address=self._broker.address, why=why(lost)) from lost
        metrics.BUS_CONFIRM_SECONDS.labels(publisher).observe(monotonic() - started)
        refused = line.take_refused()
        if refused:
            metrics.BUS_RETURNED.labels(publisher).inc(len(refused))
            first = next(e for e in envelopes if e.event_id in refused)
            log.error(
                "returned_by_broker", service=publisher, messages=len(refused), type=first.type,
                why=refused[first.event_id], **tracing.named(first.trace, first.subject),
            )  # fmt: skip
            # Something of what we declared may be gone: it is declared anew before the next try.
            self._declared = False
            self._drop(publisher, "returned")
        metrics.BUS_PUBLISHED.labels(publisher).inc(len(envelopes) - len(refused))
        return frozenset(e.event_id for e in envelopes if e.event_id not in refused)

    # -- the connection ------------------------------------------------------------------------------------------------

    def _connected(self, publisher: str) -> "_Line":
        until = monotonic() + PATIENCE_SECONDS
        for attempt in count():
            if self._line is not None:
                return self._line
            try:
                # A broker that is back has kept it all, as a rule: to declare it anew would cost seconds under load.
                declare(self._url, self._topology, quorum=self._quorum, unless_there=self._declared)
                self._declared = True
                self._line = _Line(connect(self._broker, f"huying relay {publisher}"))
            except BrokerAway as away:
                if attempt == 0:
                    log.warning("broker_away", service=publisher, address=self._broker.address, why=away.values["why"])
                pause = min(0.05 * 2**attempt, LONGEST_PAUSE_SECONDS)
                if monotonic() + pause > until or self._closing.wait(pause):
                    raise
            else:
                log.info("broker_connected", service=publisher, address=self._broker.address)
                self._start_heart()
        raise AssertionError("unreachable")

    def _drop(self, publisher: str, reason: str) -> None:
        metrics.BUS_LOST.labels(publisher, "relay").inc()
        log.warning("broker_lost", service=publisher, address=self._broker.address, why=reason)
        if self._line is not None:
            abandon(self._line.connection)
            self._line = None

    def _start_heart(self) -> None:
        if self._heart is None:
            self._heart = threading.Thread(target=self._beat, name="broker-heartbeat", daemon=True)
            self._heart.start()

    def _beat(self) -> None:
        """While nothing is published, the broker still hears of us, and we notice that it is gone."""
        while not self._closing.wait(HEARTBEAT_SECONDS / 3):
            if not self._lock.acquire(blocking=False):
                continue  # a batch is under way
            try:
                if self._line is not None:
                    self._line.beat()
            except LOST:
                abandon(self._line.connection if self._line else None)
                self._line = None
            finally:
                self._lock.release()


class _Line:
    """A channel in confirm mode and what is under way on it."""

    def __init__(self, connection: amqp.Connection) -> None:
        self.connection = connection
        self._channel = connection.channel()
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._acked)
        self._channel.events["basic_nack"].add(self._nacked)
        self._channel.events["basic_return"].add(self._returned)
        self._tags = count(1)
        self._waiting: dict[int, str] = {}
        self._refused: dict[str, str] = {}

    def send(self, exchange: str, envelopes: Sequence[Envelope], *, mandatory: bool) -> None:
        """All in one write."""
        channel, room = self._channel.channel_id, self.connection.frame_max
        frames = [
            publish(
                channel, exchange, e.type, shard_of(e.subject), e.event_id, encode(e), mandatory=mandatory, room=room
            )
            for e in envelopes
        ]  # fmt: skip
        self._waiting.update((next(self._tags), e.event_id) for e in envelopes)
        self.connection.transport.write(b"".join(frames))
        self.connection.bytes_sent += 1  # for the heartbeat

    def gather(self, limit: float) -> None:
        """Waits until the broker has answered for every message. Raises TimeoutError when it stops answering."""
        until = time.monotonic() + limit
        while self._waiting:
            before = len(self._waiting)
            drain(self.connection, max(0.01, until - time.monotonic()))
            if len(self._waiting) < before:
                until = time.monotonic() + limit

    def take_refused(self) -> dict[str, str]:
        refused, self._refused = self._refused, {}
        return refused

    def beat(self) -> None:
        try:
            while True:
                drain(self.connection, 0.001)
        except TimeoutError:
            self.connection.heartbeat_tick()

    def _acked(self, tag: int, multiple: bool) -> None:
        self._answered(tag, multiple)

    def _nacked(self, tag: int, multiple: bool) -> None:
        for event_id in self._answered(tag, multiple):
            self._refused[event_id] = "nack"

    def _answered(self, tag: int, multiple: bool) -> list[str]:
        if not multiple:
            return [self._waiting.pop(tag)]
        tags = [waiting for waiting in self._waiting if waiting <= tag]
        return [self._waiting.pop(waiting) for waiting in tags]

    def _returned(self, error: Exception, _exchange: str, _key: str, message: amqp.Message) -> None:
        self._refused[message.properties["message_id"]] = str(error)
