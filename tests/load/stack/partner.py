"""Stock nameko beside the stack, on the same RabbitMQ and PostgreSQL."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from cli.servers.process import Process
from tests.load.lives import wait_until
from tests.load.stack import stock
from tests.load.stack.flood import Effects
from tests.load.stack.ground import ROOT, Ground, process

MODULE = ["-m", "tests.load.stack.stock"]


@dataclass(frozen=True)
class Partner:
    """A running stock service."""

    ground: Ground
    process: Process
    log: str

    def write(self, number: int, body: str, *, rate: float = 0.0) -> Effects:
        """Each event a row; timed from its dispatch to the commit of the row."""
        run = uuid.uuid4().hex
        sent = self._dispatch("row_wanted", run, number, rate, body)
        wait_until(lambda: len(self._rows(run)) == number)
        done = self._rows(run)
        return Effects([sent[n] for n in range(number)], [done[n] for n in range(number)])

    def do_nothing(self, number: int, body: str) -> Effects:
        run = uuid.uuid4().hex
        sent = self._dispatch("nothing_wanted", run, number, 0.0, body)
        wait_until(lambda: run in self._ended())
        return Effects(sent, [self._ended()[run]])

    def ask(self, askers: int, seconds: float) -> Sequence[float]:
        """How long each call took."""
        took: list[float] = json.loads(self._run("ask", self.broker, str(askers), str(seconds)))
        return took

    @property
    def broker(self) -> str:
        return self.ground.environment["HUYING_AMQP_URL"]

    def _dispatch(self, type: str, run: str, number: int, rate: float, body: str) -> list[float]:
        sent: list[float] = json.loads(self._run("dispatch", self.broker, type, run, str(number), str(rate), body))
        return sent

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, "-W", "ignore", *MODULE, *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    def _rows(self, run: str) -> dict[int, float]:
        query = "select number, extract(epoch from pg_xact_commit_timestamp(xmin)) from effect where run = %s"
        with psycopg.connect(_database(self.ground)) as connection:
            return {int(n): float(at) for n, at in connection.execute(query, [run])}

    def _ended(self) -> dict[str, float]:
        said = (self.ground.folder / f"{self.log}.log").read_text().splitlines()
        return {line["run"]: line["at"] for line in map(json.loads, filter(lambda one: one.startswith("{"), said))}


@contextmanager
def partner(ground: Ground) -> Iterator[Partner]:
    """Started when it is ready; nameko's start-up is not measured."""
    ground.postgres.create_database("stock")
    with psycopg.connect(_database(ground)) as connection:
        connection.execute(stock.EFFECTS)
    log = f"stock-{int(time.time())}"
    command = [*MODULE, "serve", ground.environment["HUYING_AMQP_URL"], _database(ground)]
    with process(command, ground, log) as started:
        wait_until(lambda: "ready" in (ground.folder / f"{log}.log").read_text() or not started.alive)
        assert started.alive, (ground.folder / f"{log}.log").read_text()
        yield Partner(ground, started, log)


def _database(ground: Ground) -> str:
    return ground.postgres.conninfo_of("stock")
