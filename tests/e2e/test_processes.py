"""Fifteen processes on real servers, with the least rights: a case goes through them, seen in traces and rates."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from huying.intake.v1.intake_pb2 import CaseState
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from chassis.access import Principal, Role
from chassis.grpckit.client import Client
from chassis.tokens import TokenSigner
from cli.province import descriptor_of
from cli.servers.postgres import Postgres
from cli.servers.prometheus import Prometheus
from cli.servers.rabbitmq import RabbitMQ
from tests.e2e.conftest import office, seat, unit
from tests.e2e.process import wait_for
from tests.processes import Process, processes
from tests.servers import unique
from tests.surroundings import SERVICES, access_of, administer, surroundings

ROLES = ("bus", "grpc", "worker")
CITY, PHONE = "350100", "19900001234"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
RULES = Path(__file__).resolve().parents[2] / "deploy/prometheus/rules"


class Spans(ThreadingHTTPServer):
    """Takes OTLP/HTTP and keeps the spans with their service."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Span]] = []
        super().__init__(("127.0.0.1", 0), _Otlp)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Otlp(BaseHTTPRequestHandler):
    server: Spans

    def do_POST(self) -> None:
        request = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
        for group in request.resource_spans:
            told = {a.key: a.value.string_value for a in group.resource.attributes}
            name = f"{told['service.name']} {told['huying.role']}"
            self.server.kept += [(name, span) for scope in group.scope_spans for span in scope.spans]
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@dataclass
class Province:
    """All processes, and a caller of their gRPC ports."""

    processes: dict[tuple[str, str], Process]
    environment: dict[str, str]
    signer: TokenSigner
    spans: Spans
    clients: dict[str, Client]
    _requests: int = field(default=0)

    def call(self, who: Principal, service: str, rpc: str, **fields: Any) -> Any:
        self._requests += 1
        request = {} if rpc.startswith(("List", "Get", "LookUp")) else {"request_id": f"request-{self._requests:06d}"}
        return self.clients[service].call(self.signer.issue(who), service, rpc, request | fields)


