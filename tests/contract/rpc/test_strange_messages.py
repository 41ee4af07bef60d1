"""Whatever lies in the queue of questions, the service lives on and answers the next one."""

from collections.abc import Iterator
from typing import Any

import amqp
import msgspec
import pytest

from chassis.access import system
from chassis.rabbit import wire
from chassis.rabbit.connection import Broker, connect
from chassis.rabbit.questions import RabbitQuestions
from tests.architecture.guards.access import CITY
from tests.contract.rpc.conftest import Serving

PATIENT = 15.0
KEY = "sla.preview_deadline"
GOOD: dict[str, Any] = {"args": [], "kwargs": {"city": CITY, "kind": "dispatch"}}


class Stranger:
    """Sends anything, and hears what comes back."""

    def __init__(self, url: str) -> None:
        self.connection = connect(Broker.parse(url), "test")
        self.channel = self.connection.channel()
        self.heard: list[Any] = []
        queue = self.channel.queue_declare("", exclusive=True).queue
        self.channel.queue_bind(queue, wire.EXCHANGE, routing_key="stranger")
        self.channel.basic_consume(
            queue, no_ack=True, callback=lambda m: self.heard.append(msgspec.json.decode(m.body))
        )

    def _hear(self, message: amqp.Message) -> None:
        self.heard.append(msgspec.json.decode(message.body))

    def send(self, body: bytes, *, key: str = KEY, **properties: Any) -> None:
        given = {"content_type": wire.CONTENT_TYPE, "content_encoding": "utf-8", "reply_to": "stranger"} | properties
        message = amqp.Message(body, **{name: value for name, value in given.items() if value is not None})
        self.channel.basic_publish(message, exchange=wire.EXCHANGE, routing_key=key)

    def answer(self) -> Any:
        while not self.heard:
            self.connection.drain_events(timeout=PATIENT)
        return self.heard.pop(0)


@pytest.fixture
def stranger(serving: Serving) -> Iterator[Stranger]:
    one = Stranger(serving.amqp)
    yield one
    one.connection.close()


@pytest.mark.parametrize(
    ("body", "properties", "reason"),
    [
        (b"{not json", {}, "UNREADABLE_QUESTION"),
        (b"\xff\xfe", {}, "UNREADABLE_QUESTION"),
        (b"", {}, "UNREADABLE_QUESTION"),
        (b"[]", {}, "UNREADABLE_QUESTION"),
        (b'{"args": 5, "kwargs": {}}', {}, "UNREADABLE_QUESTION"),
        (b'{"args": [], "kwargs": [1]}', {}, "UNREADABLE_QUESTION"),
        (b"cos\nsystem\n(S'true'\ntR.", {"content_type": "application/x-python-serialize"}, "UNREADABLE_QUESTION"),
        (msgspec.json.encode(GOOD), {}, "UNAUTHENTICATED"),
        (msgspec.json.encode(GOOD), {"application_headers": {"nameko.call_id_stack": 5}}, "UNAUTHENTICATED"),
        (msgspec.json.encode(GOOD), {"application_headers": {"nameko.huying_token": 5}}, "UNAUTHENTICATED"),
        (msgspec.json.encode(GOOD), {"application_headers": {"nameko.traceparent": "x" * 9000}}, "UNAUTHENTICATED"),
        (msgspec.json.encode(GOOD), {"key": "sla.__init__"}, "UNKNOWN_QUESTION"),
        (msgspec.json.encode(GOOD), {"key": "sla.answerer"}, "UNKNOWN_QUESTION"),
    ],
)
def test_what_cannot_be_read_is_refused(stranger: Stranger, body: bytes, properties: Any, reason: str) -> None:
    stranger.send(body, **properties)
    answer = stranger.answer()
    assert answer["result"] is None
    assert (answer["error"]["exc_type"], answer["error"]["exc_path"]) == (reason, f"huying.{reason}")


def test_nothing_in_the_queue_ends_the_service(serving: Serving, stranger: Stranger) -> None:
    for body in (b"{not json", msgspec.json.encode(GOOD), b"\x00" * 300_000):
        for properties in ({"reply_to": None}, {"reply_to": "nobody"}, {"content_type": None}, {"content_type": "x/y"}):
            stranger.send(body, **properties)
    questions = RabbitQuestions(serving.amqp, serving.passes.sign)
    answer = questions.ask(system("intake"), "sla", "preview_deadline", limit=PATIENT, **GOOD["kwargs"])
    questions.close()
    assert answer["due_time"]
