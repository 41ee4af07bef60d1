"""Whatever the order, the batches and the duplicates: the end is the same as if all had come once and in order."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.clock import SimulatedClock
from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, items, rows

CASES = ("c1", "c2", "c3")


def story() -> list[Envelope]:
    """Three cases of the shop, and a truck that brings something to each: five streams with promises of order."""
    shop, truck = Publisher("shop"), Publisher("truck")
    told = [shop.opened(case) for case in CASES]
    told += [shop.added(item, case) for case in CASES for item in ("a", "b")]
    told += [truck.say("item_arrived", case, item=item) for case in CASES[:2] for item in ("x", "y")]
    told += [shop.say("weather_told", "c1"), shop.added("c", "c1"), shop.closed("c3"), shop.added("late", "c3")]
    return told


@dataclass(frozen=True)
class Delivery:
    """One way in which a broker may hand the story over."""

    order: tuple[int, ...]
    cuts: frozenset[int]

    def batches(self, told: list[Envelope]) -> Iterator[list[Envelope]]:
        batch: list[Envelope] = []
        for place, index in enumerate(self.order):
            batch.append(told[index])
            if place in self.cuts:
                yield batch
                batch = []
        yield batch


COUNT = len(story())
DELIVERIES = st.builds(
    Delivery,
    order=st.lists(st.integers(0, COUNT - 1), max_size=8).flatmap(
        lambda twice: st.permutations([*range(COUNT), *twice]).map(tuple)
    ),
    cuts=st.frozensets(st.integers(0, COUNT + 7), max_size=6),
)


@pytest.fixture(scope="module")
def module_clock() -> SimulatedClock:
    return SimulatedClock(toy.START)


@pytest.fixture
def fresh(database_url: DatabaseUrl, module_clock: SimulatedClock) -> Iterator[ServiceRuntime]:
    runtime = toy.run(toy.depot_service(), database_url("depot", toy.prepare_depot), clock=module_clock)
    yield runtime
    runtime.engine.dispose()


@given(DELIVERIES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_delivery_ends_as_the_delivery_in_order(fresh: ServiceRuntime, delivery: Delivery) -> None:
    empty(fresh)
    told = story()
    receiver = Receiver(fresh, toy.TOPOLOGY)
    for batch in delivery.batches(told):
        receiver.receive(batch)
    settle(receiver, fresh)
    assert rows(fresh, "select count(*) from parked") == [(0,)]
    assert {case: by_stream(items(fresh, case)) for case in CASES} == {
        "c1": (["a", "b", "c"], ["x", "y"]),
        "c2": (["a", "b"], ["x", "y"]),
        "c3": (["a", "b"], []),
    }
    inbox = rows(fresh, "select publisher, subject, last, parked from inbox order by 1, 2")
    assert inbox == [
        ("shop", "c1", 5, 0), ("shop", "c2", 3, 0), ("shop", "c3", 5, 0), ("truck", "c1", 2, 0), ("truck", "c2", 2, 0),
    ]  # fmt: skip
    assert rows(fresh, "select count(*), max(sequence) from outbox where subject = 'c1'") == [(5, 5)]


def by_stream(found: list[str]) -> tuple[list[str], list[str]]:
    """Between two publishers no order is promised."""
    return [i for i in found if i < "x"], [i for i in found if i >= "x"]


def settle(receiver: Receiver, depot: ServiceRuntime) -> None:
    clock = depot.clock
    assert isinstance(clock, SimulatedClock)
    for _ in range(3):  # a truck that came too early waits for its shelf
        receiver.retry_parked()
        toy.later(clock, minutes=6)


def empty(depot: ServiceRuntime) -> None:
    with depot.engine.begin() as connection:
        connection.execute(sa.text("truncate inbox, parked, shelves, outbox, outbox_sequence"))
