"""Commands: guarded saves, rights, dense sequences, repeats at the database's wish."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from chassis.access import PermissionDenied, Principal, Role
from chassis.database.engine import TryAgainLater
from chassis.domain import NotFound, StepNotAllowed, VersionMovedOn
from chassis.pipeline import ServiceRuntime
from chassis.work import Work
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import rows
from tests.integration.chassis.orders import add, opened, total
from tests.integration.chassis.toy import (
    CITY,
    OTHER_CITY,
    AddToBoth,
    CloseOrder,
    GetOrder,
    InspectOrder,
    agent,
)


def test_a_command_saves_the_aggregate_its_projection_and_its_events_together(shop: ServiceRuntime) -> None:
    name = opened(shop)
    shop.execute(agent(), add(name, "request-1", amount=4))
    assert total(shop, name) == 4
    assert rows(shop, "select total from totals") == [(4,)]
    assert rows(shop, "select type, sequence from outbox order by id") == [
        ("shop.order_opened.v1", 1),
        ("shop.item_added.v1", 2),
    ]
    causes = rows(shop, "select envelope->>'causation_id', envelope->>'occurred_at' from outbox order by id")
    assert causes[1] == ("request-1", "2026-09-24T06:05:00Z")


def test_a_refused_step_leaves_no_trace(shop: ServiceRuntime) -> None:
    name = opened(shop)
    shop.execute(agent(), CloseOrder.of({"name": name, "request_id": "close-1-1"}))
    with pytest.raises(StepNotAllowed):
        shop.execute(agent(), add(name, "request-1"))
    assert rows(shop, "select count(*) from outbox") == [(2,)]
    assert rows(shop, "select count(*) from remembered") == [(2,)]


def test_a_save_is_refused_when_the_version_moved_on(shop: ServiceRuntime) -> None:
    name = opened(shop)
    id = name.rpartition("/")[2]
    with shop.reading() as read:
        stale = read.get(toy.Order, id)
    shop.execute(agent(), add(name, "request-1", amount=4))

    def overwrite(work: Work) -> None:
        work.save(stale, stale.add("apple", 100))

    with pytest.raises(VersionMovedOn):
        shop.in_work(overwrite)
    assert total(shop, name) == 4
    assert rows(shop, "select count(*) from outbox") == [(2,)]


def test_sequences_are_dense_and_in_order_of_commit_under_four_writers(shop: ServiceRuntime) -> None:
    names = [opened(shop, f"c{n}") for n in range(3)]

    def write(writer: int) -> None:
        for n in range(12):
            shop.execute(agent(), add(names[(writer + n) % 3], f"request-{writer}-{n}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    for n in range(3):
        sequences = rows(shop, "select sequence from outbox where subject = :s order by id", s=f"c{n}")
        assert [s for (s,) in sequences] == list(range(1, 18))
        assert total(shop, names[n]) == 16


def test_writers_that_name_the_same_rows_in_other_order_never_deadlock(shop: ServiceRuntime) -> None:
    first, second = (opened(shop, c).rpartition("/")[2] for c in ("c1", "c2"))
    before = rows(shop, "select deadlocks from pg_stat_database where datname = current_database()")

    def write(writer: int) -> None:
        pair = (first, second) if writer % 2 else (second, first)
        for n in range(15):
            request = {"city": CITY, "first": pair[0], "second": pair[1], "request_id": f"request-{writer}-{n}"}
            shop.execute(agent(), AddToBoth.of(request))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert rows(shop, "select total from totals") == [(60,), (60,)]
    assert rows(shop, "select deadlocks from pg_stat_database where datname = current_database()") == before


# -- rights ------------------------------------------------------------------------------------------------------------


def test_a_wrong_role_and_a_wrong_city_are_refused_alike_and_before_anything_is_looked_up(shop: ServiceRuntime) -> None:
    unit = Principal(id="agent-1", roles=frozenset({Role.UNIT}), cities=frozenset({CITY}))
    name = f"cities/{CITY}/orders/none"
    with pytest.raises(PermissionDenied) as by_role:
        shop.execute(unit, add(name, "request-1"))
    with pytest.raises(PermissionDenied) as by_city:
        shop.execute(agent("agent-1", OTHER_CITY), add(name, "request-1"))
    assert str(by_role.value) == str(by_city.value)


def test_what_is_not_yours_looks_like_what_does_not_exist(shop: ServiceRuntime) -> None:
    name = opened(shop)
    stranger = agent("agent-2")
    with pytest.raises(NotFound) as not_mine:
        shop.execute(stranger, add(name, "request-1"))
    with pytest.raises(NotFound) as nothing:
        shop.execute(stranger, add(f"cities/{CITY}/orders/none", "request-1"))
    assert (str(not_mine.value), not_mine.value.values) == (str(nothing.value), nothing.value.values)


def test_an_object_of_another_city_is_not_reached_through_the_name_of_ones_own(shop: ServiceRuntime) -> None:
    id = opened(shop).rpartition("/")[2]
    neighbour = agent("agent-1", OTHER_CITY)
    with pytest.raises(NotFound):
        shop.execute(neighbour, add(f"cities/{OTHER_CITY}/orders/{id}", "request-1"))
    for look in (GetOrder, InspectOrder):
        with pytest.raises(NotFound):
            shop.query(neighbour, look.of({"name": f"cities/{OTHER_CITY}/orders/{id}"}))


def test_a_query_that_writes_down_who_looked_does_both_together(shop: ServiceRuntime) -> None:
    name = opened(shop)
    assert shop.query(agent(), InspectOrder.of({"name": name})).name == name
    assert rows(shop, "select who from looks") == [("agent-1",)]


def test_a_command_that_names_no_city_is_refused(shop: ServiceRuntime) -> None:
    with pytest.raises(PermissionDenied):
        shop.execute(agent(), add("orders/none", "request-1"))


# -- the database's wishes ---------------------------------------------------------------------------------------------


def test_a_lost_connection_repeats_the_command(shop: ServiceRuntime, faults: toy.Faults) -> None:
    name = opened(shop)
    lost: list[str] = []

    def lose_once(item: str) -> None:
        if not lost:
            lost.append(item)
            end_other_connections(shop)

    faults.before = lose_once
    assert shop.execute(agent(), add(name, "request-1")).total == 1
    assert lost == ["apple"]
    assert rows(shop, "select count(*) from outbox") == [(2,)]


def end_other_connections(shop: ServiceRuntime) -> None:
    killer = sa.create_engine(shop.engine.url, poolclass=sa.NullPool)
    with killer.begin() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
        )


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03", "57P01", "53300"])
def test_serialisation_deadlock_and_lock_failures_repeat_the_command(
    shop: ServiceRuntime, faults: toy.Faults, state: str
) -> None:
    name = opened(shop)
    failures = [state, state]

    def fail(_item: str) -> None:
        if failures:
            with shop.engine.begin() as connection:
                connection.execute(sa.text(f"do $$ begin raise exception using errcode = '{failures.pop()}'; end $$"))

    faults.before = fail
    assert shop.execute(agent(), add(name, "request-1")).total == 1
    assert failures == []


def test_a_database_that_stays_away_ends_in_try_again_later(shop: ServiceRuntime, faults: toy.Faults) -> None:
    name = opened(shop)

    def fail(_item: str) -> None:
        with shop.engine.begin() as connection:
            connection.execute(sa.text("do $$ begin raise exception using errcode = '40001'; end $$"))

    faults.before = fail
    with pytest.raises(TryAgainLater):
        shop.execute(agent(), add(name, "request-1"))


def test_a_defect_of_ours_is_not_repeated(shop: ServiceRuntime, faults: toy.Faults) -> None:
    name = opened(shop)
    runs: list[str] = []

    def defect(item: str) -> None:
        runs.append(item)
        with shop.engine.begin() as connection:
            connection.execute(sa.text("select cast(:text as text)"), {"text": "a\x00b"})

    faults.before = defect
    with pytest.raises(sa.exc.DataError):
        shop.execute(agent(), add(name, "request-1"))
    assert runs == ["apple"]
