"""PostgreSQL goes away and comes back under running workers: nobody restarts them, and nothing is lost or doubled."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from chassis.database.engine import TryAgainLater
from chassis.events.bus import InProcessBus
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.pipeline import ServiceRuntime
from chassis.postgres import THROWAWAY, EmbeddedPostgres
from chassis.worker import Worker
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import items, rows
from tests.integration.chassis.toy import CITY, AddItem, OpenOrder, agent

PATIENCE_SECONDS = 30.0


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    """One of its own: the server of the other tests must not go away."""
    folder = Path(tempfile.mkdtemp(prefix="hypg-"))
    folder.chmod(0o755)
    own = EmbeddedPostgres(folder / "postgres", settings=THROWAWAY).start()
    yield own
    own.discard()
    folder.rmdir()


@pytest.fixture
def shop(server: EmbeddedPostgres) -> Iterator[ServiceRuntime]:
    """The toy's shop, whose worker relays to the depot, both in threads as in `huying up`."""
    shop_url, depot_url = server.create_database("shop"), server.create_database("depot")
    toy.prepare_shop(shop_url)
    toy.prepare_depot(depot_url)
    shop, depot = toy.run(toy.shop_service(), shop_url), toy.run(toy.depot_service(), depot_url)
    bus = InProcessBus(toy.TOPOLOGY)
    receivers = {"shop": Receiver(shop, toy.TOPOLOGY), "depot": Receiver(depot, toy.TOPOLOGY)}
    bus.subscribe({"depot": receivers["depot"]})
    workers = [Worker(runtime, receivers[runtime.name], Relay(runtime, bus)) for runtime in (shop, depot)]
    for worker in workers:
        worker.start()
    yield shop
    assert all(worker.alive() for worker in workers)
    for worker in workers:
        worker.stop()
    shop.engine.dispose()
    depot.engine.dispose()


@pytest.fixture
def depot(shop: ServiceRuntime, server: EmbeddedPostgres) -> Iterator[ServiceRuntime]:
    """A second look at the depot's database."""
    runtime = toy.run(toy.depot_service(), server.url_for("depot"))
    yield runtime
    runtime.engine.dispose()


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        threading.Event().wait(0.05)


def fill_the_pool(runtime: ServiceRuntime) -> None:
    """Every connection of the pool has been used, so that the restart breaks all of them."""
    with ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(runtime.engine.connect())


def add(shop: ServiceRuntime, name: str, item: str) -> None:
    shop.execute(agent(), AddItem.of({"name": name, "item": item, "request_id": f"add-one-{item}"}))


def test_work_goes_on_by_itself_after_the_server_was_away(
    server: EmbeddedPostgres, shop: ServiceRuntime, depot: ServiceRuntime
) -> None:
    name = shop.execute(agent(), OpenOrder.of({"city": CITY, "case_id": "c1", "request_id": "open-one"})).name
    add(shop, name, "before")
    until(lambda: items(depot) == ["before"])
    for runtime in (shop, depot):
        fill_the_pool(runtime)

    assert server.stop()
    with pytest.raises(TryAgainLater):
        add(shop, name, "meanwhile")
    server.start()

    add(shop, name, "meanwhile")
    add(shop, name, "after")
    until(lambda: items(depot) == ["before", "meanwhile", "after"])
    assert rows(shop, "select count(*) from outbox where published_at is null") == [(0,)]
    assert rows(depot, "select last, parked from inbox") == [(4, 0)]
