"""Two processes of a consumer get events of one stream at the same time, as when its partition changes hands."""

import threading
from collections.abc import Iterator

import pytest

from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, items, rows
from tests.integration.rabbit.conftest import until
from tests.replicas import second


class AtOnce(Receiver):
    """Tries nothing again: a reaction that finds nothing to do is not always told by an error."""

    def _apply_alone(self, envelope: Envelope) -> None:
        raise AssertionError("not at the first try")


@pytest.fixture
def other(depot: ServiceRuntime) -> Iterator[ServiceRuntime]:
    made = second(depot)
    yield made
    made.engine.dispose()


def test_what_follows_the_first_event_sees_its_effect_though_it_was_not_committed_yet(
    depot: ServiceRuntime, other: ServiceRuntime, publisher: Publisher, faults: toy.Faults
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def pause(item: str) -> None:
        if item == "slow":
            begun.set()
            go_on.wait(60)

    faults.before = pause
    first_ones = [publisher.opened(), publisher.added("slow")]
    threads = [threading.Thread(target=Receiver(depot, toy.TOPOLOGY).receive, args=(first_ones,))]
    threads[0].start()
    assert begun.wait(60)
    threads.append(threading.Thread(target=AtOnce(other, toy.TOPOLOGY).receive, args=([publisher.added("next")],)))
    threads[1].start()
    until(lambda: waits_for_a_lock(depot), what="the second receiver at the first one's row")
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert items(depot) == ["slow", "next"]
    assert rows(depot, "select * from parked") == []
    assert rows(depot, "select last, parked from inbox") == [(3, 0)]


def waits_for_a_lock(runtime: ServiceRuntime) -> bool:
    query = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return bool(rows(runtime, query))
