"""Request ids: a repeat gets the first answer, whatever has happened since and however close it follows."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from chassis.domain import NotFound
from chassis.pipeline import RequestIdReused, ServiceRuntime
from chassis.work import Work
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import rows
from tests.integration.chassis.orders import add, opened, total
from tests.integration.chassis.toy import CITY, CloseOrder, OpenOrder, agent


def waits_for_a_lock(shop: ServiceRuntime) -> bool:
    query = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    return bool(rows(shop, query)[0][0])


def until(condition: Callable[[], bool], *, doing: "Future[object]") -> None:
    """Polls the database itself; ends at once when what should wait has ended instead."""
    while not condition():
        assert not doing.done(), "it did not wait"


def test_a_repeat_gets_the_first_answer_and_changes_nothing(shop: ServiceRuntime) -> None:
    name = opened(shop)
    first = shop.execute(agent(), add(name, "request-1", amount=4))
    shop.execute(agent(), add(name, "request-2", amount=5))
    assert shop.execute(agent(), add(name, "request-1", amount=4)) == first
    assert first.total == 4
    assert total(shop, name) == 9


def test_the_first_answer_comes_also_when_the_step_took_the_right_away(shop: ServiceRuntime) -> None:
    name = opened(shop)
    first = shop.execute(agent(), add(name, "request-1"))
    id = name.rpartition("/")[2]
    shop.in_work(lambda work: _give_away(work, id))
    assert shop.execute(agent(), add(name, "request-1")) == first
    with pytest.raises(NotFound):
        shop.execute(agent(), add(name, "request-2"))


def _give_away(work: Work, id: str) -> None:
    order = work.get(toy.Order, id)
    order.owner = "agent-2"
    work.save(order)


def test_the_same_id_with_other_content_is_refused(shop: ServiceRuntime) -> None:
    name = opened(shop)
    shop.execute(agent(), add(name, "request-1", amount=4))
    with pytest.raises(RequestIdReused):
        shop.execute(agent(), add(name, "request-1", amount=5))
    assert total(shop, name) == 4


def test_the_same_id_of_another_principal_or_command_is_another_request(shop: ServiceRuntime) -> None:
    theirs, ours = opened(shop, "c1", agent("agent-2")), opened(shop, "c2")
    shop.execute(agent("agent-2"), add(theirs, "request-1"))
    shop.execute(agent(), add(ours, "request-1", amount=5))
    shop.execute(agent(), CloseOrder.of({"name": ours, "request_id": "request-1"}))
    assert (total(shop, theirs), total(shop, ours)) == (1, 5)


def test_a_failed_request_may_be_sent_again(shop: ServiceRuntime, faults: toy.Faults) -> None:
    name = opened(shop)
    faults.before = _break
    with pytest.raises(RuntimeError):
        shop.execute(agent(), add(name, "request-1"))
    faults.before = lambda _item: None
    assert shop.execute(agent(), add(name, "request-1")).total == 1


def _break(_item: str) -> None:
    raise RuntimeError("a defect")


def test_a_concurrent_repeat_waits_for_the_first_answer(shop: ServiceRuntime, faults: toy.Faults) -> None:
    name = opened(shop)
    inside, go_on = threading.Event(), threading.Event()
    runs: list[str] = []

    def hold(item: str) -> None:
        runs.append(item)
        inside.set()
        assert go_on.wait(10)

    faults.before = hold
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shop.execute, agent(), add(name, "request-1"))
        assert inside.wait(10)
        repeat = pool.submit(shop.execute, agent(), add(name, "request-1"))
        until(lambda: waits_for_a_lock(shop), doing=repeat)
        go_on.set()
        assert repeat.result(10) == first.result(10)
    assert runs == ["apple"]
    assert total(shop, name) == 1


def test_of_two_that_open_at_once_one_is_undone_and_gets_the_answer_of_the_other(
    shop: ServiceRuntime, faults: toy.Faults
) -> None:
    both_inside = threading.Barrier(2)
    faults.before = lambda _item: print(both_inside.wait(10))
    open_it = OpenOrder.of({"city": CITY, "case_id": "c1", "request_id": "request-1"})
    with ThreadPoolExecutor(2) as pool:
        first, repeat = (pool.submit(shop.execute, agent(), open_it) for _ in range(2))
        assert repeat.result(10) == first.result(10)
    assert rows(shop, "select count(*) from orders") == [(1,)]
    assert rows(shop, "select count(*) from outbox") == [(1,)]


def test_a_repeat_that_is_refused_because_the_first_has_just_ended_gets_its_answer(shop: ServiceRuntime) -> None:
    name = opened(shop)
    close = CloseOrder.of({"name": name, "request_id": "close-1-1"})
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: shop.execute(agent(), close), range(4)))
    assert len(set(map(str, answers))) == 1
    assert rows(shop, "select count(*) from outbox where type = 'shop.order_closed.v1'") == [(1,)]


def test_an_answer_is_kept_sealed(shop: ServiceRuntime) -> None:
    name = opened(shop)
    ((answer, content),) = rows(shop, "select answer, content from remembered")
    assert name.encode() not in bytes(answer)
    assert "c1" not in content
