"""Life-cycles per second, and what one of them costs, by layer."""

import cProfile
import pstats
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from cli.province import Province
from tests.load.ground import Ground
from tests.load.lives import COMMANDS, Crew, Driven, Life
from tests.load.report import Report, percentile

FLOOR, GOAL = 30.0, 60.0
CLOCKS, EVENTS, DELIVERIES = 6, 25, 45
"""What one case has to set in motion at least."""
BATCH = 100


@dataclass(frozen=True)
class Cost:
    """What a number of cases took, and what they left behind."""

    cases: int
    seconds: float
    process_cpu: float
    postgres_cpu: float
    clocks: float
    events: float
    deliveries: float

    @property
    def rate(self) -> float:
        return self.cases / self.seconds


def measure(ground: Ground, *, quick: bool, threads: int) -> list[Report]:
    commits = ground.commits_per_second()
    with ground.province() as province:
        crew = Crew(province, threads)
        cost = run(ground, province, crew, batches=2 if quick else 8)
    speed = _speed(cost, crew, commits)
    return [speed, by_layer(ground, cases=40 if quick else 120)]


def run(ground: Ground, province: Province, crew: Crew, *, batches: int) -> Cost:
    """Batches of cases; with driver threads the workers of the province run too, without them it is settled."""
    if crew.threads:
        province.start()
    warm_up(crew)
    before = left_behind(province)
    cpu, postgres, started = time.process_time(), ground.cpu_seconds(), time.perf_counter()
    crew.live_all([Life(1_000 + batch * BATCH + n) for n in range(BATCH)] for batch in range(batches))
    for worker in province.workers.values():
        worker.stop()
    province.settle()  # messages that wait for the next round of their job
    seconds = time.perf_counter() - started
    cpu, postgres = time.process_time() - cpu, ground.cpu_seconds() - postgres
    cases = batches * BATCH
    each = [(after - earlier) / cases for after, earlier in zip(left_behind(province), before, strict=True)]
    cost = Cost(cases, seconds, cpu, postgres, *each)
    assert_whole(province, crew, cost)
    return cost


def warm_up(crew: Crew, *, first: int = 0) -> None:
    crew.live([Life(first + n) for n in range(20)])
    for times in crew.sent.values():
        times.clear()


def assert_whole(province: Driven, crew: Crew, cost: Cost, *, left_open: int = 0) -> None:
    """That what was measured is the whole thing; `left_open` are cases that others have begun before."""
    assert [len(crew.sent[name]) for name in COMMANDS] == [cost.cases] * 8, "exactly eight commands a case"
    assert cost.clocks >= CLOCKS, f"{cost.clocks} clocks a case"
    assert cost.events >= EVENTS, f"{cost.events} events a case"
    assert cost.deliveries >= DELIVERIES, f"{cost.deliveries} deliveries a case"
    still_open = cases_left_open(province)
    assert still_open == left_open, f"{still_open - left_open} cases are not closed"
    for name, runtime in province.runtimes.items():
        with runtime.engine.connect() as connection:
            parked = connection.execute(sa.text("select count(*) from parked")).scalar_one()
        assert parked == 0, f"{parked} messages parked in {name}"


def left_behind(province: Driven) -> tuple[int, int, int]:
    """Clocks, events and deliveries so far."""
    events = {name: _count(province, name, "outbox") for name in province.runtimes}
    deliveries = sum(n * len(province.topology.consumers_of(name)) for name, n in events.items())
    return _count(province, "sla", "clock"), sum(events.values()), deliveries


def _count(province: Driven, service: str, table: str) -> int:
    with province.runtimes[service].engine.connect() as connection:
        return int(connection.execute(sa.text(f"select count(*) from {table}")).scalar_one())


def cases_left_open(province: Driven) -> int:
    return _count(province, "intake", "case_file where state <> 'closed'")


def _speed(cost: Cost, crew: Crew, commits: float) -> Report:
    report = Report(f"Life-cycles: {cost.cases} cases, {crew.threads} driver threads; {commits:.0f} commits/s here")
    report.add(
        "life-cycles per second",
        f"{cost.rate:.1f}",
        f">= {FLOOR:.0f}, better {GOAL:.0f}",
        cost.rate >= FLOOR,
        cost.rate / commits,
    )
    report.add("clocks per case", f"{cost.clocks:.1f}", f">= {CLOCKS}", cost.clocks >= CLOCKS)
    report.add("events per case", f"{cost.events:.1f}", f">= {EVENTS}", cost.events >= EVENTS)
    report.add("deliveries per case", f"{cost.deliveries:.1f}", f">= {DELIVERIES}", cost.deliveries >= DELIVERIES)
    report.add("CPU per case, this process", f"{cost.process_cpu / cost.cases * 1000:.1f} ms")
    report.add("CPU per case, PostgreSQL", f"{cost.postgres_cpu / cost.cases * 1000:.1f} ms")
    for name in COMMANDS:
        times = [t * 1000 for t in crew.sent[name]]
        report.add(f"  {name}", f"median {percentile(times, 50):.1f} ms, p99 {percentile(times, 99):.1f} ms")
    return report


# -- by layer ----------------------------------------------------------------------------------------------------------

_LAYERS: Sequence[tuple[str, Sequence[str]]] = (
    ("wire (protobuf)", ("/grpckit/", "/google/protobuf", "google._upb")),
    ("checks of input (pydantic)", ("/pydantic", "pydantic_core", "/chassis/message.py")),
    ("driver (psycopg)", ("/psycopg", "psycopg_binary", "/database/direct.py", "ConnectionPool")),
    ("SQLAlchemy", ("/sqlalchemy",)),
    ("JSON (msgspec)", ("msgspec", "/events/envelope.py")),
    ("privacy (sealing, hashing, masking)", ("/chassis/privacy", "/nacl", "_sodium", "hmac", "hashlib", "_hashlib")),
    ("telemetry", ("/telemetry/", "/opentelemetry", "/prometheus_client", "/structlog", "/contextvars")),
    ("search and words", ("tantivy", "jieba", "/services/knowledge/")),
    ("domain", ("/domain/",)),
    ("application", ("/application/",)),
    ("adapters", ("/adapters/",)),
    ("chassis: work, store, pipeline", ("/chassis/work.py", "/chassis/saves.py", "/database/", "/chassis/pipeline.py")),
    ("chassis: relay, receiver, worker", ("/chassis/events/", "/chassis/worker.py")),
    ("waiting for PostgreSQL", ("select.epoll", "select.poll", "'wait' of", "lock", "time.sleep")),
)


def by_layer(ground: Ground, *, cases: int) -> Report:
    """Own time of functions on one thread under the profiler, which makes Python code look dearer than it is."""
    with ground.province() as province:
        crew = Crew(province, threads=0)
        crew.live([Life(n) for n in range(20)])
        profile = cProfile.Profile(time.thread_time)
        profile.enable()
        crew.live([Life(1_000 + n) for n in range(cases)])
        profile.disable()
    spent: dict[str, float] = defaultdict(float)
    stats = pstats.Stats(profile)
    for (file, _, name), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        spent[_layer(file, name)] += own
    report = Report(f"CPU per case by layer (profiled, one thread, {cases} cases)")
    for layer, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        report.add(layer, f"{seconds / cases * 1000:.2f} ms")
    return report


def _layer(file: str, name: str) -> str:
    place = f"{file}/{name}" if file != "~" else name
    for layer, marks in _LAYERS:
        if any(mark in place for mark in marks):
            return layer
    return "Python itself" if file == "~" or "/lib/python" in file else "other"
