"""Memory of `huying up`: idle, and how it grows with the cases that pass through; and how soon it is ready."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chassis.grpckit.client import Client
from chassis.tokens import TokenSigner
from cli.province import SERVICES, descriptor_of
from tests.e2e.process import Huying
from tests.load.ground import Ground, seat
from tests.load.lives import registration
from tests.load.report import Report

IDLE_MIB, READY_SECONDS, GROWTH_MIB, PER_CASES = 300, 5.0, 5.0, 10_000
THREADS = 4
LOOKS = 8


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    commits = ground.commits_per_second()
    huying = Huying(ground.folder / "up")
    first = huying.start()
    huying.stop()
    ready = huying.start()
    try:
        idle = settled_mib(huying)
        cases = 1_000 if quick else PER_CASES
        traffic = Traffic(huying)
        traffic.send(0, cases)
        before = settled_mib(huying)
        traffic.send(cases, 2 * cases)
        after = settled_mib(huying)
        grown = (after - before) / cases * PER_CASES
    finally:
        huying.stop()
    report = Report(
        f"huying up, {2 * cases:,} cases registered and accepted through gRPC; {commits:.0f} commits/s here"
    )
    report.add("ready, first start on a fresh folder", f"{first:.1f} s")
    report.add("ready, later start", f"{ready:.1f} s", f"<= {READY_SECONDS:.0f} s", ready <= READY_SECONDS)
    report.add("memory when idle", f"{idle:.0f} MiB", f"<= {IDLE_MIB} MiB", idle <= IDLE_MIB)
    report.add(f"memory after {cases:,} cases, which fill what it remembers", f"{before:.0f} MiB")
    report.add(f"memory after {2 * cases:,} cases", f"{after:.0f} MiB")
    report.add(f"growth per {PER_CASES:,} cases", f"{grown:.1f} MiB", f"< {GROWTH_MIB:.0f} MiB", grown < GROWTH_MIB)
    return [report]


class Traffic:
    """Seats that register and accept through the gRPC port."""

    def __init__(self, huying: Huying) -> None:
        self._client = Client(huying.address, {name: descriptor_of(name) for name in SERVICES})
        self._token = TokenSigner.load_or_create(huying.data_dir).issue(seat())

    def send(self, first: int, last: int) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in pool.map(self._one, range(first, last)):
                pass

    def _one(self, number: int) -> None:
        request = {"request_id": f"register-{number:08d}", **registration(number)}
        case = self._client.call(self._token, "intake", "RegisterCase", request).case.name  # type: ignore[attr-defined]
        self._client.call(self._token, "intake", "AcceptCase", {"request_id": f"accept-{number:08d}", "name": case})


def settled_mib(huying: Huying) -> float:
    """Resident memory once nothing has been published for a while: batches in hand come and go."""
    published, quiet = -1.0, 0
    while quiet < LOOKS:
        time.sleep(0.5)
        now = _published(huying)
        published, quiet = now, quiet + 1 if now == published else 0
    return resident_mib(huying)


def _published(huying: Huying) -> float:
    lines = huying.metrics().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("huying_outbox_published_total"))


def resident_mib(huying: Huying) -> float:
    """Resident memory of the one process with the five services, without PostgreSQL's own."""
    assert huying.process is not None
    status = Path(f"/proc/{huying.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
