"""Questions to other services over RabbitMQ, in nameko's wire format, without nameko: for processes of threads."""

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import amqp
import msgspec
import structlog

from chassis.access import Principal
from chassis.clock import WallClock
from chassis.domain import DomainError
from chassis.questions import NoAnswer
from chassis.rabbit import wire
from chassis.rabbit.line import Line, LineDown
from chassis.rabbit.silence import Silences
from chassis.telemetry import metrics, tracing

log = structlog.get_logger()
IN_FLIGHT = 64
"""Questions that one process has open at once; who comes later waits, within its own limit."""


class RabbitQuestions:
    """One connection per process, opened at the first question; while the broker is away there is no answer at once."""

    def __init__(self, url: str, sign: Callable[[Principal], str], *, in_flight: int = IN_FLIGHT) -> None:
        """Raises AddressUnusable."""
        self._sign = sign
        self._open: dict[str, _Open] = {}
        self._slots = threading.BoundedSemaphore(in_flight)
        self._silences = Silences()
        self._line = Line(url, "huying questions", self._replied, self._returned, self._lost)

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        """Plain data. Raises NoAnswer after `limit` seconds at the latest, or the other service's DomainError."""
        started = time.monotonic()
        outcome = "INTERNAL"
        try:
            with tracing.span(f"ask.{service}.{question}"):
                answer = self._ask(principal, service, question, started + limit, values)
            outcome = "ok"
            return answer
        except DomainError as error:
            outcome = error.reason
            raise
        finally:
            metrics.QUESTIONS_ASKED.labels(service, question, outcome).inc()
            metrics.QUESTION_SECONDS.labels(service, question).observe(time.monotonic() - started)

    def close(self) -> None:
        """Whoever still waits gets no answer."""
        self._line.close()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, principal: Principal, service: str, question: str, until: float, values: Mapping[str, Any]) -> Any:
        body = msgspec.json.encode({"args": [], "kwargs": values})
        if len(body) > wire.MAX_REQUEST_BYTES:
            raise wire.QuestionTooLarge(size=len(body), limit=wire.MAX_REQUEST_BYTES)
        if self._silences.expected(service, question):
            raise NoAnswer(service=service)
        if not self._slots.acquire(timeout=max(0.0, until - time.monotonic())):
            raise NoAnswer(service=service)
        try:
            answered = self._exchange(principal, service, question, until, body)
            self._silences.heard(service, question)
        except LineDown as down:
            if isinstance(down, Silent):
                self._silences.missed(service, question)
            log.warning("no_answer", asked=service, question=question, why=str(down))
            raise NoAnswer(service=service) from None
        finally:
            self._slots.release()
        error = answered.get("error")
        if error:
            raise self._error(service, question, error if isinstance(error, dict) else {"value": error})
        return answered.get("result")

    def _exchange(
        self, principal: Principal, service: str, question: str, until: float, body: bytes
    ) -> Mapping[str, Any]:
        """Raises LineDown when nothing came back, for whatever reason."""
        correlation = str(uuid.uuid4())
        opened = self._open[correlation] = _Open()
        try:
            left = until - time.monotonic()
            message = self._message(principal, service, question, correlation, left, body)
            self._line.publish(message, f"{service}.{question}", until)
            return opened.wait(until)
        finally:
            del self._open[correlation]

    def _message(
        self, principal: Principal, service: str, question: str, correlation: str, left: float, body: bytes
    ) -> amqp.Message:
        milliseconds = max(1, int(left * 1000))
        context = {
            wire.TOKEN: self._sign(principal),
            wire.DEADLINE: int(WallClock().now().timestamp() * 1000) + milliseconds,
            wire.TRACE: tracing.traceparent(),
            wire.CALL_STACK: [f"huying.{service}.{question}.{correlation}"],
        }
        return amqp.Message(
            body,
            content_type=wire.CONTENT_TYPE,
            content_encoding="utf-8",
            correlation_id=correlation,
            delivery_mode=1,
            expiration=str(milliseconds),  # nobody works for an asker who has gone on
            application_headers={wire.HEADER_PREFIX + name: value for name, value in context.items()},
        )

    def _error(self, service: str, question: str, answered: Mapping[str, Any]) -> DomainError:
        error = wire.error_from(service, answered)
        if isinstance(error, NoAnswer):
            log.warning("no_answer", asked=service, question=question, why=str(answered.get("exc_type", ""))[:100])
        return error

    # -- called by the line's thread ---------------------------------------------------------------------------------

    def _replied(self, message: amqp.Message) -> None:
        opened = self._open.get(message.properties.get("correlation_id", ""))
        if opened is None:
            return  # it came too late
        try:
            answered = msgspec.json.decode(message.body)
        except msgspec.DecodeError:
            answered = None
        if isinstance(answered, dict):
            opened.end(answered)
        else:
            opened.end(None, "an unreadable answer")

    def _returned(self, message: amqp.Message) -> None:
        opened = self._open.get(message.properties.get("correlation_id", ""))
        if opened is not None:
            opened.end(None, "nobody answers questions of this service")

    def _lost(self, why: str) -> None:
        for opened in list(self._open.values()):
            opened.end(None, why)


class Silent(LineDown):
    """The question was taken, and nothing came back in time."""


class _Open:
    """One question that waits for its answer."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._answered: Mapping[str, Any] | None = None
        self._why = ""

    def end(self, answered: Mapping[str, Any] | None, why: str = "") -> None:
        self._answered, self._why = answered, why
        self._ended.set()

    def wait(self, until: float) -> Mapping[str, Any]:
        if not self._ended.wait(max(0.0, until - time.monotonic())):
            raise Silent("no answer in time")
        if self._answered is None:
            raise LineDown(self._why)
        return self._answered
