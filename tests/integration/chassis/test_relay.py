"""The relay: everything reaches the bus in order, only what is confirmed is marked."""

import pytest
import structlog

from chassis.events.envelope import Envelope
from chassis.events.relay import Relay
from chassis.fakes.bus import AbsentBus, BusAway, RecordingBus
from chassis.pipeline import ServiceRuntime
from chassis.worker import Worker
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import items, rows
from tests.integration.chassis.toy import CITY, AddItem, OpenOrder, agent


def order_of(shop: ServiceRuntime, case: str, *things: str) -> None:
    opened = OpenOrder.of({"city": CITY, "case_id": case, "request_id": f"open-{case}-{case}"})
    name = shop.execute(agent(), opened).name
    for thing in things:
        shop.execute(agent(), AddItem.of({"name": name, "item": thing, "request_id": f"add-{case}-{thing}-item"}))


def said(envelopes: list[Envelope], case: str) -> list[int]:
    return [e.sequence for e in envelopes if e.subject == case]


def test_it_publishes_each_subject_in_its_order_and_marks_it(shop: ServiceRuntime) -> None:
    order_of(shop, "c1", "a", "b")
    order_of(shop, "c2", "a")
    bus = RecordingBus()
    relay = Relay(shop, bus)
    assert relay.unpublished() == 5
    assert relay.relay_batch() == 5
    assert (said(bus.published, "c1"), said(bus.published, "c2")) == ([1, 2, 3], [1, 2])
    assert (relay.relay_batch(), relay.unpublished()) == (0, 0)
    assert len(bus.published) == 5


def test_what_is_not_confirmed_is_not_marked_and_holds_back_its_subject_alone(shop: ServiceRuntime) -> None:
    order_of(shop, "c1", "a", "b")
    order_of(shop, "c2", "a")
    bus = RecordingBus(confirms=lambda e: (e.subject, e.sequence) != ("c1", 2))
    relay = Relay(shop, bus)
    with structlog.testing.capture_logs() as lines:
        assert relay.relay_batch() == 3
    (envelope,) = rows(shop, "select envelope from outbox where subject = 'c1' and sequence = 2")[0]
    assert (lines[0]["event"], lines[0]["subject"], lines[0]["trace"]) == (
        "not_confirmed", "c1", envelope["trace"][3:35],
    )  # fmt: skip
    assert rows(shop, "select subject, sequence from outbox where published_at is null order by id") == [
        ("c1", 2),
        ("c1", 3),
    ]
    order_of(shop, "c3")
    assert relay.relay_batch() == 1
    assert [e.subject for e in bus.published[5:]] == ["c3"], "the held subject waits for its time"


def test_a_bus_that_is_away_loses_nothing(shop: ServiceRuntime) -> None:
    order_of(shop, "c1", "a")
    with pytest.raises(BusAway):
        Relay(shop, AbsentBus()).relay_batch()
    bus = RecordingBus()
    assert Relay(shop, bus).relay_batch() == 2
    assert said(bus.published, "c1") == [1, 2]


def test_a_whole_province_settles(province: toy.Province) -> None:
    order_of(province.shop, "c1", "a", "b")
    province.settle()
    assert items(province.depot) == ["a", "b"]


def test_a_worker_delivers_what_commands_commit_and_stops_within_its_limit(province: toy.Province) -> None:
    depot_worker = Worker(province.depot, province.receiver, Relay(province.depot, RecordingBus()))
    worker = Worker(province.shop, province.receiver, province.relay)
    worker.start()
    depot_worker.start()
    try:
        order_of(province.shop, "c1", *"abcdef")
        while items(province.depot) != list("abcdef"):
            assert worker.alive()
            assert depot_worker.alive()
    finally:
        worker.stop()
        depot_worker.stop()
    assert not worker.alive()
