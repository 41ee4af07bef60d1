"""A hundred thousand clocks due at one instant, three processes that keep them, and one of these killed half-way."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import sqlalchemy as sa

from cli.servers.process import Process
from cli.servers.server import free_port
from tests.load.lives import Crew, Life, wait_until
from tests.load.report import Report
from tests.load.stack.ground import Ground, process
from tests.load.stack.usage import difference

CLOCKS, LIMIT_SECONDS, WORKERS = 100_000, 20.0, 3
LOOK_SECONDS = 0.2
MARGIN_SECONDS = 3.0
"""Between the last preparation and the instant."""


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    commits = ground.commits_per_second()
    number = CLOCKS // 5 if quick else CLOCKS
    run = f"k{int(time.time())}"
    with ExitStack() as more:
        # One of the three is the stack's own, which comes back when it dies; a further one is killed, and stays dead.
        others = [more.enter_context(_worker(ground, n)) for n in range(WORKERS - 1)]
        due = _prepared(ground, run, number)
        used, told = ground.usage(), int(ground.scalar("sla", _TOLD))
        wait_until(lambda: time.time() >= due)
        wait_until(lambda: ground.scalar("sla", _TOLD) >= told + number // 2, look=LOOK_SECONDS)
        before_kill = _fired(ground, run)
        others[0].kill()
        wait_until(lambda: ground.scalar("sla", _TOLD) >= told + number, look=LOOK_SECONDS)
        wait_until(lambda: _fired(ground, run) >= number, look=LOOK_SECONDS)
        used = difference(ground.usage(), used)
    return [_report(ground, run, number, due, before_kill, commits, used["postgres"].cpu_seconds)]


def _report(
    ground: Ground, run: str, number: int, due: float, before_kill: int, commits: float, postgres: float
) -> Report:
    with ground.runtimes["sla"].engine.connect() as connection:
        whole, events, last = connection.execute(sa.text(_WHOLE), {"like": f"{run}-%"}).one()
    seconds = float(last) - due
    limit = LIMIT_SECONDS * number / CLOCKS
    report = Report(
        f"{number:,} clocks due at one instant, {WORKERS} workers of sla, one killed; {commits:.0f} commits/s here"
    )
    report.add("fired when a worker was killed", f"{before_kill:,}", "some, not all", 0 < before_kill < number)
    report.add("from the instant to the last commit", f"{seconds:.1f} s", f"<= {limit:.0f} s", seconds <= limit)
    report.add("clocks per second", f"{number / seconds:,.0f}", ratio=number / seconds / commits)
    report.add("lost", f"{number - whole}", "0", whole == number)
    report.add("fired twice", f"{events - number}", "0", events == number)
    report.add("CPU per clock: PostgreSQL, publishing and hearing too", f"{postgres / number * 1e6:.0f} µs")
    return report


@contextmanager
def _worker(ground: Ground, number: int) -> Iterator[Process]:
    port = free_port()
    command = ["-m", "services.sla", "worker"]
    log = f"sla.worker.more-{number}"
    with process(command, ground, log, HUYING_HTTP_PORT=str(port)) as started:
        written = ground.folder / f"{log}.log"
        wait_until(lambda: '"event": "ready"' in written.read_text() or not started.alive)
        assert started.alive, written.read_text()[-2000:]
        yield started


def _prepared(ground: Ground, run: str, number: int) -> float:
    """Copies of a real clock, each of its own order, which dispatch has and whose case notify knows; the instant."""
    life = Life(int(time.time()))
    Crew(ground, 1, f"due-{run}").live([life])
    ground.settle()
    given = {"run": run, "n": number, "case": life.case.rpartition("/")[2]}
    begun = time.time()
    for service, statements in _COPIES.items():
        with ground.runtimes[service].engine.begin() as connection:
            for statement in statements:
                connection.execute(sa.text(statement), given)
        with ground.runtimes[service].engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("vacuum analyze"))
    now = time.time()
    due = now + MARGIN_SECONDS + (now - begun)  # to set the instant takes less than to make the copies has taken
    with ground.runtimes["sla"].engine.begin() as connection:
        connection.execute(sa.text(_SET_DUE), {"like": f"{run}-%", "due": due})
    assert time.time() < due, "the machine is too busy to prepare in time"
    return due


def _fired(ground: Ground, run: str) -> int:
    return int(ground.scalar("sla", _FIRED, like=f"{run}-%"))


_COPIES = {
    "dispatch": [
        """
        insert into work_order (id, version, body, city, case_id, state, units)
        select :run || '-' || n, 1, jsonb_set(
            body || jsonb_build_object('id', :run || '-' || n), '{case,case_id}', to_jsonb(:run || '-' || n)
        ), city, :run || '-' || n, state, units
        from (select * from work_order where case_id = :case limit 1) one, generate_series(1, :n) n
        """
    ],
    "notify": [
        """
        insert into case_file (id, version, body)
        select :run || '-' || n, 1, body || jsonb_build_object('id', :run || '-' || n)
        from (select * from case_file where id = :case) one, generate_series(1, :n) n
        """
    ],
    "sla": [
        """
        insert into clock (id, version, body, case_id, policy_id, natural_key, next_at)
        select :run || '-' || n, 1, body || jsonb_build_object('id', :run || '-' || n, 'case_id', :run || '-' || n,
                'watched_id', :run || '-' || n, 'state', 'warned', 'work_order_id', :run || '-' || n,
                'warned', true, 'stopped_at', null, 'judged_at', null),
            :run || '-' || n, '', 'order/' || :run || '-' || n || '/finish/1/1', null
        from (select * from clock where case_id = :case and body->>'kind' = 'finish' limit 1) one,
            generate_series(1, :n) n
        """,
        """
        insert into kpi_fact (natural_key, clock_id, city, unit, category, kind, kpi, state, counts, in_time, due_at)
        select 'order/' || :run || '-' || n || '/finish/1/1', :run || '-' || n, city, unit, category, kind, kpi,
            'warned', counts, false, now()
        from (select * from kpi_fact where kind = 'finish' limit 1) one, generate_series(1, :n) n
        """,
    ],
}
_SET_DUE = """
    update clock set next_at = to_timestamp(:due), body = body || jsonb_build_object('due_at', to_timestamp(:due))
    where id like :like
"""
# To count so large a table again and again would take the processor from what is measured. Numbers are given out before
# the commit, and also to the batch of the worker that is killed.
_TOLD = "select last_value from outbox_id_seq"
_FIRED = "select count(*) from outbox where type = 'sla.clock_breached.v1' and subject like :like"
# A clock has fired when its state, its fact and its one event are there. Clocks are not touched again afterwards.
_WHOLE = """
    with told as (
        select envelope->'payload'->>'clock_id' as id, count(*) as times from outbox
        where type = 'sla.clock_breached.v1' and subject like :like group by 1
    )
    select count(*) filter (where c.body->>'state' = 'breached' and f.state = 'breached' and told.times = 1),
        coalesce(sum(told.times), 0), extract(epoch from max(pg_xact_commit_timestamp(c.xmin)))
    from clock c left join told on told.id = c.id left join kpi_fact f on f.clock_id = c.id where c.id like :like
"""
