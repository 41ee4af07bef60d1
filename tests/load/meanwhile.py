"""Live cases while something else goes on: how long their events take until all who hear them have them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import sqlalchemy as sa

from chassis.pipeline import ServiceRuntime
from cli.province import Province
from tests.load.lives import Crew, Life, wait_until
from tests.load.report import Report, percentile

CASES_PER_SECOND, LIMIT_MS = 4.0, 200.0
_numbers = count(500_000)


class Seat:
    """Takes in and accepts a case every now and then, in a thread of its own; the workers of the province deliver."""

    def __init__(self, province: Province) -> None:
        self.province = province
        self.crew = Crew(province, threads=0, name=f"meanwhile-{next(_numbers)}")
        self.lives: list[Life] = []
        self._stop = threading.Event()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        thread = threading.Thread(target=self._work, name="seat")
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _work(self) -> None:
        begun = time.monotonic()
        for number in count():
            if self._stop.wait(max(0.0, begun + number / CASES_PER_SECOND - time.monotonic())):
                return
            life = Life(next(_numbers))
            self.crew.arrive(life)
            self.lives.append(life)

    def delays(self) -> list[float]:
        """Of each event, from the instant of the command or the reaction that it comes of, before its commit."""
        cases = [life.case.rpartition("/")[2] for life in self.lives]
        wait_until(lambda: sum(_waiting(self.province, cases)) == 0)
        return [float(delay) for runtime in self.province.runtimes.values() for delay in _rows(runtime, _DELAYS, cases)]


def add_delays(report: Report, alone: Seat, meanwhile: Seat) -> None:
    delays, before = meanwhile.delays(), percentile(alone.delays(), 99) * 1000
    late = percentile(delays, 99) * 1000
    what = f"{len(delays):,} events of {len(meanwhile.lives)} live cases"
    report.add(f"{what}, heard by all: p50", f"{percentile(delays, 50) * 1000:.0f} ms")
    report.add(f"{what}: p99 (alone {before:.0f} ms)", f"{late:.0f} ms", f"<= {LIMIT_MS:.0f} ms", late <= LIMIT_MS)
    for rpc in ("RegisterCase", "AcceptCase"):
        times = (percentile(seat.crew.sent[rpc], 99) * 1000 for seat in (meanwhile, alone))
        report.add(f"{rpc}: p99 (alone)", "{:.0f} ms ({:.0f} ms)".format(*times))


def _waiting(province: Province, cases: list[str]) -> Iterator[int]:
    for runtime in province.runtimes.values():
        yield from (int(n) for n in _rows(runtime, _UNHEARD, cases))


def _rows(runtime: ServiceRuntime, statement: sa.TextClause, cases: list[str]) -> list[object]:
    with runtime.engine.connect() as connection:
        return list(connection.execute(statement, {"cases": cases}).scalars())


_LIVE = "from outbox where subject = any(:cases) and not bulk"
_DELAYS = sa.text(f"select extract(epoch from published_at - occurred_at) {_LIVE}")
_UNHEARD = sa.text(f"select count(*) {_LIVE} and published_at is null")
