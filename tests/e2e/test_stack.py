"""The whole stack comes up, the doctor is content, what is killed comes back, and all of it ends."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from grpc_health.v1 import health_pb2, health_pb2_grpc

from chassis.clock import monotonic
from cli.servers.process import Process, born
from cli.stack.state import Folder
from tests.servers import require_all_servers

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180.0


@pytest.fixture(scope="module")
def run(whole_machine: None) -> Iterator[Run]:
    """`huying` as a person calls it, on a stack of this module's own; skipped where a server is not installed."""
    require_all_servers()
    folder = Path(tempfile.mkdtemp(prefix="huying-stack-"))
    folder.chmod(0o755)  # Elasticsearch runs under another account, which pytest's own folders keep out
    env = {**os.environ, "HUYING_DATA_DIR": str(folder), "HUYING_LANG": "en", "COLUMNS": "200"}

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli.main", *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=500)

    up = call("stack", "up", "--base-port", "0")
    try:
        assert up.returncode == 0, up.stdout + up.stderr
        yield call
    finally:
        call("stack", "down")
        shutil.rmtree(folder, ignore_errors=True)


def rows(run: Run) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(run("stack", "status", "--json").stdout)["rows"]}


def settings(run: Run) -> dict[str, str]:
    """As `eval "$(huying stack env)"` gives them to a shell."""
    lines = run("stack", "env").stdout.splitlines()
    return {key: value.strip("'") for key, value in (line.removeprefix("export ").split("=", 1) for line in lines)}


def data_dir(run: Run) -> str:
    return settings(run)["HUYING_DATA_DIR"]


def until(holds: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE_SECONDS
    while not holds():
        assert monotonic() < end
        time.sleep(0.1)


def test_everything_is_ready_and_the_doctor_is_content(run: Run) -> None:
    seen = rows(run)
    assert len(seen) == 5 + 15
    assert [name for name, row in seen.items() if not row["ready"]] == []
    checked = run("doctor", "--json")
    checks = {check["check"]: check for check in json.loads(checked.stdout)}
    assert checked.returncode == 0, checked.stdout
    assert {"database", "queues", "search", "attachments", "clock", "processes", "prometheus"} <= set(checks)
    assert run("outbox", "--json").returncode == 0


def test_every_service_answers_by_grpc_at_the_port_that_is_shown(run: Run) -> None:
    for name, row in rows(run).items():
        if name.endswith(".grpc"):
            with grpc.insecure_channel(f"127.0.0.1:{row['ports']['grpc']}") as channel:
                answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=10)
            assert answer.status == health_pb2.HealthCheckResponse.SERVING, name


def test_a_partner_follows_a_case_through_all_processes(run: Run) -> None:
    seen = rows(run)
    ports = [seen[f"{service}.grpc"]["ports"]["grpc"] for service in ("intake", "dispatch")]
    command = [sys.executable, "examples/follow_a_case.py", *(f"127.0.0.1:{port}" for port in ports)]
    env = {**os.environ, "HUYING_DATA_DIR": data_dir(run)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    assert "rated: CASE_STATE_CLOSED" in done.stdout


def test_a_partner_who_names_one_service_alone_is_told_in_words(run: Run) -> None:
    command = [sys.executable, "examples/follow_a_case.py", f"127.0.0.1:{rows(run)['dispatch.grpc']['ports']['grpc']}"]
    env = {**os.environ, "HUYING_DATA_DIR": data_dir(run)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=200)
    assert (done.returncode, done.stderr) == (1, "UNIMPLEMENTED: Method not found!\n")


@pytest.mark.parametrize("name", ["intake.worker", "sla.bus", "rabbitmq"])
def test_what_is_killed_comes_back_at_its_ports(run: Run, name: str) -> None:
    before = rows(run)[name]
    os.kill(before["pid"], 9)

    folder = Folder(Path(data_dir(run)) / "stack")

    def back() -> bool:
        state = folder.read()
        assert state is not None
        return state.ready and all(row.pid != before["pid"] for row in state.rows)

    until(back)
    after = rows(run)[name]
    assert after["ports"] == before["ports"]
    assert after["restarts"] > before["restarts"]
    told = [json.loads(line) for line in folder.log("supervisor").read_text().splitlines()]
    assert [line["event"] for line in told if line.get("name") == name][-2:] == ["ended", "started"]


def test_the_audit_asks_all_services_and_mends_a_lost_event_over_the_bus(run: Run) -> None:
    clean = run("audit", "--json")  # what is still on its way after the start is young
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert json.loads(clean.stdout)["judged"] > 100
    engine = sa.create_engine(settings(run)["HUYING_DATABASE_OWNER_URL"].format(service="notify"))
    with engine.begin() as connection:
        subject, last = connection.execute(sa.text(_LOSE)).one()
    # Sent again by us, or by the audit of a worker that was faster.
    mended = run("audit", "--json", "--repair", "--grace", "0")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    with engine.connect() as connection:
        assert connection.execute(sa.text(_LAST), {"subject": subject}).scalar_one() == last + 1
    engine.dispose()


_LOSE = (
    "update inbox set last = last - 1 where publisher = 'knowledge' "
    "and subject = (select min(subject) from inbox where publisher = 'knowledge') returning subject, last"
)
_LAST = "select last from inbox where publisher = 'knowledge' and subject = :subject"


def test_a_second_stack_on_the_same_folder_is_refused(run: Run) -> None:
    refused = run("stack", "up")
    assert refused.returncode == 3
    assert "already runs" in refused.stderr


def test_no_password_is_in_what_it_shows_or_logs(run: Run) -> None:
    folder = Path(data_dir(run))
    secret = settings(run)["HUYING_AMQP_URL"].split(":")[2].partition("@")[0]
    assert len(secret) > 10
    shown = run("stack", "status").stdout + run("doctor").stdout + run("stack", "logs", "intake").stdout
    logged = "".join(path.read_text() for path in (folder / "stack" / "logs").glob("*.log"))
    assert secret not in shown + logged


def test_a_stack_whose_supervisor_was_killed_is_cleared_away_and_starts_anew(run: Run) -> None:
    before = rows(run)
    state = json.loads(run("stack", "status", "--json").stdout)
    os.kill(state["supervisor"], 9)
    left = run("stack", "status")
    assert (left.returncode, "what still runs is not watched" in left.stdout) == (1, True)
    assert (run("audit").returncode, run("doctor").returncode) == (3, 1)
    up = run("stack", "up", "--base-port", "0")
    assert up.returncode == 0, up.stdout + up.stderr
    after = rows(run)
    assert {name: row["ports"] for name, row in after.items()} == {name: row["ports"] for name, row in before.items()}


def test_a_stop_ends_everything_in_time(run: Run) -> None:
    before = rows(run)
    begun = monotonic()
    stopped = run("stack", "down")
    assert stopped.returncode == 0, stopped.stderr
    assert monotonic() - begun < 90
    assert [name for name, row in before.items() if _alive(row["pid"])] == []
    again = run("stack", "down")
    assert "does not run" in again.stdout


def _alive(pid: int) -> bool:
    found = born(pid)
    return found is not None and Process(pid, found).alive
