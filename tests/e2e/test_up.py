"""`huying up` as its users meet it: ports, health, metrics, one at a time, a clean end, and a partner's first day."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from chassis.clock import WallClock
from chassis.postgres import EmbeddedPostgres
from cli.province import SERVICES, descriptor_of
from cli.publishing.figures import load_publication
from cli.stack.state import Folder, State
from services.sla.domain.calendar import local
from tests.e2e.process import Huying, wait_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def huying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Huying]:
    # The folder must be open to the account that the embedded PostgreSQL runs as.
    running = Huying(tmp_path_factory.mktemp("up") / "data")
    running.start()
    yield running
    if not running.died():
        running.kill()
    EmbeddedPostgres(running.data_dir / "postgres").discard()


def get(huying: Huying, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{huying.http_port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def run(huying: Huying, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Another program on the same data folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=huying.environment | {"HUYING_LANG": "en"} | environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_grpc_health_says_that_all_five_services_serve(huying: Huying) -> None:
    with grpc.insecure_channel(huying.address) as channel:
        health = health_pb2_grpc.HealthStub(channel)
        for name in ("", *(descriptor_of(s).full_name for s in SERVICES)):
            answer = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=5)
            assert answer.status == health_pb2.HealthCheckResponse.SERVING, name


def test_reflection_lists_the_five_services(huying: Huying) -> None:
    with grpc.insecure_channel(huying.address) as channel:
        asked = iter([reflection_pb2.ServerReflectionRequest(list_services="")])
        answer = next(iter(reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(asked, timeout=5)))
    listed = {service.name for service in answer.list_services_response.service}
    assert {descriptor_of(s).full_name for s in SERVICES} <= listed


def test_readiness_names_each_service_and_liveness_its_workers(huying: Huying) -> None:
    status, ready = get(huying, "/readyz")
    assert (status, json.loads(ready)) == (200, dict.fromkeys(SERVICES, True))
    status, live = get(huying, "/livez")
    assert (status, json.loads(live)) == (200, {"workers": True})
    assert get(huying, "/other")[0] == 404


def test_a_partner_follows_a_case_to_its_rating_and_the_metrics_show_it(huying: Huying) -> None:
    done = run(huying, "examples/follow_a_case.py", huying.address)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "rated: CASE_STATE_CLOSED" in done.stdout

    def shown() -> bool:
        return 'huying_sla_kpi_denominator{category="complaint",city="350100"' in get(huying, "/metrics")[1]

    wait_for(shown)
    metrics = get(huying, "/metrics")[1]
    assert 'huying_calls_total{kind="command",name="RegisterCase",outcome="ok",service="intake"}' in metrics
    for service in SERVICES:
        assert f'huying_outbox_lag_seconds{{service="{service}"}}' in metrics
        assert f'huying_parked_messages{{service="{service}",state="dead"}} 0.0' in metrics or service == "knowledge"
    assert "huying_sla_kpi_numerator{" in metrics
    assert "huying_sla_kpi_as_of_seconds " in metrics


def test_the_figures_of_a_month_are_published_beside_it_and_small_ones_hidden(huying: Huying, tmp_path: Path) -> None:
    month, page = f"{local(WallClock().now()):%Y-%m}", tmp_path / "figures.html"
    asked = ("figures", "--month", month, "--city", "350100", "--preliminary", "--json", "--output", str(page))
    done = run(huying, "-m", "cli.main", *asked)
    assert done.returncode == 0, done.stderr[-2000:]
    (city,) = json.loads(done.stdout)["cities"]
    shown = {one["kpi"]: one for one in city["figures"] if not one["category"]}
    assert set(shown) == {rule.kpi for rule in load_publication(ROOT / "policies").figures}
    assert all(one["hidden"] or not one["denominator"] for one in shown.values())
    assert "福州" in page.read_text("utf-8")


def test_a_second_one_on_the_same_data_folder_is_refused(huying: Huying) -> None:
    second = run(huying, "-m", "cli.main", "up", HUYING_GRPC_PORT="0", HUYING_HTTP_PORT="0")
    assert second.returncode == 3
    assert "another Huying runs on" in second.stderr
    assert "Traceback" not in second.stderr
    assert huying.ready()


def test_the_doctor_beside_it_is_content_and_misses_it_where_it_does_not_listen(huying: Huying) -> None:
    seen = run(huying, "-m", "cli.main", "doctor", "--json")
    checks = {check["check"]: check for check in json.loads(seen.stdout)}
    assert seen.returncode == 0, seen.stdout
    assert checks["up"]["ok"]
    elsewhere = run(huying, "-m", "cli.main", "doctor", "--json", HUYING_HTTP_PORT="1")
    assert (elsewhere.returncode, "is not ready" in elsewhere.stdout) == (1, True)


def test_beside_a_stack_that_does_not_run_the_audit_judges_it_and_says_so(huying: Huying) -> None:
    folder = Folder(huying.data_dir / "stack")
    folder.make()
    folder.write(State(phase="up", pid=1, born=2))
    judged = run(huying, "-m", "cli.main", "audit")
    assert (judged.returncode, "the embedded databases are judged" in judged.stderr) == (0, True), judged.stderr
    shutil.rmtree(folder.path)


def test_databases_that_nobody_used_are_not_judged_in_place_of_a_stack_s(huying: Huying, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "other" / "stack")
    folder.make()
    folder.write(State(phase="ended", pid=1, born=2))
    (tmp_path / "other" / "postgres").mkdir()
    judged = run(huying, "-m", "cli.main", "audit", HUYING_DATA_DIR=str(tmp_path / "other"))
    EmbeddedPostgres(tmp_path / "other" / "postgres").discard()
    assert (judged.returncode, "nothing is judged" in judged.stderr) == (3, True), judged.stderr


@pytest.mark.parametrize("port", ["HUYING_GRPC_PORT", "HUYING_HTTP_PORT"])
def test_a_taken_port_is_named_without_a_traceback(huying: Huying, tmp_path: Path, port: str) -> None:
    """Ports are tried before a database is made."""
    taken = str(huying.grpc_port)
    free = {"HUYING_GRPC_PORT": "0", "HUYING_HTTP_PORT": "0", port: taken}
    refused = run(huying, "-m", "cli.main", "up", HUYING_DATA_DIR=str(tmp_path / "other"), **free)
    assert refused.returncode == 1
    assert taken in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "other" / "postgres").exists()


def test_scripts_hear_the_ports_while_it_runs(tmp_path: Path) -> None:
    """Through a pipe, which Python fills before it sends anything."""
    quiet = Huying(tmp_path / "data")
    quiet.data_dir.mkdir()
    environment = {key: value for key, value in quiet.environment.items() if key != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "cli.main", "up", "--json"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as up:
        assert up.stdout is not None
        told = json.loads(up.stdout.readline())
        up.terminate()
    EmbeddedPostgres(quiet.data_dir / "postgres").discard()
    assert str(quiet.grpc_port) in json.dumps(told)


def test_a_policy_fault_stops_the_whole_start_with_file_and_line(huying: Huying, tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    subprocess.run(["cp", "-r", str(ROOT / "policies"), str(policies)], check=True)
    pack = policies / "packs" / "fujian-2016" / "sla.yaml"
    pack.write_text("surprise: 1\n" + pack.read_text("utf-8"), "utf-8")
    refused = run(
        huying, "-m", "cli.main", "up", HUYING_DATA_DIR=str(tmp_path / "other"), HUYING_POLICIES_DIR=str(policies),
        HUYING_GRPC_PORT="0", HUYING_HTTP_PORT="0",
    )  # fmt: skip
    EmbeddedPostgres(tmp_path / "other" / "postgres").discard()
    assert refused.returncode == 1
    assert f"{pack}:1:" in refused.stderr.replace("\n", "")
    assert "Traceback" not in refused.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="without root the folder's mode decides, see test_commands")
def test_a_data_folder_that_cannot_be_written_is_named(huying: Huying) -> None:
    refused = run(huying, "-m", "cli.main", "up", HUYING_DATA_DIR="/proc/huying")
    assert refused.returncode == 1
    assert "/proc/huying" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_sigterm_ends_it_within_ten_seconds_and_the_next_start_finds_everything(huying: Huying) -> None:
    assert huying.stop(within_seconds=10) == 0
    said = (huying.data_dir / "up.log").read_text()
    assert "Traceback" not in said
    assert not huying.ready()
    huying.start()
    assert huying.ready()
