"""Registering a case: its p99, and whether a hundred thousand stored cases slow it down."""

import time
from collections.abc import Sequence
from contextlib import ExitStack

import sqlalchemy as sa

from tests.load.ground import Ground
from tests.load.lives import Crew, Driven, Life
from tests.load.report import Report, percentile

FEW, MANY = 1_000, 100_000
BLOCK = 25
"""Registrations by turns at the small and the large store, so that a busy machine troubles both alike."""


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    commits = ground.commits_per_second()
    many = 20_000 if quick else MANY
    with ExitStack() as stack:
        small, large = (Crew(stack.enter_context(ground.province()), threads=0) for _ in range(2))
        for crew, cases in ((small, FEW), (large, many)):
            _fill(crew.province, crew, cases)
            _registered(crew, range(1_000_000, 1_000_030))
        times: dict[int, list[float]] = {FEW: [], many: []}
        for turn in range(8 if quick else 24):
            numbers = range(2_000_000 + turn * BLOCK, 2_000_000 + (turn + 1) * BLOCK)
            times[FEW] += _registered(small, numbers)
            times[many] += _registered(large, numbers)
    return [_report(times, commits)]


def _registered(crew: Crew, numbers: range) -> Sequence[float]:
    """Seconds of each registration; knowledge and intake alone are at work."""
    taken = []
    for number in numbers:
        started = time.perf_counter()
        crew.register(Life(number))
        taken.append(time.perf_counter() - started)
    return taken


def _fill(province: Driven, crew: Crew, cases: int) -> None:
    """Copies of one accepted case: other ids, citizens, numbers and words; a tenth of the words are common ones."""
    life = Life(0)
    crew.register(life)
    with province.runtimes["intake"].engine.begin() as connection:
        template = {"case": life.case.rpartition("/")[2], "citizen": life.citizen.rpartition("/")[2], "n": cases}
        connection.execute(sa.text("set local statement_timeout = 0"))
        for statement in _COPIES:
            connection.execute(sa.text(statement), template)
    with province.runtimes["intake"].engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("set statement_timeout = 0"))
        connection.execute(sa.text("vacuum analyze"))


_COPIES = (
    """
    insert into citizen (id, version, body, city, phone_hash)
    select 'c-' || n, 1, jsonb_set(body, '{id}', to_jsonb('c-' || n)), city, phone_hash || n
    from citizen, generate_series(1, :n) n where id = :citizen
    """,
    """
    insert into case_file (id, version, body, city, state, number, citizen_id, main_case_id)
    select '01-' || n, 1, body || jsonb_build_object('id', '01-' || n, 'citizen_id', 'c-' || n, 'state', 'accepted'),
        city, 'accepted', 'copy-' || n, 'c-' || n, '' from case_file, generate_series(1, :n) n where id = :case
    """,
    """
    insert into likeness (city, key, registered_at, case_id)
    select city, case when (n + key) % 10 = 0 then key else hashint8extended(key, n) end,
        registered_at - n * interval '1 second', '01-' || n
    from likeness, generate_series(1, :n) n where case_id = :case on conflict do nothing
    """,
    """
    insert into remembered (principal, command, request_id, content, answer, created_at)
    select principal, command, 'copy-' || n, content, answer, created_at
    from (select * from remembered limit 1) one, generate_series(1, :n) n
    """,
)


def _report(times: dict[int, list[float]], commits: float) -> Report:
    (few, small), (many, large) = times.items()
    rates = {n: len(taken) / sum(taken) for n, taken in times.items()}
    share = rates[many] / rates[few]
    middle = percentile(small, 50) / percentile(large, 50)
    report = Report(f"Registering one after the other, {len(small)} each; {commits:.0f} commits/s here")
    for n, taken in times.items():
        shown = f"{rates[n]:.0f}/s, p50 {percentile(taken, 50) * 1000:.1f}, p99 {percentile(taken, 99) * 1000:.1f} ms"
        report.add(f"with {n:,} cases stored", shown, ratio=rates[n] / commits)
    report.add(f"rate at {many:,} against {few:,}", f"{share:.2f}", ">= 0.90", share >= 0.9)
    report.add("the same by the median", f"{middle:.2f}")
    return report
