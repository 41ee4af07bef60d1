"""The same client in the bus process: it waits through eventlet, and nobody else waits with it."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from cli.servers.rabbitmq import RabbitAddress
from tests.integration.rabbit_rpc.conftest import Serve

PROGRAM = Path(__file__).with_name("green_asker.py")
ROOT = Path(__file__).parents[3]


def test_green_threads_ask_together_and_hold_nobody_up(rabbitmq_vhost: RabbitAddress, serve: Serve) -> None:
    gate = threading.Event()
    serve(rabbitmq_vhost.url, "echo", lambda kwargs: kwargs)
    serve(rabbitmq_vhost.url, "silent", lambda _kwargs: gate.wait(10))
    done = subprocess.run(
        [sys.executable, str(PROGRAM), rabbitmq_vhost.url], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    gate.set()
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["numbers"] == list(range(100))
    assert seen["silent"] == "no answer"
    assert seen["longest"] < 0.4, "a blocked question would hold up all others for its half second"
