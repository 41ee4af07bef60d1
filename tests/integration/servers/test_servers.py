"""Each server starts, keeps its address and its data over a stop and a kill, and gives each test a place of its own."""

import io
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import amqp
import psycopg
import pytest
from minio import Minio as Client

from cli.servers.elasticsearch import ElasticAddress
from cli.servers.errors import ServerError
from cli.servers.http import ask, require
from cli.servers.minio import MinioAddress
from cli.servers.postgres import Postgres, PostgresAddress
from cli.servers.prometheus import Prometheus
from cli.servers.rabbitmq import RabbitAddress, RabbitMQ
from cli.servers.server import Server, free_port
from cli.servers.sharing import Shared
from cli.servers.toxiproxy import Proxy, Toxiproxy
from tests.servers import NewDatabase, OwnServer, unique


def connected(address: RabbitAddress) -> amqp.Connection:
    connection = amqp.Connection(
        f"{address.host}:{address.port}", address.user, address.password, virtual_host=address.vhost
    )
    connection.connect()
    return connection


def test_no_port_is_given_twice_before_anybody_has_bound_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.servers.server.PORTS", range(19_990, 19_995))
    monkeypatch.setattr("cli.servers.server._given", set())
    assert sorted(free_port() for _ in range(5)) == list(range(19_990, 19_995))
    with pytest.raises(ServerError):
        free_port()


def test_a_message_goes_through_a_virtual_host_of_ones_own(rabbitmq_vhost: RabbitAddress) -> None:
    with connected(rabbitmq_vhost) as connection:
        channel = connection.channel()
        channel.queue_declare("greetings", durable=True, auto_delete=False)
        channel.basic_publish(amqp.Message("你好"), routing_key="greetings")
        message = channel.basic_get("greetings", no_ack=True)
    assert message is not None
    assert message.body == "你好"
    assert rabbitmq_vhost.url.endswith(rabbitmq_vhost.vhost)


def test_rabbitmq_tells_prometheus_how_it_is(rabbitmq: RabbitAddress) -> None:
    assert b"rabbitmq_identity_info" in require(f"http://{rabbitmq.host}:{rabbitmq.metrics}/metrics")


def test_a_killed_broker_comes_back_at_its_address_with_what_it_had(own_server: OwnServer) -> None:
    broker = own_server(RabbitMQ)
    with connected(broker.address) as connection:
        channel = connection.channel()
        channel.confirm_select()
        channel.queue_declare("kept", durable=True, auto_delete=False)
        channel.basic_publish_confirm(amqp.Message("a", delivery_mode=2), routing_key="kept")
        # The broker answers before the end of its own transaction is on disk; the next one's start carries it there.
        channel.queue_declare("later", durable=True, auto_delete=False)
    before = broker.address
    broker.kill()
    assert not broker.running
    assert broker.start().address == before
    with connected(before) as connection:
        message = connection.channel().basic_get("kept", no_ack=True)
    assert message is not None


def test_a_broker_that_was_killed_alone_is_cleared_away_with_what_it_started(own_server: OwnServer) -> None:
    broker = own_server(RabbitMQ)
    process, address = broker.process, broker.address
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(10)
    assert broker.start().address == address


def test_a_user_reaches_the_own_database_and_no_other(postgres_database: NewDatabase) -> None:
    mine, other = postgres_database("mine"), postgres_database("other")
    with psycopg.connect(mine.conninfo) as connection:
        connection.execute("create table t (id int)")
    stranger = PostgresAddress(other.host, other.port, mine.user, mine.password, other.database)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(stranger.conninfo)
    wrong = PostgresAddress(mine.host, mine.port, mine.user, "wrong", mine.database)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong.conninfo)


def test_postgres_keeps_what_was_committed_over_a_kill(own_server: OwnServer) -> None:
    server = own_server(Postgres)
    with psycopg.connect(server.address.conninfo) as connection:
        connection.execute("create table kept as select 7 as n")
    server.kill()
    mark = server.data_dir / "cluster" / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n" + mark.read_text().split("\n", 1)[1])  # as after a restart of the machine
    server.start()
    with psycopg.connect(server.address.conninfo) as connection:
        assert connection.execute("select n from kept").fetchone() == (7,)


