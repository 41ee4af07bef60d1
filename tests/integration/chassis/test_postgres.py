"""The embedded PostgreSQL survives the death of either side and never runs twice on one folder."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from chassis.postgres import THROWAWAY, EmbeddedPostgres, PostgresError
from chassis.postgres.account import Account
from tests.conftest import DatabaseUrl


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="hypg-"))
    path.chmod(0o755)
    yield path / "postgres"
    EmbeddedPostgres(path / "postgres").discard()
    path.rmdir()


def server(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder, settings=THROWAWAY)


def ask(url: str, query: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_it_starts_stops_and_keeps_its_data(folder: Path) -> None:
    with server(folder) as postgres:
        url = postgres.create_database("intake")
        assert postgres.create_database("intake") == url
        with psycopg.connect(postgres.conninfo("intake"), autocommit=True) as connection:
            connection.execute("create table kept (id int)")
            connection.execute("insert into kept values (7)")
    with pytest.raises(psycopg.OperationalError):
        ask(url, "select 1")
    with server(folder) as again:
        assert again.databases() == ["intake", "postgres"]
        assert ask(url, "select id from kept") == 7


def test_its_settings_suit_a_small_machine_and_keep_rows_out_of_the_log(folder: Path) -> None:
    with EmbeddedPostgres(folder) as postgres:
        url = postgres.url_for("postgres")
        expected = {
            "shared_buffers": "64MB", "max_connections": "100", "synchronous_commit": "on", "jit": "off",
            "listen_addresses": "", "log_min_error_statement": "panic", "server_encoding": "UTF8", "fsync": "on",
        }  # fmt: skip
        assert {name: ask(url, f"show {name}") for name in expected} == expected
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            ask(url, "select 'Zhang San 13800000000'::int")
        assert "create" not in postgres.log.read_text()
    assert stat.S_IMODE((folder / "run").stat().st_mode) == 0o700


def test_a_killed_server_starts_again_with_what_was_committed(folder: Path) -> None:
    with server(folder) as postgres:
        with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
            connection.execute("create table kept as select 7 as id")
        assert postgres.pid is not None
        os.kill(postgres.pid, signal.SIGKILL)
        with server(folder) as again:
            assert ask(again.url_for("postgres"), "select id from kept") == 7


def test_a_server_whose_starter_was_killed_is_adopted(folder: Path) -> None:
    program = (
        "import os, signal; from pathlib import Path; from chassis.postgres import EmbeddedPostgres;"
        f"EmbeddedPostgres(Path({str(folder)!r}), settings={{'fsync': 'off'}}).start();"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -signal.SIGKILL
    orphan = server(folder)
    before = orphan.pid
    with orphan:
        assert before is not None
        assert orphan.pid == before
        assert ask(orphan.url_for("postgres"), "select 1") == 1
    assert orphan.pid is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it under another account")
def test_a_start_runs_no_fork_handler(folder: Path) -> None:
    """Those of gRPC break the child now and then (it ends by signal 11) while calls are open."""
    program = f"""
import ctypes, sys
from pathlib import Path
from chassis.postgres import EmbeddedPostgres
forks = []
handler = ctypes.CFUNCTYPE(None)(lambda: forks.append(1))
assert ctypes.CDLL(None).__register_atfork(handler, None, None, None) == 0
with EmbeddedPostgres(Path({str(folder)!r}), settings={{"fsync": "off"}}):
    pass
sys.exit(len(forks))
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_root_is_told_which_program_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PostgresError, match="install util-linux"):
        Account(1, 1).lowered(["true"], [])


def test_the_last_user_stops_it(folder: Path) -> None:
    first, second = server(folder).start(), server(folder).start()
    assert first.stop() is False
    assert ask(second.url_for("postgres"), "select 1") == 1
    assert second.discard() is True
    assert not folder.exists()


def test_a_pid_file_that_names_another_program_is_no_server(folder: Path) -> None:
    with server(folder):
        pass
    (folder / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}/cluster\n0\n5432\n\n\n")
    with server(folder) as postgres:
        assert ask(postgres.url_for("postgres"), "select 1") == 1


def test_half_made_data_files_are_made_anew(folder: Path) -> None:
    (folder / "cluster.new").mkdir(parents=True)
    (folder / "cluster.new" / "PG_VERSION").write_text("18\n")
    with server(folder) as postgres:
        assert ask(postgres.url_for("postgres"), "select 1") == 1


def test_data_of_another_major_version_is_refused_with_a_remedy(folder: Path) -> None:
    with server(folder):
        pass
    (folder / "cluster" / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresError, match=r"written by PostgreSQL 17.*dump and restore"):
        server(folder).start()


def test_a_folder_with_a_very_long_name_has_its_socket_elsewhere(folder: Path) -> None:
    long = folder / ("x" * 120)
    with server(long) as postgres:
        assert ask(postgres.url_for("postgres"), "select 1") == 1
    assert server(long).discard()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lend an account")
def test_a_folder_that_only_root_can_enter_works_too(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    with server(folder / "inside") as postgres:
        assert ask(postgres.url_for("postgres"), "select 1") == 1
    assert server(folder / "inside").discard()


@pytest.mark.parametrize("name", ["", "Intake", "in-take", "1a", 'a"; drop', "x" * 64])
def test_a_bad_database_name_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(PostgresError):
        server(folder).create_database(name)


def test_prepared_databases_are_copies_that_do_not_see_each_other(database_url: DatabaseUrl) -> None:
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("create table thing (id int)")

    one, two = database_url("copies", prepare), database_url("copies", prepare)
    with psycopg.connect(one.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("insert into thing values (1)")
    assert len(prepared) == 1
    assert (ask(one, "select count(*) from thing"), ask(two, "select count(*) from thing")) == (1, 0)
