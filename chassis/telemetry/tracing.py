"""Traces and their travel: from the request through outbox and bus to the last effect, in spans and in every log line.

Spans cost something and are made only where a provider records them; the trace itself is always carried.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from types import TracebackType
from typing import NamedTuple

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_tracer = trace.get_tracer("huying")
_propagator = TraceContextTextMapPropagator()
_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


class _Carried(NamedTuple):
    """What all that happens now belongs to: its trace, and the case (or other resource) that it is about."""

    traceparent: str = ""
    subject: str = ""


_NOTHING = _Carried()
_carried: ContextVar[_Carried] = ContextVar("carried", default=_NOTHING)


def start(url: str, *, ratio: float, service: str, role: str) -> None:
    """Records spans for whoever takes OTLP at this address; without one nothing is loaded and nothing recorded."""
    if url:
        from chassis.telemetry import exporting

        exporting.start(url, ratio=ratio, service=service, role=role)
        _recorded.cache_clear()


def stop() -> None:
    """The last spans leave, within a limit."""
    if _recorded():
        from chassis.telemetry import exporting

        exporting.stop()


def traceparent() -> str:
    """The current trace in the form of W3C, empty outside of any."""
    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return _carried.get().traceparent
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


def for_logs() -> Mapping[str, str]:
    """The trace id and the subject of what happens now, as far as there are any."""
    return named(traceparent(), _carried.get().subject)


def named(parent: str, subject: str) -> Mapping[str, str]:
    """As a log line names them; for one that is written where its trace and subject are not at work."""
    found = {"trace": parent[3:35], "subject": subject}
    return {name: value for name, value in found.items() if value}


def about(subject: str) -> None:
    """What happens now, till the end of its innermost span, turns out to be about this."""
    now = _carried.get()
    if now.traceparent and not now.subject:
        _carried.set(now._replace(subject=subject))


def span(name: str, *, parent: str = "", subject: str = "", **attributes: str) -> AbstractContextManager[None]:
    """A span that follows `parent` (a traceparent, which may be a stranger's), else what happens now; else a new trace.

    Errors leave their kind in it, never their words: those may hold personal data.
    """
    before = _carried.get()
    given = parent if parent and _TRACEPARENT.fullmatch(parent) else ""
    subject = subject or before.subject
    if _recorded():
        return _Carrying(
            _Carried(given or before.traceparent, subject), _recording(name, given, attributes | {"subject": subject})
        )
    return _Carrying(_Carried(given or before.traceparent or _new_traceparent(), subject))


@cache
def _recorded() -> bool:
    """Whether somebody records spans, decided at the first: a provider is set when a process starts, or never."""
    return not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)


class _Carrying:
    """Sets what all within belongs to. A class of its own: there is one around every event of every service."""

    __slots__ = ("_now", "_span", "_token")

    def __init__(self, now: _Carried, span: AbstractContextManager[None] | None = None) -> None:
        self._now, self._span = now, span

    def __enter__(self) -> None:
        self._token = _carried.set(self._now)
        if self._span is not None:
            self._span.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if self._span is not None:
                self._span.__exit__(kind, error, at)
        finally:
            _carried.reset(self._token)


@contextmanager
def _recording(name: str, parent: str, attributes: Mapping[str, str]) -> Iterator[None]:
    context = _propagator.extract({"traceparent": parent}) if parent else None
    with _tracer.start_as_current_span(
        name, context=context, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield
        except Exception as error:
            current.set_status(trace.StatusCode.ERROR, type(error).__name__)
            raise


def _new_traceparent() -> str:
    return f"00-{os.urandom(16).hex()}-{os.urandom(8).hex()}-00"
