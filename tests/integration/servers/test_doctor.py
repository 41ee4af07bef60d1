"""`huying doctor` names each thing that can be wrong with a server: which, where, what helps, and no password."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import amqp
import pytest
from minio import Minio as Client

from chassis.clock import WallClock
from chassis.events import topology
from chassis.process import waiting
from chassis.rabbit.topology import declare, queue_name
from chassis.settings import Settings
from cli.doctor import servers
from cli.doctor.findings import Finding, look_at
from cli.servers.elasticsearch import ElasticAddress
from cli.servers.http import require
from cli.servers.minio import MinioAddress
from cli.servers.postgres import PostgresAddress
from cli.servers.rabbitmq import RabbitAddress
from services.knowledge.adapters.elastic.index import ElasticIndex
from tests.servers import NewDatabase, unique

NOBODY = "127.0.0.1:1"


def seen(look: Callable[..., str], *more: Any, **given: Any) -> Finding:
    return look_at("it", lambda: look(Settings(**given), *more))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_LANG", "en")


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


def with_service(address: PostgresAddress) -> str:
    """The same database for every service."""
    return address.url + "?application_name={service}"


def test_a_database_that_is_away_is_named_with_what_to_do() -> None:
    said = seen(servers.databases, database_url=f"postgresql+psycopg://u:secret@{NOBODY}/{{service}}")
    assert not said.ok
    assert NOBODY in said.says
    assert "start it, or change HUYING_DATABASE_URL" in said.says
    assert "secret" not in said.says


def test_a_wrong_password_of_the_database_is_said(postgres_database: NewDatabase) -> None:
    right = postgres_database("doctor")
    wrong = PostgresAddress(right.host, right.port, right.user, "secret", right.database)
    said = seen(servers.databases, database_url=with_service(wrong))
    assert not said.ok
    assert f"{right.host}:{right.port}" in said.says
    assert "check user, password" in said.says
    assert "secret" not in said.says


def test_a_database_without_tables_asks_for_migrate(postgres_database: NewDatabase) -> None:
    said = seen(servers.databases, database_url=with_service(postgres_database("doctor")))
    assert not said.ok
    assert "migrate" in said.says


def test_a_database_of_a_version_that_is_too_old_is_named(
    postgres_cluster: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "OLDEST_POSTGRES", 99)
    said = seen(servers.databases, database_url=with_service(postgres_cluster))
    assert not said.ok
    assert "99 or later is needed" in said.says
    assert f"{postgres_cluster.host}:{postgres_cluster.port}" in said.says


def test_a_server_with_too_few_connections_for_our_pools_is_named(postgres_database: NewDatabase) -> None:
    mine = postgres_database("doctor")
    few = seen(servers.connections, database_url=with_service(mine))
    assert few.ok, few.says
    assert "enough for" in few.says
    many = seen(servers.connections, database_url=with_service(mine), pool_size=100)
    assert not many.ok
    assert f"PostgreSQL at {mine.host}:{mine.port}" in many.says
    assert "may hold 1520: raise max_connections to 1530 or more" in many.says


# -- RabbitMQ ----------------------------------------------------------------------------------------------------------


def test_a_broker_that_is_away_is_named_with_what_to_do() -> None:
    said = seen(servers.queues, amqp_url=f"amqp://u:secret@{NOBODY}/")
    assert not said.ok
    assert NOBODY in said.says
    assert "check that it runs" in said.says
    assert "secret" not in said.says


def test_a_wrong_password_of_the_broker_is_said(rabbitmq: RabbitAddress) -> None:
    said = seen(servers.queues, amqp_url=f"amqp://{rabbitmq.user}:secret@{rabbitmq.host}:{rabbitmq.port}/")
    assert not said.ok
    assert "refuses the login" in said.says
    assert "secret" not in said.says


def test_an_exchange_that_is_gone_is_named(rabbitmq_vhost: RabbitAddress) -> None:
    declare(rabbitmq_vhost.url, topology.load(), partitions=2)
    address = rabbitmq_vhost
    place = f"{address.host}:{address.port}"
    for name in ("sla.events", "notify.shards-2"):
        with amqp.Connection(place, address.user, address.password, virtual_host=address.vhost) as connection:
            connection.channel().exchange_delete(name)
        said = seen(servers.queues, amqp_url=address.url)
        assert not said.ok
        assert f"lacks {name}" in said.says
        declare(address.url, topology.load())


def test_queues_are_missing_then_right_then_declared_otherwise(rabbitmq_vhost: RabbitAddress) -> None:
    missing = seen(servers.queues, amqp_url=rabbitmq_vhost.url)
    assert not missing.ok
    assert "migrate" in missing.says

    partitions = declare(rabbitmq_vhost.url, topology.load(), partitions=2)
    right = seen(servers.queues, amqp_url=rabbitmq_vhost.url)
    assert right.ok, right.says
    assert "× 2 queues" in right.says

    one = queue_name("sla", 1, partitions)
    address = rabbitmq_vhost
    place = f"{address.host}:{address.port}"
    with amqp.Connection(place, address.user, address.password, virtual_host=address.vhost) as connection:
        channel = connection.channel()
        channel.queue_delete(one)
        gone, still_gone = (seen(servers.queues, amqp_url=address.url) for _ in range(2))
        channel.queue_declare(one, durable=True, auto_delete=False)
        otherwise = seen(servers.queues, amqp_url=address.url)
    assert gone == still_gone, "a look makes nothing"
    assert not gone.ok
    assert f"lacks {one}" in gone.says
    assert "python -m services.sla migrate" in gone.says
    assert not otherwise.ok
    assert f"{one} is declared otherwise" in otherwise.says


# -- Elasticsearch -----------------------------------------------------------------------------------------------------


def test_a_search_that_is_away_is_named_with_what_to_do() -> None:
    said = seen(servers.search, elasticsearch_url=f"http://u:secret@{NOBODY}")
    assert not said.ok
    assert NOBODY in said.says
    assert "check HUYING_ELASTICSEARCH_URL" in said.says
    assert "secret" not in said.says


def test_an_index_with_another_mapping_is_named(elasticsearch_prefix: ElasticAddress) -> None:
    prefix = elasticsearch_prefix.prefix.strip("_").replace("_", "-")
    given = {"elasticsearch_url": elasticsearch_prefix.url, "elasticsearch_prefix": prefix}
    index = ElasticIndex(Settings(**given))  # type: ignore[arg-type]
    index.prepare()
    assert seen(servers.search, **given).ok
    name = seen(servers.search, **given).says.split()[0]
    require(f"{elasticsearch_prefix.url}/{name}", method="DELETE")
    body = {"aliases": {f"{prefix}-knowledge-read": {}}, "mappings": {"properties": {"title": {"type": "keyword"}}}}
    require(f"{elasticsearch_prefix.url}/{name}", method="PUT", body=body)
    said = seen(servers.search, **given)
    require(f"{elasticsearch_prefix.url}/{name}", method="DELETE")
    assert not said.ok
    assert f"{name} is mapped otherwise" in said.says
    assert "huying knowledge reindex" in said.says


# -- MinIO -------------------------------------------------------------------------------------------------------------


def test_a_store_that_is_away_is_named_with_what_to_do() -> None:
    said = seen(servers.bucket, objects_url=f"http://user:secret-secret@{NOBODY}/bucket")
    assert not said.ok
    assert NOBODY in said.says
    assert "check HUYING_OBJECTS_URL" in said.says
    assert "secret" not in said.says


def test_a_bucket_that_takes_files_is_fine_and_keeps_nothing(minio_bucket: MinioAddress) -> None:
    assert seen(servers.bucket, objects_url=minio_bucket.url).ok
    address = minio_bucket
    client = Client(address.endpoint, access_key=address.user, secret_key=address.password, secure=False)
    assert list(client.list_objects(address.bucket, recursive=True)) == []


def test_a_bucket_that_we_may_not_write_is_named(minio_bucket: MinioAddress) -> None:
    address = minio_bucket
    client = Client(address.endpoint, access_key=address.user, secret_key=address.password, secure=False)
    reading = {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["s3:GetObject", "s3:ListBucket"]}
    places = [f"arn:aws:s3:::{address.bucket}", f"arn:aws:s3:::{address.bucket}/*"]
    client.set_bucket_policy(
        address.bucket, json.dumps({"Version": "2012-10-17", "Statement": [reading | {"Resource": places}]})
    )
    said = seen(servers.bucket, objects_url=f"http://{address.endpoint}/{address.bucket}")
    assert not said.ok
    assert "cannot be written" in said.says
    assert address.bucket in said.says


@pytest.mark.parametrize("wrong", ["bucket", "password"])
def test_a_missing_bucket_and_a_wrong_password_are_told(minio: MinioAddress, wrong: str) -> None:
    password, bucket = (
        ("secret-secret", "huying") if wrong == "password" else (minio.password, unique("x").replace("_", "-"))
    )
    said = seen(servers.bucket, objects_url=f"http://{minio.user}:{password}@{minio.endpoint}/{bucket}")
    assert not said.ok
    assert minio.endpoint in said.says
    assert "Check that it exists, the rights of our user" in said.says
    assert "secret" not in said.says


# -- clocks ------------------------------------------------------------------------------------------------------------


class Wrong:
    """A clock of a machine that nobody has set."""

    def __init__(self, off: timedelta) -> None:
        self._off = off

    def now(self) -> datetime:
        return WallClock().now() + self._off


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_clock_that_is_off_by_minutes_is_told(
    postgres_cluster: PostgresAddress, minio: MinioAddress, minutes: int
) -> None:
    for given, server in (
        ({"database_url": with_service(postgres_cluster)}, "PostgreSQL"),
        ({"objects_url": minio.url}, "MinIO"),
    ):
        assert seen(servers.clocks, WallClock(), **given).ok
        said = seen(servers.clocks, Wrong(timedelta(minutes=minutes)), **given)
        assert not said.ok
        assert server in said.says
        assert "chrony" in said.says
