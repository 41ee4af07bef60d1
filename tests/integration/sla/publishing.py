"""A holiday notice for 2027 in a copy of the policies, and the worker that has loaded it."""

import shutil
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chassis import crashpoints
from chassis.clock import SimulatedClock, uuid7
from chassis.database import create_engine
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import ROOT, Settings
from services.sla.adapters import recounting
from services.sla.bootstrap import build

# New Year's Day falls on a Friday: 4 January is the first provisional working day.
LONGER = {"off": "2027-01-05", "made_up": "[]"}
SHORTER = {"off": "2027-01-01", "made_up": "[2027-01-02, 2027-01-03]"}


def published(folder: Path, *, off: str, made_up: str) -> Path:
    """The shipped policies with a notice: days off from 1 January until `off`, and make-up workdays."""
    policies = folder / f"policies-{off}"
    shutil.copytree(ROOT / "policies", policies)
    path = policies / "calendar" / "china.yaml"
    notice = (
        "notices:\n  - year: 2027\n    source: {zh: 国办通知, en: the notice}\n    days_off:\n"
        f"      - {{from: 2027-01-01, until: {off}, name: {{zh: 元旦, en: New Year's Day}}}}\n"
        f"    make_up_workdays: {made_up}\n"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("notices: []\n", notice), encoding="utf-8")
    return policies


def loaded(runtime: ServiceRuntime, policies: Path) -> ServiceRuntime:
    """The same service on the same database, started anew with these policies."""
    given = Runtime(Settings(policies_dir=policies), runtime.keys, runtime.questions, runtime.clock, runtime.ids)
    return replace(runtime, service=build(given))


def recount(runtime: ServiceRuntime) -> int:
    """The job until it has nothing left."""
    job = next(job for job in runtime.service.jobs if job.name == "recount_deadlines")
    total = 0
    while (done := job.run(runtime)) or job.run.__self__.waits:  # type: ignore[attr-defined]
        total += done
        time.sleep(0 if done else 0.5)  # a killed worker's connection may hold its locks for a moment
    return total


def worker(url: str, policies: str, now: str, crash_at: str) -> None:
    """A process that recounts, and dies where it is told to."""
    recounting.BATCH = 4  # so that there are many slices
    clock = SimulatedClock(datetime.fromisoformat(now))
    given = Runtime(Settings(policies_dir=Path(policies)), KeyRing.fresh(), CannedQuestions(), clock, uuid7)
    engine = create_engine(url)
    runtime = ServiceRuntime(build(given), engine, clock, uuid7, given.questions, given.keys)
    crashpoints.arm(crash_at)
    recount(runtime)
    engine.dispose()
