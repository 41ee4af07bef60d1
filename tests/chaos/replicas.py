"""The processes of the province: two of each role, killed and started again, each with lines of its own."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cli.servers.process import Process
from cli.servers.server import free_port
from cli.stack.plan import Part
from cli.stack.units import ServiceProcess

READY_SECONDS = 240.0
LOOK_SECONDS = 0.05
END_SECONDS = 5.0
STARTING_AT_ONCE = 6
"""More would only take the processor from each other."""


@dataclass
class Replica:
    """One process with its ports; whoever kills it takes it `off` first, else it is started again at once."""

    part: Part
    env: Mapping[str, str]
    log: Path
    ports: dict[str, int] = field(default_factory=dict)
    off: bool = True
    ended_by_itself: list[str] = field(default_factory=list)
    unit: ServiceProcess | None = None

    def __post_init__(self) -> None:
        self.ports = {"http": free_port()} | ({"grpc": free_port()} if self.part.role == "grpc" else {})

    def start(self, *, crash_at: str = "") -> None:
        """Armed, it stays off: it is going to die."""
        own = {"HUYING_HTTP_PORT": str(self.ports["http"]), "HUYING_GRPC_PORT": str(self.ports.get("grpc", 0))}
        self.unit = ServiceProcess(self.part, {**self.env, **own, "HUYING_CRASH_AT": crash_at}, self.ports, self.log)
        self.unit.start()
        self.off = bool(crash_at)

    @property
    def process(self) -> Process | None:
        return self.unit.row().process if self.unit else None

    @property
    def pid(self) -> int:
        return self.unit.row().pid if self.unit else 0

    @property
    def alive(self) -> bool:
        return self.unit is not None and self.unit.alive()

    def end(self) -> str:
        """How it ended: `signal 9`, `exit 70`; the last of its threads may take a moment."""
        until = time.monotonic() + END_SECONDS
        while self.unit and not self.alive and time.monotonic() < until:
            if said := self.unit.row().last_end:
                return said
            time.sleep(0.01)
        return ""

    def kill(self) -> None:
        self.off = True
        if self.process is not None:
            self.process.send(9)
            while self.alive:
                time.sleep(0.001)

    def ready(self) -> bool:
        if self.unit is None or not self.alive:
            return False
        with suppress(OSError):
            self.unit.check()
            return True
        return False

    def await_ready(self, seconds: float = READY_SECONDS) -> None:
        until = time.monotonic() + seconds
        while not self.ready():
            if time.monotonic() > until:
                raise AssertionError(f"{self.part.name} is not ready after {seconds:.0f} s, see {self.log}")
            time.sleep(LOOK_SECONDS)


class Replicas:
    """All of them, by service, role and number."""

    def __init__(self, replicas: Iterable[Replica]) -> None:
        self.all = {(r.part.service, r.part.role, r.part.replica): r for r in replicas}
        self._stopping = threading.Event()
        self._said: Counter[tuple[str, str]] = Counter()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def of(self, target: str, number: int) -> Replica:
        """`sla.bus`, 2"""
        service, _, role = target.partition(".")
        return self.all[service, role, number]

    def start(self) -> None:
        """A few at a time; returns when all are ready."""
        waiting = sorted(self.all.values(), key=lambda r: (r.part.role != "worker", r.part.replica))
        for first in range(0, len(waiting), STARTING_AT_ONCE):
            some = waiting[first : first + STARTING_AT_ONCE]
            for replica in some:
                replica.start()
            for replica in some:
                replica.await_ready()
        self._keeper.start()

    def await_ready(self) -> None:
        """All that were started again: the next one may be killed."""
        for replica in self.all.values():
            replica.await_ready()

    def stop(self) -> None:
        """Their graceful end has tests of its own; here it would only take time."""
        self._stopping.set()
        for replica in self.all.values():
            replica.kill()

    def ended_by_themselves(self) -> list[str]:
        """Those that nobody killed, since the last question."""
        said = [f"{r.part.name}: {end}" for r in self.all.values() for end in r.ended_by_itself]
        for replica in self.all.values():
            replica.ended_by_itself.clear()
        return said

    def said(self, event: str) -> list[str]:
        """The lines of this event in the logs, since the last question."""
        found = []
        for replica in self.all.values():
            lines = [line for line in replica.log.read_text().splitlines() if f'"event": "{event}"' in line]
            found += lines[self._said[replica.part.name, event] :]
            self._said[replica.part.name, event] = len(lines)
        return found

    def _keep(self) -> None:
        while not self._stopping.wait(0.2):
            for replica in self.all.values():
                if not replica.off and not replica.alive:
                    replica.ended_by_itself.append(replica.end())
                    replica.start()


def environment(told: Mapping[str, str]) -> dict[str, str]:
    """Ours, without what a shell says of another stack, and with what each process is told."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HUYING_")}
    return {**clean, "PYTHONDONTWRITEBYTECODE": "", "HUYING_LOG_LEVEL": "INFO", **told}
