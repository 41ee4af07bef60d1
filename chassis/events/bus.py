"""The bus of the embedded default: the same envelopes, inbox and batches as on a broker, delivered in process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis.clock import monotonic
from chassis.crashpoints import crash_point
from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.events.relay import BATCH, Relay
from chassis.events.topology import Topology

LOOK_AT_ALL_EVERY_SECONDS = 0.5
Claimed = dict[str, tuple[Relay, Sequence[tuple[int, Envelope]]]]


class InProcessBus:
    """Delivers a batch to every consumer of the publisher; confirmed when all have committed or parked it."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._receivers: dict[str, Receiver] = {}

    def subscribe(self, receivers: Mapping[str, Receiver]) -> None:
        self._receivers.update(receivers)

    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        for error in self.deliver({publisher: envelopes}).values():
            raise error
        return frozenset(e.event_id for e in envelopes)

    def deliver(self, batches: Mapping[str, Sequence[Envelope]]) -> Mapping[str, Exception]:
        """Each consumer gets what it hears of all publishers in one transaction, or in a few after a long pause.

        Those that could not take it, with their errors; the others have not waited for them.
        """
        errors: dict[str, Exception] = {}
        for consumer in sorted({c for publisher in batches for c in self.topology.consumers_of(publisher)}):
            heard = [batch for name, batch in batches.items() if name in self.topology.hears[consumer]]
            envelopes = [envelope for batch in heard for envelope in batch]
            try:
                for first in range(0, len(envelopes), BATCH):  # commands wait for the locks of each
                    self._receivers[consumer].receive(envelopes[first : first + BATCH])
            except Exception as error:
                errors[consumer] = error
        return errors


@dataclass
class Round:
    """The relays of all services of this process as one."""

    relays: Sequence[Relay]
    bus: InProcessBus
    name: str = "province"
    _looked: float = field(default=float("-inf"))

    @property
    def rest(self) -> float:
        return min(relay.rest for relay in self.relays)

    def relay_batch(self) -> int:
        """Publishes what was committed by any of the services; returns how much. Now and then it looks at all."""
        claimed, away = self._claim()
        done = self._publish(claimed) if claimed else 0
        if away is not None:
            raise away
        return done

    def _claim(self) -> tuple[Claimed, Exception | None]:
        """What is to be published, and the error of a service whose database is away: the others do not wait for it."""
        claimed: Claimed = {}
        away: Exception | None = None
        for relay in self._stirred():
            try:
                if rows := relay.claim():
                    claimed[relay.name] = relay, rows
            except Exception as error:
                relay.stirred, away = True, error
        return claimed, away

    def _publish(self, claimed: Claimed) -> int:
        """Marks what all its consumers have got. Raises the error of one that is away."""
        crash_point("relay.after_claim")
        away = self.bus.deliver({name: [envelope for _, envelope in rows] for name, (_, rows) in claimed.items()})
        crash_point("relay.after_publish")
        done = 0
        for name, (relay, rows) in claimed.items():
            if away.keys() & set(self.bus.topology.consumers_of(name)):
                relay.stirred = True
            else:
                done += relay.mark(rows, {envelope.event_id for _, envelope in rows})
        for error in away.values():
            raise error
        return done

    def relay_all(self) -> int:
        """Publishes until nothing is left, also what another program has put back into an outbox."""
        self._looked, total = float("-inf"), 0
        while done := self.relay_batch():
            total += done
        return total

    def _stirred(self) -> Sequence[Relay]:
        now = monotonic()
        if now - self._looked < LOOK_AT_ALL_EVERY_SECONDS:
            return [relay for relay in self.relays if relay.stirred or (relay.bulk and relay.bulk.waiting)]
        self._looked = now  # another program may have stirred one, such as a repair
        return self.relays
