"""What is said of a stack: of one that does not run, of one whose parts are down, and of its logs."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from chassis.settings import ROOT, misspelt
from cli.doctor import processes
from cli.doctor.findings import Found
from cli.main import app
from cli.servers.process import born
from cli.stack.lifting import bring_down
from cli.stack.plan import SERVICES
from cli.stack.state import Folder, Row, State

GONE = {"pid": 1, "born": 2}
"""A process of this number was born at another time."""
ME = {"pid": os.getpid(), "born": born(os.getpid()) or 0}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "stack")
    made.make()
    return made


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """A command in English, on the data folder of that stack."""
    given = {"HUYING_DATA_DIR": str(tmp_path), "HUYING_LANG": "en", "COLUMNS": "400"}
    return lambda *command, **more: CliRunner().invoke(app, list(command), env=given | more)


@pytest.mark.parametrize("phase", ["up", "ended", "failed"])
def test_of_a_stack_that_does_not_run_nothing_is_judged(
    run: Callable[..., Result], folder: Folder, tmp_path: Path, phase: str
) -> None:
    folder.write(State(phase=phase, **GONE))
    told = run("audit")
    assert told.exit_code == 3
    assert f"the stack on {tmp_path} does not run, nothing is judged" in told.stderr
    assert not (tmp_path / "postgres").exists()


def test_databases_of_before_are_not_judged_in_place_of_a_stack_that_was_killed(
    run: Callable[..., Result], folder: Folder, tmp_path: Path
) -> None:
    folder.write(State(phase="up", **GONE))
    (tmp_path / "postgres").mkdir()
    assert run("audit").exit_code == 3


def test_the_doctor_is_not_content_with_a_stack_that_does_not_run(
    run: Callable[..., Result], folder: Folder, tmp_path: Path
) -> None:
    folder.write(State(phase="up", **GONE))
    told = run("doctor", "--json", HUYING_GRPC_PORT="0", HUYING_HTTP_PORT="0")
    checks = {check["check"]: check for check in json.loads(told.stdout)}
    assert (told.exit_code, checks["stack"]["ok"]) == (1, False)
    assert "huying stack up" in checks["stack"]["says"]
    assert not (tmp_path / "postgres").exists()


def test_other_commands_note_whose_databases_they_look_at(run: Callable[..., Result], folder: Folder) -> None:
    folder.write(State(phase="up", **GONE))
    assert "the embedded databases, not the stack's" in run("bus", "partitions").stderr


def test_a_stack_whose_supervisor_was_killed_is_taken_down_for_good(folder: Folder) -> None:
    folder.write(State(phase="up", **GONE))
    bring_down(folder)
    state = folder.read()
    assert state is not None
    assert state.taken_down


def test_a_taken_port_is_named_before_anything_is_started(run: Callable[..., Result], folder: Folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run("stack", "up", "--base-port", str(port - 1))
    assert told.exit_code == 1
    assert f"port {port} is taken (--base-port chooses others)" in told.stderr
    assert not list(folder.logs.iterdir())


@pytest.fixture
def logs(folder: Folder) -> Folder:
    """The log of a process and that of a server."""
    folder.log("sla.bus").write_text("hears\n")
    (folder.path / "rabbitmq").mkdir()
    (folder.path / "rabbitmq" / "rabbitmq.log").write_text("carries\n")
    return folder


def test_a_log_is_shown_once(logs: Folder, tmp_path: Path) -> None:
    env = os.environ | {"HUYING_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "cli.main", "stack", "logs"]  # it becomes `tail`
    shown = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60).stdout
    assert (shown.count("hears"), shown.count("carries")) == (1, 1)


def test_a_log_that_is_not_there_is_told_with_those_that_are(run: Callable[..., Result], logs: Folder) -> None:
    told = run("stack", "logs", "foo")
    assert (told.exit_code, "there are: rabbitmq, sla.bus" in told.stderr) == (1, True)


def test_a_stack_of_which_one_part_is_down_is_not_ready(run: Callable[..., Result], folder: Folder) -> None:
    rows = [Row(name="sla.bus", kind="process", ready=True, **ME), Row(name="sla.grpc", kind="process", ready=True)]
    folder.write(State(phase="up", rows=rows[:1], **ME))
    assert run("stack", "status").exit_code == 0
    folder.write(State(phase="up", rows=rows, **ME))
    told = run("stack", "status", "--json")
    assert (told.exit_code, json.loads(told.stdout)["ready"]) == (1, False)


def test_what_outlives_its_supervisor_is_not_watched(run: Callable[..., Result], folder: Folder) -> None:
    folder.write(State(phase="up", rows=[Row(name="sla.bus", kind="process", ready=True, **ME)], **GONE))
    told = run("stack", "status")
    assert (told.exit_code, "what still runs is not watched: huying stack down" in told.stdout) == (1, True)
    assert "it does not run" not in told.stdout
    folder.write(State(phase="up", rows=[Row(name="sla.bus", kind="process", ready=True, **GONE)], **GONE))
    assert "it does not run" in run("stack", "status").stdout


def test_other_programs_are_told_where_services_are_called(
    run: Callable[..., Result], folder: Folder, tmp_path: Path
) -> None:
    folder.keep_environment({"HUYING_AMQP_URL": "amqp://u:p@127.0.0.1:1/"})
    folder.write(State(phase="up", rows=[Row(name="sla.grpc", kind="process", ports={"grpc": 8023}, **ME)], **ME))
    told = json.loads(run("stack", "env", "--json").stdout)
    assert (told["HUYING_SLA_GRPC"], told["HUYING_DATA_DIR"]) == ("127.0.0.1:8023", str(tmp_path))


def test_names_that_are_told_are_no_misspelt_settings() -> None:
    assert misspelt(f"HUYING_{service.upper()}_GRPC" for service in SERVICES) == {}


def test_the_example_says_in_words_that_nobody_is_there() -> None:
    command = [sys.executable, "examples/follow_a_case.py", "127.0.0.1:1"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 1
    assert told.stderr.startswith("nothing answers at 127.0.0.1:1: start `huying up`")


def test_nothing_else_serves_the_databases_of_a_stack_that_runs(
    run: Callable[..., Result], folder: Folder, tmp_path: Path
) -> None:
    given = {"HUYING_DATABASE_URL": "postgresql+psycopg://u:p@127.0.0.1:1/huying_{service}"}
    folder.keep_environment(given)
    folder.write(State(phase="up", **ME))
    file = tmp_path / "petitions.csv"
    file.write_text("number,user,subject,time,text\n1,u,s,2025-03-01,lamp\n")
    for command in (("up",), ("replay", str(file), "--time", "now")):
        told = run(*command, **given)
        assert (told.exit_code, "a stack runs on these databases" in told.stderr) == (3, True), told.output


def test_the_doctor_names_what_is_down_and_what_was_restarted() -> None:
    rows = [
        Row(name="sla.bus", kind="process", ready=True, restarts=2, **ME),
        Row(name="sla.grpc", kind="process", ready=True, **ME),
    ]
    assert "sla.bus 2" in processes.processes(State(phase="up", rows=rows, **ME))
    rows.append(Row(name="sla.worker", kind="process", reason="does not answer", **ME))
    with pytest.raises(Found, match=r"^sla.worker: does not answer. See: huying stack logs sla.worker$"):
        processes.processes(State(phase="up", rows=rows, **ME))


def test_the_doctor_notes_a_misspelt_setting_once(run: Callable[..., Result], folder: Folder) -> None:
    folder.write(State(phase="up", **GONE))  # so that it looks at no server
    assert run("doctor", HUYING_GRPC_PROT="9").stderr.count("is HUYING_GRPC_PORT meant") == 1
