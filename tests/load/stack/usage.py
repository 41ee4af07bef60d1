"""What processes use, from /proc: CPU seconds, memory and wake-ups of each with all that it started."""

import os
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Usage:
    """Of one process and its children; CPU since their start, those that ended included."""

    cpu_seconds: float
    memory_kib: int
    """Proportional set size: what several processes share is counted once in their sum."""
    wake_ups: int

    def since(self, before: "Usage") -> "Usage":
        cpu = self.cpu_seconds - before.cpu_seconds
        return Usage(cpu, self.memory_kib - before.memory_kib, self.wake_ups - before.wake_ups)

    @property
    def memory_mib(self) -> float:
        return self.memory_kib / 1024


def usage_of(pids: Mapping[str, int], *, closely: bool = False) -> dict[str, Usage]:
    """By the names of the processes, each without children that have a name of their own.

    Memory and wake-ups take a closer look, which itself takes time.
    """
    named = set(pids.values())
    children = {pid: [c for c in some if c not in named] for pid, some in _children().items()}
    return {name: _sum(_family(pid, children), closely=closely) for name, pid in pids.items()}


def difference(after: Mapping[str, Usage], before: Mapping[str, Usage]) -> dict[str, Usage]:
    return {name: usage.since(before[name]) for name, usage in after.items() if name in before}


def _sum(pids: list[int], *, closely: bool) -> Usage:
    memory = sum(map(_memory_kib, pids)) if closely else 0
    return Usage(sum(map(_cpu, pids)), memory, sum(map(_wake_ups, pids)) if closely else 0)


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for folder in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            found[int(_stat(int(folder.name))[1])].append(int(folder.name))
    return found


def _family(pid: int, children: Mapping[int, list[int]]) -> list[int]:
    return [pid, *(one for child in children.get(pid, []) for one in _family(child, children))]


def _stat(pid: int) -> list[str]:
    return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _cpu(pid: int) -> float:
    """With children that have ended."""
    with suppress(OSError):
        return sum(map(int, _stat(pid)[11:15])) / _TICKS
    return 0.0


def _memory_kib(pid: int) -> int:
    with suppress(OSError):
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _wake_ups(pid: int) -> int:
    total = 0
    for status in (_PROC / str(pid) / "task").glob("*/status"):
        with suppress(OSError):
            lines = status.read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
    return total
