"""The broker or the database goes away under load and comes back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from amqp.exceptions import NotFound
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from chassis.domain import DomainError
from chassis.events.envelope import Envelope
from chassis.rabbit.errors import BrokerAway, DeclaredOtherwise, PartitionsDiffer
from chassis.rabbit.publisher import RabbitBus
from chassis.rabbit.topology import declare, declaring, mark_name, queue_name
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress, RabbitMQ
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.rabbit.conftest import Depot, Shop, until
from tests.servers import OwnServer

TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
CASES = [f"case-{number}" for number in range(24)]


@contextmanager
def steady_load(shop: Shop) -> Iterator[None]:
    """One item of every case after another, as a relay sends them: what is not confirmed is sent again, in order."""
    end = threading.Event()
    failed: list[Exception] = []

    def send(batch: list[Envelope]) -> None:
        while batch:
            try:
                confirmed = shop.bus.publish("shop", batch)
                batch = [event for event in batch if event.event_id not in confirmed]
            except DomainError:
                end.wait(0.1)

    def publish() -> None:
        number = 0
        try:
            while not end.is_set():
                send([shop.adds(f"item-{number}", case) for case in CASES])
                number += 1
                end.wait(0.02)
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(60)
    assert failed == []


@pytest.mark.parametrize("quorum", [False, True], ids=["classic", "quorum"])
def test_a_restart_of_the_broker_under_load_loses_doubles_and_inverts_nothing(
    own_server: OwnServer, database_url: DatabaseUrl, tmp_path: Path, quorum: bool
) -> None:
    broker = own_server(RabbitMQ)
    database = database_url("depot", toy.prepare_depot)
    depot = Depot(broker.address.url, database, tmp_path / "depot.log", quorum=quorum)
    declare(depot.broker, toy.TOPOLOGY, quorum=quorum)
    shop = Shop(RabbitBus(depot.broker, toy.TOPOLOGY, quorum=quorum))
    try:
        process = depot.start()
        shop.opens(*CASES)
        with steady_load(shop):
            until(lambda: len(depot.shelves().get("case-0", [])) > 5, what="the first items")
            broker.stop()
            broker.start()
            before = len(depot.shelves()["case-0"])
            until(lambda: len(depot.shelves()["case-0"]) > before + 5, within=30, what="items after the restart")
        until(lambda: depot.shelves() == shop.sent, what="all items")
        assert depot.parked() == []
        assert process.poll() is None
    finally:
        depot.stop()
        shop.bus.close()


def test_while_the_database_is_away_the_broker_keeps_the_messages(
    own_server: OwnServer, rabbitmq_vhost: RabbitAddress, tmp_path: Path
) -> None:
    server = own_server(Postgres)
    url = server.create_owned_database("depot", "test-password").url
    toy.prepare_depot(url)
    depot = Depot(rabbitmq_vhost.url, url, tmp_path / "depot.log")
    declare(depot.broker, toy.TOPOLOGY)
    shop = Shop(RabbitBus(depot.broker, toy.TOPOLOGY))
    try:
        process = depot.start()
        shop.opens(*CASES)
        until(lambda: len(depot.shelves()) == len(CASES), what="the cases")
        server.stop()
        shop.publish([shop.adds(f"item-{number}", case) for number in range(5) for case in CASES])
        until(lambda: depot.said("batch_waits"), what="a waiting batch")
        server.start()
        until(lambda: depot.shelves() == shop.sent, what="all items")
        assert depot.parked() == []
        assert process.poll() is None
        assert depot.said("broker_lost") == 0
    finally:
        depot.stop()
        shop.bus.close()


def test_a_broker_that_is_not_there_is_told_with_its_address_and_without_its_password() -> None:
    with pytest.raises(BrokerAway) as told:
        declare("amqp://user:secret@127.0.0.1:1/", toy.TOPOLOGY)
    assert "amqp://127.0.0.1:1/" in told.value.message_zh
    assert "secret" not in str(told.value)


def test_a_queue_declared_otherwise_is_told_with_its_name(rabbitmq_vhost: RabbitAddress) -> None:
    declare(rabbitmq_vhost.url, toy.TOPOLOGY)
    with pytest.raises(DeclaredOtherwise) as told:
        declare(rabbitmq_vhost.url, toy.TOPOLOGY, quorum=True)
    assert "depot.inbox-8.0" in told.value.message_en
    assert "depot.inbox-8.0" in told.value.message_zh


def test_another_number_of_partitions_is_told_and_changes_nothing(rabbitmq_vhost: RabbitAddress) -> None:
    assert declare(rabbitmq_vhost.url, toy.TOPOLOGY) == 8
    assert declare(rabbitmq_vhost.url, toy.TOPOLOGY) == 8
    with pytest.raises(PartitionsDiffer):
        declare(rabbitmq_vhost.url, toy.TOPOLOGY, partitions=12)
    assert declare(rabbitmq_vhost.url, toy.TOPOLOGY) == 8


def test_a_broker_that_is_back_is_only_asked_whether_it_has_kept_all(rabbitmq_vhost: RabbitAddress) -> None:
    queue, url = queue_name("depot", 0, 8), rabbitmq_vhost.url
    declare(url, toy.TOPOLOGY)
    with declaring(url) as declarer:
        declarer.connection.channel().queue_delete(queue)
    assert declare(url, toy.TOPOLOGY, unless_there=True) == 8
    with declaring(url) as declarer, pytest.raises(NotFound):
        declarer.connection.channel().queue_declare(queue, passive=True)
    with declaring(url) as declarer:  # a broker that has lost its disk
        declarer.connection.channel().exchange_delete(mark_name(8))
    assert declare(url, toy.TOPOLOGY, unless_there=True) == 8
    with declaring(url) as declarer:
        assert declarer.connection.channel().queue_declare(queue, passive=True).message_count == 0


def test_what_the_broker_gives_back_is_counted_and_told_with_its_case(depot: Depot, shop: Shop) -> None:
    def returned() -> float:
        return REGISTRY.get_sample_value("huying_bus_returned_total", {"service": "shop"}) or 0.0

    before = returned()
    shop.opens("case-0")
    with declaring(depot.broker) as declarer:
        declarer.connection.channel().exchange_unbind("depot.shards-8", "shop.events", routing_key="#")
    event = msgspec.structs.replace(shop.adds("item", "case-0"), trace=TRACEPARENT)
    with capture_logs() as lines:
        assert shop.bus.publish("shop", [event]) == frozenset()
    assert returned() == before + 1
    (line,) = [line for line in lines if line["event"] == "returned_by_broker"]
    assert (line["trace"], line["subject"]) == (TRACEPARENT[3:35], "case-0")
