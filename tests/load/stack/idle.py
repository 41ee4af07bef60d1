"""What the stack costs while nothing happens, how its memory grows with messages, and how long a scrape takes."""

import time
import urllib.request
from collections.abc import Mapping

from tests.load.report import Report
from tests.load.stack import flood
from tests.load.stack.ground import DRIVER, Ground
from tests.load.stack.lives import SERVERS
from tests.load.stack.usage import Usage, difference

PER_MESSAGES = 100_000
AT_ONCE = 10_000
QUIET_SECONDS = 5.0
SCRAPES = 5
RELAY, CONSUMER = "notify.worker", "dispatch.bus"


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    return [_idle(ground, 10.0 if quick else 30.0), _growth(ground, 20_000 if quick else PER_MESSAGES)]


def _idle(ground: Ground, seconds: float) -> Report:
    """Memory is the proportional set size: pages that processes share are counted once in the sum."""
    ground.settle()
    time.sleep(QUIET_SECONDS)
    before = ground.usage(closely=True)
    time.sleep(seconds)
    after = ground.usage(closely=True)
    used, scrapes = difference(after, before), _scrapes(ground)
    report = Report(f"Idle for {seconds:.0f} s")
    processes = [name for name in used if name not in (*SERVERS, DRIVER)]
    for title, names in (("all processes", processes), ("all servers", [n for n in SERVERS if n in used])):
        report.add(title, _shown(after, used, names, seconds))
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


def _growth(ground: Ground, messages: int) -> Report:
    """Of the process that publishes and the one that hears, after they have been warmed by as many as one round."""
    for _ in range(2):
        flood.at_once(ground, AT_ONCE)
    before = ground.usage(closely=True)
    for _ in range(messages // AT_ONCE):
        flood.at_once(ground, AT_ONCE)
    after = ground.usage(closely=True)
    extrapolated = "" if messages == PER_MESSAGES else f", extrapolated from {messages:,}"
    report = Report(f"Memory after {messages:,} messages")
    for name in (RELAY, CONSUMER, "rabbitmq"):
        grown = (after[name].memory_mib - before[name].memory_mib) * PER_MESSAGES / messages
        shown = f"{before[name].memory_mib:.0f} to {after[name].memory_mib:.0f} MiB"
        report.add(name, f"{shown}: {grown:+.1f} MiB per {PER_MESSAGES:,}{extrapolated}")
    return report
