"""kill -9 of `huying up` at any moment under a running replay: nothing is lost, nothing happens twice."""

import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.crashpoints import POINTS
from chassis.grpckit.client import Client
from chassis.postgres import EmbeddedPostgres
from chassis.tokens import TokenSigner
from cli.province import SERVICES, descriptor_of
from cli.replay.areas import AreaMap
from cli.replay.petitions import read_file
from cli.replay.sending import GrpcLine, Refused, Sender, seat
from tests.e2e.invariants import Databases, violations
from tests.e2e.petitions import write_petitions
from tests.e2e.process import Huying

KILLS = int(os.environ.get("HUYING_CHAOS_KILLS", "5"))
SEED = int(os.environ.get("HUYING_CHAOS_SEED", "12345"))
CASES_PER_KILL = 30
QUIET_WITHIN_SECONDS = 120.0
CITY = "350100"


@pytest.fixture
def huying(tmp_path: Path) -> Iterator[Huying]:
    # The folder must be open to the account that the embedded PostgreSQL runs as.
    running = Huying(tmp_path / "data")
    yield running
    if not running.died():
        running.kill()
    EmbeddedPostgres(running.data_dir / "postgres").discard()


class Replay(threading.Thread):
    """Sends petitions as fast as the platform takes them; waits while it is away."""

    def __init__(self, huying: Huying, file: Path) -> None:
        super().__init__(daemon=True)
        self.petitions = read_file(file)
        self.sent: list[str] = []
        self.failed: list[Refused] = []
        self._client = Client(huying.address, {name: descriptor_of(name) for name in SERVICES})
        line = GrpcLine(self._client, TokenSigner.load_or_create(huying.data_dir), seat(CITY))
        self._sender = Sender(line, CITY, self.petitions.digest, AreaMap())

    def run(self) -> None:
        for petition in self.petitions.petitions:
            try:
                self.sent.append(self._sender.send(petition))
            except Refused as refused:
                self.failed.append(refused)


def databases_of(huying: Huying) -> Databases:
    server = EmbeddedPostgres(huying.data_dir / "postgres").start()
    return Databases({name: server.url_for(f"huying_{name}") for name in SERVICES})


def wait_until_quiet(databases: Databases) -> list[str]:
    """Waits until every event has had its effect; returns the violations that are left."""
    until = time.monotonic() + QUIET_WITHIN_SECONDS
    left = violations(databases)
    while left and time.monotonic() < until:
        time.sleep(0.25)
        left = violations(databases)
    return [str(v) for v in left]


def wait_for(condition, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def test_nothing_is_lost_or_doubled_when_the_platform_is_killed_at_random_moments(
    huying: Huying, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    huying.start()
    replay = Replay(huying, write_petitions(tmp_path / "petitions.csv", CASES_PER_KILL * KILLS))
    replay.start()
    for kill in range(KILLS):
        goal = CASES_PER_KILL * kill + chance.randint(1, CASES_PER_KILL - 5)
        wait_for(lambda goal=goal: len(replay.sent) >= goal, 120)  # type: ignore[misc]
        time.sleep(chance.uniform(0.0, 0.05))  # anywhere inside a call, not only after one
        huying.kill()
        huying.start()
    replay.join(timeout=300)
    assert not replay.is_alive()
    assert not replay.failed
    assert len(set(replay.sent)) == CASES_PER_KILL * KILLS
    databases = databases_of(huying)
    assert wait_until_quiet(databases) == []
    assert len(databases.rows("intake", "select 1 from case_file")) == CASES_PER_KILL * KILLS


@pytest.mark.parametrize("point", sorted(POINTS - {"parking.after_claim"}))
def test_a_death_at_each_named_point_loses_and_doubles_nothing(huying: Huying, tmp_path: Path, point: str) -> None:
    huying.start(crash_at=f"{point}:7")
    replay = Replay(huying, write_petitions(tmp_path / "petitions.csv", 25))
    replay.start()
    wait_for(huying.died)
    huying.start()
    replay.join(timeout=120)
    assert not replay.failed
    assert wait_until_quiet(databases_of(huying)) == []
