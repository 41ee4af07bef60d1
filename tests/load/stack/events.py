"""From the commit in the outbox to the effect in another service, beside stock nameko: how many, and how soon."""

from collections.abc import Iterable

from tests.load.report import Report, percentile
from tests.load.stack import flood
from tests.load.stack.flood import Effects
from tests.load.stack.ground import Ground
from tests.load.stack.partner import Partner, partner
from tests.load.stack.usage import difference

TIMES_STOCK, P99_SECONDS, STEADY = 5.0, 0.050, 500
RUNS = 3
"""The best of so many: a busy machine troubles now the one, now the other."""


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    commits = ground.commits_per_second()
    number, stock_number = (5_000, 2_000) if quick else (20_000, 5_000)
    flood.at_once(ground, 500)
    with partner(ground) as stock:
        # Before the flood, whose rows PostgreSQL still cleans up long after.
        stock.write(500, flood.body_of_one())  # as ours is warm already
        delay = _delay(ground, stock, commits, seconds=4 if quick else 15)
        rate = _rate(ground, stock, commits, number, stock_number)
    return [rate, delay]


def _rate(ground: Ground, stock: Partner, commits: float, number: int, stock_number: int) -> Report:
    body = flood.body_of_one()
    report = Report(f"From outbox commit to effect: {number:,} events at once; {commits:.0f} commits/s here")
    used = ground.usage()
    ours = [flood.at_once(ground, number) for _ in range(RUNS)]
    used = difference(ground.usage(), used)
    theirs = [stock.write(stock_number, body) for _ in range(RUNS)]
    ours_idle = [flood.at_once(ground, number, flood.NOTHING) for _ in range(RUNS)]
    theirs_idle = [stock.do_nothing(stock_number, body) for _ in range(RUNS)]
    fast, slow = _best(ours), _best(theirs)
    report.add("ours: a row read, changed and noted in the inbox", f"{fast:,.0f}/s", ratio=fast / commits)
    report.add("stock nameko: a row inserted", f"{slow:,.0f}/s", ratio=slow / commits)
    report.add("  times as many", f"{fast / slow:.1f}", f">= {TIMES_STOCK:.0f}", fast / slow >= TIMES_STOCK)
    fast, slow = _best(ours_idle), _best(theirs_idle)
    report.add("ours: heard in order, noted in the inbox", f"{fast:,.0f}/s", ratio=fast / commits)
    report.add("stock nameko: nothing", f"{slow:,.0f}/s", ratio=slow / commits)
    report.add("  times as many", f"{fast / slow:.1f}")
    for name in ("notify.worker", "dispatch.bus", "rabbitmq", "postgres"):
        also = " (its rows made for it, too)" if name == "postgres" else ""
        report.add(f"CPU per event: {name}{also}", f"{used[name].cpu_seconds / number / RUNS * 1e6:.0f} µs")
    return report


def _delay(ground: Ground, stock: Partner, commits: float, *, seconds: int) -> Report:
    report = Report(f"How soon, at {STEADY}/s for {seconds} s; {commits:.0f} commits/s here")
    ours = flood.steadily(ground, STEADY * seconds, STEADY).delays()
    p99 = percentile(ours, 99)
    report.add("ours, commit to effect", _spread(ours), f"p99 <= {P99_SECONDS * 1000:.0f} ms", p99 <= P99_SECONDS)
    theirs = stock.write(STEADY * seconds, flood.body_of_one(), rate=STEADY)
    report.add("stock nameko, dispatch to row", _spread(theirs.delays()))
    kept_up = len(theirs.sent) / (theirs.sent[-1] - theirs.sent[0])
    report.add("  its dispatcher, which waits for each confirm", f"{kept_up:.0f}/s")
    return report


def _best(runs: Iterable[Effects]) -> float:
    return max(run.per_second for run in runs)


def _spread(seconds: list[float]) -> str:
    return f"median {percentile(seconds, 50) * 1000:.1f} ms, p99 {percentile(seconds, 99) * 1000:.1f} ms"
