"""Replicas share the partitions of a consumer; the number of partitions changes while everything runs."""

import signal

import pytest
import sqlalchemy as sa

from chassis.rabbit.repartition import change_partitions, left_in
from chassis.rabbit.topology import declare
from tests.integration.chassis import toy
from tests.integration.rabbit.conftest import Depot, Shop, until
from tests.integration.rabbit.test_outages import CASES, steady_load


def test_two_replicas_hold_half_the_partitions_each_within_ten_seconds(depot: Depot, shop: Shop) -> None:
    depot.start()
    until(lambda: sorted(depot.leases().values()) == [8], what="all partitions")
    shop.opens(*CASES)
    with steady_load(shop):
        depot.start()
        until(lambda: sorted(depot.leases().values()) == [4, 4], within=10, what="an even share")
    until(lambda: depot.shelves() == shop.sent, what="all items")
    assert depot.parked() == []


def test_the_partitions_of_a_killed_replica_are_taken_over_at_once(depot: Depot, shop: Shop) -> None:
    first, _ = depot.start(), depot.start()
    until(lambda: sorted(depot.leases().values()) == [4, 4], within=20, what="an even share")
    shop.opens(*CASES)
    with steady_load(shop):
        until(lambda: len(depot.shelves().get("case-0", [])) > 3, what="the first items")
        first.send_signal(signal.SIGKILL)
        until(lambda: sorted(depot.leases().values()) == [8], within=5, what="the takeover")
    until(lambda: depot.shelves() == shop.sent, what="all items")


def test_a_partition_that_nobody_consumes_any_more_is_given_back_to_who_is_due(depot: Depot, shop: Shop) -> None:
    """Its owner was about to give it back when the connection was lost, and has let go of it since."""
    depot.start()
    until(lambda: sorted(depot.leases().values()) == [8], what="all partitions")
    (first,) = depot.leases()
    depot.start()
    until(lambda: sorted(depot.leases().values()) == [4, 4], within=20, what="an even share")
    with depot.engine.begin() as connection:
        connection.execute(sa.text("update partition_lease set owner = :owner"), {"owner": first})
    shop.opens(*CASES)
    until(lambda: sorted(depot.leases().values()) == [4, 4], within=10, what="an even share again")
    until(lambda: len(depot.shelves()) == len(CASES), what="all cases")


@pytest.mark.parametrize("quorum", [False, True], ids=["classic", "quorum"])
def test_a_change_from_8_to_12_partitions_under_load_loses_and_inverts_nothing(depot: Depot, shop: Shop) -> None:
    depot.start()
    depot.start()
    until(lambda: sorted(depot.leases().values()) == [4, 4], within=20, what="an even share")
    shop.opens(*CASES)
    with steady_load(shop):
        until(lambda: len(depot.shelves().get("case-0", [])) > 3, what="the first items")
        old = change_partitions(depot.broker, toy.TOPOLOGY, to=12)
        until(lambda: sorted(depot.leases().values()) == [6, 6], within=30, what="the new partitions")
        before = len(depot.shelves()["case-0"])
        until(lambda: len(depot.shelves()["case-0"]) > before + 3, what="items by the new queues")
    until(lambda: depot.shelves() == shop.sent, what="all items")
    assert depot.parked() == []
    assert old == [f"depot.inbox-8.{partition}" for partition in range(8)]
    until(lambda: left_in(depot.broker, old) == {}, what="the end of the old queues")
    assert declare(depot.broker, toy.TOPOLOGY) == 12
    assert {of for (of,) in depot.rows('select "of" from partition_lease')} == {12}


def test_a_change_while_nobody_consumes_leaves_the_old_queues_to_the_next_start(depot: Depot, shop: Shop) -> None:
    shop.opens(*CASES)
    shop.publish([shop.adds("before", case) for case in CASES])
    change_partitions(depot.broker, toy.TOPOLOGY, to=3, settle=lambda _: None)
    shop.publish([shop.adds("after", case) for case in CASES])
    assert change_partitions(depot.broker, toy.TOPOLOGY, to=3, settle=lambda _: None)  # again: nothing is doubled
    depot.partitions = 3
    depot.start()
    until(lambda: depot.shelves() == shop.sent, what="all items")
    assert depot.parked() == []
    until(lambda: sorted(depot.leases().values()) == [3], what="the new partitions")
