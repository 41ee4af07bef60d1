"""What is delivered comes out of its frames as py-amqp would read it; everything else goes to py-amqp."""

from types import SimpleNamespace
from typing import Any

import amqp
import pytest
from amqp import spec
from amqp.method_framing import frame_handler, frame_writer
from amqp.serialization import dumps

from chassis.rabbit.connection import _FRAME
from chassis.rabbit.deliveries import Deliveries, Delivery, Frame
from chassis.rabbit.repartition import MARK, successor_of

ROOM = 4096


def frames(body: bytes, *, channel: int = 3, tag: int = 7, redelivered: bool = False, **properties: Any) -> list[Frame]:
    """A delivery, as a broker sends it."""
    written: list[bytes] = []
    connection: Any = SimpleNamespace(frame_max=ROOM, bytes_sent=0)
    message = amqp.Message(body, **properties)
    arguments = dumps("sLbss", ("consumer", tag, redelivered, "a.events", "a.b.v1"))
    transport = SimpleNamespace(write=lambda data: written.append(bytes(data)))
    frame_writer(connection, transport)(1, channel, spec.Basic.Deliver, arguments, message)
    return list(_apart(b"".join(written)))


def _apart(raw: bytes) -> list[Frame]:
    found, at = [], 0
    while at < len(raw):
        kind, channel, size = _FRAME.unpack_from(raw, at)
        found.append((kind, channel, raw[at + 7 : at + 7 + size]))
        at += size + 8
    return found


class Line:
    """A connection that only reads; what reaches py-amqp is kept."""

    def __init__(self) -> None:
        self.connection: Any = SimpleNamespace(bytes_recv=0)
        self.theirs: list[tuple[int, object]] = []
        self.ours: list[Delivery] = []
        self.connection.on_inbound_frame = frame_handler(
            self.connection, lambda channel, _method, _buffer, content: self.theirs.append((channel, content))
        )
        self.deliveries = Deliveries(self.connection)

    def read(self, *given: Frame) -> list[bool]:
        return [self.connection.on_inbound_frame(frame) for frame in given]


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.mark.parametrize("size", [0, 5, ROOM, 3 * ROOM])
@pytest.mark.parametrize("redelivered", [False, True])
def test_a_message_is_whole_with_its_last_frame(line: Line, size: int, redelivered: bool) -> None:
    line.deliveries.hear(3, line.ours.append)
    given = frames(b"x" * size, tag=9, redelivered=redelivered)
    assert line.read(*given) == [False] * (len(given) - 1) + [True]
    assert [(d.tag, d.redelivered, d.body) for d in line.ours] == [(9, redelivered, b"x" * size)]
    assert (line.theirs, line.connection.bytes_recv) == ([], len(given))


def test_frames_of_several_channels_may_lie_between_each_other(line: Line) -> None:
    line.deliveries.hear(3, line.ours.append)
    line.deliveries.hear(4, line.ours.append)
    one, other, theirs = frames(b"one", channel=3), frames(b"other", channel=4), frames(b"theirs", channel=5)
    line.read(*(frame for three in zip(one, other, theirs, strict=True) for frame in three))
    assert [d.body for d in line.ours] == [b"one", b"other"]
    assert [channel for channel, _ in line.theirs] == [5]


def test_what_is_no_delivery_goes_to_py_amqp(line: Line) -> None:
    line.deliveries.hear(3, line.ours.append)
    qos_ok = (1, 3, b"\x00\x3c\x00\x0b")
    heartbeat = (8, 0, b"")
    assert line.read(*frames(b"one")[:1], heartbeat, *frames(b"one")[1:], qos_ok) == [False, False, False, True, True]
    assert (len(line.ours), line.theirs) == (1, [(3, None)])


def test_a_mark_of_other_partitions_is_known_by_its_type_and_not_by_what_is_written_in_a_header(line: Line) -> None:
    line.deliveries.hear(3, line.ours.append)
    line.read(*frames(b"{}", type=MARK, application_headers={"partitions": 12}))
    line.read(*frames(b"{}", type="a.b.v1", application_headers={"note": MARK}))
    line.read(*frames(b"{}", type="a.b.v1"))
    assert [successor_of(delivery) for delivery in line.ours] == [12, None, None]
