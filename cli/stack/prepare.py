"""What the servers of a stack need before the services can start: roles and databases, a virtual host, a bucket."""

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256

import psycopg
from psycopg import sql

from chassis.database.roles import Access, database_of, inside, roles
from cli.servers.elasticsearch import Elasticsearch
from cli.servers.minio import Minio
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitMQ
from cli.servers.server import Server
from cli.stack.plan import SERVICES

VHOST = "huying"


def variables(servers: Mapping[type[Server], Server]) -> dict[str, str]:
    """The settings by which the services reach these servers."""
    made: dict[str, str] = {}
    for server in servers.values():
        if isinstance(server, RabbitMQ):
            made["HUYING_AMQP_URL"] = server.in_vhost(VHOST).url
        elif isinstance(server, Postgres):
            made["HUYING_DATABASE_URL"] = _url(server, "huying_{service}", _password(server, "use"))
            made["HUYING_DATABASE_OWNER_URL"] = _url(server, "huying_{service}_owner", _password(server, "own"))
        elif isinstance(server, Elasticsearch):
            made["HUYING_ELASTICSEARCH_URL"] = server.address.url
        elif isinstance(server, Minio):
            made["HUYING_OBJECTS_URL"] = server.address.url
    return made


def prepare(servers: Mapping[type[Server], Server], env: Mapping[str, str]) -> None:
    """What is there already stays."""
    for server in servers.values():
        if isinstance(server, RabbitMQ):
            server.create_vhost(VHOST)
        elif isinstance(server, Minio):
            server.create_bucket(server.address.bucket)
        elif isinstance(server, Postgres):
            for service in SERVICES:
                _database(server, service, env)


def _password(server: Postgres, purpose: str) -> str:
    """From the superuser's, which cannot be told from it."""
    return sha256(f"{purpose}:{server.password}".encode()).hexdigest()[:32]


def _url(server: Postgres, user: str, password: str) -> str:
    return f"postgresql+psycopg://{user}:{password}@{server.where}/huying_{{service}}"


def _database(server: Postgres, service: str, env: Mapping[str, str]) -> None:
    urls = (env["HUYING_DATABASE_OWNER_URL"], env["HUYING_DATABASE_URL"])
    access = Access.of(*(url.format(service=service) for url in urls))
    with psycopg.connect(server.address.conninfo, autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [access.database]).fetchone()
        for statement in [] if found else [*roles(access), *database_of(access)]:
            with suppress(psycopg.errors.DuplicateObject):
                connection.execute(statement.as_string(None))
    with psycopg.connect(server.conninfo_of(access.database), autocommit=True) as connection:
        for statement in inside(access):
            connection.execute(statement.as_string(None))
        connection.execute(sql.SQL("alter role {} connection limit 120").format(sql.Identifier(access.user)))
