"""The ground of the stack's measurements: real servers and all processes, in a folder that is thrown away."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from chassis.access import Principal
from chassis.events.topology import Topology
from chassis.events.topology import load as load_topology
from chassis.grpckit.client import Client
from chassis.tokens import TokenSigner
from cli.province import SERVICES, descriptor_of
from cli.servers.postgres import Postgres
from cli.servers.process import Process
from cli.stack.prepare import prepare, variables
from cli.stack.state import Folder, Row
from tests.load.ground import commits_per_second
from tests.load.report import console
from tests.load.stack.usage import Usage, usage_of

ROOT = Path(__file__).resolve().parents[3]
SETTLED_SECONDS = 300.0
DRIVER = "driver"
"""The program that measures: it lives on the same cores."""


class TimedPostgres(Postgres):
    """Knows when each transaction was committed: by that effects are timed."""

    settings = "track_commit_timestamp = on\n"


@dataclass(frozen=True)
class Place:
    """A service's database, reached as the superuser; and its gRPC ports."""

    engine: sa.Engine
    clients: tuple[Client, ...]


@dataclass
class Ground:
    """A running stack, with the face of the embedded province: `call`, `runtimes`, `settle`."""

    folder: Path
    postgres: TimedPostgres
    runtimes: Mapping[str, Place]
    signer: TokenSigner
    topology: Topology = field(default_factory=load_topology)
    _tokens: dict[Principal, str] = field(default_factory=dict)
    _turns: dict[int, int] = field(default_factory=dict)

    def call(self, principal: Principal, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        """Each driver thread keeps to one replica, as a client with one channel does."""
        token = self._tokens.get(principal) or self._tokens.setdefault(principal, self.signer.issue(principal))
        turn = self._turns.setdefault(threading.get_ident(), len(self._turns))
        clients = self.runtimes[service].clients
        return clients[turn % len(clients)].call(token, service, rpc, fields)

    def settle(self) -> int:
        """Waits until every event has been published, and heard by everybody who hears it."""
        until = time.monotonic() + SETTLED_SECONDS
        while missing := self._missing():
            if time.monotonic() > until:
                raise AssertionError(f"not delivered after {SETTLED_SECONDS:.0f} s: {missing}")
            time.sleep(0.1)
        return 0

    def _missing(self) -> dict[str, int]:
        sent = {name: self.count(name, "outbox") for name in SERVICES}
        missing = {}
        for consumer in SERVICES:
            with self.runtimes[consumer].engine.connect() as connection:
                heard = {str(publisher): int(last) for publisher, last in connection.execute(_HEARD)}
            for publisher in self.topology.hears[consumer]:
                if (number := sent[publisher] - heard.get(publisher, 0)) > 0:
                    missing[f"{publisher} at {consumer}"] = number
        return missing

    def count(self, service: str, table: str, where: str = "true") -> int:
        return int(self.scalar(service, f"select count(*) from {table} where {where}"))

    def scalar(self, service: str, query: str, **values: Any) -> Any:
        with self.runtimes[service].engine.connect() as connection:
            return connection.execute(sa.text(query), values).scalar_one()

    def commits_per_second(self) -> float:
        self.postgres.create_database("commits")
        return commits_per_second(self.postgres.conninfo_of("commits"))

    # -- processes -----------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[Row]:
        state = Folder(self.folder / "stack").read()
        return state.rows if state else []

    def pids(self) -> dict[str, int]:
        """Servers and processes that run, by name; this one too."""
        own = {"postgres": self.postgres.process.pid} if self.postgres.process else {}
        return {row.name: row.pid for row in self.rows if row.pid} | own | {DRIVER: os.getpid()}

    def usage(self, *, closely: bool = False) -> dict[str, Usage]:
        return usage_of(self.pids(), closely=closely)

    @cached_property
    def environment(self) -> dict[str, str]:
        """By which a further process reaches this stack."""
        known = Folder(self.folder / "stack").environment()
        return {**os.environ, **known, "HUYING_DATA_DIR": str(self.folder), "PYTHONDONTWRITEBYTECODE": ""}


_HEARD = sa.text("select publisher, sum(last) from inbox group by 1")


@contextmanager
def ground(*, replicas: int = 1, keep: Path | None = None) -> Iterator[Ground]:
    """A stack of its own; with `keep` one that stays, to be measured again at once the next time."""
    folder = keep or Path(tempfile.mkdtemp(prefix="huying-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # some servers run under another account
    postgres = TimedPostgres(folder / "timed")
    try:
        with console.status(f"starting the stack with {replicas} of each role (its logs: {folder}/stack/logs)"):
            _start(folder, postgres.start(), replicas)
        found = _opened(folder, postgres)
        yield found
        for place in found.runtimes.values():
            place.engine.dispose()
            for client in place.clients:
                client.close()
    finally:
        if keep is None:
            with console.status("stopping the stack"):
                _huying(folder, "stack", "down", check=False)
                postgres.stop()
            shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, postgres: Postgres, replicas: int) -> None:
    state = Folder(folder / "stack").read()
    if state is not None and state.supervisor.alive:
        return
    given = variables({Postgres: postgres})
    prepare({Postgres: postgres}, given)
    _huying(folder, "stack", "up", "--base-port", "0", "--replicas", str(replicas), given=given)


def _huying(folder: Path, *arguments: str, given: Mapping[str, str] | None = None, check: bool = True) -> None:
    told = {name: value for name, value in os.environ.items() if not name.startswith("HUYING_")}
    told |= {"HUYING_DATA_DIR": str(folder), "HUYING_LANG": "en", "PYTHONDONTWRITEBYTECODE": "", **(given or {})}
    command = [sys.executable, "-m", "cli.main", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise AssertionError(f"huying {' '.join(arguments)} failed: {done.stderr[-2000:] or done.stdout[-2000:]}")


def _opened(folder: Path, postgres: TimedPostgres) -> Ground:
    state = Folder(folder / "stack").read()
    assert state is not None
    ports: dict[str, list[int]] = {}
    for row in state.rows:
        if "grpc" in row.ports:
            ports.setdefault(row.name.partition(".")[0], []).append(row.ports["grpc"])
    address, descriptors = postgres.address, {name: descriptor_of(name) for name in SERVICES}
    places = {
        name: Place(
            sa.create_engine(address.url.removesuffix(address.database) + f"huying_{name}"),
            tuple(Client(f"127.0.0.1:{port}", descriptors) for port in ports[name]),
        )
        for name in SERVICES
    }
    return Ground(folder, postgres, places, TokenSigner.load_or_create(folder))


@contextmanager
def process(command: list[str], ground: Ground, log: str, **environment: str) -> Iterator[Process]:
    """One more process beside the stack; ended at the end."""
    told = {**ground.environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'protos' / 'gen'}", **environment}
    started = Process.spawn([sys.executable, "-W", "ignore", *command], told, ground.folder / f"{log}.log")
    try:
        yield started
    finally:
        started.send(15)
        if not started.wait(12.0):
            started.kill()
