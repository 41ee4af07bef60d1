"""What happens to a question after the transport: in time, by whom, answered or refused with a stable reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from chassis.access import Unauthenticated
from chassis.clock import WallClock
from chassis.domain import BadFields, DomainError, Violation
from chassis.failures import CallTooLate, Unexpected
from chassis.pipeline import ServiceRuntime
from chassis.rabbit.wire import DEADLINE, TOKEN, TRACE, error_of
from chassis.telemetry import metrics, tracing
from chassis.telemetry.faults import places
from chassis.tokens import TokenVerifier

log = structlog.get_logger()


@dataclass(frozen=True)
class Refusal:
    """An error in nameko's form, ready for the wire."""

    error: dict[str, Any]


@dataclass(frozen=True)
class Answerer:
    """One service's questions as strangers ask them."""

    runtime: ServiceRuntime
    verifier: TokenVerifier

    def answer(
        self, question: str, args: Sequence[Any], kwargs: Mapping[str, Any], context: Mapping[str, Any]
    ) -> Any | Refusal:
        """Never raises: what goes wrong becomes a refusal, what is our own fault one without particulars."""
        with tracing.span(f"rpc.{self.runtime.name}.{question}", parent=str(context.get(TRACE, ""))):
            try:
                answer = self._answer(question, args, kwargs, context)
            except DomainError as error:
                return self.refuse(question, error)
            except Exception as error:
                log.error("unexpected", service=self.runtime.name, question=question, error=type(error).__name__,
                          at=places(error))  # fmt: skip
                return self.refuse(question, Unexpected())
            metrics.RPC_CALLS.labels(self.runtime.name, question, "OK").inc()
            return answer

    def refuse(self, question: str, error: DomainError) -> Refusal:
        known = question if question in self.runtime.service.answers.by_name else "unknown"
        metrics.RPC_CALLS.labels(self.runtime.name, known, error.status.value).inc()
        return Refusal(error_of(error, tracing.traceparent()[3:35]))

    def _answer(self, question: str, args: Sequence[Any], kwargs: Mapping[str, Any], context: Mapping[str, Any]) -> Any:
        deadline = context.get(DEADLINE)
        if isinstance(deadline, int | float) and WallClock().now().timestamp() * 1000 > deadline:
            raise CallTooLate()
        token = context.get(TOKEN)
        if not isinstance(token, str) or not token:
            raise Unauthenticated()
        principal = self.verifier.principal(token)
        if args:
            raise BadFields([Violation("args", "参数须按名称给出", "must be empty: name each argument")])
        return self.runtime.answer(principal, question, dict(kwargs))
