"""What a job does for one case belongs to the trace that led to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.telemetry import tracing
from chassis.work import Origin, Work


@contextmanager
def following(work: Work, what: str, *, trace: str, subject: str) -> Iterator[None]:
    """Span, log lines and events of what is done within follow `trace`; without one they begin one of their own."""
    before = work.origin
    with tracing.span(what, parent=trace, subject=subject, service=work.service):
        work.origin = Origin(trace=tracing.traceparent())
        yield
    work.origin = before
