"""How soon all packs are loaded and checked, in a process of its own as each start of a service is.

`python -m tests.load.loading` is that process: it prints the seconds by service as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from chassis.memory import nothing_is_garbage
from chassis.settings import ROOT
from services.dispatch.bootstrap import load_desk
from services.intake.adapters.regimes import PolicyRegimes
from services.knowledge.adapters.offices import Offices
from services.notify.adapters.policies import load_book
from services.sla.adapters.assessments import load_assessments, load_unit_levels
from services.sla.adapters.policies import load_rulebook
from tests.load.ground import Ground
from tests.load.report import Report

LIMIT_MS, TIMES = 300.0, 5
PARTS: dict[str, Callable[[Path], object]] = {
    "sla": lambda folder: (load_rulebook(folder), load_assessments(folder), load_unit_levels(folder)),
    "dispatch": load_desk,
    "intake": PolicyRegimes,
    "notify": load_book,
    "knowledge": Offices,
}
"""By service. What one has read, the next in the same process need not read again."""
YAML = "the same files by yaml.CSafeLoader, nothing checked"


def measure(_ground: Ground, *, quick: bool) -> list[Report]:
    runs = [_in_a_process() for _ in range(2 if quick else TIMES)]
    best = {part: min(run[part] for run in runs) * 1000 for part in runs[0]}
    report = Report("Load of all packs, cities and calendars, cold, CPU of the best of some processes", baseline=YAML)
    report.add(YAML, f"{best[YAML]:.0f} ms", ratio=1.0)
    for part, ms in best.items():
        if part in ("sla", "all services"):
            report.add(_NAMES[part], f"{ms:.0f} ms", f"<= {LIMIT_MS:.0f} ms", ms <= LIMIT_MS, ms / best[YAML])
    return [report]


_NAMES = {
    "sla": "sla: packs of all versions and layers, calendars",
    "all services": "all five services in one process, as huying up loads them",
}


def _in_a_process() -> dict[str, float]:
    told = subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, capture_output=True, check=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def main() -> None:
    folder, took = ROOT / "policies", {}
    for part, load in PARTS.items():
        started = time.process_time()
        with nothing_is_garbage():  # as every process that builds a service
            load(folder)
        took[part] = time.process_time() - started
    took["all services"] = sum(took.values())
    started = time.process_time()
    for path in sorted(folder.rglob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    print(json.dumps(took | {YAML: time.process_time() - started}))


if __name__ == "__main__":
    main()
