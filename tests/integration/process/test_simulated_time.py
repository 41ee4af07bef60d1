"""Processes on simulated time: asked for twice, told by a driver, lost with it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.events.topology import Topology
from chassis.privacy.keyring import KeyRing
from cli.demo.conductor import Conductor
from cli.servers.server import free_port
from tests.e2e.process import wait_for
from tests.processes import Starter

START = datetime(2026, 9, 14, 8, 20, tzinfo=UTC)
ALONE = Topology(types={"sla": frozenset()}, hears={"sla": frozenset()})
ROLES = ("grpc", "worker", "bus")


def simulated(port: int) -> dict[str, str]:
    return {"HUYING_CLOCK": f"sim://127.0.0.1:{port}", "HUYING_DEVELOPMENT": "true"}


def test_simulated_time_by_accident_is_refused(start: Starter) -> None:
    process = start("sla", "worker", HUYING_CLOCK="sim://127.0.0.1:4711")
    assert process.wait() == 2
    assert "HUYING_DEVELOPMENT=true" in process.said


@pytest.mark.parametrize("role", ROLES)
def test_a_process_waits_for_its_driver_and_ends_with_it(
    role: str, migrated: Callable[..., None], start: Starter
) -> None:
    migrated("sla")
    port = free_port()
    process = start("sla", role, **simulated(port))
    wait_for(lambda: process.lines("waiting_for"))
    assert "nobody drives simulated time" in str(process.lines("waiting_for")[0]["en"])
    assert process.get("/livez")[0] == 200
    with Conductor(START, [f"sla.{role}"], ALONE, port=port):
        process.wait_ready()
        assert '"simulated_clock":true' in process.get("/readyz")[1]
        assert f"huying_simulated_time_seconds {START.timestamp():.9g}" in process.get("/metrics")[1]
    assert process.wait(10) == 1
    assert "is gone: the process ends" in process.said
    assert "Traceback" not in process.said


def test_a_worker_does_at_a_simulated_instant_what_is_due_then(
    migrated: Callable[..., None], start: Starter, environment: dict[str, str]
) -> None:
    migrated("sla")
    KeyRing.load(Path(environment["HUYING_DATA_DIR"]))  # none are made beside a database that holds something
    engine = sa.create_engine(environment["HUYING_DATABASE_OWNER_URL"].format(service="sla"))
    with engine.begin() as connection:
        connection.execute(_REMEMBER, {"at": START})
    with Conductor(START, ["sla.worker"], ALONE) as conductor:
        process = start("sla", "worker", **simulated(int(conductor.url.rpartition(":")[2])))
        process.wait_ready()
        conductor.settle()
        due = datetime(2026, 9, 14, 9, tzinfo=UTC) + timedelta(hours=72)
        while (earlier := conductor.next_due()) < due:  # the reports of the cities
            conductor.move_to(earlier)
            conductor.settle()
        assert earlier == due
        conductor.move_to(due - timedelta(seconds=1))
        conductor.settle()
        assert _count(engine) == 1
        conductor.move_to(due)
        conductor.settle()
        assert _count(engine) == 0
        assert process.stop()[0] == 0
    engine.dispose()


def _count(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text("select count(*) from remembered")).scalar_one())


_REMEMBER = sa.text(
    "insert into remembered (principal, command, request_id, content, created_at) values ('a', 'b', 'c', 'd', :at)"
)
