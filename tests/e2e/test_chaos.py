"""kill -9 of `huying up` at any moment under a running replay: nothing is lost, nothing happens twice."""

import os
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.crashpoints import POINTS
from chassis.grpckit.client import Client
from chassis.postgres import EmbeddedPostgres
from chassis.tokens import TokenSigner
from cli.province import SERVICES, descriptor_of
from cli.replay.areas import AreaMap
from cli.replay.petitions import File, read_file
from cli.replay.sending import GrpcLine, Refused, Sender, seat
from tests.e2e.invariants import Databases, Violation, violations
from tests.e2e.petitions import write_petitions
from tests.e2e.process import Huying, wait_for

KILLS = int(os.environ.get("HUYING_CHAOS_KILLS", "5"))
SEED = int(os.environ.get("HUYING_CHAOS_SEED", "12345"))
CASES_PER_KILL = 20
# Every so many kills the database dies in the same moment.
DATABASE_DIES_EVERY = 3
QUIET_WITHIN_SECONDS = 120.0
CITY = "350100"
# How often a point is passed before the process dies there: not at the first time, where nothing has happened yet.
PASSES = {
    "relay.after_claim": 3,
    "relay.after_publish": 3,
    "clocks.before_commit": 1,
    "clocks.after_commit": 1,
    "notify.after_claim": 1,
    "notify.after_hand_over": 1,
}
DOUBLED = {"order_twice", "reference_handed_over_twice", "case_told_its_number_twice"}
INVERTED = {"broken_sequence"}


@dataclass
class Province:
    """The process, its databases, and what has been sent to it."""

    huying: Huying
    databases: Databases
    urls: dict[str, str]
    sent: set[str] = field(default_factory=set)
    written: int = 0
    points: set[str] = field(default_factory=set)
    ready_seconds: list[float] = field(default_factory=list)

    def petitions(self, folder: Path, count: int) -> File:
        """New ones, with numbers of their own."""
        self.written += count
        return read_file(write_petitions(folder / "petitions.csv", count, first=self.written - count))

    def start(self, crash_at: str = "") -> None:
        """Armed, it may die before it is ready."""
        seconds = self.huying.start(crash_at=crash_at)
        if not crash_at:
            self.ready_seconds.append(seconds)

    def died_at(self, point: str) -> None:
        """Nothing else ends the process: the point was passed."""
        wait_for(self.huying.died, 30)
        self.points.add(point)

    def left(self) -> list[Violation]:
        """What still violates an invariant when all had time to become quiet."""
        until = time.monotonic() + QUIET_WITHIN_SECONDS
        while (left := self._violations()) and time.monotonic() < until:
            time.sleep(0.25)
        return left

    def _violations(self) -> list[Violation]:
        cases = {str(id) for (id,) in self.databases.rows("intake", "select id from case_file")}
        lost = [Violation("sent_case_unknown", case) for case in self.sent - cases]
        return [*lost, *(Violation("case_twice", case) for case in cases - self.sent), *violations(self.databases)]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    # The folder must be open to the account that the embedded PostgreSQL runs as.
    folder = tmp_path_factory.mktemp("chaos")
    huying = Huying(folder / "data")
    huying.start()
    server = EmbeddedPostgres(huying.data_dir / "postgres")
    urls = {name: server.url_for(f"huying_{name}") for name in SERVICES}
    province = Province(huying, Databases(urls), urls)
    with replaying(province, folder, 5):
        pass
    assert province.left() == []
    yield province
    if not huying.died():
        huying.kill()
    server.discard()


class Replay(threading.Thread):
    """Sends petitions as fast as the platform takes them; waits while it is away."""

    def __init__(self, huying: Huying, petitions: File) -> None:
        super().__init__(daemon=True)
        self.petitions = petitions
        self.sent: list[str] = []
        self.failed: list[Refused] = []
        self._client = Client(huying.address, {name: descriptor_of(name) for name in SERVICES})
        self._sender = Sender(line_to(huying, self._client), CITY, petitions.digest, AreaMap())

    def run(self) -> None:
        for petition in self.petitions.petitions:
            try:
                self.sent.append(self._sender.send(petition))
            except Refused as refused:
                self.failed.append(refused)
        self._client.close()


def line_to(huying: Huying, client: Client) -> GrpcLine:
    return GrpcLine(dict.fromkeys(SERVICES, client), TokenSigner.load_or_create(huying.data_dir), seat(CITY))


