"""What every service does for itself is safe in two workers: parked messages leave once, old answers go."""

from datetime import timedelta

from chassis import housekeeping
from chassis.clock import SimulatedClock
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, items, rows
from tests.integration.chassis.toy import CITY, OpenOrder, agent
from tests.replicas import at_once, second


def test_two_workers_apply_each_parked_message_once(
    depot: ServiceRuntime, clock: SimulatedClock, publisher: Publisher
) -> None:
    receiver = Receiver(depot, toy.TOPOLOGY)
    for number in range(15):
        case = f"c{number}"
        first = publisher.opened(case)
        receiver.receive([publisher.added("late", case), publisher.added("later", case)])  # before the first: parked
        receiver.receive([first])
    clock.move_to(clock.now() + timedelta(minutes=10))
    other = second(depot)
    receivers = {id(depot): receiver, id(other): Receiver(other, toy.TOPOLOGY)}
    at_once(lambda runtime: receivers[id(runtime)].retry_parked(), [depot, other])
    other.engine.dispose()
    assert rows(depot, "select count(*) from parked") == [(0,)]
    assert [items(depot, f"c{number}") for number in range(15)] == [["late", "later"]] * 15


def test_two_workers_forget_old_answers(shop: ServiceRuntime, clock: SimulatedClock) -> None:
    for number in range(30):
        shop.execute(agent(), OpenOrder.of({"city": CITY, "case_id": f"c{number}", "request_id": f"open-c{number:05}"}))
    clock.move_to(clock.now() + timedelta(days=4))
    other = second(shop)
    done = at_once(housekeeping.forget_answers, [shop, other])
    other.engine.dispose()
    assert sum(done) == 30
    assert rows(shop, "select count(*) from remembered") == [(0,)]
