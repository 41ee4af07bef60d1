"""Spans leave the process: in batches, from a thread of their own, dropped rather than waited for."""

import logging
import os
import socket
import threading
from collections.abc import Sequence

import structlog
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

from chassis.settings import shown
from chassis.telemetry import metrics

log = structlog.get_logger()
EXPORT_SECONDS = 5
STOP_SECONDS = 2.0
QUEUE = 8192


class CountedExporter(SpanExporter):
    """Counts what left and what did not; an outage is logged once, not for every batch."""

    def __init__(self, url: str) -> None:
        self._address = shown(url)
        self._exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=EXPORT_SECONDS)
        self._away = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._exporter.export(spans)
        done = result is SpanExportResult.SUCCESS
        metrics.SPANS.labels("exported" if done else "lost").inc(len(spans))
        if not done and not self._away:
            log.warning("spans_lost", address=self._address, zh="追踪服务无应答", en="nobody takes our spans")
        self._away = not done
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()  # type: ignore[no-untyped-call]


class CountedSpans(BatchSpanProcessor):
    """Counts also what the full queue drops before anybody tries to export it."""

    def on_end(self, span: ReadableSpan) -> None:
        if self.waiting() == QUEUE and span.context is not None and span.context.trace_flags.sampled:
            metrics.SPANS.labels("dropped").inc()
        super().on_end(span)

    def waiting(self) -> int:
        return len(self._batch_processor._queue)  # the library tells it in no other way


def start(url: str, *, ratio: float, service: str, role: str) -> None:
    """From now on a share of the new traces is recorded, and every trace that its caller records."""
    # Its own words come once per span or batch; ours say it once.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    resource = Resource.create(
        {
            "service.name": service,
            "service.namespace": "huying",
            "service.instance.id": f"{socket.gethostname()}:{os.getpid()}",
            "huying.role": role,
        }
    )
    provider = TracerProvider(resource=resource, sampler=ParentBased(TraceIdRatioBased(ratio)), shutdown_on_exit=False)
    provider.add_span_processor(CountedSpans(CountedExporter(url), max_queue_size=QUEUE))
    trace.set_tracer_provider(provider)


def stop() -> None:
    """Sends what is left, within a limit: nobody waits for a collector that is away."""
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        last = threading.Thread(target=provider.shutdown, name="last-spans", daemon=True)
        last.start()
        last.join(STOP_SECONDS)
