"""A bus that keeps only what a broker promises: at least once, no order, and a confirmation that may be lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chassis.events.envelope import Envelope


@dataclass
class RecordingBus:
    """Keeps what it was handed; `confirms` decides about each envelope."""

    confirms: Callable[[Envelope], bool] = lambda _: True
    published: list[Envelope] = field(default_factory=list)

    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        self.published += envelopes
        return frozenset(e.event_id for e in envelopes if self.confirms(e))


class BusAway(ConnectionError):
    """The broker cannot be reached."""


class AbsentBus:
    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        """Raises BusAway."""
        raise BusAway