def test_elasticsearch_finds_what_it_was_given(elasticsearch_prefix: ElasticAddress) -> None:
    index = f"{elasticsearch_prefix.url}/{elasticsearch_prefix.prefix}words"
    require(index, method="PUT", body={"mappings": {"properties": {"t": {"type": "text", "analyzer": "whitespace"}}}})
    require(f"{index}/_doc/1?refresh=true", method="PUT", body={"t": "路灯 不 亮"})
    found = json.loads(require(f"{index}/_search?q=t:%E8%B7%AF%E7%81%AF"))
    assert found["hits"]["total"]["value"] == 1


def test_a_file_comes_back_from_a_bucket_of_ones_own(minio_bucket: MinioAddress) -> None:
    address = minio_bucket
    client = Client(address.endpoint, access_key=address.user, secret_key=address.password, secure=False)
    client.put_object(address.bucket, "a/b.txt", io.BytesIO(b"abc"), 3)
    answer = client.get_object(address.bucket, "a/b.txt")
    assert answer.read() == b"abc"
    answer.close()
    answer.release_conn()


def test_prometheus_scrapes_whom_it_is_told_and_takes_rules(prometheus_server: Prometheus, tmp_path: Path) -> None:
    job = unique("itself")
    rules = tmp_path / "rules.yml"
    rules.write_text("groups: [{name: g, interval: 1s, rules: [{record: 'test:up', expr: 'sum(up)'}]}]\n")
    prometheus_server.rules(job, rules)
    prometheus_server.scrape(job, [prometheus_server.where], seconds=1, labels={"role": "test"})
    prometheus_server.wait_for(f'up{{job="{job}", role="test"}} == 1')
    prometheus_server.wait_for("test:up >= 1")
    prometheus_server.forget(job)


def test_a_rule_that_is_wrong_is_refused_with_prometheus_words(prometheus_server: Prometheus, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yml"
    rules.write_text("groups: [{name: g, rules: [{record: 'test:up', expr: 'sum('}]}]\n")
    with pytest.raises(OSError, match="parse error"):
        prometheus_server.rules(unique("wrong"), rules)


def test_a_line_is_cut_and_mended(prometheus_server: Prometheus, bad_line: Callable[[str], Proxy]) -> None:
    line = bad_line(prometheus_server.where)
    url = f"http://{line.host}:{line.port}/-/ready"
    assert ask(url)[0] == 200
    line.cut()
    with pytest.raises(OSError, match="refused"):
        ask(url)
    line.mend()
    assert ask(url)[0] == 200
    line.reset()
    with pytest.raises(OSError, match=r"reset|closed"):
        ask(url)
    line.mend()
    assert ask(url)[0] == 200


def test_the_last_user_of_a_shared_server_ends_it(tmp_path: Path) -> None:
    first, second = Shared(Toxiproxy(tmp_path / "t")), Shared(Toxiproxy(tmp_path / "t"))
    server = first.acquire()
    assert second.acquire().address == server.address
    assert not first.discard()
    assert server.running
    assert second.discard()
    assert not server.running
    assert not (tmp_path / "t").exists()


def test_a_port_that_is_taken_is_named_in_both_languages(tmp_path: Path) -> None:
    with Toxiproxy(tmp_path / "one") as one:
        second = Toxiproxy(tmp_path / "two", ports=one.ports)
        with pytest.raises(ServerError) as caught:
            second.start()
    for text in (caught.value.en, caught.value.zh):
        assert one.where in text
        assert str(second.log) in text
        assert "address already in use" in text


def test_a_server_that_is_not_installed_names_what_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_CACHE", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match="Run: huying stack install"):
        Toxiproxy(tmp_path / "t").start()


def test_an_address_shows_no_password_when_it_is_printed(
    postgres_cluster: PostgresAddress, minio: MinioAddress
) -> None:
    assert postgres_cluster.password not in repr(postgres_cluster)
    assert minio.password not in repr(minio)


def test_no_password_is_open_to_other_accounts(postgres_server: Postgres, rabbitmq_server: RabbitMQ) -> None:
    servers: list[Server] = [postgres_server, rabbitmq_server]
    for server in servers:
        for path in server.data_dir.iterdir():
            if path.is_file() and path.stat().st_mode & 0o077:
                assert server.password.encode() not in path.read_bytes(), path
