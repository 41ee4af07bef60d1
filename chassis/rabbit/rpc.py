"""A service's answers as methods of a nameko service class. Only the bus process imports this."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import msgspec
import structlog
from kombu.connection import Connection
from kombu.pools import producers
from nameko.constants import (
    AMQP_SSL_CONFIG_KEY,
    AMQP_URI_CONFIG_KEY,
    DEFAULT_RETRY_POLICY,
    DEFAULT_TRANSPORT_OPTIONS,
    NON_PERSISTENT,
)
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import DependencyProvider
from nameko.messaging import QueueConsumer
from nameko.rpc import Rpc, RpcConsumer, get_rpc_exchange

from chassis.domain import DomainError
from chassis.pipeline import ServiceRuntime
from chassis.rabbit import wire
from chassis.rabbit.answerer import Answerer, Refusal
from chassis.tokens import TokenVerifier

log = structlog.get_logger()
AGAIN_SECONDS = {"interval_start": 0.2, "interval_step": 0.2, "interval_max": 1.0}


def service_class(runtime: ServiceRuntime, verifier: TokenVerifier) -> type:
    """The nameko service of this name with one RPC per question."""
    return type(f"{runtime.name.capitalize()}Service", (), {"name": runtime.name} | rpc_parts(runtime, verifier))


def rpc_parts(runtime: ServiceRuntime, verifier: TokenVerifier) -> dict[str, Any]:
    """What a nameko service class needs as attributes to answer; `verifier` takes passes of the services too."""
    answerer = Answerer(runtime, verifier)
    methods = {question: _method(answerer, question) for question in runtime.service.answers.by_name}
    return {"answerer": answerer, "context": Context(), **methods}


def _method(answerer: Answerer, question: str) -> Callable[..., Any]:
    def answer(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        return answerer.answer(question, args, kwargs, self.context)

    answer.__name__ = question
    Question.decorator(answer)
    return answer


class Context(DependencyProvider):  # type: ignore[misc]
    """nameko's context data, as the asker sent it."""

    def get_dependency(self, worker_ctx: Any) -> Mapping[str, Any]:
        data: Mapping[str, Any] = worker_ctx.data
        return data


class QuestionQueue(QueueConsumer):  # type: ignore[misc]
    """nameko's consumer of queues, which would end the process at a body that cannot be decoded.

    It would also wait up to half a minute longer for a broker that is back.
    """

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        with self.connection.clone() as connection:
            connection.ensure_connection(self.on_connection_error, self.connect_max_retries, **AGAIN_SECONDS)
            yield connection

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Any:
        consumers = super().get_consumers(consumer_cls, channel)
        for provider, consumer in self._consumers.items():
            consumer.on_decode_error = partial(self._undecodable, provider)
        return consumers

    def _undecodable(self, provider: Any, message: Any, _error: Exception) -> None:
        self.container.spawn_managed_thread(partial(provider.refuse, message, wire.UnreadableQuestion()))


class QuestionConsumer(RpcConsumer):  # type: ignore[misc]
    """nameko's consumer of RPC, with our errors and cheap replies; no message can end the process."""

    queue_consumer = QuestionQueue()

    def setup(self) -> None:
        super().setup()
        config = self.container.config
        # A lost reply is a question without an answer: neither disk nor a confirm is worth its time.
        options = {**DEFAULT_TRANSPORT_OPTIONS, "confirm_publish": False}
        given = {"ssl": config.get(AMQP_SSL_CONFIG_KEY), "transport_options": options}
        broker = Connection(config[AMQP_URI_CONFIG_KEY], **given)  # type: ignore[no-untyped-call]
        # nameko's publisher would read the address and look for the pool anew at every reply.
        self._producers, self._exchange = producers[broker], get_rpc_exchange(config)

    def handle_message(self, body: Any, message: Any) -> None:
        try:
            self._provider(body, message).take(body, message)
        except DomainError as error:
            self.refuse(message, error)
        except ContainerBeingKilled:
            self.requeue_message(message)

    def refuse(self, message: Any, error: DomainError) -> None:
        provider = next(iter(self._providers))
        self.reply(message, provider.refusal(_question_of(message), error))

    def reply(self, message: Any, answer: Any) -> None:
        """Answers and acknowledges. An asker that cannot be reached has gone on without the answer."""
        payload = _payload(answer)
        try:
            self._publish(message, payload)
        except Exception as error:
            log.warning("reply_lost", question=_question_of(message), error=type(error).__name__)
        self.queue_consumer.ack_message(message)

    def _publish(self, message: Any, payload: bytes) -> None:
        reply_to = message.properties.get("reply_to")
        if not reply_to:
            return
        with self._producers.acquire(block=True) as producer:
            producer.publish(
                payload,
                content_type=wire.CONTENT_TYPE,
                content_encoding="utf-8",
                exchange=self._exchange,
                routing_key=reply_to,
                correlation_id=message.properties.get("correlation_id"),
                delivery_mode=NON_PERSISTENT,
                retry=True,
                retry_policy=DEFAULT_RETRY_POLICY,
            )

    def _provider(self, body: Any, message: Any) -> "Question":
        """Raises UnreadableQuestion, QuestionTooLarge or UnknownQuestion."""
        size = len(message.body or b"")
        if size > wire.MAX_REQUEST_BYTES:
            raise wire.QuestionTooLarge(size=size, limit=wire.MAX_REQUEST_BYTES)
        if not (isinstance(body, dict) and isinstance(body.get("args"), list) and isinstance(body.get("kwargs"), dict)):
            raise wire.UnreadableQuestion()
        question = _question_of(message)
        for provider in self._providers:
            if provider.method_name == question:
                found: Question = provider
                return found
        raise wire.UnknownQuestion(service=self.container.service_name, question=question)


class Question(Rpc):  # type: ignore[misc]
    """nameko's `rpc` for one question of ours."""

    rpc_consumer = QuestionConsumer()

    def take(self, body: Mapping[str, Any], message: Any) -> None:
        """Raises ContainerBeingKilled."""
        handle_result = partial(self.handle_result, message)
        context = _context_of(self.unpack_message_headers(message))
        self.container.spawn_worker(
            self, body["args"], body["kwargs"], context_data=context, handle_result=handle_result
        )

    def handle_result(self, message: Any, _worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        self.rpc_consumer.reply(message, result)
        return result, exc_info

    def refusal(self, question: str, error: DomainError) -> Refusal:
        answerer: Answerer = self.container.service_cls.answerer
        return answerer.refuse(question, error)


def _question_of(message: Any) -> str:
    return str(message.delivery_info.get("routing_key", "")).rpartition(".")[2][:64]


def _context_of(headers: Mapping[str, Any]) -> dict[str, Any]:
    """What we read of the context data: nameko trips over a call stack that is no list of strings."""
    known = {name: headers[name] for name in (wire.TOKEN, wire.DEADLINE, wire.TRACE) if name in headers}
    stack = headers.get(wire.CALL_STACK)
    if isinstance(stack, list) and all(isinstance(call, str) for call in stack):
        known[wire.CALL_STACK] = stack
    return known


def _payload(answer: Any) -> bytes:
    refused = isinstance(answer, Refusal)
    result, error = (None, answer.error) if refused else (answer, None)
    return msgspec.json.encode({"result": result, "error": error})
