"""One province's servers for a test: a virtual host, five databases with two roles each, a data folder."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from chassis.database.roles import Access, database_of, inside, roles
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress
from tests.processes import Starter, processes
from tests.servers import unique

SERVICES = ("intake", "dispatch", "sla", "knowledge", "notify")
Prepared = Callable[..., None]


@pytest.fixture
def environment(postgres_server: Postgres, rabbitmq_vhost: RabbitAddress, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What every process of this test is told."""
    prefix = re.sub(r"\W", "_", unique("p")).lower()
    where = f"127.0.0.1:{postgres_server.address.port}"
    environment = {
        "HUYING_DATA_DIR": str(tmp_path / "data"),
        "HUYING_DATABASE_URL": f"postgresql+psycopg://{prefix}_{{service}}:word@{where}/{prefix}_{{service}}",
        "HUYING_DATABASE_OWNER_URL": f"postgresql+psycopg://{prefix}_{{service}}_o:owns@{where}/{prefix}_{{service}}",
        "HUYING_AMQP_URL": rabbitmq_vhost.url,
        "HUYING_LOG_LEVEL": "INFO",
        "HUYING_KEYS": "",
    }
    yield environment
    for service in SERVICES:
        postgres_server.drop_database(f"{prefix}_{service}")
        for role in (f"{prefix}_{service}", f"{prefix}_{service}_o"):
            postgres_server.drop_user(role)


def access_of(environment: dict[str, str], service: str) -> Access:
    return Access.of(
        environment["HUYING_DATABASE_OWNER_URL"].format(service=service),
        environment["HUYING_DATABASE_URL"].format(service=service),
    )


@pytest.fixture
def administrator(postgres_server: Postgres, environment: dict[str, str]) -> Callable[[str], None]:
    """Does what the printed script says, for one service."""

    def prepare(service: str) -> None:
        access = access_of(environment, service)
        address = postgres_server.address
        with psycopg.connect(address.conninfo, autocommit=True) as connection:
            for statement in (*roles(access), *database_of(access)):
                connection.execute(statement)
        with psycopg.connect(f"{address.conninfo} dbname={access.database}", autocommit=True) as connection:
            for statement in inside(access):
                connection.execute(statement)

    return prepare


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Starter]:
    os.makedirs(environment["HUYING_DATA_DIR"], exist_ok=True)
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
