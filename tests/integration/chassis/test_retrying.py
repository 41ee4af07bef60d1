"""Parked messages are tried again, and a try that ends its process has counted."""

import pytest

from chassis.clock import SimulatedClock
from chassis.database.engine import TryAgainLater
from chassis.events import parking, retrying
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, items, rows
from tests.integration.chassis.test_receiving import next_try


class Dies(BaseException):
    """Stands for the end of the process: nothing after it runs."""


@pytest.fixture
def receiver(depot: ServiceRuntime, publisher: Publisher, faults: toy.Faults) -> Receiver:
    """One message of its depot is parked, and one waits behind it."""
    made = Receiver(depot, toy.TOPOLOGY)
    faults.broken.add("bad")
    made.receive([publisher.opened(), publisher.added("bad"), publisher.added("next")])
    faults.broken.clear()
    return made


def head(depot: ServiceRuntime) -> tuple[str, int, str]:
    found: tuple[str, int, str] = rows(depot, "select state, attempts, why from parked order by sequence limit 1")[0]
    return found


def test_one_that_ends_every_process_is_dead_after_as_many_tries_as_any_other(
    depot: ServiceRuntime, receiver: Receiver, faults: toy.Faults, clock: SimulatedClock
) -> None:
    ran = []

    def die(item: str) -> None:
        ran.append(item)
        raise Dies

    faults.before = die
    while head(depot)[0] != "dead":
        at = next_try(depot)
        assert at is not None
        clock.move_to(at)
        attempts = head(depot)[1]
        if attempts < parking.FAILURES_UNTIL_DEAD:
            with pytest.raises(Dies):
                receiver.retry_parked()
            assert head(depot) == ("failed", attempts + 1, retrying.BEGUN)
            assert receiver.retry_parked() == 0, "it is not tried again at once"
        else:
            assert receiver.retry_parked() == 0
    assert ran == ["bad"] * (parking.FAILURES_UNTIL_DEAD - 1)
    assert next_try(depot) is None
    faults.before = lambda _item: None
    parking.replay(depot, "shop-c1-2")
    assert receiver.retry_parked() == 2
    assert items(depot) == ["bad", "next"]


def test_a_database_that_is_away_meanwhile_is_no_failure_of_the_message(
    depot: ServiceRuntime, receiver: Receiver, faults: toy.Faults, clock: SimulatedClock
) -> None:
    def away(_item: str) -> None:
        raise TryAgainLater()

    before = head(depot)
    faults.before = away
    at = next_try(depot)
    assert at is not None
    clock.move_to(at)
    for _ in range(parking.FAILURES_UNTIL_DEAD + 1):
        with pytest.raises(TryAgainLater):
            receiver.retry_parked()
    assert head(depot) == before
    faults.before = lambda _item: None
    assert receiver.retry_parked() == 2
