"""The bus of the embedded default: the same envelopes, inbox and batches as on a broker, delivered in process."""

from collections.abc import Mapping, Sequence

from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.events.topology import Topology


class InProcessBus:
    """Delivers a batch to every consumer of the publisher; confirmed when all have committed or parked it."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._receivers: dict[str, Receiver] = {}

    def subscribe(self, receivers: Mapping[str, Receiver]) -> None:
        self._receivers.update(receivers)

    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        for consumer in self.topology.consumers_of(publisher):
            self._receivers[consumer].receive(envelopes)
        return frozenset(e.event_id for e in envelopes)
