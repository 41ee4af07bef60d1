"""The roles as processes on real servers: they start, serve, name what is missing, and end well."""

import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path

import grpc
import psycopg
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from cli.servers.postgres import Postgres
from tests.e2e.process import wait_for
from tests.processes import Starter
from tests.surroundings import access_of

ROLES = ("grpc", "worker", "bus")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_ready_and_ends_with_0_within_ten_seconds(
    role: str, migrated: Callable[..., None], start: Starter
) -> None:
    migrated("sla")
    process = start("sla", role).wait_ready()
    assert process.get("/livez")[0] == 200
    status, metrics = process.get("/metrics")
    assert status == 200
    assert "huying_database_pool_connections" in metrics
    code, seconds = process.stop()
    assert (code, seconds < 10) == (0, True), process.said[-3000:]
    assert "Traceback" not in process.said


TELLING = """
import os, sys
from services.sla.__main__ import PROGRAM, main

end = os._exit


def telling(code):
    print(f"eventlet: {'eventlet' in sys.modules}, nameko: {'nameko' in sys.modules}", flush=True)
    end(code)


os._exit = telling
main(PROGRAM)
"""


def test_the_grpc_role_serves_its_own_service_and_never_sees_eventlet(
    migrated: Callable[..., None], start: Starter
) -> None:
    migrated("sla")
    process = start("sla", "grpc", script=TELLING).wait_ready()
    with grpc.insecure_channel(f"127.0.0.1:{process.grpc_port}") as channel:
        asked = health_pb2.HealthCheckRequest(service="huying.sla.v1.SlaService")
        answer = health_pb2_grpc.HealthStub(channel).Check(asked, timeout=5)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    assert process.stop()[0] == 0
    assert "eventlet: False, nameko: False" in process.said


def test_a_process_waits_for_its_tables_and_says_what_to_do(
    administrator: Callable[[str], None], start: Starter
) -> None:
    process = start("sla", "grpc")
    wait_for(lambda: process.lines("waiting_for") or not process.running)
    assert not process.lines("waiting_for"), "the role does not exist, waiting will not help"
    assert process.wait() == 1
    assert "HUYING_DATABASE_URL" in process.said

    administrator("sla")
    process = start("sla", "grpc")
    wait_for(lambda: process.lines("waiting_for"))
    assert "migrate" in str(process.lines("waiting_for")[0]["en"])
    assert process.get("/livez")[0] == 200
    assert process.get("/readyz")[0] == 503
    assert start("sla", "migrate").wait() == 0
    process.wait_ready()


def test_a_broker_that_is_away_is_named_with_its_address_and_waited_for(
    migrated: Callable[..., None], start: Starter
) -> None:
    migrated("sla")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        process = start("sla", "worker", HUYING_AMQP_URL=f"amqp://huying:secret@127.0.0.1:{port}/")
        wait_for(lambda: len(process.lines("waiting_for")) >= 2 or not process.running)
    waiting = process.lines("waiting_for")[0]
    assert waiting["server"] == "RabbitMQ"
    assert str(port) in str(waiting["en"])
    assert "secret" not in process.said
    code, seconds = process.stop()
    assert (code, seconds < 5) == (0, True)


@pytest.mark.parametrize(
    ("variable", "was", "now", "named"),
    [
        ("HUYING_DATABASE_URL", ":word@", ":wrong@", "HUYING_DATABASE_URL"),
        ("HUYING_AMQP_URL", "huying:", "huying:x", "RabbitMQ"),
    ],
)
def test_a_wrong_password_ends_the_start_with_words(
    variable: str, was: str, now: str, named: str,
    migrated: Callable[..., None], start: Starter, environment: dict[str, str],
) -> None:  # fmt: skip
    migrated("sla")
    process = start("sla", "worker", **{variable: environment[variable].replace(was, now, 1)})
    assert process.wait() == 1
    assert named in process.said
    assert "Traceback" not in process.said


def test_bad_settings_are_all_named(start: Starter) -> None:
    process = start("sla", "grpc", HUYING_DATABASE_URL="x", HUYING_AMQP_URL="y")
    assert process.wait() == 2
    assert "HUYING_DATABASE_URL" in process.said
    assert "HUYING_AMQP_URL" in process.said


HANGING = {
    "worker": """
import threading
import chassis.worker
from dataclasses import replace
from chassis.application import Job
from services.sla import bootstrap
from services.sla.__main__ import PROGRAM, main

chassis.worker.HUNG_AFTER_SECONDS = 1.0
build = bootstrap.build
bootstrap.build = lambda runtime: replace(build(runtime), jobs=(Job("hangs", lambda _: threading.Event().wait(99)),))
main(PROGRAM)
""",
    "grpc": """
import threading
from chassis import grpc_limits
import chassis.process.grpc as role
from services.sla.__main__ import PROGRAM, main

role.HUNG_AFTER_SECONDS = 1.0
create = role.create_server


def creating(*given, **named):
    server = create(*given, **named)
    for _ in range(grpc_limits.THREADS):
        server.pool.submit(threading.Event().wait, 99)
    return server


role.create_server = creating
main(PROGRAM)
""",
}


@pytest.mark.parametrize("role", HANGING)
def test_a_process_that_hangs_ends_itself(role: str, migrated: Callable[..., None], start: Starter) -> None:
    """So that its supervisor starts it anew."""
    migrated("sla")
    process = start("sla", role, script=HANGING[role])
    assert process.wait(60) == 70, process.said[-2000:]
    assert process.lines("hung")


def test_the_pool_and_the_outbox_are_seen_from_outside(migrated: Callable[..., None], start: Starter) -> None:
    migrated("knowledge")
    process = start("knowledge", "worker").wait_ready()
    wait_for(lambda: process.lines("at_start_done"), 120)
    wait_for(lambda: "huying_outbox_shards_owned{" in process.get("/metrics")[1])
    with urllib.request.urlopen(f"http://127.0.0.1:{process.http_port}/metrics") as answer:
        text = answer.read().decode()
    assert 'huying_outbox_shards_owned{service="knowledge"} 64.0' in text
    assert 'huying_outbox_lag_seconds{service="knowledge"}' in text


def test_no_role_makes_keys_beside_a_database_that_holds_something(
    environment: dict[str, str], postgres_server: Postgres, migrated: Callable[..., None], start: Starter
) -> None:
    migrated("sla")
    with psycopg.connect(postgres_server.conninfo_of(access_of(environment, "sla").database)) as connection:
        connection.execute("insert into outbox_sequence (subject, last) values ('case', 1)")
    process = start("sla", "worker")
    assert process.wait() == 1
    assert "there is no file of keys" in process.said
    assert not (Path(environment["HUYING_DATA_DIR"]) / "keys").exists()
