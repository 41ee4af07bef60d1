"""Whole life-cycles over the separate processes through gRPC, and what one of them costs: by process and by server."""

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.load.life_cycles import (
    BATCH,
    CLOCKS,
    DELIVERIES,
    EVENTS,
    Cost,
    assert_whole,
    cases_left_open,
    left_behind,
    warm_up,
)
from tests.load.lives import COMMANDS, Crew, Life
from tests.load.report import Report, percentile
from tests.load.stack.ground import DRIVER, Ground
from tests.load.stack.usage import Usage, difference

FLOOR, GOAL = 20.0, 60.0
SERVERS = ("rabbitmq", "postgres", "elasticsearch", "minio", "prometheus")


@dataclass(frozen=True)
class Lived:
    """What was measured, with the CPU of each process."""

    cost: Cost
    crew: Crew
    used: Mapping[str, Usage]

    def milliseconds(self, names: Iterable[str]) -> float:
        """CPU of these per case."""
        return sum(self.used[name].cpu_seconds for name in names) / self.cost.cases * 1000


def measure(ground: Ground, *, quick: bool, threads: int, replicas: int = 1) -> list[Report]:
    commits = ground.commits_per_second()
    lived = run(ground, threads=threads, batches=3 if quick else 10)
    return [_speed(lived, commits, replicas), _by_process(lived)]


def run(ground: Ground, *, threads: int, batches: int) -> Lived:
    """As in one process: two batches under way, each waiting for its own effects; done when all is delivered."""
    begun = int(time.time())
    first = begun % 100_000 * 1_000  # callers of its own, also on a stack that was measured before
    crew = Crew(ground, threads, f"lives-{begun}")
    warm_up(crew, first=first)
    ground.settle()
    left_open, before = cases_left_open(ground), left_behind(ground)
    used, started = ground.usage(), time.perf_counter()
    crew.live_all([Life(first + 20 + batch * BATCH + n) for n in range(BATCH)] for batch in range(batches))
    ground.settle()
    seconds, used = time.perf_counter() - started, difference(ground.usage(), used)
    cases = batches * BATCH
    each = [(after - earlier) / cases for after, earlier in zip(left_behind(ground), before, strict=True)]
    cost = Cost(cases, seconds, used[DRIVER].cpu_seconds, used["postgres"].cpu_seconds, *each)
    assert_whole(ground, crew, cost, left_open=left_open)
    return Lived(cost, crew, used)


def _speed(lived: Lived, commits: float, replicas: int) -> Report:
    cost, of_each = lived.cost, "" if replicas == 1 else f", {replicas} replicas of each role"
    report = Report(
        f"Life-cycles over gRPC: {cost.cases} cases, {lived.crew.threads} driver threads{of_each}; "
        f"{commits:.0f} commits/s here"
    )
    goal = f">= {FLOOR:.0f}, better {GOAL:.0f}"
    report.add("life-cycles per second", f"{cost.rate:.1f}", goal, cost.rate >= FLOOR, cost.rate / commits)
    report.add("clocks per case", f"{cost.clocks:.1f}", f">= {CLOCKS}", cost.clocks >= CLOCKS)
    report.add("events per case", f"{cost.events:.1f}", f"about {EVENTS}")
    report.add("deliveries per case", f"{cost.deliveries:.1f}", f">= {DELIVERIES}")
    for name in COMMANDS:
        times = [t * 1000 for t in lived.crew.sent[name]]
        report.add(f"  {name}", f"median {percentile(times, 50):.1f} ms, p99 {percentile(times, 99):.1f} ms")
    return report


def _by_process(lived: Lived) -> Report:
    report = Report("CPU per case")
    all_of_it = lived.milliseconds(lived.used)
    report.add("in all", f"{all_of_it:.1f} ms", f"<= {2000 / GOAL:.0f} ms for {GOAL:.0f}/s on two cores")
    groups = {title: lived.milliseconds(names) for title, names in _groups(lived.used).items()}
    for title, milliseconds in groups.items():
        report.add(f"  {title}", f"{milliseconds:.2f} ms")
    busy = lived.cost.rate * all_of_it / 1000
    whole = {
        title.removesuffix(": all"): ms for title, ms in groups.items() if title.endswith(": all") or ":" not in title
    }
    most = sorted(whole, key=lambda title: -whole[title])[:3]
    shares = ", ".join(f"{title} {whole[title] / all_of_it:.0%}" for title in most)
    report.add("cores busy meanwhile", f"{busy:.2f} of {os.cpu_count()}")
    report.add("would double it", f"{2 * busy:.1f} such cores, or {all_of_it / 2:.0f} ms a case: most is {shares}")
    return report


def _groups(names: Iterable[str]) -> dict[str, list[str]]:
    """Roles with their services below them, then the servers, then we who ask."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        service, _, role = name.partition(".")
        if role:
            role = role.partition(".")[0]
            found[f"{role}: all"].append(name)
            found[f"{role}: {service}"].append(name)
        else:
            found[service].append(name)
    order = {**dict.fromkeys(("grpc", "worker", "bus"), 0), **dict.fromkeys(SERVERS, 1), DRIVER: 2}
    return dict(sorted(found.items(), key=lambda item: (order[item[0].partition(":")[0]], item[0])))
