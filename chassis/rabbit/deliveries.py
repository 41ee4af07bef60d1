"""Messages as their frames come in: py-amqp spends more on properties that nobody reads than we do on all the rest."""

from collections.abc import Callable
from dataclasses import dataclass, field
from struct import Struct

import amqp

_METHOD, _HEADER, _BODY = 1, 2, 3
_DELIVER = b"\x00\x3c\x00\x3c"
_TAG_AND_FLAG, _SIZE = Struct(">QB"), Struct(">Q")
_AFTER_DELIVER, _BEFORE_SIZE = 4, 4

Frame = tuple[int, int, bytes]


@dataclass(slots=True)
class Delivery:
    """One message of a queue; `header` is the frame of its properties, as it came."""

    tag: int
    redelivered: bool
    header: bytes = b""
    body: bytes = b""
    missing: int = 0
    """Bytes of the body that are still to come."""


@dataclass
class Deliveries:
    """Stands before the connection's own handler of frames, and takes what is delivered on the channels it hears."""

    connection: amqp.Connection
    _sinks: dict[int, Callable[[Delivery], object]] = field(default_factory=dict)
    _begun: dict[int, Delivery] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._otherwise = self.connection.on_inbound_frame
        self.connection.on_inbound_frame = self._take

    def hear(self, channel: int, sink: Callable[[Delivery], object]) -> None:
        """From now on the channel's messages go there; an earlier channel of that number is closed."""
        self._sinks[channel] = sink

    def _take(self, frame: Frame) -> bool:
        """True when something is whole, as py-amqp wants to know."""
        kind, channel, payload = frame
        if channel not in self._sinks or not self._is_ours(kind, channel, payload):
            return bool(self._otherwise(frame))
        self.connection.bytes_recv += 1  # for the heartbeat
        if kind == _METHOD:
            self._begun[channel] = _begun(payload)
            return False
        delivery = self._begun[channel]
        if kind == _HEADER:
            delivery.header, (delivery.missing,) = payload, _SIZE.unpack_from(payload, _BEFORE_SIZE)
        else:
            delivery.body += payload
            delivery.missing -= len(payload)
        if delivery.missing:
            return False
        del self._begun[channel]
        self._sinks[channel](delivery)
        return True

    def _is_ours(self, kind: int, channel: int, payload: bytes) -> bool:
        if kind == _METHOD:
            return payload.startswith(_DELIVER)
        return kind in (_HEADER, _BODY) and channel in self._begun


def _begun(payload: bytes) -> Delivery:
    """Behind class and method: the consumer's tag with its length, the delivery's tag, the flag, names."""
    tag, redelivered = _TAG_AND_FLAG.unpack_from(payload, _AFTER_DELIVER + 1 + payload[_AFTER_DELIVER])
    return Delivery(tag, bool(redelivered))
