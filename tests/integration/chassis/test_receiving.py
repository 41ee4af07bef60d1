"""Events: each applied once and in the order of its stream; what cannot be applied waits alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis import due
from chassis.clock import SimulatedClock
from chassis.database import direct
from chassis.database.engine import TryAgainLater
from chassis.domain import NotFound
from chassis.events import parking
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from chassis.work import Work
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, inbox, items, parked, rows


@pytest.fixture
def receiver(depot: ServiceRuntime) -> Receiver:
    return Receiver(depot, toy.TOPOLOGY)


def next_try(depot: ServiceRuntime) -> datetime | None:
    with depot.engine.connect() as connection:
        return due.PARKED(connection)


def test_a_batch_is_applied_in_order_and_causes_are_kept_apart(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher
) -> None:
    receiver.receive([publisher.opened(), publisher.opened("c2"), publisher.added("a"), publisher.added("b")])
    assert items(depot) == ["a", "b"]
    assert inbox(depot) == (3, 0)
    causes = rows(
        depot, "select envelope->>'causation_id', (envelope->>'sequence')::int, sequence from outbox order by id"
    )
    assert causes == [("shop-c1-2", 1, 1), ("shop-c1-3", 2, 2)]


def test_duplicates_change_nothing(depot: ServiceRuntime, receiver: Receiver, publisher: Publisher) -> None:
    batch = [publisher.opened(), publisher.added("a")]
    receiver.receive([*batch, *batch])
    receiver.receive(batch)
    assert items(depot) == ["a"]
    assert inbox(depot) == (2, 0)
    assert rows(depot, "select count(*) from outbox") == [(1,)]


def test_a_later_one_waits_until_the_gap_fills(depot: ServiceRuntime, receiver: Receiver, publisher: Publisher) -> None:
    first, second, third, fourth = publisher.opened(), publisher.added("a"), publisher.added("b"), publisher.added("c")
    receiver.receive([first, fourth, third])
    assert items(depot) == []
    assert parked(depot) == [(3, "waiting"), (4, "waiting")]
    assert receiver.retry_parked() == 0
    receiver.receive([fourth, second])
    receiver.retry_parked()
    assert items(depot) == ["a", "b", "c"]
    assert (inbox(depot), parked(depot)) == ((4, 0), [])


def test_a_poison_message_parks_its_own_stream_and_no_other(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults
) -> None:
    faults.broken.add("poison")
    batch = [publisher.opened(c) for c in ("c1", "c2", "c3")]
    batch += [publisher.added(i, c) for i in ("x", "y") for c in ("c1", "c2", "c3")]
    batch.insert(4, publisher.say("item_added", "c4", number=1, item="never opened"))
    batch += [publisher.added("poison", "c2"), publisher.added("z", "c1"), publisher.added("z", "c2")]
    receiver.receive(batch)
    assert items(depot, "c1") == ["x", "y", "z"]
    assert items(depot, "c2") == ["x", "y"]
    assert items(depot, "c3") == ["x", "y"]
    assert parked(depot, "c2") == [(4, "failed"), (5, "waiting")]
    assert parked(depot, "c4") == [(1, "not_yet")]
    assert inbox(depot, "c2") == (3, 2)


def test_a_failed_one_is_tried_again_with_growing_delay_and_then_its_stream_goes_on_in_order(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults, clock: SimulatedClock
) -> None:
    faults.broken.add("poison")
    receiver.receive([publisher.opened(), publisher.added("poison"), publisher.added("b")])
    delays = []
    for _ in range(3):
        assert receiver.retry_parked() == 0
        at = next_try(depot)
        assert at is not None
        delays.append(at - clock.now())
        clock.move_to(at)
    assert delays == [timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=8)]
    faults.broken.clear()
    receiver.receive([publisher.added("c")])
    assert receiver.retry_parked() == 3
    assert items(depot) == ["poison", "b", "c"]
    assert inbox(depot) == (4, 0)


def die(receiver: Receiver, depot: ServiceRuntime, clock: SimulatedClock) -> int:
    """Retries until nothing is due any more; returns how often."""
    tries = 0
    while (at := next_try(depot)) is not None:
        clock.move_to(at)
        assert receiver.retry_parked() == 0
        tries += 1
    return tries


def test_it_is_dead_after_the_last_failure_and_blocks_its_stream(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults, clock: SimulatedClock
) -> None:
    faults.broken.add("poison")
    receiver.receive([publisher.opened(), publisher.added("poison"), publisher.added("b")])
    assert die(receiver, depot, clock) == parking.FAILURES_UNTIL_DEAD - 1
    toy.later(clock, days=30)
    faults.broken.clear()
    assert receiver.retry_parked() == 0
    assert parked(depot) == [(2, "dead"), (3, "waiting")]
    with depot.engine.connect() as connection:
        (dead,) = parking.listed(connection)
    assert (dead["event_id"], dead["attempts"], dead["why"]) == ("shop-c1-2", 8, "RuntimeError")


def test_a_dead_one_can_be_replayed(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults, clock: SimulatedClock
) -> None:
    faults.broken.add("poison")
    receiver.receive([publisher.opened(), publisher.added("poison"), publisher.added("b")])
    die(receiver, depot, clock)
    faults.broken.clear()
    parking.replay(depot, "shop-c1-2")
    assert receiver.retry_parked() == 2
    assert items(depot) == ["poison", "b"]
    assert inbox(depot) == (3, 0)


def test_a_dead_one_can_be_dropped_and_its_stream_goes_on(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults, clock: SimulatedClock
) -> None:
    faults.broken.add("poison")
    receiver.receive([publisher.opened(), publisher.added("poison"), publisher.added("b"), publisher.added("c")])
    die(receiver, depot, clock)
    parking.drop(depot, "shop-c1-2", "a test message")
    faults.missing.add("b")
    assert receiver.retry_parked() == 0
    at = next_try(depot)
    assert at is not None
    assert at > clock.now(), "what waits behind a postponed one is not due: a simulator would never get on"
    clock.move_to(at)
    faults.missing.clear()
    assert receiver.retry_parked() == 2
    assert items(depot) == ["b", "c"]
    assert inbox(depot) == (4, 0)
    assert rows(depot, "select event_id, type, subject, reason from dropped") == [
        ("shop-c1-2", "shop.item_added.v1", "c1", "a test message")
    ]


def test_only_a_dead_one_can_be_replayed_or_dropped(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults
) -> None:
    faults.broken.add("poison")
    receiver.receive([publisher.opened(), publisher.added("poison")])
    with pytest.raises(parking.NotDead):
        parking.drop(depot, "shop-c1-2", "too early")
    with pytest.raises(parking.NotDead):
        parking.replay(depot, "shop-c1-2")
    with pytest.raises(NotFound):
        parking.replay(depot, "shop-c1-1")


def test_news_that_needs_a_fact_of_another_publisher_waits_for_it_without_counting_as_failed(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, clock: SimulatedClock
) -> None:
    truck = Publisher("truck")
    receiver.receive([truck.say("item_arrived", item="by truck")])
    for _ in range(20):
        toy.later(clock, minutes=6)
        assert receiver.retry_parked() == 0
    assert rows(depot, "select state, attempts from parked") == [("not_yet", 0)]
    receiver.receive([publisher.opened()])
    toy.later(clock, minutes=6)
    assert receiver.retry_parked() == 1
    assert items(depot) == ["by truck"]


def test_after_a_day_not_yet_counts_as_failed_and_ends_dead(
    depot: ServiceRuntime, receiver: Receiver, clock: SimulatedClock
) -> None:
    receiver.receive([Publisher("truck").say("item_arrived", item="by truck")])
    toy.later(clock, hours=25)
    receiver.retry_parked()
    assert rows(depot, "select state, attempts from parked") == [("failed", 1)]
    die(receiver, depot, clock)
    assert parked(depot) == [(1, "dead")]


def test_an_unknown_type_is_not_yet(depot: ServiceRuntime, receiver: Receiver, publisher: Publisher) -> None:
    receiver.receive([publisher.opened(), publisher.say("order_gilded"), publisher.added("a"), publisher.opened("c2")])
    assert parked(depot) == [(2, "not_yet"), (3, "waiting")]
    assert items(depot) == []
    assert inbox(depot, "c2") == (1, 0)


def test_a_type_without_reaction_only_advances(depot: ServiceRuntime, receiver: Receiver, publisher: Publisher) -> None:
    receiver.receive([publisher.opened(), publisher.say("weather_told"), publisher.added("a")])
    assert items(depot) == ["a"]
    assert inbox(depot) == (3, 0)


def test_late_news_that_the_state_table_refuses_is_ignored(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher
) -> None:
    receiver.receive([publisher.opened(), publisher.closed(), publisher.added("late"), publisher.added("later")])
    assert items(depot) == []
    assert (inbox(depot), parked(depot)) == ((4, 0), [])


def test_what_an_ignored_reaction_did_before_it_gave_up_is_undone(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher
) -> None:
    receiver.receive([publisher.opened()])
    receiver.receive([publisher.added("news-of-yesterday"), publisher.added("a")])
    receiver.receive([publisher.added("b"), publisher.added("news-of-yesterday"), publisher.added("c")])
    assert items(depot) == ["a", "b", "c"]
    assert inbox(depot) == (6, 0)
    events = rows(depot, "select envelope->'payload'->>'item' from outbox order by id")
    assert events == [("a",), ("b",), ("c",)]


def test_what_is_ignored_costs_the_others_of_its_batch_no_look_of_their_own(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [f"c{number}" for number in range(1, 6)]
    receiver.receive([publisher.opened(case) for case in cases])
    looks, fetch = [], Work._fetch

    def counted(work: Work, statements: Sequence[direct.Statement]) -> list[direct.Rows]:
        looks.append(statements)
        return fetch(work, statements)

    monkeypatch.setattr(Work, "_fetch", counted)
    late = [publisher.added("news-of-yesterday", case) for case in cases[:2]]
    receiver.receive([*late, *(publisher.added("a", case) for case in cases)])
    assert items(depot, cases[0]) == items(depot, cases[4]) == ["a"]
    assert len(looks) == 3, "one for all, and one for each that a refused reaction had in hand"


def test_a_database_failure_repeats_the_batch_and_never_parks(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults
) -> None:
    failures = ["40P01", "40001"]

    def fail(_item: str) -> None:
        if failures:
            _raise(depot, failures.pop())

    faults.before = fail
    receiver.receive([publisher.opened(), publisher.added("a")])
    assert (items(depot), parked(depot), failures) == (["a"], [], [])


def test_a_database_that_stays_away_leaves_the_batch_with_the_bus(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher, faults: toy.Faults
) -> None:
    faults.before = lambda _item: _raise(depot, "40001")
    batch = [publisher.opened(), publisher.added("a")]
    with pytest.raises(TryAgainLater):
        receiver.receive(batch)
    assert (inbox(depot), parked(depot)) == ((0, 0), [])
    faults.before = lambda _item: None
    receiver.receive(batch)
    assert items(depot) == ["a"]


def _raise(depot: ServiceRuntime, state: str) -> None:
    with depot.engine.begin() as connection:
        connection.execute(sa.text(f"do $$ begin raise exception using errcode = '{state}'; end $$"))
