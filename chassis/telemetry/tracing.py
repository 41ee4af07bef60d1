"""Spans and their travel: a trace goes from the request through outbox and bus to the last effect."""

from contextlib import AbstractContextManager, nullcontext

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_tracer = trace.get_tracer("huying")
_propagator = TraceContextTextMapPropagator()


def traceparent() -> str:
    """The current span as W3C traceparent, empty when nothing is traced."""
    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return ""
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


_UNTRACED = nullcontext()


def span(name: str, *, parent: str = "", **attributes: str) -> AbstractContextManager[object]:
    """A span that follows `parent` (a traceparent) when there is one; nothing where nobody records and nobody asks."""
    if not parent and isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return _UNTRACED
    context = _propagator.extract({"traceparent": parent}) if parent else None
    return _tracer.start_as_current_span(name, context=context, attributes=attributes)