@pytest.fixture(scope="module")
def province(
    postgres_server: Postgres, rabbitmq_server: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    folder = tmp_path_factory.mktemp("province")
    spans = Spans()
    threading.Thread(target=spans.serve_forever, daemon=True).start()
    vhost = unique("province")
    rabbit = rabbitmq_server.create_vhost(vhost)
    try:
        with surroundings(postgres_server, rabbit, folder / "data") as told:
            told["HUYING_OTLP_URL"] = spans.url
            with processes(folder, told) as start:
                for service in SERVICES:
                    administer(postgres_server, access_of(told, service))
                for process in [start(service, "migrate") for service in SERVICES]:
                    assert process.wait(120) == 0, process.said[-3000:]
                running = {(s, role): start(s, role) for s in SERVICES for role in ROLES}
                for process in running.values():
                    process.wait_ready(180)
                clients = {
                    s: Client(f"127.0.0.1:{running[s, 'grpc'].grpc_port}", {s: descriptor_of(s)}) for s in SERVICES
                }
                signer = TokenSigner.load_or_create(folder / "data")
                yield Province(running, told, signer, spans, clients)
                for client in clients.values():
                    client.close()
                ends = {name: process.stop() for name, process in running.items()}
                assert {name: code for name, (code, _) in ends.items() if code} == {}
                assert max(seconds for _, seconds in ends.values()) < 10
    finally:
        rabbitmq_server.drop_vhost(vhost)
        spans.shutdown()
        spans.server_close()


@pytest.fixture(scope="module")
def rated(province: Province) -> Any:
    """A case from the call to the citizen's rating."""
    registered = province.call(
        seat(), "intake", "RegisterCase", city=CITY, channel="phone", category="complaint", item="12",
        subject="路面坑洼", text="小区门口的城市道路坑洼，下雨积水，请尽快修补。",
        caller={"name": "测试市民", "phone": PHONE},
    )  # fmt: skip
    case = registered.case
    accepted = province.call(seat(), "intake", "AcceptCase", name=case.name)

    def order() -> Any:
        found = province.call(office(), "dispatch", "ListWorkOrders", city=CITY, case=case.name).work_orders
        return found[0] if found and found[0].assignments else None

    wait_for(order)
    lead = order().assignments[0]
    mine = unit(lead.unit)
    province.call(mine, "dispatch", "SignAssignment", name=lead.name)
    proof = {"name": lead.name, "method": "phone", "proof": "call-0001"}
    province.call(mine, "dispatch", "RecordContact", **proof)
    province.call(mine, "dispatch", "AnswerCitizen", **proof)
    province.call(
        mine, "dispatch", "SubmitReply", name=lead.name, result="已于当日修补路面并疏通排水口。",
        legal_basis="《城市道路管理条例》第二十三条", handler="经办人", result_kind="solved",
        section="养护科", reviewed_by="林局长",
    )  # fmt: skip
    province.call(office(), "dispatch", "CompleteWorkOrder", name=order().name)
    portal = Principal("portal", frozenset({Role.PORTAL}), frozenset({CITY}))

    # A seat may ask as often as it likes; the portal may not.
    def done() -> bool:
        state = province.call(seat(), "intake", "GetCase", name=case.name).state
        return CaseState.Name(state) == "CASE_STATE_REPLIED"

    wait_for(done)
    return province.call(
        portal, "intake", "RateCase", number=accepted.number, phone=PHONE, solved=True,
        call_score="very_satisfied", handling_score="very_satisfied",
    )  # fmt: skip


def test_a_case_goes_through_all_processes_to_its_rating(province: Province, rated: Any) -> None:
    assert (CaseState.Name(rated.state), rated.outcome) == ("CASE_STATE_CLOSED", "rated")
    wait_for(lambda: not _left(province))


def _left(province: Province) -> list[tuple[str, int]]:
    """Services with unpublished events or parked messages."""
    found = []
    for service in SERVICES:
        url = sa.make_url(province.environment["HUYING_DATABASE_URL"].format(service=service))
        with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
            query = "select (select count(*) from outbox where published_at is null) + (select count(*) from parked)"
            found += [(service, n) for (n,) in connection.execute(query) if n]
    return found


def test_its_processes_cannot_change_tables_or_rewrite_who_looked(province: Province, rated: Any) -> None:
    url = sa.make_url(province.environment["HUYING_DATABASE_URL"].format(service="intake"))
    with psycopg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    ) as connection:
        for forbidden in (
            "drop table case_file", "create table mine (id int)", "delete from case_file", "update look set what = ''",
            "delete from look", "truncate outbox", "delete from citizen", "alter table case_file add mine int",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    other = url.set(drivername="postgresql", database=str(url.database).replace("intake", "sla"))
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(other.render_as_string(hide_password=False))


def test_one_trace_leads_from_the_call_to_the_last_effect(province: Province, rated: Any) -> None:
    def of_acceptance() -> list[tuple[str, Span]]:
        accept = next((s for _, s in province.spans.kept if s.name.endswith("AcceptCase")), None)
        return [(n, s) for n, s in province.spans.kept if accept and s.trace_id == accept.trace_id]

    def heard() -> bool:
        names = {f"{name}: {span.name}" for name, span in of_acceptance()}
        return {
            "huying-dispatch bus: react intake.case_accepted.v1",
            "huying-sla bus: react dispatch.work_order_dispatched.v1",
            "huying-notify bus: react dispatch.work_order_dispatched.v1",
            "huying-notify worker: hand over",
            "huying-notify worker: note what the provider said",
        } <= names

    wait_for(heard)
    spans = of_acceptance()
    by_id = {span.span_id for _, span in spans}
    strangers = [span.name for _, span in spans if span.parent_span_id and span.parent_span_id not in by_id]
    assert strangers == []
    subjects = {a.value.string_value for _, s in spans for a in s.attributes if a.key == "subject"}
    assert len(subjects - {""}) == 1, "all of it belongs to one case"


def test_the_last_effect_names_the_trace_and_the_case_in_its_log_line(province: Province, rated: Any) -> None:
    accept = next(s for _, s in province.spans.kept if s.name.endswith("AcceptCase"))
    sent = province.processes["notify", "worker"].lines("sent")
    assert {line["subject"] for line in sent} == {rated.name.rpartition("/")[2]}
    assert accept.trace_id.hex() in {line["trace"] for line in sent}
    calls = {f"{name}: {span.name}" for name, span in province.spans.kept if span.name.startswith("call ")}
    assert calls == {f"huying-notify worker: call {line['provider']}" for line in sent}


def test_what_prometheus_says_is_what_the_report_says(
    province: Province, rated: Any, prometheus_server: Prometheus
) -> None:
    job = unique("huying").replace("_", "-")
    prometheus_server.scrape(job, [f"127.0.0.1:{p.http_port}" for p in province.processes.values()], seconds=1)
    prometheus_server.rules(unique("kpis"), RULES / "kpis.yaml")
    everywhere = Principal("province", frozenset({Role.PROVINCE}), frozenset({"*"}))

    def asked(expression: str, at: float | None = None) -> dict[tuple[str, ...], float]:
        found = prometheus_server.query(expression.replace("$", f'{{job="{job}", period="month"}}'), at=at)
        return {(k["city"], k.get("unit", ""), k.get("category", ""), k["kind"]): v for k, v in found}

    def counted(at: float | None = None) -> float:
        """The instant up to which the KPIs were counted that Prometheus had then."""
        found = prometheus_server.query(f'huying_sla_kpi_as_of_seconds{{job="{job}"}}', at=at)
        return found[0][1] if found else 0.0

    def evaluated() -> float:
        return max(asked("timestamp(huying:sla_kpi_numerator:one$)").values(), default=0.0)

    rated_before = time.time()
    wait_for(lambda: counted(evaluated()) > rated_before, 90)
    then = evaluated()
    as_of = datetime.fromtimestamp(counted(then), UTC)
    rows = province.call(everywhere, "sla", "GetKpiReport", as_of_time=as_of).rows
    report = {(r.city, r.unit, r.category, r.kpi): (r.numerator, r.denominator) for r in rows if r.unit or r.category}
    one, all_of = asked("huying:sla_kpi_numerator:one$", then), asked("huying:sla_kpi_denominator:one$", then)
    assert report
    assert {key: (one[key], all_of[key]) for key in one} == report
    assert asked("huying:sla_kpi:ratio$", then) == {key: n / d for key, (n, d) in report.items() if d}
    up = f'sum(up{{job="{job}"}})'
    wait_for(lambda: prometheus_server.query(up)[0][1] == len(province.processes))
    answered = prometheus_server.query(f'sum(huying_grpc_calls_total{{job="{job}", code="OK"}})')
    assert answered[0][1] > 8
    prometheus_server.forget(job)
