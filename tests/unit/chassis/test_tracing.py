"""Traces: carried from call to effect, in every log line, without a word of personal data."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.access import system
from chassis.message import Command, Name, Text
from chassis.questions import InProcessQuestions
from chassis.telemetry import tracing
from chassis.telemetry.logging import configure_logging

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Somebody records."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "_recorded", lambda: True)
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("huying"))
    yield exporter
    provider.shutdown()


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    lines = io.StringIO()
    configure_logging()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(lines), cache_logger_on_first_use=False)
    yield lines
    structlog.reset_defaults()


def test_every_log_line_names_its_trace_and_its_case(said: io.StringIO) -> None:
    with tracing.span("outer", parent=PARENT, subject="case-1"), tracing.span("inner"):
        structlog.get_logger().info("refused", reason="X")
    structlog.get_logger().info("idle")
    first, second = (json.loads(line) for line in said.getvalue().splitlines())
    assert (first["trace"], first["subject"], first["reason"]) == (TRACE, "case-1", "X")
    assert {"trace", "subject"}.isdisjoint(second)


def test_a_call_without_a_trace_begins_one_that_its_effects_carry_on() -> None:
    with tracing.span("call"):
        carried = tracing.traceparent()
        with tracing.span("question"):
            assert tracing.traceparent() == carried
    assert len(carried) == len(PARENT)
    assert tracing.traceparent() == ""


@pytest.mark.parametrize("strange", ["", "x" * 8000, "00-13800138000-b7ad6b7169203331-01", PARENT.replace("7", "g")])
def test_what_a_stranger_calls_a_trace_is_not_carried_unless_it_is_one(strange: str) -> None:
    with tracing.span("call", parent=strange):
        assert tracing.traceparent() != strange
        assert len(tracing.traceparent()) == len(PARENT)


def test_a_question_to_another_service_stays_in_the_trace_of_its_asker() -> None:
    questions = InProcessQuestions()
    questions.register("knowledge", lambda _principal, _question, _values: tracing.traceparent())
    with tracing.span("call", parent=PARENT):
        assert questions.ask(system("intake"), "knowledge", "suggest") == PARENT


def test_a_span_tells_the_case_and_the_kind_of_an_error_but_not_its_words(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="13800138000"), tracing.span("call", parent=PARENT, subject="case-1"):
        raise ValueError("row (13800138000) is refused")
    (span,) = spans.get_finished_spans()
    assert "13800138000" not in span.to_json()
    assert span.attributes is not None
    assert span.attributes["subject"] == "case-1"
    assert span.status.description == "ValueError"
    assert f"{span.get_span_context().trace_id:032x}" == TRACE


class Tell(Command):
    case: Name
    subject: Text


def test_a_call_is_known_by_its_case_and_never_by_its_words() -> None:
    command = Tell(request_id="request-1", case="cases/c1", subject="我家在……")
    assert command.about == "c1"
    assert command.model_copy(update={"case": "我家在……"}).about == ""
