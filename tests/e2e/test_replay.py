"""`huying replay` as its users run it: every row is carried or named, a kill doubles nothing."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from chassis.postgres import EmbeddedPostgres
from cli.main import app
from cli.province import SERVICES
from cli.replay.journal import Journal
from tests.e2e.invariants import Databases, violations
from tests.e2e.petitions import write_petitions
from tests.e2e.process import wait_for

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("HUYING_DATA", ROOT.parent / "shared" / "data"))
HEAD = "number,user,subject,time,text"
_places = count(1)


class Place:
    """A data folder and five databases of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        self.databases = Databases({name: url.format(service=name) for name in SERVICES})
        self.environment = {
            "HUYING_DATABASE_URL": url,
            "HUYING_DATA_DIR": str(folder),
            "HUYING_LANG": "en",
            "COLUMNS": "120",
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def replay(self, *arguments: object) -> Result:
        return CliRunner().invoke(app, ["replay", *map(str, arguments)], env=self.environment)

    def cases(self) -> int:
        return int(self.databases.rows("intake", "select count(*) from case_file")[0][0])


@contextmanager
def new_place(postgres: EmbeddedPostgres, folder: Path) -> Iterator[Place]:
    prefix = f"replay_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}_{next(_places)}"
    for name in SERVICES:
        postgres.create_database(f"{prefix}_{name}")
    yield Place(postgres.url_for(prefix + "_{service}").replace("%7B", "{").replace("%7D", "}"), folder)
    for name in SERVICES:
        postgres.drop_database(f"{prefix}_{name}")


@pytest.fixture
def place(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Place]:
    with new_place(postgres, tmp_path / "data") as made:
        yield made


def totals(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def test_bad_rows_are_named_and_the_rest_is_carried(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "mixed.csv"
    rows = [
        HEAD.encode(),
        "1,U1,路灯不亮,2026-03-02 09:00:00,人行道路灯不亮。".encode(),
        "2,U1,路灯不亮,前天,人行道路灯不亮。".encode(),
        "3,U1,路灯不亮".encode(),
        "4,U1,路灯不亮,2026-03-02 09:00:00,含\x00零".encode(),
        b"5,U1,\xff\xff,2026-03-02 09:00:00,x",
        "1,U1,路灯不亮,2026-03-02 09:00:00,又一次".encode(),
        "7,U1,路灯不亮,2026-03-02 09:00:00,".encode(),
        "8,U1,井盖缺失,2026-03-02 10:00:00,井盖不见了。".encode(),
    ]
    file.write_bytes(b"\n".join(rows) + b"\n")
    result = place.replay(file, "--time", "now")
    assert result.exit_code == 0, result.output
    for line, says in {
        3: "bad time", 4: "number of columns", 5: "unreadable", 6: "unreadable", 7: "appears twice", 8: "empty"
    }.items():  # fmt: skip
        assert f"line {line} not read: " in result.stdout
        assert says in next(told for told in result.stdout.splitlines() if told.startswith(f"line {line} "))
    assert "total: sent 2, " in result.stdout
    assert "not read 6, unaccounted 0" in result.stdout
    assert place.cases() == 2


def test_missing_columns_and_wrong_options_end_with_two_and_start_nothing(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    file.write_text("number,user\n1,U1\n", "utf-8")
    result = place.replay(file)
    assert result.exit_code == 2
    assert "columns missing: subject, time, text" in result.stderr
    good = write_petitions(tmp_path / "good.csv", 1)
    result = place.replay(good, "--target", "127.0.0.1:1", "--time", "original")
    assert result.exit_code == 2
    assert "--target needs --time now" in result.stderr
    areas = tmp_path / "areas.csv"
    areas.write_text("鼓楼,350102\n(,350103\n", "utf-8")
    result = place.replay(good, "--area-map", areas)
    assert result.exit_code == 2
    assert f"{areas}:2 should be" in result.stderr
    assert place.databases.tables("intake") == []


def test_a_city_that_nobody_serves_is_refused_before_anything_is_sent(place: Place, tmp_path: Path) -> None:
    result = place.replay(write_petitions(tmp_path / "good.csv", 3), "--city", "999999")
    assert result.exit_code == 2
    assert "999999" in result.stderr


def test_the_area_map_gives_a_case_its_area(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "areas.petitions.csv"
    file.write_text(
        f"{HEAD}\n1,U1,鼓楼路灯,2026-03-02 09:00:00,鼓楼区路灯不亮\n2,U1,别处路灯,2026-03-02 09:00:00,路灯不亮\n",
        "utf-8",
    )
    areas = tmp_path / "areas.csv"
    areas.write_text("鼓楼,350102\n", "utf-8")
    assert totals(place.replay(file, "--area-map", areas, "--time", "now", "--json"))["sent"] == 2
    found = place.databases.rows("intake", "select coalesce(body->>'area', '') from case_file order by id")
    assert [area for (area,) in found] == ["350102", ""]


@pytest.fixture
def own_place(tmp_path: Path) -> Iterator[Place]:
    """Where a replay in original time keeps its own databases."""
    made = Place("postgresql:///unused_{service}", tmp_path / "data")
    yield made
    for folder in (tmp_path / "data" / "replays").iterdir():
        EmbeddedPostgres(folder / "postgres").discard()


@contextmanager
def databases_below(data_dir: Path) -> Iterator[Databases]:
    (folder,) = (data_dir / "replays").iterdir()
    with EmbeddedPostgres(folder / "postgres") as server:
        yield Databases({name: server.url_for(f"huying_{name}") for name in SERVICES})


def test_killed_in_the_middle_it_goes_on_and_doubles_nothing(own_place: Place, tmp_path: Path) -> None:
    """Four weeks of simulated time: the first request ids are long forgotten when it goes on."""
    file = write_petitions(tmp_path / "petitions.csv", 80)
    running = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "replay", str(file)],
        cwd=ROOT,
        env=os.environ | own_place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    journals = tmp_path / "data" / "replays"
    wait_for(lambda: sum(len(j.read_bytes().splitlines()) for j in journals.glob("*/sent.jsonl")) >= 40)
    running.send_signal(signal.SIGKILL)
    running.wait()
    with databases_below(tmp_path / "data") as databases:
        sent = len(databases.rows("intake", "select 1 from case_file"))
        assert 40 <= sent < 80
        for _ in range(2):  # and once more, when there is nothing left to do
            assert totals(own_place.replay(file, "--json"))["sent"] == 80
            assert len(databases.rows("intake", "select 1 from case_file")) == 80
        assert [str(v) for v in violations(databases)] == []


@pytest.mark.parametrize("torn", [b"", b'{"number":"T0', b'{"number":"T00001","case":"x"}'])
def test_a_journal_forgets_a_line_that_a_kill_tore(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "sent.jsonl"
    Journal.read(path).add("T00000", "cities/350100/cases/a")
    path.write_bytes(path.read_bytes() + torn)
    journal = Journal.read(path)
    assert journal.sent == {"T00000": "cities/350100/cases/a"}
    journal.add("T00001", "cities/350100/cases/b")
    assert list(Journal.read(path).sent) == ["T00000", "T00001"]


@pytest.mark.skipif(not (DATA / "labelled.csv").exists(), reason=f"no real petitions in {DATA}: set HUYING_DATA")
def test_of_the_real_labelled_petitions_six_in_ten_reach_a_unit_of_their_label(own_place: Place) -> None:
    file = DATA / "labelled.csv"
    with file.open(encoding="utf-8-sig", newline="") as rows:
        petitions = sum(1 for _ in csv.DictReader(rows))
    found = totals(own_place.replay(file, "--json"))
    assert found["labelled_share"] >= 0.6
    assert found["unaccounted"] == 0
    assert found["sent"] + found["refused"] + found["bad_rows"] == petitions
    assert found["queued"] <= found["sent"] / 4
