"""The names on the broker and their declaration. The names are frozen by a test: a changed one leaves messages behind.

A publisher has the topic exchange that nameko gives to its events. A consumer has a direct exchange, bound to those of
all publishers that it hears, and P queues; queue p takes the virtual partitions v with v mod P = p. By its routing key
a message has its type, as nameko wants it; its virtual partition is a second key, which RabbitMQ takes from the header
CC. (A headers exchange would compare each message with each of 64 bindings.)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import amqp
from amqp.exceptions import NotFound, PreconditionFailed

from chassis.events.envelope import SHARDS
from chassis.events.topology import Topology
from chassis.rabbit.connection import LOST, Broker, abandon, close, connect, why
from chassis.rabbit.errors import BrokerAway, DeclaredOtherwise, PartitionsDiffer

PARTITIONS = 8
SECOND_KEY = "CC"
_NEVER_DROP = 1_000_000_000
"""A quorum queue of RabbitMQ 4 would drop a message after twenty deliveries; what is bad is parked by us."""


def publisher_exchange(publisher: str) -> str:
    """As nameko names the exchange of a service's events."""
    return f"{publisher}.events"


def consumer_exchange(consumer: str, partitions: int) -> str:
    return f"{consumer}.shards-{partitions}"


def earlier_exchange(consumer: str, partitions: int) -> str:
    """The headers exchange of before (docs/adr/0016), which a broker that was declared then still has."""
    return f"{consumer}.inbox-{partitions}"


def shard_key(virtual: int) -> str:
    return f"shard-{virtual}"


def queue_name(consumer: str, partition: int, partitions: int) -> str:
    return f"{consumer}.inbox-{partitions}.{partition}"


def mark_name(partitions: int) -> str:
    """An exchange that carries nothing: it tells later processes how many partitions the bus has."""
    return f"huying.partitions-{partitions}"


@dataclass
class Declarer:
    """Declares over one connection; a refusal of the broker closes a channel, not the whole."""

    connection: amqp.Connection
    quorum: bool = False

    @contextmanager
    def channel(self, name: str) -> Iterator[amqp.Channel]:
        """A channel for what carries this name. Raises DeclaredOtherwise."""
        channel = self.connection.channel()
        try:
            yield channel
        except PreconditionFailed as refused:
            raise DeclaredOtherwise(name=name, why=refused.reply_text) from None
        finally:
            if channel.is_open:
                channel.close()

    def exists(self, exchange: str) -> bool:
        try:
            with self.channel(exchange) as channel:
                channel.exchange_declare(exchange, "topic", passive=True)
        except NotFound:
            return False
        return True

    def marked(self, first: int) -> int | None:
        """How many partitions the bus has; None before the first declaration. Looks at `first` first."""
        candidates = [first, PARTITIONS, *range(1, SHARDS + 1)]
        return next((p for p in candidates if self.exists(mark_name(p))), None)

    def mark(self, partitions: int) -> None:
        self.exchange(mark_name(partitions), "fanout")

    def publishers(self, topology: Topology) -> None:
        for publisher in sorted(topology.types):
            self.exchange(publisher_exchange(publisher), "topic")

    def consumer(self, consumer: str, partitions: int) -> None:
        """A consumer's exchange and queues, not yet bound to any publisher."""
        exchange = consumer_exchange(consumer, partitions)
        self.exchange(exchange, "direct")
        for partition in range(partitions):
            queue = queue_name(consumer, partition, partitions)
            with self.channel(queue) as channel:
                self._queue(channel, queue)
                for virtual in range(partition, SHARDS, partitions):
                    channel.queue_bind(queue, exchange, shard_key(virtual), nowait=True)

    def _queue(self, channel: amqp.Channel, queue: str) -> None:
        channel.queue_declare(queue, durable=True, auto_delete=False, arguments=self._queue_arguments())

    def missing(self, topology: Topology, partitions: int) -> str | None:
        """The first exchange or queue that is not there; makes none. Raises DeclaredOtherwise.

        Nobody can look at properties but by declaring once more what exists, and at bindings not at all: those are made
        at each start of a process.
        """
        exchanges = [(publisher_exchange(publisher), "topic") for publisher in sorted(topology.types)]
        exchanges += [(consumer_exchange(consumer, partitions), "direct") for consumer in topology.consumers()]
        for name, kind in exchanges:
            if not self.exists(name):
                return name
            self.exchange(name, kind)
        for consumer in topology.consumers():
            for partition in range(partitions):
                queue = queue_name(consumer, partition, partitions)
                if not self._has_queue(queue):
                    return queue
        return None

    def _has_queue(self, queue: str) -> bool:
        try:
            with self.channel(queue) as channel:
                channel.queue_declare(queue, passive=True)
                self._queue(channel, queue)
        except NotFound:
            return False
        return True

    def bind(self, topology: Topology, consumer: str, partitions: int) -> None:
        """From now on the consumer gets every type of the publishers that it hears."""
        exchange = consumer_exchange(consumer, partitions)
        with self.channel(exchange) as channel:
            for publisher in sorted(topology.hears[consumer]):
                channel.exchange_bind(exchange, publisher_exchange(publisher), routing_key="#")

    def exchange(self, name: str, kind: str) -> None:
        with self.channel(name) as channel:
            channel.exchange_declare(name, kind, durable=True, auto_delete=False)

    def _queue_arguments(self) -> Mapping[str, Any]:
        arguments: dict[str, Any] = {"x-single-active-consumer": True}
        if self.quorum:
            arguments |= {"x-queue-type": "quorum", "x-delivery-limit": _NEVER_DROP}
        return arguments


def declare(
    url: str, topology: Topology, *, partitions: int | None = None, quorum: bool = False, unless_there: bool = False
) -> int:
    """Declares everything that is not there yet; returns the number of partitions of the bus.

    Raises PartitionsDiffer, DeclaredOtherwise, BrokerAway or BrokerRefuses. Without a wish for the number of partitions
    the bus stays as it is. `unless_there`: for a process that has seen all of it, and asks whether it is lost.
    """
    with declaring(url, quorum=quorum) as declarer:
        found = declarer.marked(partitions or PARTITIONS)
        if unless_there and found is not None:
            return found
        wanted = partitions or found or PARTITIONS
        if not 1 <= wanted <= SHARDS:
            raise ValueError(f"between 1 and {SHARDS} partitions, not {wanted}")
        if found not in (None, wanted):
            raise PartitionsDiffer(found=found, wanted=wanted)
        declarer.publishers(topology)
        for consumer in topology.consumers():
            declarer.consumer(consumer, wanted)
            declarer.bind(topology, consumer, wanted)
        declarer.mark(wanted)  # last: a process that finds it finds everything
    return wanted


@contextmanager
def declaring(url: str, *, quorum: bool = False) -> Iterator[Declarer]:
    """A connection for declarations. Raises BrokerAway when it is lost meanwhile."""
    broker = Broker.parse(url)
    connection = connect(broker, "huying declare")
    try:
        yield Declarer(connection, quorum)
    except LOST as lost:
        abandon(connection)
        raise BrokerAway(address=broker.address, why=why(lost)) from lost
    finally:
        close(connection)
