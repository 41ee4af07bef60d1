"""A process may die anywhere: started again, it ends with exactly one effect of everything."""

import multiprocessing
import signal
from collections.abc import Callable

import pytest

from chassis import crashpoints
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import items, rows
from tests.integration.chassis.customer import main

REACHABLE = [
    ("command.before_commit", 1), ("command.before_commit", 4),
    ("command.after_commit", 1), ("command.after_commit", 3),
    ("relay.after_claim", 1), ("relay.after_claim", 3), ("relay.after_publish", 1), ("relay.after_publish", 4),
    ("receiver.before_commit", 1), ("receiver.before_commit", 4), ("receiver.after_commit", 1),
    ("receiver.after_commit", 5), ("parking.after_claim", 1), ("parking.after_claim", 2),
]  # fmt: skip
ELSEWHERE = {"clocks.before_commit", "clocks.after_commit", "notify.after_claim", "notify.after_hand_over"}


Customer = Callable[..., int | None]


@pytest.fixture(scope="module")
def customer() -> Customer:
    """Runs the customer as a process of its own, forked from one that has loaded everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.integration.chassis.customer"])

    def run(*arguments: str) -> int | None:
        process = context.Process(target=main, args=arguments)
        process.start()
        process.join(60)
        return process.exitcode

    return run


@pytest.mark.parametrize(("point", "count"), REACHABLE)
def test_a_death_there_leaves_exactly_one_effect(
    customer: Customer, database_url: DatabaseUrl, point: str, count: int
) -> None:
    shop_url, depot_url = database_url("shop", toy.prepare_shop), database_url("depot", toy.prepare_depot)
    assert customer(shop_url, depot_url, f"{point}:{count}") == -signal.SIGKILL
    assert customer(shop_url, depot_url) == 0
    shop, depot = toy.run(toy.shop_service(), shop_url), toy.run(toy.depot_service(), depot_url)
    assert rows(shop, "select total from totals") == [(3,)]
    published = rows(shop, "select sequence, type, published_at is not null from outbox order by id")
    assert published == [
        (1, "shop.order_opened.v1", True), (2, "shop.item_added.v1", True), (3, "shop.item_added.v1", True),
        (4, "shop.item_added.v1", True), (5, "shop.order_closed.v1", True),
    ]  # fmt: skip
    assert items(depot) == ["x", "y", "a", "b", "c"]
    assert rows(depot, "select publisher, last, parked from inbox order by 1") == [("shop", 5, 0), ("truck", 2, 0)]
    assert rows(depot, "select count(*), max(sequence) from outbox") == [(5, 5)]
    for runtime in (shop, depot):
        runtime.engine.dispose()


def test_every_crash_point_is_proved_somewhere() -> None:
    assert {point for point, _ in REACHABLE} | ELSEWHERE == crashpoints.POINTS
