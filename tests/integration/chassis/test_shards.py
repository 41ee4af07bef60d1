"""Several relays of one service: each shard has one owner, the dead one's are taken over, no case is out of order."""

import threading
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
import sqlalchemy as sa

from chassis.events.envelope import SHARDS, Envelope
from chassis.events.relay import Relay
from chassis.events.shards import Shards
from chassis.fakes.bus import RecordingBus
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import rows
from tests.integration.chassis.toy import CITY, AddItem, OpenOrder, agent


@pytest.fixture(autouse=True)
def _looking_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.events.shards.LOOK_EVERY_SECONDS", 0.0)


@pytest.fixture
def relays(shop: ServiceRuntime) -> Iterator[list[Shards]]:
    three = [Shards(shop.engine.url, "shop") for _ in range(3)]
    yield three
    for shards in three:
        shards.close()


def settle(*relays: Shards) -> list[set[int]]:
    """Each looks twice: who has too much gives back, who has too little takes."""
    for _ in range(2):
        for shards in relays:
            shards.mine()
    return [set(shards.mine()) for shards in relays]


def test_a_relay_that_is_alone_owns_everything(relays: list[Shards]) -> None:
    assert set(relays[0].mine()) == set(range(SHARDS))


def test_each_shard_has_one_owner_and_the_shares_are_fair(relays: list[Shards]) -> None:
    owned = settle(*relays)
    assert sorted(shard for one in owned for shard in one) == list(range(SHARDS))
    assert max(map(len, owned)) <= 22


def test_what_a_dead_relay_owned_is_taken_over(relays: list[Shards], shop: ServiceRuntime) -> None:
    settle(*relays)
    with shop.engine.connect() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 8012 "
                "and pid = (select min(pid) from pg_locks where locktype = 'advisory' and classid = 8012)"
            )
        )
    for shards in relays:
        with suppress(psycopg.Error):
            shards.mine()
    survivors = [shards for shards in relays if shards._connection is not None]
    assert len(survivors) == 2
    owned = settle(*survivors)
    assert sorted(shard for one in owned for shard in one) == list(range(SHARDS))
    owned = settle(*relays)
    assert len(owned[0]) + len(owned[1]) + len(owned[2]) == SHARDS, "and who lost its session comes back"


def test_two_relays_publish_everything_once_and_each_case_in_its_order(
    relays: list[Shards], shop: ServiceRuntime
) -> None:
    for number in range(40):
        _order(shop, f"c{number}")
    buses = [RecordingBus(), RecordingBus()]
    pairs = [Relay(shop, bus, shards=shards.mine) for bus, shards in zip(buses, relays, strict=False)]
    settle(*relays[:2])
    _in_parallel(pairs)
    published: list[Envelope] = [e for bus in buses for e in bus.published]
    assert len(published) == len({e.event_id for e in published}) == 120
    assert min(len(bus.published) for bus in buses) > 20, "both take part"
    for number in range(40):
        assert [e.sequence for e in published if e.subject == f"c{number}"] == [1, 2, 3]
    assert rows(shop, "select count(*) from outbox where published_at is null") == [(0,)]


def _order(shop: ServiceRuntime, case: str) -> None:
    opened = OpenOrder.of({"city": CITY, "case_id": case, "request_id": f"open-{case}-{case}"})
    name = shop.execute(agent(), opened).name
    for thing in "ab":
        shop.execute(agent(), AddItem.of({"name": name, "item": thing, "request_id": f"add-{case}-{thing}-item"}))


def _in_parallel(relays: list[Relay]) -> None:
    def drain(relay: Relay) -> None:
        while relay.relay_batch():
            pass

    threads = [threading.Thread(target=drain, args=(relay,)) for relay in relays]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_toy_has_the_shard_of_every_row(shop: ServiceRuntime) -> None:
    _order(shop, "c1")
    assert {shard for (shard,) in rows(shop, "select shard from outbox")} <= set(range(SHARDS))
    assert toy.TOPOLOGY.consumers_of("shop")
