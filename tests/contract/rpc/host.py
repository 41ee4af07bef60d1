"""A bus process for tests: the answers of services as nameko serves them. Prints `ready`; ends with its input.

Its argument is JSON: amqp (address), data_dir, databases (addresses by service), now (ISO 8601), passes (key, hex).
"""

import os

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import eventlet

    eventlet.monkey_patch()

import importlib
import json
import sys
from datetime import datetime
from pathlib import Path

from nameko.runners import ServiceRunner

from chassis.clock import SimulatedClock, uuid7
from chassis.database import create_engine
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.rabbit.rpc import service_class
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.tokens import TokenSigner


def main() -> None:
    given = json.loads(sys.argv[1])
    settings = Settings(data_dir=Path(given["data_dir"]))
    keys, clock = KeyRing.load(settings.data_dir), SimulatedClock(datetime.fromisoformat(given["now"]))
    verifier = TokenSigner.load_or_create(settings.data_dir).verifier.with_services(bytes.fromhex(given["passes"]))
    runner = ServiceRunner(config={"AMQP_URI": given["amqp"], "HEARTBEAT": 5})
    for name, url in given["databases"].items():
        bootstrap = importlib.import_module(f"services.{name}.bootstrap")
        service = bootstrap.build(Runtime(settings, keys, CannedQuestions(), clock, uuid7))
        runtime = ServiceRuntime(service, create_engine(url, pool_size=10), clock, uuid7, CannedQuestions(), keys)
        runner.add_service(service_class(runtime, verifier))
    runner.start()
    print("ready", flush=True)
    eventlet.hubs.trampoline(sys.stdin, read=True)  # its end; a plain read would stop every green thread
    runner.stop()


main()
