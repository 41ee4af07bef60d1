"""Old answers are forgotten, large transactions go through, lag is told."""

from datetime import timedelta
from functools import partial

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.exc import ProgrammingError

from chassis.clock import SimulatedClock
from chassis.housekeeping import forget_answers, forget_published, next_to_forget, tell_lag
from chassis.pipeline import ServiceRuntime
from chassis.rabbit.leases import LeaseTable
from chassis.telemetry import metrics
from chassis.work import Work
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import rows
from tests.integration.chassis.orders import opened


def test_an_answer_is_forgotten_after_72_hours_and_not_before(shop: ServiceRuntime, clock: SimulatedClock) -> None:
    opened(shop)
    clock.move_to(clock.now() + timedelta(hours=71, minutes=59))
    assert forget_answers(shop) == 0
    clock.move_to(clock.now() + timedelta(hours=2))
    with shop.engine.connect() as connection:
        due = next_to_forget(connection)
    assert due is not None
    assert due <= clock.now()
    assert forget_answers(shop) == 1
    assert rows(shop, "select count(*) from remembered") == [(0,)]


def test_a_published_event_is_kept_for_a_week_and_an_unpublished_one_for_good(
    shop: ServiceRuntime, clock: SimulatedClock
) -> None:
    for number in range(3):
        opened(shop, f"c{number}")
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("update outbox set published_at = now() where id <> (select min(id) from outbox)")
    clock.move_to(clock.now() + timedelta(days=6, hours=23))
    assert forget_published(shop) == 0
    clock.move_to(clock.now() + timedelta(hours=2))
    assert forget_published(shop) == 2
    assert rows(shop, "select count(*), count(published_at) from outbox") == [(1, 0)]


def lag() -> float | None:
    return REGISTRY.get_sample_value("huying_outbox_lag_seconds", {"service": "shop"})


def test_while_nobody_can_look_the_lag_grows(shop: ServiceRuntime, clock: SimulatedClock) -> None:
    tell_lag(shop)
    assert lag() == 0
    clock.move_to(clock.now() + timedelta(seconds=45))
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("alter table outbox rename to away")
    with pytest.raises(ProgrammingError):
        tell_lag(shop)
    assert lag() == 45


def test_partitions_that_nobody_consumes_are_told(shop: ServiceRuntime) -> None:
    bus = LeaseTable(shop.engine, shop.name)
    bus.begin([4, 8])  # the eight wait until the four are drained
    unheld = partial(REGISTRY.get_sample_value, "huying_bus_leases_unheld", {"service": "shop"})
    tell_lag(shop)
    assert unheld() == 4
    bus.round()
    bus.round()
    tell_lag(shop)
    assert unheld() == 0
    bus.leave()
    tell_lag(shop)
    assert unheld() == 4


def test_the_lag_is_the_age_of_the_oldest_unpublished_event(shop: ServiceRuntime, clock: SimulatedClock) -> None:
    opened(shop)
    clock.move_to(clock.now() + timedelta(seconds=90))
    tell_lag(shop)
    assert lag() == 90
    assert metrics.PARKED.labels(shop.name, "dead")._value.get() == 0


def test_a_transaction_of_many_thousand_rows_goes_through(shop: ServiceRuntime) -> None:
    def many(work: Work) -> None:
        for number in range(5_000):
            order = toy.Order(id=f"o{number:05d}", city=toy.CITY, case_id=f"c{number:05d}", owner="x" * 200)
            work.save(order, toy.OrderOpened(city=toy.CITY, case_id=order.case_id, owner=order.owner))

    shop.in_work(many)
    assert rows(shop, "select count(*) from outbox") == [(5_000,)]
