"""What goes wrong with a message, a process, the broker or the database: nothing is lost, doubled or out of order."""

import signal
from datetime import UTC, datetime
from pathlib import Path

import amqp
import pytest

from chassis.clock import SimulatedClock
from chassis.events import retrying
from chassis.events.envelope import Envelope, shard_of
from chassis.events.receiver import Receiver
from chassis.events.topology import Topology
from chassis.rabbit.connection import Broker, close, connect
from chassis.rabbit.errors import BrokerAway
from chassis.rabbit.publisher import RabbitBus
from chassis.rabbit.topology import SECOND_KEY, declare, shard_key
from chassis.rabbit.watchdog import HUNG
from cli.servers.rabbitmq import RabbitAddress
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher
from tests.integration.rabbit.conftest import Depot, Shop, until

CASES = [f"case-{number}" for number in range(30)]
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
FAILS_FAST_SECONDS = 1.0
HANGS_AT_MOST_SECONDS = 15.0


def test_a_message_that_fails_is_parked_and_delays_no_other_case(depot: Depot, shop: Shop) -> None:
    depot.start()
    shop.opens("good", "bad")
    shop.publish([shop.adds("fails", "bad"), shop.adds("after", "bad"), shop.adds("item", "good")])
    until(lambda: depot.shelves().get("good") == ["item"], what="the good case")
    until(lambda: len(depot.parked()) == 2, what="the parking")
    assert [row[:4] for row in depot.parked()] == [
        ("bad", 2, "failed", "ValueError"), ("bad", 3, "waiting", "behind an earlier one"),
    ]  # fmt: skip
    assert "a secret" not in depot.log.read_text()


def test_a_message_that_fails_fast_delays_the_others_of_its_partition_less_than_a_second(
    depot: Depot, shop: Shop
) -> None:
    depot.start()
    delays = []
    for number in range(3):  # the best of three: a busy machine may take its time
        bad, *good = (f"{name}-{number}" for name in ("bad", *CASES))
        shop.opens(bad, *good)
        shop.publish([shop.adds("fails", bad), *(shop.adds("item", case) for case in good)])
        delays.append(until(lambda good=good: _have("item", depot, good), what="the good cases"))
    assert min(delays) < FAILS_FAST_SECONDS, delays


def _have(item: str, depot: Depot, cases: list[str]) -> bool:
    shelves = depot.shelves()
    return all(shelves.get(case) == [item] for case in cases)


def test_a_message_that_hangs_delays_no_other_case_longer_than_fifteen_seconds(depot: Depot, shop: Shop) -> None:
    """With two replicas, each begun anew when it has ended, as a supervisor does."""
    running = [depot.start(), depot.start()]
    shop.opens("bad", *CASES)
    until(lambda: len(depot.shelves()) > len(CASES), what="the cases")
    shop.publish([shop.adds("hangs", "bad"), *(shop.adds("item", case) for case in CASES)])

    def done() -> bool:
        for place, process in enumerate(running):
            if process.poll() is not None:
                running[place] = depot.start(ready=False)
        return _have("item", depot, CASES)

    assert until(done, within=60, what="the other cases") < HANGS_AT_MOST_SECONDS
    until(depot.parked, within=30, what="the parking")
    assert [row[:3] for row in depot.parked()] == [("bad", 2, "failed")]
    assert depot.shelves() == shop.sent | {"bad": []}


@pytest.mark.parametrize("poison", ["kills", "hangs", "blocks"])
@pytest.mark.parametrize("quorum", [False, True], ids=["classic", "quorum"])
def test_a_message_that_ends_its_process_is_parked_without_being_run_a_third_time(
    poison: str, depot: Depot, shop: Shop
) -> None:
    first = depot.start()
    shop.opens("bad", *CASES)
    shop.publish([shop.adds(poison, "bad")])
    until(lambda: first.poll() is not None, within=20, what="the first death")
    second = depot.start(ready=False)
    until(lambda: second.poll() is not None, within=30, what="the second death")
    third = depot.start()
    until(depot.parked, what="the parking")
    assert [row[:3] for row in depot.parked()] == [("bad", 2, "failed")]
    assert "DiedOfIt" in str(depot.parked()[0][3])
    shop.publish([shop.adds("item", case) for case in CASES])
    until(lambda: all(depot.shelves()[case] == ["item"] for case in CASES), what="the other cases")
    assert third.poll() is None
    assert depot.rows("select * from delivery_attempt") == []


def test_a_parked_message_that_hangs_holds_up_its_partition_no_longer_than_one_that_comes(
    rabbitmq_vhost: RabbitAddress, database_url: DatabaseUrl, tmp_path: Path
) -> None:
    depot = Depot(rabbitmq_vhost.url, database_url("depot", toy.prepare_depot), tmp_path / "depot.log", partitions=1)
    declare(depot.broker, toy.TOPOLOGY, partitions=1)
    shop = Shop(RabbitBus(depot.broker, toy.TOPOLOGY))
    try:
        _park(depot, [shop.says.opened("bad"), shop.says.added("hangs", "bad"), shop.says.opened("good")])
        depot.start()
        worker = depot.start("worker", ready=False)
        until(lambda: depot.rows("select 1 from parked where why = :begun", begun=retrying.BEGUN), what="the try")
        shop.publish([shop.adds("behind", "bad"), shop.adds("item", "good")])
        assert until(lambda: depot.shelves()["good"] == ["item"], what="the good case") < HANGS_AT_MOST_SECONDS
        assert worker.wait(HANGS_AT_MOST_SECONDS) == HUNG
        assert [row[:3] + row[4:] for row in depot.parked()] == [("bad", 2, "failed", 2), ("bad", 3, "waiting", 0)]
    finally:
        depot.stop()
        shop.bus.close()