@contextmanager
def replaying(province: Province, folder: Path, count: int) -> Iterator[Replay]:
    """Sends new petitions meanwhile; at the end all are sent, each once."""
    replay = Replay(province.huying, province.petitions(folder, count))
    replay.start()
    yield replay
    replay.join(timeout=300)
    assert not replay.is_alive()
    assert not replay.failed
    assert len(set(replay.sent)) == count
    province.sent |= {id_of(name) for name in replay.sent}


def id_of(name: str) -> str:
    return name.rpartition("/")[2]


@pytest.mark.parametrize("point", sorted(POINTS - {"parking.after_claim"}))
def test_a_death_at_each_named_point_loses_and_doubles_nothing(province: Province, tmp_path: Path, point: str) -> None:
    province.huying.kill()
    if point.startswith("clocks."):
        let_time_pass(province.databases)
    province.start(crash_at=f"{point}:{PASSES.get(point, 7)}")
    with replaying(province, tmp_path, 5):
        province.died_at(point)
        province.start()
    assert [str(v) for v in province.left()] == []


def test_a_death_while_a_parked_message_is_tried_again_loses_and_doubles_nothing(
    province: Province, tmp_path: Path
) -> None:
    """Sla cannot keep the clocks of a case: the news of it must wait in the parking."""
    province.huying.kill()
    province.start(crash_at="parking.after_claim")
    petition = province.petitions(tmp_path, 1).petitions[0]
    with Client(province.huying.address, {name: descriptor_of(name) for name in SERVICES}) as client:
        sender = Sender(line_to(province.huying, client), CITY, tmp_path.name, AreaMap())
        case = sender.register(petition)
        with no_clocks_for(province, id_of(case)):
            sender.accept(petition, case)
            province.died_at("parking.after_claim")
        province.start()
        province.sent.add(id_of(sender.send(petition)))
    assert [str(v) for v in province.left()] == []


@contextmanager
def no_clocks_for(province: Province, case_id: str) -> Iterator[None]:
    """Sla's database refuses the clocks of one case."""
    engine = sa.create_engine(province.urls["sla"], poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text(_REFUSE.replace("CASE", case_id)))
    yield
    with engine.begin() as connection:
        connection.execute(sa.text("drop trigger refuse on clock; drop function refuse"))
    engine.dispose()


_REFUSE = """
create function refuse() returns trigger language plpgsql as
    $$ begin if new.body->>'case_id' = 'CASE' then raise 'not this one'; end if; return new; end $$;
create trigger refuse before insert on clock for each row execute function refuse()
"""


def let_time_pass(databases: Databases) -> None:
    """The yellow light of every running clock is due."""
    lit = databases.execute(
        "sla",
        "update clock set next_at = now() - interval '1 second', body = body || jsonb_build_object('warn_at', "
        "to_char((now() - interval '1 second') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')) "
        "where body->>'state' = 'running' and not (body->>'window')::boolean",
    )
    assert lit > 0


def test_nothing_is_lost_or_doubled_when_the_platform_is_killed_at_random_moments(
    province: Province, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    with replaying(province, tmp_path, CASES_PER_KILL * KILLS) as replay:
        for kill in range(KILLS):
            goal = CASES_PER_KILL * kill + chance.randint(1, CASES_PER_KILL - 5)
            wait_for(lambda goal=goal: len(replay.sent) >= goal, 120)  # type: ignore[misc]
            time.sleep(chance.uniform(0.0, 0.1))  # anywhere inside a call, not only after one
            province.huying.kill(database=kill % DATABASE_DIES_EVERY == DATABASE_DIES_EVERY - 1)
            province.start()
    left = province.left()
    with capsys.disabled():
        print(table(province, KILLS, left))
    assert [str(v) for v in left] == []


def table(province: Province, kills: int, left: list[Violation]) -> str:
    """What `make chaos` ends with."""
    kinds = Counter(
        "doubled" if v.invariant in DOUBLED else "inverted" if v.invariant in INVERTED else "lost" for v in left
    )
    ready = province.ready_seconds
    lines = [
        ("random kills", f"{kills}, of them {kills // DATABASE_DIES_EVERY} with the database"),
        ("named points", f"{len(province.points)} of {len(POINTS)}"),
        ("cases", str(len(province.sent))),
        *((kind, str(kinds[kind])) for kind in ("lost", "doubled", "inverted")),
        ("seconds to ready", f"median {statistics.median(ready):.1f}, longest {max(ready):.1f}"),
    ]
    return "\n" + "\n".join(f"  {name:<18}{value}" for name, value in lines)
