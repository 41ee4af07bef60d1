"""A process of notify that hears one envelope and is killed on the way."""

from pathlib import Path

from chassis.clock import SimulatedClock, uuid7
from chassis.crashpoints import arm
from chassis.database import create_engine
from chassis.events.envelope import decode
from chassis.events.receiver import Receiver
from chassis.events.topology import Topology
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.notify import bootstrap


def main(url: str, folder: str, envelope: str, dies_at: str) -> None:
    read = decode(envelope.encode())
    clock, keys, questions = SimulatedClock(read.occurred_at), KeyRing.fresh(), CannedQuestions()
    service = bootstrap.build(Runtime(Settings(data_dir=Path(folder)), keys, questions, clock, uuid7))
    runtime = ServiceRuntime(service, create_engine(url), clock, uuid7, questions, keys)
    topology = Topology(types={"sla": frozenset({read.type})}, hears={"notify": frozenset(service.hears)})
    arm(dies_at)
    Receiver(runtime, topology).receive([read])