def _park(depot: Depot, envelopes: list[Envelope]) -> None:
    """What hangs fails as it comes, so that a worker finds it in the parking, and due."""
    faults = toy.Faults(broken={"hangs"})
    runtime = toy.run(toy.depot_service(faults), depot.database, clock=SimulatedClock(LONG_AGO))
    Receiver(runtime, toy.TOPOLOGY).receive(envelopes)
    runtime.engine.dispose()


def test_a_message_that_cannot_be_read_is_kept_as_it_is(depot: Depot, shop: Shop) -> None:
    depot.start()
    shop.opens("case-1")
    connection = connect(Broker.parse(depot.broker), "test")
    unreadable = {b"{not json", b"\xff\xfe", b'{"event_id": 1}'}
    for body in unreadable:
        message = amqp.Message(body, application_headers={SECOND_KEY: [shard_key(shard_of("case-1"))]}, delivery_mode=2)
        connection.channel().basic_publish(message, "shop.events", "shop.item_added.v1")
    close(connection)
    shop.publish([shop.adds("item", "case-1")])
    until(lambda: depot.shelves().get("case-1") == ["item"], what="the item behind them")
    assert {row[0] for row in depot.rows("select raw from undecodable")} == unreadable


def test_doubled_and_overtaking_deliveries_leave_each_event_once_and_in_order(depot: Depot, shop: Shop) -> None:
    depot.start()
    shop.opens("case-1")
    items = [shop.adds(f"item-{number}", "case-1") for number in range(6)]
    shop.publish([items[1], items[0], items[0], items[3], items[2], items[1], items[4], items[5], items[5]])
    # What came too early, and all behind it, waits in the parking, which the worker empties; here we are the worker.
    runtime = toy.run(toy.depot_service(), depot.database)
    receiver = Receiver(runtime, toy.TOPOLOGY)
    until(lambda: receiver.retry_parked() is not None and len(depot.shelves().get("case-1", ())) == 6, what="the rest")
    runtime.engine.dispose()
    assert depot.shelves() == shop.sent
    assert depot.parked() == []


def test_what_no_queue_takes_is_not_confirmed(depot: Depot, shop: Shop) -> None:
    unbound = Topology(types=toy.TOPOLOGY.types | {"island": frozenset({"island.seen.v1"})}, hears={
        "depot": frozenset({"shop", "truck", "island"})
    })  # fmt: skip
    connection = connect(Broker.parse(depot.broker), "test")
    bus = RabbitBus(depot.broker, unbound)
    event = Publisher("island").say("seen", "s")
    assert bus.publish("island", [event]) == {event.event_id}
    connection.channel().exchange_unbind("depot.shards-8", "island.events", routing_key="#")
    close(connection)
    assert bus.publish("island", [event]) == frozenset()
    assert bus.publish("island", [event]) == {event.event_id}  # the way is declared anew
    bus.close()


def test_a_deleted_exchange_is_declared_anew(depot: Depot, shop: Shop) -> None:
    connection = connect(Broker.parse(depot.broker), "test")
    bus = RabbitBus(depot.broker, toy.TOPOLOGY)
    first, second = shop.says.say("weather_told", "here"), shop.says.say("weather_told", "there")
    assert bus.publish("shop", [first]) == {first.event_id}
    connection.channel().exchange_delete("shop.events")
    close(connection)
    with pytest.raises(BrokerAway):
        bus.publish("shop", [second])
    assert bus.publish("shop", [second]) == {second.event_id}
    bus.close()


def test_an_event_of_a_publisher_whom_nobody_hears_is_confirmed(depot: Depot, shop: Shop) -> None:
    filled = shop.says.say("weather_told", "elsewhere")
    lonely = Topology(types=toy.TOPOLOGY.types, hears={})
    bus = RabbitBus(depot.broker, lonely)
    assert bus.publish("shop", [filled]) == {filled.event_id}
    bus.close()


@pytest.mark.parametrize("quorum", [False, True], ids=["classic", "quorum"])
def test_a_killed_process_loses_and_doubles_nothing(depot: Depot, shop: Shop) -> None:
    process = depot.start()
    shop.opens(*CASES)
    shop.publish([shop.adds(f"slow-{number}", case) for number in range(4) for case in CASES])
    until(lambda: any(depot.shelves().values()), what="the first item")
    process.send_signal(signal.SIGKILL)
    process.wait()
    depot.start()
    until(lambda: depot.shelves() == shop.sent, what="the rest")
