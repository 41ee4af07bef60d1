"""A small answerer on plain AMQP, so that these tests need no process of nameko."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import amqp
import msgspec
import pytest

from chassis.rabbit import wire
from chassis.rabbit.connection import LOST, Broker, abandon, connect

Answer = Callable[[dict[str, Any]], Any]
Serve = Callable[..., "Service"]


class Service:
    """Answers the questions of one service name as nameko would, in a thread, until it is stopped."""

    def __init__(self, url: str, name: str, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self._answer = answer
        self._connection = connect(Broker.parse(url), f"test {name}")
        self._channel = self._connection.channel()
        self._channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
        self._channel.queue_declare(f"rpc-{name}", durable=True, auto_delete=True)
        self._channel.queue_bind(f"rpc-{name}", wire.EXCHANGE, routing_key=f"{name}.*")
        self._channel.basic_consume(f"rpc-{name}", no_ack=True, callback=self._asked)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(5)
        abandon(self._connection)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._connection.drain_events(timeout=0.1)
            except TimeoutError:
                self._connection.heartbeat_tick()
            except LOST:
                return

    def _asked(self, message: amqp.Message) -> None:
        kwargs = msgspec.json.decode(message.body)["kwargs"]
        self.asked.append(kwargs)
        answer = self._answer(kwargs)
        body = answer if isinstance(answer, bytes) else msgspec.json.encode({"result": answer, "error": None})
        reply = amqp.Message(body, content_type=wire.CONTENT_TYPE, correlation_id=message.properties["correlation_id"])
        self._channel.basic_publish(reply, exchange=wire.EXCHANGE, routing_key=message.properties["reply_to"])


@pytest.fixture
def serve() -> Iterator[Serve]:
    made: list[Service] = []

    def start(url: str, name: str, answer: Answer = lambda kwargs: kwargs) -> Service:
        made.append(Service(url, name, answer))
        return made[-1]

    yield start
    for service in made:
        service.stop()
