"""Spans reach a real receiver of OTLP/HTTP, and one that is away holds up nobody."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

ROOT = Path(__file__).resolve().parents[3]
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
# A process of its own: a provider is set once in a process, and never taken away.
PROGRAM = """
import sys, time
from chassis.telemetry import tracing
tracing.start(sys.argv[1], ratio=1.0, service="huying-sla", role="bus")
with tracing.span("call", parent=sys.argv[2], subject="case-1", service="sla"):
    carried = tracing.traceparent()
with tracing.span("react", parent=carried):
    pass
started = time.monotonic()
for _ in range(20000):
    with tracing.span("fast"):
        pass
print("a span takes", (time.monotonic() - started) / 20000)
if sys.argv[3:]:  # until two batches are lost
    from prometheus_client import REGISTRY
    while (REGISTRY.get_sample_value("huying_spans_total", {"ending": "lost"}) or 0) <= 512:
        time.sleep(0.01)
tracing.stop()
"""
FULL = """
import sys
from threading import Event
from chassis.telemetry import exporting, metrics, tracing
exporting.QUEUE, all_made, export = 512, Event(), exporting.CountedExporter.export
exporting.CountedExporter.export = lambda *given: all_made.wait(50) and export(*given)
tracing.start(sys.argv[1], ratio=1.0, service="huying-sla", role="bus")
for _ in range(2000):
    with tracing.span("fast"):
        pass
all_made.set()
tracing.stop()
print(sum(metrics.SPANS.labels(ending)._value.get() for ending in ("exported", "dropped")))
"""


class Receiver(HTTPServer):
    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        assert self.path == "/v1/traces"
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def run(url: str, *until_lost: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, url, PARENT, *until_lost],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_spans_arrive_with_service_case_and_parent(receiver: Receiver) -> None:
    run(receiver.url)
    groups = [group for request in receiver.requests for group in request.resource_spans]
    told = {a.key: a.value.string_value for a in groups[0].resource.attributes}
    assert (told["service.name"], told["huying.role"]) == ("huying-sla", "bus")
    spans = [s for group in groups for scope in group.scope_spans for s in scope.spans]
    call = next(s for s in spans if s.name == "call")
    react = next(s for s in spans if s.name == "react")
    assert call.trace_id == react.trace_id == bytes.fromhex(PARENT[3:35])
    assert call.parent_span_id == bytes.fromhex(PARENT[36:52])
    assert react.parent_span_id == call.span_id
    assert {a.key: a.value.string_value for a in call.attributes} == {"service": "sla", "subject": "case-1"}


def test_a_receiver_that_is_away_holds_up_nobody_and_is_said_once() -> None:
    started = time.monotonic()
    done = run("http://127.0.0.1:9", "until lost")
    (seconds,) = [line.split()[-1] for line in done.stdout.splitlines() if line.startswith("a span takes")]
    assert float(seconds) < 0.001
    assert time.monotonic() - started < 30
    lines = [line for line in (done.stdout + done.stderr).splitlines() if "spans_lost" in line]
    assert len(lines) == 1


def test_what_finds_the_queue_full_is_counted(receiver: Receiver) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, receiver.url], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    # While the first piece is taken from the queue, one may count as dropped that just finds room.
    assert 2000 <= float(done.stdout) <= 2001
    taken = sum(len(s.spans) for r in receiver.requests for g in r.resource_spans for s in g.scope_spans)
    assert taken < 2000, "some were dropped"


def test_without_an_address_nothing_of_it_is_even_loaded() -> None:
    program = (
        "import sys, json; from chassis.telemetry import tracing; "
        "tracing.start('', ratio=1.0, service='x', role='y'); "
        "print(json.dumps([m for m in sys.modules if m.startswith('opentelemetry.sdk') or m == 'requests']))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
