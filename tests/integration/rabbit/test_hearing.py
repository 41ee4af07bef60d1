"""Events reach a service over RabbitMQ, in order, each once."""

import signal

from tests.integration.rabbit.conftest import Depot, Shop, until

CASES = [f"case-{number}" for number in range(40)]


def test_events_arrive_once_and_in_order(depot: Depot, shop: Shop) -> None:
    depot.start()
    shop.opens(*CASES)
    for number in range(20):
        shop.publish([shop.adds(f"item-{number}", case) for case in CASES])
    until(lambda: depot.shelves() == shop.sent, what="every item")
    assert depot.parked() == []


def test_a_process_that_is_told_to_stop_finishes_its_batch_and_ends_well(depot: Depot, shop: Shop) -> None:
    process = depot.start()
    shop.opens(*CASES)
    shop.publish([shop.adds(f"slow-{number}", case) for case in CASES for number in range(5)])
    until(lambda: any(depot.shelves().values()), what="the first item")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert depot.leases() == {}
    depot.start()
    until(lambda: depot.shelves() == shop.sent, what="the rest")
