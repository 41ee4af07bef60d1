"""Connections that are cut, reset, or stay open and carry nothing any more."""

import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families

from chassis.rabbit.publisher import RabbitBus
from chassis.rabbit.topology import declare
from chassis.rabbit.watchdog import HUNG
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress
from cli.servers.toxiproxy import Proxy
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.rabbit.conftest import Depot, Shop, until
from tests.integration.rabbit.test_outages import CASES, steady_load

BadLine = Callable[[str], Proxy]
# Two heartbeats of 5 s, a round of leases, and what a loaded machine takes for a second on top.
NOTICED_SECONDS = 20.0
OTHERS_GO_ON_SECONDS = 15.0


def through(proxy: Proxy, url: str) -> str:
    """The same address, reached by the proxy."""
    parts = urlsplit(url)
    login = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{login}@{proxy.host}:{proxy.port}"))


@pytest.fixture
def line(rabbitmq_vhost: RabbitAddress, bad_line: BadLine) -> Proxy:
    return bad_line(f"{rabbitmq_vhost.host}:{rabbitmq_vhost.port}")


@pytest.fixture
def depot(line: Proxy, rabbitmq_vhost: RabbitAddress, database_url: DatabaseUrl, tmp_path: Path) -> Iterator[Depot]:
    """Its broker is at the other end of the bad line."""
    url = through(line, rabbitmq_vhost.url)
    made = Depot(url, database_url("depot", toy.prepare_depot), tmp_path / "depot.log")
    yield made
    made.stop()


def test_who_has_lost_the_broker_tells_no_lag_any_more(line: Proxy, depot: Depot, shop: Shop) -> None:
    """Another replica consumes the queues by then: what we saw last would be added to what it sees."""
    depot.start()
    (port,) = re.findall(r"metrics.*port.*?(\d+)", depot.log.read_text())

    def lag() -> dict[str, float]:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            families = text_string_to_metric_families(answer.read().decode())
        return {
            s.labels["partition"]: s.value
            for family in families for s in family.samples if family.name == "huying_bus_lag_messages"
        }  # fmt: skip

    shop.opens(*CASES)
    shop.publish([shop.adds(f"slow-{number}", case) for case in CASES for number in range(40)])
    until(lambda: any(lag().values()), what="the lag")
    line.cut()
    until(lambda: depot.said("broker_lost"), within=NOTICED_SECONDS, what="the notice")
    until(lambda: lag() == {}, within=NOTICED_SECONDS, what="silence about the lag")


@pytest.mark.parametrize("fault", ["cut", "reset", "hang"])
def test_a_broken_line_to_the_broker_loses_doubles_and_inverts_nothing(
    fault: str, line: Proxy, depot: Depot, shop: Shop
) -> None:
    process = depot.start()
    shop.opens(*CASES)
    with steady_load(shop):
        until(lambda: len(depot.shelves().get("case-0", [])) > 3, what="the first items")
        getattr(line, fault)()
        if fault == "hang":
            line.hang(stream="upstream")
        until(lambda: depot.said("broker_lost"), within=NOTICED_SECONDS, what="the notice")
        line.mend()
        before = len(depot.shelves()["case-0"])
        until(lambda: len(depot.shelves()["case-0"]) > before + 3, within=NOTICED_SECONDS, what="items afterwards")
    until(lambda: depot.shelves() == shop.sent, what="all items")
    assert depot.parked() == []
    assert process.poll() is None


def test_a_replica_that_is_cut_off_from_the_broker_leaves_its_partitions_to_one_that_is_not(
    line: Proxy, depot: Depot, shop: Shop, rabbitmq_vhost: RabbitAddress, tmp_path: Path
) -> None:
    other = Depot(rabbitmq_vhost.url, depot.database, tmp_path / "other.log")
    straight = Shop(RabbitBus(rabbitmq_vhost.url, toy.TOPOLOGY), says=shop.says)
    try:
        depot.start()
        other.start()
        until(lambda: sorted(depot.leases().values()) == [4, 4], what="an even share")
        line.cut()
        straight.opens(*CASES)
        assert until(lambda: len(depot.shelves()) == len(CASES), what="all cases") < OTHERS_GO_ON_SECONDS
        assert sorted(depot.leases().values()) == [8]
        line.mend()
        until(lambda: sorted(depot.leases().values()) == [4, 4], what="an even share again")
        straight.publish([straight.adds("item", case) for case in CASES])
        until(lambda: depot.shelves() == straight.sent, what="all items")
    finally:
        straight.bus.close()
        other.stop()


def test_a_line_to_the_database_that_carries_nothing_ends_the_process_and_loses_nothing(
    postgres_server: Postgres, bad_line: BadLine, rabbitmq_vhost: RabbitAddress, tmp_path: Path
) -> None:
    name = f"depot_{rabbitmq_vhost.vhost}"
    address = postgres_server.create_owned_database(name, "test-password")
    toy.prepare_depot(address.url)
    line = bad_line(f"{address.host}:{address.port}")
    depot = Depot(rabbitmq_vhost.url, through(line, address.url), tmp_path / "depot.log")
    declare(depot.broker, toy.TOPOLOGY)
    shop = Shop(RabbitBus(depot.broker, toy.TOPOLOGY))
    try:
        process = depot.start()
        shop.opens(*CASES)
        until(lambda: len(depot.shelves()) == len(CASES), what="the cases")
        depot.engine.dispose()
        line.hang()
        shop.publish([shop.adds("item", case) for case in CASES])
        assert until(lambda: process.poll() is not None, what="the end of the process") < NOTICED_SECONDS
        assert process.returncode == HUNG
        line.mend()
        depot.start()
        until(lambda: depot.shelves() == shop.sent, what="all items")
    finally:
        depot.stop()
        shop.bus.close()
        postgres_server.drop_database(name)
        postgres_server.drop_user(name)
