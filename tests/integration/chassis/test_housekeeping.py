"""Old answers are forgotten, large transactions go through, lag is told."""

from datetime import timedelta

from chassis.clock import SimulatedClock
from chassis.housekeeping import forget_answers, forget_published, next_to_forget, tell_lag
from chassis.pipeline import ServiceRuntime
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


def test_the_lag_is_the_age_of_the_oldest_unpublished_event(shop: ServiceRuntime, clock: SimulatedClock) -> None:
    opened(shop)
    clock.move_to(clock.now() + timedelta(seconds=90))
    tell_lag(shop)
    assert metrics.OUTBOX_LAG.labels(shop.name)._value.get() == 90
    assert metrics.PARKED.labels(shop.name, "dead")._value.get() == 0


def test_a_transaction_of_many_thousand_rows_goes_through(shop: ServiceRuntime) -> None:
    def many(work: Work) -> None:
        for number in range(5_000):
            order = toy.Order(id=f"o{number:05d}", city=toy.CITY, case_id=f"c{number:05d}", owner="x" * 200)
            work.save(order, toy.OrderOpened(city=toy.CITY, case_id=order.case_id, owner=order.owner))

    shop.in_work(many)
    assert rows(shop, "select count(*) from outbox") == [(5_000,)]
