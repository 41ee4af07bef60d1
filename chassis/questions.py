"""Questions to other services: always with a time limit, always with an asker who goes on without the answer."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from chassis.access import Principal
from chassis.domain import DomainError, Status
from chassis.failures import Unexpected
from chassis.telemetry.faults import places

log = structlog.get_logger()
PATIENT_SECONDS = 60.0


class NoAnswer(DomainError):
    """The other service did not answer in time, or cannot be reached."""

    status = Status.UNAVAILABLE
    zh = "{service} 服务未在时限内答复"
    en = "{service} did not answer in time"


class RefusedElsewhere(DomainError):
    """Another service refused for a reason that this one does not know, or failed at this very question."""

    zh = "{service} 服务拒绝：{words_zh}"
    en = "{service} refused: {words_en}"


class Questions(Protocol):
    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        """Plain data (dicts, lists, strings, numbers). Raises NoAnswer or the other service's DomainError.

        Every asker goes on without: NoAnswer tells of the service, anything else of this one question.
        """


Answerer = Callable[..., Any]


class InProcessQuestions:
    """The embedded default: services in one process answer each other, still with a time limit."""

    def __init__(self) -> None:
        self._answerers: dict[str, Answerer] = {}
        self._pool = ThreadPoolExecutor(8, thread_name_prefix="questions")  # its threads begin when they are needed

    def register(self, service: str, answer: Answerer) -> None:
        self._answerers[service] = answer

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        answerer = self._answerers.get(service)
        if answerer is None:
            raise NoAnswer(service=service)
        future = self._pool.submit(copy_context().run, answerer, principal, question, values)
        try:
            return future.result(timeout=limit)
        except FutureTimeout:
            future.cancel()
            raise NoAnswer(service=service) from None
        except DomainError:
            raise
        except Exception as error:
            log.error("unexpected", service=service, question=question, error=type(error).__name__, at=places(error))
            words = Unexpected()
            raise RefusedElsewhere(
                service=service, remote_reason=words.reason, words_zh=words.message_zh, words_en=words.message_en
            ) from None


@dataclass(frozen=True)
class PatientQuestions:
    """In simulated time no time passes while a question is open, however slow the machine is: its limit never comes."""

    questions: Questions

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        return self.questions.ask(principal, service, question, limit=max(limit, PATIENT_SECONDS), **values)


class CannedQuestions:
    """Fake: answers from a table; a question without an entry gets no answer."""

    def __init__(self, answers: Mapping[tuple[str, str], Any] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[tuple[str, str, dict[str, Any]]] = []

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        self.asked.append((service, question, values))
        if (service, question) not in self.answers:
            raise NoAnswer(service=service)
        answer = self.answers[service, question]
        return answer(**values) if callable(answer) else answer
