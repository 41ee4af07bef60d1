"""A million open clocks: how soon a holiday notice has moved a fifth of them, and how late a single one fires.

`python -m tests.load.calendar URL POLICIES INSTANT` is one of the workers.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from chassis.clock import SimulatedClock, uuid7
from chassis.database import create_engine
from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.events.topology import load as load_topology
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import ROOT, Settings
from chassis.worker import Worker
from cli.province import Province
from services.sla.adapters.policies import load_rulebook
from services.sla.bootstrap import build
from services.sla.domain.calendar import SHANGHAI, OfficeCalendar
from services.sla.domain.limits import Limit, Unit
from tests.load.ground import CITY, Ground, OfficeHours
from tests.load.lives import Crew, Life
from tests.load.meanwhile import Seat, add_delays
from tests.load.report import Report, percentile

CLOCKS, QUICK, WORKERS, LIMIT_SECONDS = 1_000_000, 20_000, 2, 60.0
ALONE_SECONDS = 20.0
DECEMBER = datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI)
# The notice makes the 53rd working day one off: 13 deadlines of 65 fall on it or behind it, a fifth.
DEADLINES, DAY_OFF = 65, 53
TIMERS, APART_MS, LATE_MS = 200, 137, 50.0


def measure(ground: Ground, *, quick: bool, clocks: int | None = None) -> list[Report]:
    commits, number = ground.commits_per_second(), clocks or (QUICK if quick else CLOCKS)
    with _open_clocks(ground, number) as province:
        punctual = _single_timers(province.runtimes["sla"].engine, number)
        moving = _published(ground, province, number, commits)
    return [moving, punctual]


# -- a notice ----------------------------------------------------------------------------------------------------------


def _published(ground: Ground, province: Province, number: int, commits: float) -> Report:
    """The province goes on with the calendar that it has loaded, as in a release that begins."""
    engine = province.runtimes["sla"].engine
    policies, moved = _with_notice(ground.folder), sum(n % DEADLINES >= DAY_OFF - 1 for n in range(1, number + 1))
    report = Report(f"A notice over {number:,} open clocks, {WORKERS} workers; {commits:.0f} commits/s here")
    province.start()
    alone, meanwhile = Seat(province), Seat(province)
    with alone.at_work():
        time.sleep(ALONE_SECONDS)
    seconds = _run_workers(engine, policies, DECEMBER, meanwhile.at_work())
    limit = LIMIT_SECONDS * number / CLOCKS
    report.add("scanned and moved, committed within", f"{seconds:.1f} s", f"<= {limit:.1f} s", seconds <= limit)
    report.add("scanned per second", f"{number / seconds:,.0f}", ratio=number / seconds / commits)
    report.add("moved per second", f"{moved / seconds:,.0f}", ratio=moved / seconds / commits)
    with engine.connect() as connection:
        told, clocks, whole = connection.execute(_WHOLE).one()
        sizes = connection.execute(_SIZES).one()
    report.add("moved, each with one event", f"{clocks:,}", f"{moved:,}", (told, clocks, whole) == (moved,) * 3)
    add_delays(report, alone, meanwhile)
    again = _run_workers(engine, policies, DECEMBER)
    report.add("a later start, which scans and moves nothing", f"{again:.1f} s")
    for what, size in zip(("clock", "its indexes", "kpi_fact with indexes"), sizes, strict=True):
        report.add(f"on disk: {what}", f"{size / 2**20:,.0f} MiB, {size / number:,.0f} bytes a clock")
    return report


def _run_workers(
    engine: sa.Engine, policies: Path, now: datetime, meanwhile: AbstractContextManager[None] | None = None
) -> float:
    """Processes of their own; what each needs to read its policies is not counted, the sum is from first to last."""
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", __name__, url, str(policies), now.isoformat()]
    workers = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout
        worker.stdout.readline()
    with meanwhile or nullcontext():
        started = time.perf_counter()
        for worker in workers:
            assert worker.stdin
            worker.stdin.close()
        for worker in workers:
            worker.wait()
        return time.perf_counter() - started


def _with_notice(folder: Path) -> Path:
    """The shipped policies, and a notice that leaves 2027 as it is but for one day."""
    policies = folder / "published"
    shutil.copytree(ROOT / "policies", policies)
    path = policies / "calendar" / "china.yaml"
    calendar = load_rulebook(policies).calendar(CITY)
    days = [*(day for day in calendar.days.names if day.year == 2027), _deadlines(calendar)[DAY_OFF - 1].date()]
    entries = "".join(f"      - {{from: {d}, until: {d}, name: {{zh: 假日, en: holiday}}}}\n" for d in sorted(days))
    notice = f"notices:\n  - year: 2027\n    source: {{zh: 通知, en: notice}}\n    days_off:\n{entries}"
    path.write_text(path.read_text(encoding="utf-8").replace("notices: []\n", notice), encoding="utf-8")
    return policies


def _deadlines(calendar: OfficeCalendar) -> list[datetime]:
    """The first working days of the provisional year at the close of business, local time."""
    since = calendar.published_until - timedelta(seconds=1)
    return [Limit(n, Unit.WORKING_DAY).due(since, calendar).astimezone(SHANGHAI) for n in range(1, DEADLINES + 1)]


# -- single timers -----------------------------------------------------------------------------------------------------


def _single_timers(engine: sa.Engine, number: int) -> Report:
    """A worker in its threads, as `huying up` and `worker` run it; each timer alone at its instant."""
    clock = OfficeHours(DECEMBER)
    runtime = _runtime(engine, ROOT / "policies", clock)
    first = clock.now() + timedelta(seconds=2)
    due = [first + timedelta(milliseconds=APART_MS * n) for n in range(TIMERS)]
    with engine.begin() as connection:
        connection.execute(_ARM, {"first": first})
    lateness: list[float] = []
    fire = runtime.service.jobs[0]

    def timed(of: ServiceRuntime) -> int:
        fired = fire.run(of)
        lateness.extend((of.clock.now() - at).total_seconds() for at in due[len(lateness) : len(lateness) + fired])
        return fired

    runtime.service = replace(runtime.service, jobs=(replace(fire, run=timed),))
    topology = load_topology()
    worker = Worker(runtime, Receiver(runtime, topology), Relay(runtime, _Silent()))
    worker.start()
    while len(lateness) < TIMERS and clock.now() < due[-1] + timedelta(seconds=10):
        time.sleep(0.1)
    worker.stop()
    with engine.begin() as connection:  # what nobody has heard the audit would send again, beside the live cases
        for statement in _FORGET:
            connection.execute(statement)
    report = Report(f"{TIMERS} single timers beside {number:,} armed clocks")
    late = percentile(lateness, 99) * 1000
    report.add("fired and committed", f"{len(lateness)}", f"{TIMERS}", len(lateness) == TIMERS)
    report.add("late, p50", f"{percentile(lateness, 50) * 1000:.0f} ms")
    report.add("late, p99", f"{late:.0f} ms", f"<= {LATE_MS:.0f} ms", late <= LATE_MS)
    report.add("earliest", f"{min(lateness) * 1000:.0f} ms", "never early", min(lateness) >= 0)
    report.add("memory of this process", f"{_resident_mib():.0f} MiB")
    return report


class _Silent:
    """A bus that takes everything."""

    def publish(self, _publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        return frozenset(envelope.event_id for envelope in envelopes)


def _resident_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


# -- the ground --------------------------------------------------------------------------------------------------------


@contextmanager
def _open_clocks(ground: Ground, number: int) -> Iterator[Province]:
    """Copies of one real clock, each of its own case, due on the first working days of the provisional year."""
    with ground.province(clock=OfficeHours(DECEMBER)) as province:
        Crew(province, threads=0).live([Life(1)])
        runtime = province.runtimes["sla"]
        deadlines = _deadlines(runtime.service.dependencies["rulebook"].calendar(CITY))
        with runtime.engine.begin() as connection:
            connection.execute(sa.text("set local statement_timeout = 0"))
            connection.execute(sa.text("update clock set next_at = null, beyond = null, ahead_of = ''"))
            for statement in _COPIES:
                connection.execute(sa.text(statement), {"n": number, "dues": deadlines, "of": DEADLINES})
        with runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("set statement_timeout = 0"))
            connection.execute(sa.text("vacuum analyze"))
            connection.execute(sa.text("checkpoint"))  # what the copies cost the disk is none of the timers'
        yield province


_COPIES = (
    """
    insert into clock (id, version, body, case_id, policy_id, natural_key, next_at, city, due_at, beyond)
    select 'k' || n, 1,
        body || jsonb_build_object('id', 'k' || n, 'case_id', 'case' || n, 'watched_id', 'w' || n, 'state', 'warned',
            'work_order_id', 'w' || n, 'due_at', due, 'warned', true, 'stopped_at', null, 'judged_at', null,
            'provisional', true, 'beyond',
            jsonb_build_object('since', '2026-12-31T16:00:00Z', 'amount', amount, 'unit', 'working_day')),
        'case' || n, '', 'order/w' || n || '/finish/1/1', due, city, due,
        '2026-12-31T16:00:00+00:00 ' || amount || ' working_day'
    from (select * from clock where body->>'kind' = 'finish' limit 1) one, generate_series(1, :n) n,
        lateral (select 1 + n % :of as amount) a, lateral (select (cast(:dues as timestamptz[]))[amount] as due) d
    """,
    """
    insert into kpi_fact (natural_key, clock_id, city, unit, category, kind, kpi, state, counts, in_time, due_at)
    select c.natural_key, c.id, f.city, f.unit, f.category, f.kind, f.kpi, 'warned', f.counts, false, c.due_at
    from clock c, (select * from kpi_fact where kind = 'finish' limit 1) f where c.id like 'k%'
    """,
)
# Each at its own instant, and far from every other deadline.
_ARM = sa.text(
    f"""
    update clock c set next_at = at, due_at = at, beyond = null, body = c.body || jsonb_build_object('due_at', at)
    from generate_series(1, {TIMERS}) n,
        lateral (select cast(:first as timestamptz) + (n - 1) * interval '{APART_MS} milliseconds' as at) t
    where c.id = 'k' || n * {DEADLINES}
    """
)
_FORGET = [
    sa.text("delete from outbox where subject like 'case%'"),
    sa.text("delete from outbox_sequence where subject like 'case%'"),
]
_WHOLE = sa.text(
    """
    select (select count(*) from outbox where envelope->'payload'->>'why' = 'calendar_published'
            and envelope->'payload'->>'clock_id' like 'k%'),
        count(*) filter (where c.body ? 'first_due_at' and c.body->>'first_due_at' is not null),
        count(*) filter (where c.body->>'first_due_at' is not null and f.due_at = c.due_at
            and (c.body->>'due_at')::timestamptz = c.due_at)
    from clock c join kpi_fact f on f.clock_id = c.id where c.id like 'k%'
    """
)
_SIZES = sa.text("select pg_table_size('clock'), pg_indexes_size('clock'), pg_total_relation_size('kpi_fact') ")


def _runtime(engine: sa.Engine, policies: Path, clock: SimulatedClock | OfficeHours) -> ServiceRuntime:
    keys, questions = KeyRing.fresh(), CannedQuestions()
    service = build(Runtime(Settings(policies_dir=policies), keys, questions, clock, uuid7))
    return ServiceRuntime(service, engine, clock, uuid7, questions, keys)


def main(url: str, policies: str, now: str) -> None:
    engine = create_engine(url)
    runtime = _runtime(engine, Path(policies), SimulatedClock(datetime.fromisoformat(now)))
    job = next(job for job in runtime.service.jobs if job.name == "recount_deadlines")
    print("ready", flush=True)
    sys.stdin.read()
    while job.run(runtime):
        pass
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:4])
