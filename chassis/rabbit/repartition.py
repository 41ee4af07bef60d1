"""Changing the number of partitions while everything runs: docs/runbooks/partitions.md.

New queues are bound beside the old ones, then the old ones are unbound, and a mark is put behind their last message.
What came in between lies in both and is known by its sequence. A consumer that meets the mark has applied all before
it; only then does it, or another replica, begin with the new queues that share cases with the drained one.
"""

import time
from collections.abc import Callable, Iterable

import amqp
import structlog
from amqp.exceptions import NotFound

from chassis.events.envelope import SHARDS, encode
from chassis.events.topology import Topology
from chassis.rabbit.connection import LOST, Broker, connect
from chassis.rabbit.deliveries import Delivery
from chassis.rabbit.errors import BrokerAway
from chassis.rabbit.topology import Declarer, consumer_exchange, declaring, earlier_exchange, mark_name, queue_name

log = structlog.get_logger()
MARK = "huying.partitions.v1"
_MARK = MARK.encode()
_SUCCESSOR = "partitions"
SETTLE_SECONDS = 1.0
"""For a declaration or a message that is just under way with what it knew before."""


def successor_of(delivery: Delivery) -> int | None:
    """The number of partitions that a mark names; None for everything else."""
    if _MARK not in delivery.header:
        return None
    message = amqp.Message()
    message.inbound_header(delivery.header)
    return int(message.headers[_SUCCESSOR]) if message.properties.get("type") == MARK else None


def change_partitions(
    url: str,
    topology: Topology,
    *,
    to: int,
    quorum: bool = False,
    settle: Callable[[float], object] = time.sleep,
) -> list[str]:
    """Moves all consumers to `to` partitions; returns the old queues, which they drain and delete by themselves.

    Killed halfway, it goes on where it was when it is run again. Raises what `declare` raises.
    """
    if not 1 <= to <= SHARDS:
        raise ValueError(f"between 1 and {SHARDS} partitions, not {to}")
    with declaring(url, quorum=quorum) as declarer:
        consumers = topology.consumers()
        declarer.publishers(topology)
        for consumer in consumers:
            declarer.consumer(consumer, to)
        declarer.mark(to)
        for other in _others(to):
            _delete_exchange(declarer, mark_name(other))
        settle(SETTLE_SECONDS)
        old = {consumer: _generations(declarer, consumer, to) for consumer in consumers}
        for consumer in consumers:
            declarer.bind(topology, consumer, to)
            for partitions in old[consumer]:
                _delete_exchange(declarer, consumer_exchange(consumer, partitions))
                _delete_exchange(declarer, earlier_exchange(consumer, partitions))
        settle(SETTLE_SECONDS)
        queues = [queue_name(c, number, of) for c in consumers for of in old[c] for number in range(of)]
        return _put_marks(declarer.connection, queues, to)


def generations(url: str, consumer: str, current: int) -> list[int]:
    """The numbers of partitions of which a consumer still has queues, the current one last."""
    with declaring(url) as declarer:
        return [*_generations(declarer, consumer, current), current]


def _generations(declarer: Declarer, consumer: str, current: int) -> list[int]:
    return [of for of in _others(current) if _queue_exists(declarer, queue_name(consumer, 0, of))
            or declarer.exists(consumer_exchange(consumer, of))]  # fmt: skip


def _others(partitions: int) -> Iterable[int]:
    return (number for number in range(1, SHARDS + 1) if number != partitions)


def _queue_exists(declarer: Declarer, queue: str) -> bool:
    try:
        with declarer.channel(queue) as channel:
            channel.queue_declare(queue, passive=True)
    except NotFound:
        return False
    return True


def _delete_exchange(declarer: Declarer, name: str) -> None:
    """Takes its bindings along; nothing happens when there is none."""
    with declarer.channel(name) as channel:
        channel.exchange_delete(name)


def _put_marks(connection: amqp.Connection, queues: Iterable[str], to: int) -> list[str]:
    """Those queues that are still there; a drained one is gone."""
    channel = connection.channel()
    channel.confirm_select()
    missing: set[str] = set()
    channel.events["basic_return"].add(lambda _error, _exchange, key, _message: missing.add(key))
    marked = []
    for queue in queues:
        mark = amqp.Message(
            encode({_SUCCESSOR: to}), content_type="application/json", content_encoding="utf-8", delivery_mode=2,
            type=MARK, application_headers={_SUCCESSOR: to},
        )  # fmt: skip
        channel.basic_publish_confirm(mark, "", queue, mandatory=True, confirm_timeout=10)
        if queue not in missing:
            marked.append(queue)
    return marked


def left_in(url: str, queues: Iterable[str]) -> dict[str, int]:
    """Messages that wait in each of the queues that are still there."""
    broker = Broker.parse(url)
    connection = connect(broker, "huying look")
    found = {}
    try:
        for queue in queues:
            channel = connection.channel()
            try:
                found[queue] = channel.queue_declare(queue, passive=True).message_count
                channel.close()
            except NotFound:
                continue
    except LOST as lost:
        raise BrokerAway(address=broker.address, why=str(lost)) from lost
    finally:
        connection.close()
    return found
