"""The bulk lane of the outbox: in small pieces, behind all others, and every case keeps its order."""

import re
from dataclasses import replace

import psycopg
import pytest
import sqlalchemy as sa

from chassis.application import Job
from chassis.events import bulk
from chassis.events.bulk import Trickle
from chassis.events.receiver import Receiver
from chassis.events.relay import LIVE, Relay
from chassis.fakes.bus import RecordingBus
from chassis.pipeline import ServiceRuntime
from chassis.worker import Worker
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import rows
from tests.integration.chassis.test_relay import order_of, said


class Time:
    """Monotonic seconds, told by the test."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    told = Time()
    monkeypatch.setattr(bulk, "monotonic", told)
    return told


def put_into_the_lane(shop: ServiceRuntime, case: str) -> None:
    with shop.engine.begin() as connection:
        connection.execute(sa.text("update outbox set bulk = true where subject = :case"), {"case": case})


def test_a_burst_goes_in_pieces_and_a_live_case_does_not_wait_for_it(shop: ServiceRuntime, time: Time) -> None:
    for number in range(10):
        order_of(shop, f"burst-{number}")
        put_into_the_lane(shop, f"burst-{number}")
    bus = RecordingBus()
    relay = Relay(shop, bus, bulk=Trickle(per_second=20))
    assert relay.relay_batch() == 4, "twice as much as comes in a tenth of a second, after a rest"
    assert (relay.relay_batch(), relay.rest) == (0, bulk.PIECE_SECONDS)
    order_of(shop, "live")
    assert relay.relay_batch() == 1
    assert bus.published[-1].subject == "live"
    pieces = []
    for _ in range(4):
        time.seconds += 0.125
        pieces.append(relay.relay_batch())
    assert pieces == [2, 2, 2, 0]
    assert [e.subject for e in bus.published] == [*(f"burst-{n}" for n in range(4)), "live"] + [
        f"burst-{n}" for n in range(4, 10)
    ]
    assert relay.rest > bulk.PIECE_SECONDS, "it looks less often when nothing waits"


def test_a_live_event_takes_what_waits_of_its_case_along(shop: ServiceRuntime, time: Time) -> None:
    for case in ("c1", "c2"):
        order_of(shop, case, "a")
        put_into_the_lane(shop, case)
    order_of(shop, "c0")
    put_into_the_lane(shop, "c0")
    bus = RecordingBus()
    relay = Relay(shop, bus, bulk=Trickle(per_second=1))
    with shop.engine.begin() as connection:  # the last event of c2 is a live one
        connection.execute(sa.text("update outbox set bulk = false where subject = 'c2' and sequence = 2"))
    assert relay.relay_batch() == 3
    assert said(bus.published, "c2") == [1, 2]
    while relay.unpublished():
        time.seconds += 1.0
        relay.relay_batch()
    assert (said(bus.published, "c0"), said(bus.published, "c1")) == ([1], [1, 2])
    assert len(bus.published) == 5, "each went once"


def test_what_is_bulk_waits_for_a_live_event_before_it(shop: ServiceRuntime, time: Time) -> None:
    order_of(shop, "c1", "a")
    with shop.engine.begin() as connection:
        connection.execute(sa.text("update outbox set bulk = true where sequence = 2"))
    bus = RecordingBus(confirms=lambda e: e.sequence != 1)
    relay = Relay(shop, bus, bulk=Trickle())
    relay.relay_batch()
    time.seconds += 1.0
    relay.relay_batch()
    assert said(bus.published, "c1") == [1], "the live one was not confirmed"
    assert rows(shop, "select count(*) from outbox where published_at is null") == [(2,)]


def test_the_lane_waits_until_what_fills_it_is_done(shop: ServiceRuntime, time: Time) -> None:
    left = [5, 5, 1]
    shop.service = replace(shop.service, jobs=(Job("lights", lambda _: left.pop(0) if left else 0, flood=5),))
    order_of(shop, "burst")
    put_into_the_lane(shop, "burst")
    order_of(shop, "live")
    bus = RecordingBus()
    relay = Relay(shop, bus)
    Worker(shop, Receiver(shop, toy.TOPOLOGY), relay).jobs_once()
    assert (relay.relay_batch(), bus.published[-1].subject) == (1, "live"), "nobody else waits for it"
    time.seconds += bulk.HELD_SECONDS
    assert (relay.relay_batch(), bus.published[-1].subject) == (1, "burst")


def test_where_nobody_waits_for_a_single_case_there_is_one_lane(shop: ServiceRuntime) -> None:
    order_of(shop, "c1", *"abc")
    put_into_the_lane(shop, "c1")
    order_of(shop, "c2")
    bus = RecordingBus()
    assert Relay(shop, bus, bulk=None).relay_batch() == 5
    assert [e.subject for e in bus.published] == ["c1"] * 4 + ["c2"]


def test_a_live_case_is_claimed_without_a_look_at_the_whole_lane(shop: ServiceRuntime) -> None:
    """By a plan of a time when nothing waited, as the relay's prepared statement has it."""
    put = (
        "insert into outbox (event_id, subject, shard, sequence, type, occurred_at, envelope, published_at, bulk) "
        "select kind || n, kind || n, 0, 1, 't', now(), '{}', published_at, kind = 'bulk' "
        "from (values (%(kind)s, cast(%(published_at)s as timestamptz))) as v(kind, published_at), "
        "generate_series(1, %(count)s) n"
    )
    with psycopg.connect(shop.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)) as line:
        line.execute(put, {"kind": "old", "published_at": "2026-01-01", "count": 300})
        line.execute("analyze outbox")
        line.execute("set plan_cache_mode = force_generic_plan")
        line.execute(f"prepare live (text[], int) as {LIVE % {'held': '$1', 'limit': '$2'}}")
        line.execute("execute live ('{}', 500)")
        line.execute(put, {"kind": "live", "published_at": None, "count": 20})
        line.execute(put, {"kind": "bulk", "published_at": None, "count": 2000})
        plan = [row[0] for row in line.execute("explain (analyze, timing off) execute live ('{}', 500)")]
        line.rollback()
    thrown_away = [int(count) for count in re.findall(r"Rows Removed by (?:Join )?Filter: (\d+)", "\n".join(plan))]
    assert sum(thrown_away) < 2000, "\n".join(plan)
