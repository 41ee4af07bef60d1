"""Processes that speak nameko: ours and a partner's, on one broker."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chassis.access import Principal
from chassis.postgres import EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.tokens import PassSigner
from cli.servers.rabbitmq import RabbitAddress, RabbitMQ
from tests.architecture.guards.access import START
from tests.architecture.guards.world import World, one_of_everything
from tests.servers import unique

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@contextmanager
def running(program: str, argument: str) -> Iterator[subprocess.Popen[str]]:
    """One of the programs beside this file, from `ready` to its graceful end."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'protos/gen'}"}
    command = [sys.executable, str(HERE / program), argument]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        while line and line.strip() != "ready":  # what it logs meanwhile
            line = process.stdout.readline()
        assert line, f"{program} did not start"
        yield process
        process.stdin.close()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def call_stock(amqp: str, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a stock nameko client hears to these calls."""
    environment = os.environ | {"PYTHONPATH": ""}
    given = json.dumps({"amqp": amqp, "calls": calls})
    done = subprocess.run(
        [sys.executable, str(HERE / "stock_client.py")], cwd=HERE, env=environment, input=given, text=True,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    heard: list[dict[str, Any]] = json.loads(done.stdout)
    return heard


@pytest.fixture(scope="module")
def vhost(rabbitmq_server: RabbitMQ) -> Iterator[RabbitAddress]:
    name = unique("rpc")
    yield rabbitmq_server.create_vhost(name)
    rabbitmq_server.drop_vhost(name)


@dataclass
class Serving:
    """Our services on the bus, with one of everything in their databases."""

    world: World
    amqp: str
    passes: PassSigner
    given: dict[str, Any]
    """What the process was told."""

    @property
    def case_id(self) -> str:
        return self.world.names["cases"].rpartition("/")[2]

    def token(self, who: Principal) -> str:
        return self.world.province.signer.issue(who)

    def heard(self, *calls: dict[str, Any]) -> list[dict[str, Any]]:
        return call_stock(self.amqp, list(calls))


@pytest.fixture(scope="module")
def serving(
    vhost: RabbitAddress, postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("rpc")
    keys, passes = KeyRing.load(folder), PassSigner.load_or_create(folder)
    with one_of_everything(postgres, folder, unique("rpc"), keys=keys) as world:
        engines = {name: runtime.engine.url for name, runtime in world.province.runtimes.items()}
        given = {
            "amqp": vhost.url,
            "data_dir": str(folder),
            "databases": {name: url.render_as_string(hide_password=False) for name, url in engines.items()},
            "now": START.isoformat(),
            "passes": passes.public_key.hex(),
        }
        with running("host.py", json.dumps(given)):
            yield Serving(world, vhost.url, passes, given)
