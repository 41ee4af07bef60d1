"""Calls: questions over the bus beside stock nameko's RPC, and commands and queries through gRPC."""

import itertools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chassis.access import Principal, Role
from chassis.rabbit.questions import RabbitQuestions
from chassis.tokens import PassSigner
from tests.load.ground import CITY, seat
from tests.load.lives import registration
from tests.load.report import Report, percentile
from tests.load.stack.ground import Ground
from tests.load.stack.partner import partner
from tests.load.stack.usage import difference

ASKERS = (1, 8)
SERVICE = Principal("service:intake", frozenset({Role.SYSTEM}), frozenset({"*"}))


@dataclass(frozen=True)
class Calls:
    """How long each of the calls took, and all of them together."""

    took: Sequence[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds

    @property
    def shown(self) -> str:
        median, p99 = percentile(self.took, 50) * 1000, percentile(self.took, 99) * 1000
        return f"{self.per_second:,.0f}/s, median {median:.1f} ms, p99 {p99:.1f} ms"


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    commits, seconds = ground.commits_per_second(), 2.0 if quick else 6.0
    return [_rpc(ground, commits, seconds), _grpc(ground, commits, seconds)]


def called(call: Callable[[], object], threads: int, seconds: float) -> Calls:
    """As fast as so many threads can."""
    took: list[float] = []
    call()
    started = time.perf_counter()

    def one() -> None:
        while time.perf_counter() - started < seconds:
            begun = time.perf_counter()
            call()
            took.append(time.perf_counter() - begun)

    with ThreadPoolExecutor(threads) as pool:
        for asker in [pool.submit(one) for _ in range(threads)]:
            asker.result()
    return Calls(took, time.perf_counter() - started)


def _rpc(ground: Ground, commits: float, seconds: float) -> Report:
    """Ours checks who asks, computes a deadline on the working calendar and words it; stock answers what it is told."""
    report = Report(f"Questions over RabbitMQ; {commits:.0f} commits/s here")
    signer = PassSigner.load_or_create(ground.folder)
    questions = RabbitQuestions(ground.environment["HUYING_AMQP_URL"], signer.sign)

    def ask() -> None:
        questions.ask(SERVICE, "sla", "preview_deadline", limit=10.0, city=CITY, kind="finish", category="complaint")

    try:
        with partner(ground) as stock:
            for askers in ASKERS:
                used = ground.usage()
                ours = called(ask, askers, seconds)
                cpu = difference(ground.usage(), used)["sla.bus"].cpu_seconds / len(ours.took)
                theirs = Calls(stock.ask(askers, seconds), seconds)
                who = "one asker" if askers == 1 else f"{askers} askers"
                report.add(f"ours, {who}: preview_deadline", ours.shown, ratio=ours.per_second / commits)
                report.add(f"stock nameko, {who}: echo", theirs.shown, ratio=theirs.per_second / commits)
                report.add("  times as many", f"{ours.per_second / theirs.per_second:.2f}")
                report.add("  CPU of sla.bus per question", f"{cpu * 1000:.2f} ms")
    finally:
        questions.close()
    return report


def _grpc(ground: Ground, commits: float, seconds: float) -> Report:
    report = Report(f"Calls through gRPC; {commits:.0f} commits/s here")
    begun = int(time.time())
    numbers = itertools.count(begun % 100_000 * 1_000)

    def write() -> str:
        number = next(numbers)
        fields = {"request_id": f"calls-{begun}-{number}", **registration(number)}
        registered = ground.call(seat(), "intake", "RegisterCase", fields)
        return str(registered.case.name)

    case = write()

    def read() -> None:
        ground.call(seat(), "intake", "GetCase", {"name": case})

    for name, call in (("GetCase", read), ("RegisterCase", write)):
        for threads in ASKERS:
            used = ground.usage()
            calls = called(call, threads, seconds)
            cpu = difference(ground.usage(), used)["intake.grpc"].cpu_seconds / len(calls.took)
            report.add(f"{name}, {threads} at once", calls.shown, ratio=calls.per_second / commits)
            report.add("  CPU of intake.grpc per call", f"{cpu * 1000:.2f} ms")
    ground.settle()
    return report
