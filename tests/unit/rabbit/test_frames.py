"""Frames made by hand are those that py-amqp would have sent."""

from types import SimpleNamespace
from typing import Any

import amqp
import pytest
from amqp import spec
from amqp.method_framing import frame_writer
from amqp.serialization import dumps

from chassis.rabbit.frames import publish


def _as_py_amqp_writes(exchange: str, type: str, partition: int, message_id: str, body: bytes, room: int) -> bytes:
    written: list[bytes] = []
    transport = SimpleNamespace(write=lambda data: written.append(bytes(data)))
    connection: Any = SimpleNamespace(frame_max=room, bytes_sent=0)
    message = amqp.Message(
        body,
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
        message_id=message_id,
        type=type,
        application_headers={"CC": [f"shard-{partition}"], "type": type},
    )
    arguments = dumps("Bssbb", (0, exchange, type, True, False))
    frame_writer(connection, transport)(1, 1, spec.Basic.Publish, arguments, message)
    return b"".join(written)


@pytest.mark.parametrize("size", [0, 2, 400, 5000])
def test_a_message_looks_as_if_the_client_library_had_sent_it(size: int) -> None:
    body = b"x" * size
    ours = publish(
        1, "a.events", "a.b_happened.v1", 63, "id-1", body, mandatory=True, room=4096
    )  # fmt: skip
    assert ours == _as_py_amqp_writes("a.events", "a.b_happened.v1", 63, "id-1", body, 4096)
