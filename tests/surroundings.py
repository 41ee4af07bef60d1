"""One province's places on the real servers: a virtual host, five databases with two roles each, a data folder."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from chassis.database.roles import Access, database_of, inside, roles
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress
from tests.servers import unique

SERVICES = ("intake", "dispatch", "sla", "knowledge", "notify")


@contextmanager
def surroundings(postgres: Postgres, rabbit: RabbitAddress, data_dir: Path) -> Iterator[dict[str, str]]:
    """What every process is told; the databases are yet to be made."""
    prefix = re.sub(r"\W", "_", unique("p")).lower()
    where = f"127.0.0.1:{postgres.address.port}"
    data_dir.mkdir(parents=True, exist_ok=True)
    yield {
        "HUYING_DATA_DIR": str(data_dir),
        "HUYING_DATABASE_URL": f"postgresql+psycopg://{prefix}_{{service}}:word@{where}/{prefix}_{{service}}",
        "HUYING_DATABASE_OWNER_URL": f"postgresql+psycopg://{prefix}_{{service}}_o:owns@{where}/{prefix}_{{service}}",
        "HUYING_AMQP_URL": rabbit.url,
        "HUYING_LOG_LEVEL": "INFO",
        "HUYING_KEYS": "",
    }
    for service in SERVICES:
        postgres.drop_database(f"{prefix}_{service}")
        for role in (f"{prefix}_{service}", f"{prefix}_{service}_o"):
            postgres.drop_user(role)


def access_of(environment: dict[str, str], service: str) -> Access:
    return Access.of(
        environment["HUYING_DATABASE_OWNER_URL"].format(service=service),
        environment["HUYING_DATABASE_URL"].format(service=service),
    )


def administer(postgres: Postgres, access: Access) -> None:
    """Does what the printed script says, for one service."""
    address = postgres.address
    with psycopg.connect(address.conninfo, autocommit=True) as connection:
        for statement in (*roles(access), *database_of(access)):
            connection.execute(statement)
    with psycopg.connect(address.conninfo, dbname=access.database, autocommit=True) as connection:
        for statement in inside(access):
            connection.execute(statement)
