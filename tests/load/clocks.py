"""Twenty thousand clocks due at one instant: how soon they have fired, and that a killed worker loses none.

`python -m tests.load.clocks URL INSTANT` is the worker that gets killed.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from chassis.clock import SimulatedClock, uuid7
from chassis.database import create_engine
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.sla.adapters.firing import fire_clocks
from services.sla.bootstrap import build
from tests.load.ground import MONDAY, Ground
from tests.load.lives import Crew, Life
from tests.load.report import Report

CLOCKS, LIMIT_SECONDS = 20_000, 4.0
DUE = MONDAY + timedelta(days=60)


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    commits = ground.commits_per_second()
    number = 5_000 if quick else CLOCKS
    report = Report(f"{number:,} clocks due at one instant; {commits:.0f} commits/s here")
    with _due_clocks(ground, number) as engine:
        seconds, cpu = _fire_all(engine)
        limit = LIMIT_SECONDS * number / CLOCKS
        report.add("fired and committed within", f"{seconds:.2f} s", f"<= {limit:.1f} s", seconds <= limit)
        report.add("clocks per second", f"{number / seconds:,.0f}", ratio=number / seconds / commits)
        report.add("CPU per clock, this process", f"{cpu / number * 1e6:.0f} µs")
        _add_lost(report, engine, number, "lost")
    with _due_clocks(ground, number) as engine:
        before = _kill_half_way(engine, number)
        _fire_all(engine)
        report.add("fired when the worker was killed", f"{before:,}", "some, not all", 0 < before < number)
        _add_lost(report, engine, number, "lost after the kill")
    return [report]


@contextmanager
def _due_clocks(ground: Ground, number: int) -> Iterator[sa.Engine]:
    """Copies of one real clock of a handled case, all with the same deadline and each of its own case."""
    with ground.province() as province:
        Crew(province, threads=0).live([Life(1)])
        engine = province.runtimes["sla"].engine
        with engine.begin() as connection:
            connection.execute(sa.text("update clock set next_at = null"))
            connection.execute(sa.text("set local statement_timeout = 0"))
            for statement in _COPIES:
                connection.execute(sa.text(statement), {"n": number, "due": DUE})
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("set statement_timeout = 0"))
            connection.execute(sa.text("vacuum analyze"))
        yield engine


_COPIES = (
    """
    insert into clock (id, version, body, case_id, policy_id, natural_key, next_at)
    select 'k' || n, 1,
        body || jsonb_build_object('id', 'k' || n, 'case_id', 'case' || n, 'watched_id', 'w' || n, 'state', 'warned',
            'work_order_id', 'w' || n, 'due_at', cast(:due as timestamptz), 'warned', true, 'stopped_at', null,
            'judged_at', null),
        'case' || n, '', 'order/w' || n || '/finish/1/1', cast(:due as timestamptz)
    from (select * from clock where body->>'kind' = 'finish' limit 1) one, generate_series(1, :n) n
    """,
    """
    insert into kpi_fact (natural_key, clock_id, city, unit, category, kind, kpi, state, counts, in_time, due_at)
    select 'order/w' || n || '/finish/1/1', 'k' || n, city, unit, category, kind, kpi, 'warned', counts, false,
        cast(:due as timestamptz)
    from (select * from kpi_fact where kind = 'finish' limit 1) one, generate_series(1, :n) n
    """,
)


def _runtime(engine: sa.Engine) -> ServiceRuntime:
    clock, keys, questions = SimulatedClock(DUE), KeyRing.fresh(), CannedQuestions()
    service = build(Runtime(Settings(), keys, questions, clock, uuid7))
    return ServiceRuntime(service, engine, clock, uuid7, questions, keys)


def _fire_all(engine: sa.Engine) -> tuple[float, float]:
    runtime = _runtime(engine)
    started, cpu = time.perf_counter(), time.process_time()
    while fire_clocks(runtime):
        pass
    return time.perf_counter() - started, time.process_time() - cpu


def _kill_half_way(engine: sa.Engine, number: int) -> int:
    """Starts a worker in a process of its own, kills it in the middle, and counts what it had fired."""
    url = engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-m", __name__, url], cwd=Path(__file__).parents[2])
    while worker.poll() is None and _fired(engine) < number // 3:
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    return _fired(engine)


def _fired(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(_FIRED).scalar_one())


def _add_lost(report: Report, engine: sa.Engine, number: int, what: str) -> None:
    """A clock has fired when its state, its fact and its one event are there."""
    with engine.connect() as connection:
        whole, events = connection.execute(_WHOLE).one()
    report.add(what, f"{number - whole}", "0", whole == number)
    report.add("fired twice", f"{events - number}", "0", events == number)


_FIRED = sa.text("select count(*) from outbox where type = 'sla.clock_breached.v1'")
_WHOLE = sa.text(
    """
    with told as (
        select envelope->'payload'->>'clock_id' as id, count(*) as times from outbox
        where type = 'sla.clock_breached.v1' group by 1
    )
    select count(*) filter (where c.body->>'state' = 'breached' and f.state = 'breached' and told.times = 1),
        coalesce(sum(told.times), 0)
    from clock c left join told on told.id = c.id left join kpi_fact f on f.clock_id = c.id where c.id like 'k%'
    """
)


def main(url: str) -> None:
    engine = create_engine(url)
    _fire_all(engine)
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
