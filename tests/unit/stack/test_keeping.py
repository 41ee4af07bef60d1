"""What ends by itself is started again with growing delay, and what is not ready says why."""

import os
import socket
import sys
import threading
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from chassis.settings import Settings
from cli.servers.errors import ServerError
from cli.servers.process import Process, born
from cli.servers.rabbitmq import RabbitMQ
from cli.stack import units
from cli.stack.plan import Part, Wish, own_servers
from cli.stack.show import progress
from cli.stack.state import Folder, Row, State
from cli.stack.units import Elsewhere, Keeper, ServiceProcess

SECONDS = 20.0


class Fragile:
    """A unit that ends the first times it is started."""

    def __init__(self, deaths: int, *, refuses: bool = False) -> None:
        self._deaths = deaths
        self._refuses = refuses
        self._alive = False
        self.starts = 0
        self.steady = threading.Event()

    def row(self) -> Row:
        return Row(name="fragile", kind="process", last_end="exit 1" if self.starts else "")

    def alive(self) -> bool:
        return self._alive

    def start(self) -> None:
        self.starts += 1
        if self._refuses:
            raise ServerError("缺少", "missing")
        self._alive = self.starts > self._deaths

    def check(self) -> None:
        if not self._alive:
            raise OSError("gone")
        self.steady.set()

    def stop(self) -> None:
        self._alive = False


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs() as lines:
        yield lines


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "FIRST_WAIT_SECONDS", 0.01)


def test_what_ends_is_started_again_until_it_stays() -> None:
    unit = Fragile(deaths=3)
    keeper = Keeper(unit)
    keeper.start()
    assert unit.steady.wait(SECONDS)
    assert unit.starts == 4
    keeper.stop()
    row = keeper.row()
    assert (row.restarts, row.last_end, row.ready) == (3, "exit 1", False)


def test_what_cannot_start_says_why() -> None:
    keeper = Keeper(Fragile(deaths=0, refuses=True))
    keeper._start()
    assert keeper.failed is not None
    assert keeper.row().reason == "missing"


def test_a_server_elsewhere_that_is_away_is_not_ready_and_shows_no_password() -> None:
    unit = Elsewhere("rabbitmq", "amqp://u:secret@127.0.0.1:1/")
    keeper = Keeper(unit)
    keeper._look()
    row = keeper.row()
    assert (row.ready, row.own, row.where) == (False, False, "amqp://127.0.0.1:1/")
    assert "refused" in row.reason


def test_a_process_that_ended_is_shown_with_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("words of yesterday\n")
    unit = ServiceProcess(Part("intake", "worker"), os.environ | {"HUYING_LOG_LEVEL": "LOUD"}, {"http": 1}, log)
    unit.start()
    assert unit._process is not None
    assert unit._process.wait(SECONDS)
    for _ in range(2):  # and while it is started again
        with pytest.raises(OSError, match="HUYING_LOG_LEVEL"):
            unit.check()
        unit.start()
    unit.stop()


def test_a_process_whose_http_port_is_taken_names_it_and_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = os.environ | {"HUYING_HTTP_PORT": str(port), "HUYING_DATA_DIR": str(tmp_path)}
        env |= {"HUYING_AMQP_URL": "amqp://127.0.0.1:1/", "HUYING_DATABASE_URL": "postgresql://127.0.0.1:1/{service}"}
        unit = ServiceProcess(Part("intake", "worker"), env, {"http": 1}, tmp_path / "log")
        unit.start()
        assert unit._process is not None
        assert unit._process.wait(SECONDS)
    with pytest.raises(OSError, match=f"127.0.0.1:{port} cannot be used.*HUYING_HTTP_PORT"):
        unit.check()


def test_a_process_that_never_spoke_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "log").write_text('{"event": "begins"}\n')
    with pytest.raises(OSError, match=r"^does not answer$"):
        ServiceProcess(Part("intake", "worker"), {}, {"http": 1}, tmp_path / "log").check()


def test_each_end_and_start_is_logged(log: list[MutableMapping[str, Any]]) -> None:
    unit = Fragile(deaths=2)
    keeper = Keeper(unit)
    keeper.start()
    assert unit.steady.wait(SECONDS)
    keeper.stop()
    said = [(line["event"], line["name"]) for line in log]
    assert said == [(event, "fragile") for event in ("started", "ended", "started", "ended", "started", "stopped")]


def test_who_watches_the_start_hears_of_what_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUYING_LANG", "en")
    row = Row(name="sla.grpc", kind="process", restarts=1, last_end="exit 1", reason="port 8023 is taken")
    said: set[str] = set()
    for _ in range(2):
        progress(State(phase="processes", pid=1, born=2, rows=[row]), said)
    assert capsys.readouterr().out.count("sla.grpc ended (exit 1) and is started again: port 8023 is taken") == 1


def test_a_setting_that_names_a_server_replaces_our_own() -> None:
    all_own = own_servers(Settings())
    given = own_servers(Settings(amqp_url="amqp://u:p@127.0.0.1:5672/"))
    assert set(all_own) - set(given) == {RabbitMQ}


def test_replicas_have_names_and_ports_of_their_own() -> None:
    wish = Wish(replicas=2, base_port=8021)
    parts = wish.parts()
    assert len({part.name for part in parts}) == len(parts) == 30
    ports = [wish.grpc_port(part) for part in parts if part.role == "grpc"]
    assert sorted(ports) == list(range(8021, 8031))
    assert wish.grpc_port(Part("intake", "grpc")) == 8021


def test_what_others_read_is_whole_and_secrets_are_closed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.read() is None
    state = State(phase="up", pid=1, born=2, rows=[Row(name="a", kind="server", ready=True)])
    folder.write(state)
    assert folder.read() == state
    folder.keep_environment({"HUYING_AMQP_URL": "amqp://u:secret@h/"})
    assert folder.environment() == {"HUYING_AMQP_URL": "amqp://u:secret@h/"}
    assert (tmp_path / "env.json").stat().st_mode & 0o077 == 0


def test_a_process_is_known_by_its_birth_not_by_its_number_alone(tmp_path: Path) -> None:
    mine = os.getpid()
    assert Process(mine, born(mine) or 0).alive
    assert not Process(mine, 1).alive
    short = Process.spawn([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), tmp_path / "log")
    assert short.wait(SECONDS)
    assert short.code == 3
