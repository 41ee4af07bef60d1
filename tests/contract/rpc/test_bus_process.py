"""The bus process itself, as operators start it: a stock client is answered, and a stop is graceful."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chassis.access import Role
from cli.servers.rabbitmq import RabbitAddress
from tests.architecture.guards.access import CITY
from tests.architecture.guards.world import somebody
from tests.contract.rpc.conftest import ROOT, Serving, call_stock


@contextmanager
def bus_of_sla(serving: Serving, amqp: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The process, ready, and what it has logged so far."""
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'protos/gen'}",
        "HUYING_DATABASE_URL": re.sub(r"_sla(?=\?|$)", "_{service}", serving.given["databases"]["sla"]),
        "HUYING_AMQP_URL": amqp,
        "HUYING_DATA_DIR": serving.given["data_dir"],
        "HUYING_HTTP_PORT": "0",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "services.sla", "bus"], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    logged: list[str] = []
    try:
        for line in process.stdout:
            logged.append(line)
            if '"ready"' in line:
                break
        assert process.poll() is None, "".join(logged)
        yield process, logged
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_when_it_is_told(serving: Serving, rabbitmq_vhost: RabbitAddress, sign: int) -> None:
    with bus_of_sla(serving, rabbitmq_vhost.url) as (process, logged):
        token = serving.token(somebody(Role.AGENT))
        asked = {"service": "sla", "question": "preview_deadline", "kwargs": {"city": CITY, "kind": "dispatch"}}
        assert "result" in call_stock(rabbitmq_vhost.url, [asked | {"token": token}])[0]
        process.send_signal(sign)
        rest, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "bus_stopped" in rest, "it ended by itself, not by its time limit: " + "".join(logged) + rest
