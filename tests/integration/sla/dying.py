"""A worker of sla that makes what reports are due, and is killed on the way."""

from datetime import datetime
from pathlib import Path

from chassis.clock import SimulatedClock, uuid7
from chassis.crashpoints import arm
from chassis.database import create_engine
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.sla.adapters.reports import make_reports
from services.sla.bootstrap import build


def main(url: str, folder: str, now: datetime, dies_at: str) -> None:
    clock, keys, questions = SimulatedClock(now), KeyRing.fresh(), CannedQuestions()
    service = build(Runtime(Settings(data_dir=Path(folder)), keys, questions, clock, uuid7))
    runtime = ServiceRuntime(service, create_engine(url), clock, uuid7, questions, keys)
    arm(dies_at)
    while make_reports(runtime):
        pass
