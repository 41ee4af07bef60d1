"""A queue beside those of the consumers, that takes every event as it passes: what came in which order."""

import time
from dataclasses import dataclass, field

import amqp

from chassis.events.envelope import Envelope, decode
from chassis.events.topology import load
from chassis.rabbit.connection import Broker, close, connect
from chassis.rabbit.topology import publisher_exchange

QUEUE = "chaos.tap"
PREFETCH = 2_000


@dataclass
class Passed:
    """What passed: events, copies of them, and streams in which one came before an earlier one."""

    events: int = 0
    copies: int = 0
    inverted: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """Of the events, to be held against what the outboxes have published."""


@dataclass
class Order:
    """A stream is in order when each event comes for the first time right after the one before.

    All are born after the tap: the first event of each is number one.
    """

    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    def note(self, envelope: Envelope, passed: Passed) -> None:
        last = self._last.get(envelope.stream, 0)
        passed.events += 1
        passed.ids.add(envelope.event_id)
        if envelope.sequence <= last:
            passed.copies += 1
            return
        if envelope.sequence != last + 1:
            passed.inverted.append(f"{envelope.publisher} {envelope.subject}: {envelope.sequence} after {last}")
        self._last[envelope.stream] = envelope.sequence


class Tap:
    """Durable, so that the broker may die meanwhile."""

    def __init__(self, url: str) -> None:
        self._broker = Broker.parse(url)
        self._order = Order()
        connection = connect(self._broker, "chaos tap")
        channel = connection.channel()
        channel.queue_declare(QUEUE, durable=True, auto_delete=False)
        for publisher in load().types:
            channel.queue_bind(QUEUE, publisher_exchange(publisher), routing_key="#")
        close(connection)

    def drain(self) -> Passed:
        """Everything that has passed since the last time."""
        passed = Passed()
        connection = connect(self._broker, "chaos tap")
        channel = connection.channel()
        _, waiting, _ = channel.queue_declare(QUEUE, passive=True)
        channel.basic_qos(0, PREFETCH, False)
        messages: list[amqp.Message] = []
        channel.basic_consume(QUEUE, callback=messages.append)
        until, taken = time.monotonic() + 60.0, 0
        while taken < waiting and time.monotonic() < until:
            connection.drain_events(timeout=10)
            for message in messages:
                self._order.note(decode(message.body), passed)
            if messages:
                channel.basic_ack(messages[-1].delivery_info["delivery_tag"], multiple=True)
            taken += len(messages)
            messages.clear()
        close(connection)
        return passed
