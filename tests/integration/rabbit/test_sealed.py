"""The broker and the database reached in sealed channels: the same traffic, and nobody is trusted without proof."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.database import create_engine
from chassis.rabbit.errors import BrokerNotTrusted
from chassis.rabbit.publisher import RabbitBus
from chassis.rabbit.topology import declare
from tests.integration.chassis import toy
from tests.integration.rabbit.conftest import Depot, Shop, until
from tests.integration.rabbit.test_outages import CASES, steady_load
from tests.sealed import Certificate, SealedPostgres, SealedRabbitMQ
from tests.servers import OwnServer


@pytest.fixture
def sealed(own_server: OwnServer, tmp_path: Path) -> Iterator[tuple[Depot, SealedRabbitMQ]]:
    broker, postgres = own_server(SealedRabbitMQ), own_server(SealedPostgres)
    database = postgres.sealed_url(postgres.create_database("depot").url)
    toy.prepare_depot(database)
    depot = Depot(broker.sealed_url(), database, tmp_path / "depot.log")
    yield depot, broker
    depot.stop()


def test_sealed_events_are_heard_once_and_in_order_also_after_a_restart(
    sealed: tuple[Depot, SealedRabbitMQ], tmp_path: Path
) -> None:
    depot, broker = sealed
    declare(depot.broker, toy.TOPOLOGY)
    shop = Shop(RabbitBus(depot.broker, toy.TOPOLOGY))
    depot.start()
    shop.opens(*CASES)
    with steady_load(shop):
        until(lambda: len(depot.shelves().get("case-0", [])) > 5, what="the first items")
        broker.stop()
        broker.start()  # with a new certificate in the same place
        before = len(depot.shelves()["case-0"])
        until(lambda: len(depot.shelves()["case-0"]) > before + 5, what="items after the restart")
    until(lambda: depot.shelves() == shop.sent, what="all items")
    shop.bus.close()
    (sealed_lines,) = depot.rows("select count(*) from pg_stat_ssl where ssl")[0]
    assert int(str(sealed_lines)) == int(
        str(depot.rows("select count(*) from pg_stat_activity where datname = 'depot'")[0][0])
    )

    other = tmp_path / "other"
    other.mkdir()
    stranger = Certificate.made(other).file
    with pytest.raises(BrokerNotTrusted, match="self-signed"):
        declare(broker.sealed_url(stranger), toy.TOPOLOGY)
    refused = create_engine(depot.database.partition("?")[0] + f"?sslmode=verify-full&sslrootcert={stranger}")
    with pytest.raises(Exception, match="certificate verify failed"), refused.connect():
        pass
