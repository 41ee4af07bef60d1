"""The ground that every measurement stands on: a PostgreSQL as users get it, and how fast this one commits."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from chassis.access import Principal, Role
from chassis.clock import Clock, monotonic
from chassis.memory import spare_what_stays
from chassis.postgres import EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.settings import Settings
from cli.province import SERVICES, Province, build_province

MONDAY = datetime(2026, 9, 21, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CITY = "350100"
"""Fuzhou, under the F16 pack."""
_numbers = count(1)


class OfficeHours:
    """A clock that runs as fast as the real one and was set to a Monday morning when the measurement began."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self._start, self._begun = start.astimezone(UTC), monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=monotonic() - self._begun)


@dataclass
class Ground:
    """A PostgreSQL with the settings of the embedded default in a folder that is thrown away."""

    folder: Path
    server: EmbeddedPostgres

    def commits_per_second(self) -> float:
        self.server.create_database("commits")
        return commits_per_second(self.server.conninfo("commits"))

    def cpu_seconds(self) -> float:
        """CPU that the server's processes have used since its start, ended ones included."""
        postmaster = self.server.pid
        return sum(_cpu_of(pid, ended=pid == postmaster) for pid in _family(postmaster)) if postmaster else 0.0

    @contextmanager
    def province(self, *, clock: Clock | None = None) -> Iterator[Province]:
        """Five services on fresh databases, on a Monday morning."""
        number = next(_numbers)
        names = {service: f"bench_{number}_{service}" for service in SERVICES}
        urls = {service: self.server.create_database(name) for service, name in names.items()}
        settings = Settings(data_dir=self.folder / f"data-{number}", database_url="")
        settings.data_dir.mkdir()
        province = build_province(settings, urls, clock=clock or OfficeHours(), keys=KeyRing.fresh())
        spare_what_stays()
        try:
            yield province
        finally:
            province.stop()
            for name in names.values():
                self.server.drop_database(name)


@contextmanager
def ground() -> Iterator[Ground]:
    folder = Path(tempfile.mkdtemp(prefix="huying-bench-"))
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder / "postgres").start()
    try:
        yield Ground(folder, server)
    finally:
        server.discard()
        shutil.rmtree(folder, ignore_errors=True)


def commits_per_second(conninfo: str, seconds: float = 1.5) -> float:
    """Single inserts, each its own transaction, on one connection: what the ratios are measured against."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("create table if not exists t (id bigint generated always as identity, body text)")
        done, until = 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            connection.execute("insert into t (body) values (%s)", ["x" * 200], prepare=True)
            done += 1
    return done / seconds


def _family(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *map(int, children)]


def _cpu_of(pid: int, *, ended: bool) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    ticks = int(fields[11]) + int(fields[12]) + (int(fields[13]) + int(fields[14]) if ended else 0)
    return ticks / os.sysconf("SC_CLK_TCK")


def seat() -> Principal:
    return Principal("seat:bench", frozenset({Role.AGENT}), frozenset({CITY}))


def office() -> Principal:
    roles = frozenset({Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR, Role.PROVINCE})
    return Principal("office:bench", roles, frozenset({CITY}))


def unit(id: str) -> Principal:
    """Somebody of it who leads it too, and so reviews what they submit."""
    return Principal(f"unit:{id}", frozenset({Role.UNIT, Role.UNIT_LEADER}), frozenset({CITY}), unit=id)


def citizen(name: str) -> Principal:
    return Principal(name, frozenset({Role.CITIZEN}), frozenset({CITY}), citizen_id=name.removeprefix("citizens/"))
