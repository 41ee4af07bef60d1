"""People give a dead message up."""

from concurrent.futures import ThreadPoolExecutor

from chassis.events import parking
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, items, rows


def test_two_people_who_drop_the_same_one_take_one_out_of_the_count(
    province: toy.Province, publisher: Publisher, faults: toy.Faults
) -> None:
    depot = province.depot
    faults.broken.add("poison")
    province.receiver.receive([publisher.opened(), publisher.added("poison"), publisher.added("b")])
    with depot.engine.begin() as connection:
        connection.exec_driver_sql("update parked set state = 'dead', next_try_at = null where sequence = 2")
    with ThreadPoolExecutor(2) as people, depot.engine.begin() as connection:
        connection.exec_driver_sql("select 1 from inbox for update")
        dropped = [people.submit(parking.drop, depot, "shop-c1-2", "enough") for _ in range(2)]
        _wait_for_locks(depot, 2)
        connection.commit()
    assert sorted(type(drop.exception()).__name__ for drop in dropped) == ["NoneType", "NotFound"]
    assert province.receiver.retry_parked() == 1
    assert items(depot) == ["b"]
    assert rows(depot, "select last, parked from inbox") == [(3, 0)]


def _wait_for_locks(runtime: ServiceRuntime, many: int) -> None:
    query = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    while rows(runtime, query) != [(many,)]:
        pass
