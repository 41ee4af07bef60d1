"""What the processes of a test run on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress
from tests.processes import Starter, processes
from tests.surroundings import access_of, administer, surroundings


@pytest.fixture
def environment(postgres_server: Postgres, rabbitmq_vhost: RabbitAddress, tmp_path: Path) -> Iterator[dict[str, str]]:
    with surroundings(postgres_server, rabbitmq_vhost, tmp_path / "data") as told:
        yield told


@pytest.fixture
def administrator(postgres_server: Postgres, environment: dict[str, str]) -> Callable[[str], None]:
    return lambda service: administer(postgres_server, access_of(environment, service))


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Starter]:
    with processes(tmp_path, environment) as starter:
        yield starter


@pytest.fixture
def migrated(administrator: Callable[[str], None], start: Starter) -> Callable[..., None]:
    """The databases of some services, ready for their processes."""

    def prepare(*services: str) -> None:
        for service in services:
            administrator(service)
        running = [start(service, "migrate", "--step", "pre") for service in services]
        for process in running:
            assert process.wait() == 0, process.said[-3000:]

    return prepare
