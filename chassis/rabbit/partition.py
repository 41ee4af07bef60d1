"""The messages of one queue: buffered as they come, handled batch after batch, acknowledged when they are done."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import amqp
import eventlet
import structlog
from eventlet.queue import LightQueue
from eventlet.semaphore import Semaphore

from chassis.rabbit.batches import BATCH
from chassis.rabbit.connection import LOST
from chassis.rabbit.deliveries import Delivery
from chassis.rabbit.leases import ROUND_SECONDS, Key, LeaseTable
from chassis.rabbit.redelivery import Delivered
from chassis.rabbit.repartition import successor_of
from chassis.telemetry import metrics
from chassis.telemetry.faults import places

log = structlog.get_logger()
PREFETCH = 2 * BATCH
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 1.0

Handle = Callable[[Key, Sequence[Delivered]], Exception | None]
"""Runs one batch to its end; answers the error that kept it from being done."""


@dataclass(eq=False)
class Partition:
    """One queue that we consume, on a channel of its own: closing it gives back what was not acknowledged."""

    consumer: str
    key: Key
    queue: str
    channel: amqp.Channel
    turn: Semaphore
    """After a lost connection the batch of the old one may still be under way."""
    handle: Handle
    leases: LeaseTable
    database_answers: Callable[[], bool]
    limit: Callable[[], int]
    """How large the next batch may be."""
    spoilt: Callable[[], None]
    """Tells that the connection is of no more use."""
    messages: LightQueue = field(default_factory=LightQueue)
    retiring: bool = False
    """Nothing more comes; what is here is handled, unless it is abandoned."""
    abandoned: bool = False
    """Ends after the batch in hand; the rest goes back to the queue."""
    over: bool = False
    tag: str = ""
    drained: bool = False

    def finish(self) -> None:
        """After a cancel: what has come is still handled, so that nobody gets it as redelivered."""
        self.retiring = True
        self.messages.put(None)

    def abandon(self) -> None:
        self.abandoned = True
        self.finish()

    def work(self) -> None:
        """Batch after batch, as long as the queue is ours."""
        carried: Delivery | None = None
        while not self.abandoned and (first := carried or self.messages.get()) is not None:
            batch, carried = self._batch(first)
            with self.turn:
                self._do(batch)
        self.over = True

    def _batch(self, first: Delivery) -> tuple[list[Delivery], Delivery | None]:
        """What has come meanwhile; a mark of the next generation stands alone and is carried over."""
        batch = [first]
        while len(batch) < self.limit() and self.messages.qsize() and successor_of(first) is None:
            message = self.messages.get()
            if message is None:
                self.messages.put(None)  # behind it nothing comes
                break
            if successor_of(message) is not None:
                return batch, message
            batch.append(message)
        return batch, None

    def _do(self, batch: Sequence[Delivery]) -> None:
        metrics.BUS_RECEIVED.labels(self.consumer).inc(len(batch))
        successor = successor_of(batch[0])
        if successor is not None:
            self._succeed(batch[0], successor)
            return
        delivered = [Delivered(m.body, m.redelivered) for m in batch]
        if self._until_done(delivered):
            self._acknowledge(batch[-1])

    def _until_done(self, delivered: Sequence[Delivered]) -> bool:
        """While the database is away nothing is taken: the messages stay with the broker. False when we let go."""
        pause = FIRST_PAUSE_SECONDS
        while (error := self._handled(delivered)) is not None:
            log.warning(
                "batch_waits", service=self.consumer, partition=self.key.partition, error=type(error).__name__,
                at=places(error), again_in=pause,
            )  # fmt: skip
            eventlet.sleep(pause)
            while not self.retiring and not self.database_answers():
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                eventlet.sleep(pause)
            if self.retiring:
                self.abandoned = True
                return False
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        return True

    def _handled(self, delivered: Sequence[Delivered]) -> Exception | None:
        started = time.monotonic()
        error = self.handle(self.key, delivered)
        metrics.BUS_BATCH_SECONDS.labels(self.consumer).observe(time.monotonic() - started)
        return error

    def _acknowledge(self, last: Delivery) -> None:
        """A connection that is gone needs none: the broker gives the messages again, and the inbox knows them."""
        if not self.channel.is_open:
            return
        try:
            self.channel.basic_ack(last.tag, multiple=True)
        except LOST:
            self.spoilt()  # half a frame may be written

    def _succeed(self, mark: Delivery, successor: int) -> None:
        """All before the mark are applied; whatever comes behind it has gone to the next generation as well."""
        log.info("drained", service=self.consumer, queue=self.queue, successor=successor)
        try:
            self.leases.close(self.key, successor=successor)
        except Exception as error:
            log.warning("leases_unknown", service=self.consumer, error=type(error).__name__)
            eventlet.sleep(ROUND_SECONDS)
        else:
            self._acknowledge(mark)
            self.drained = True
        self.retiring = self.abandoned = True
