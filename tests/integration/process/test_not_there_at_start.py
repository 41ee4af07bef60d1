"""Servers that are not there, or otherwise than they should be, when a process starts: named, with what to do."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import amqp
import pytest

from chassis.rabbit.topology import PARTITIONS, queue_name
from cli.servers.minio import Minio
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress
from cli.servers.server import free_port
from tests.e2e.process import wait_for
from tests.processes import Process, Starter, processes
from tests.servers import OwnServer
from tests.surroundings import access_of, administer, surroundings


def waits_for(process: Process, server: str, *, times: int = 3) -> str:
    """The words about a server, which was asked ever less often."""

    def told() -> list[dict[str, object]]:
        return [line for line in process.lines("waiting_for") if line["server"] == server]

    wait_for(lambda: len(told()) >= times or not process.running)
    waits = [float(str(line["again_in"])) for line in told()[:times]]
    assert waits == sorted(set(waits)), process.said[-3000:]
    return str(told()[-1]["en"])


def test_postgresql_is_named_waited_for_and_used_once_it_is_there(
    own_server: OwnServer, rabbitmq_vhost: RabbitAddress, tmp_path: Path
) -> None:
    server = own_server(Postgres)
    with surroundings(server, rabbitmq_vhost, tmp_path / "data") as told, processes(tmp_path, told) as start:
        administer(server, access_of(told, "sla"))
        assert start("sla", "migrate").wait(120) == 0
        server.stop()
        process = start("sla", "worker")
        words = waits_for(process, "PostgreSQL")
        assert f"127.0.0.1:{server.address.port}" in words
        assert "start it, or change HUYING_DATABASE_URL" in words
        assert process.get("/livez")[0] == 200
        assert process.get("/readyz")[0] == 503
        server.start()
        process.wait_ready()
        assert process.stop()[0] == 0


def test_elasticsearch_that_is_away_is_named_and_stops_no_start(migrated: Callable[..., None], start: Starter) -> None:
    migrated("knowledge")
    port = free_port()
    process = start("knowledge", "worker", HUYING_ELASTICSEARCH_URL=f"http://huying:secret@127.0.0.1:{port}")
    process.wait_ready()
    words = waits_for(process, "Elasticsearch")
    assert f"127.0.0.1:{port}" in words
    assert "Start it if it is down, else check HUYING_ELASTICSEARCH_URL" in words
    assert process.stop()[0] == 0
    assert "secret" not in process.said


class _Stranger(BaseHTTPRequestHandler):
    """A server that knows nobody."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_PUT = do_GET

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def stranger() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stranger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_elasticsearch_that_refuses_our_password_is_named(
    stranger: int, migrated: Callable[..., None], start: Starter
) -> None:
    migrated("knowledge")
    process = start("knowledge", "worker", HUYING_ELASTICSEARCH_URL=f"http://huying:secret@127.0.0.1:{stranger}")
    process.wait_ready()
    words = waits_for(process, "Elasticsearch", times=2)
    assert "credentials refused" in words
    assert "else check HUYING_ELASTICSEARCH_URL" in words
    assert process.stop()[0] == 0
    assert "secret" not in process.said


def test_minio_is_named_and_stops_no_start_and_is_used_once_it_is_there(
    own_server: OwnServer, migrated: Callable[..., None], start: Starter
) -> None:
    migrated("intake")
    server = own_server(Minio)
    server.stop()
    process = start("intake", "worker", HUYING_OBJECTS_URL=server.address.url)
    process.wait_ready()
    words = waits_for(process, "MinIO", times=2)
    assert server.address.endpoint in words
    assert "Start it if it is down, else check HUYING_OBJECTS_URL" in words
    server.start()
    wait_for(lambda: process.lines("there_now"))
    assert process.stop()[0] == 0


def test_a_queue_that_is_declared_otherwise_ends_the_start_with_its_name(
    rabbitmq_vhost: RabbitAddress, migrated: Callable[..., None], start: Starter
) -> None:
    migrated("sla")
    queue, address = queue_name("sla", 0, PARTITIONS), rabbitmq_vhost
    place = f"{address.host}:{address.port}"
    with amqp.Connection(place, address.user, address.password, virtual_host=address.vhost) as connection:
        channel = connection.channel()
        channel.queue_delete(queue)
        channel.queue_declare(queue, durable=True, auto_delete=False)
    process = start("sla", "bus")
    assert process.wait() == 1
    assert f"{queue} is declared otherwise" in process.said
    assert "HUYING_QUORUM_QUEUES" in process.said
    assert "Traceback" not in process.said
