"""What the stack costs while nothing happens, how its memory grows with messages, and how long a scrape takes."""

import time
import urllib.request
from collections.abc import Iterator, Mapping

from tests.load.report import Report
from tests.load.stack import flood
from tests.load.stack.ground import DRIVER, Ground
from tests.load.stack.lives import SERVERS
from tests.load.stack.partner import Partner, partner
from tests.load.stack.usage import Usage, difference, usage_of

PER_MESSAGES = 100_000
AT_ONCE = 10_000
QUIET_SECONDS = 5.0
SCRAPES = 5
STOCK, STOCK_MESSAGES = "stock nameko", 10_000
"""It writes some hundred a second."""
RELAY, CONSUMER = "notify.worker", "dispatch.bus"


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    with partner(ground) as stock:
        stock.write(STOCK_MESSAGES // 10, flood.body_of_one())  # warm, as ours is
        idle = _idle(ground, stock, 10.0 if quick else 30.0)
        return [idle, *_growth(ground, stock, 20_000 if quick else PER_MESSAGES)]


def _usage(ground: Ground, stock: Partner) -> dict[str, Usage]:
    return ground.usage(closely=True) | usage_of({STOCK: stock.process.pid}, closely=True)


def _idle(ground: Ground, stock: Partner, seconds: float) -> Report:
    """Memory is the proportional set size: pages that processes share are counted once in the sum."""
    ground.settle()
    time.sleep(QUIET_SECONDS)
    before = _usage(ground, stock)
    time.sleep(seconds)
    after = _usage(ground, stock)
    used, scrapes = difference(after, before), _scrapes(ground)
    report = Report(f"Idle for {seconds:.0f} s; {ground.commits_per_second():.0f} commits/s here")
    processes = [name for name in used if name not in (*SERVERS, DRIVER, STOCK)]
    servers = [name for name in SERVERS if name in used]
    for title, names in (("all", processes + servers), ("all processes", processes), ("all servers", servers)):
        report.add(title, _shown(after, used, names, seconds))
    report.add(f"{STOCK}: one service, one process", _shown(after, used, [STOCK], seconds))
    for name in [*processes, *SERVERS]:
        if name in used:
            scrape = f", scrape {scrapes[name] * 1000:.0f} ms" if name in scrapes else ""
            report.add(f"  {name}", _shown(after, used, [name], seconds) + scrape)
    report.add("slowest scrape of /metrics", f"{max(scrapes.values()) * 1000:.0f} ms")
    return report


def _shown(after: Mapping[str, Usage], used: Mapping[str, Usage], names: list[str], seconds: float) -> str:
    memory = sum(after[name].memory_mib for name in names)
    cpu = sum(used[name].cpu_seconds for name in names) / seconds
    woken = sum(used[name].wake_ups for name in names) / seconds
    return f"{memory:.0f} MiB, CPU {cpu:.1%} of a core, {woken:.0f} wake-ups/s"


def _scrapes(ground: Ground) -> dict[str, float]:
    """The middle of a few, by process."""
    found = {}
    for row in ground.rows:
        if row.kind == "process":
            found[row.name] = sorted(_scrape(row.ports["http"]) for _ in range(SCRAPES))[SCRAPES // 2]
    return found


def _scrape(port: int) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        answer.read()
    return time.perf_counter() - started


def _growth(ground: Ground, stock: Partner, messages: int) -> Iterator[Report]:
    """Of the process that publishes, the one that hears, and the servers, after a warm-up; then of stock nameko."""
    for _ in range(2):
        flood.at_once(ground, AT_ONCE)
    before = _usage(ground, stock)
    for _ in range(messages // AT_ONCE):
        flood.at_once(ground, AT_ONCE)
    after = _usage(ground, stock)
    report = Report(f"Memory after {messages:,} messages")
    for name in (RELAY, CONSUMER, "rabbitmq", "postgres"):
        report.add(name, _grown(before[name], after[name], messages))
    yield report
    stock.write(STOCK_MESSAGES, flood.body_of_one())
    report = Report(f"Memory of {STOCK} after {STOCK_MESSAGES:,} messages, a row inserted for each")
    report.add(STOCK, _grown(after[STOCK], _usage(ground, stock)[STOCK], STOCK_MESSAGES))
    yield report


def _grown(before: Usage, after: Usage, messages: int) -> str:
    grown = (after.memory_mib - before.memory_mib) * PER_MESSAGES / messages
    extrapolated = "" if messages == PER_MESSAGES else f", extrapolated from {messages:,}"
    return f"{before.memory_mib:.0f} to {after.memory_mib:.0f} MiB: {grown:+.1f} MiB per {PER_MESSAGES:,}{extrapolated}"
