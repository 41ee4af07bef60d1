"""Leases on a real database: who lives, who has what, and what a death frees."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from chassis.database import create_engine
from chassis.postgres import THROWAWAY, EmbeddedPostgres
from chassis.rabbit.leases import RETURNED_SECONDS, Key, LeaseTable
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.rabbit.conftest import until


@pytest.fixture
def engine(database_url: DatabaseUrl) -> Iterator[Engine]:
    made = create_engine(database_url("depot", toy.prepare_depot), pool_size=8)
    yield made
    made.dispose()


@pytest.fixture
def replica(engine: Engine) -> Iterator[Callable[[], LeaseTable]]:
    made: list[LeaseTable] = []

    def make() -> LeaseTable:
        made.append(LeaseTable(engine, "depot"))
        return made[-1]

    yield make
    for table in made:
        table.leave()


def dies(table: LeaseTable) -> None:
    """As the socket of a killed process closes."""
    assert table._session is not None
    table._session.connection.driver_connection.close()  # type: ignore[union-attr]


def give_back(table: LeaseTable, before: frozenset[Key]) -> frozenset[Key]:
    share = table.round()
    for key in before - share.held:
        table.release(key)
    return share.held


def test_the_first_gets_all_and_the_second_its_half_when_the_first_has_given_it_back(
    replica: Callable[[], LeaseTable],
) -> None:
    one, two = replica(), replica()
    one.begin([8])
    ones = one.round().held
    assert len(ones) == 8
    assert two.round().held == frozenset()
    ones = give_back(one, ones)
    assert (len(ones), len(two.round().held)) == (4, 4)
    assert one.round().replicas == 2


def test_the_beginning_is_made_once(replica: Callable[[], LeaseTable]) -> None:
    one, two = replica(), replica()
    assert not one.known()
    one.begin([8])
    two.begin([12])
    assert two.known()
    assert {key.of for key in two.round().held} == {8}


def test_a_death_frees_at_once_what_was_held(engine: Engine, replica: Callable[[], LeaseTable]) -> None:
    one, two = replica(), replica()
    one.begin([8])
    one.round()
    dies(one)
    until(lambda: len(two.round().held) == 8, within=10, what="the takeover")


def test_a_replica_that_comes_or_goes_is_noticed_between_two_rounds(replica: Callable[[], LeaseTable]) -> None:
    one, two = replica(), replica()
    one.begin([8])
    one.round()
    assert [one.changed(), one.changed()] == [True, False]  # its own session is the first that it finds
    two.round()
    assert [one.changed(), one.changed()] == [True, False]
    dies(two)
    until(one.changed, within=10, what="the notice of its death")
    assert not one.changed()


def test_whoever_lost_its_session_finds_out_and_joins_again(engine: Engine, replica: Callable[[], LeaseTable]) -> None:
    one = replica()
    one.begin([4])
    one.round()
    dies(one)
    with pytest.raises(sa.exc.DBAPIError):
        one.round()
    assert len(one.round().held) == 4


@pytest.fixture
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A server that may go away."""
    folder = Path(tempfile.mkdtemp(prefix="hypg-"))
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder / "postgres", settings=THROWAWAY).start()
    yield server
    server.discard()
    shutil.rmtree(folder)


def test_after_a_restart_of_the_server_nobody_takes_all_and_a_death_is_noticed_at_once(
    own_postgres: EmbeddedPostgres,
) -> None:
    url = own_postgres.create_database("depot")
    toy.prepare_depot(url)
    engine = create_engine(url, pool_size=4)
    one, two = LeaseTable(engine, "depot"), LeaseTable(engine, "depot")
    try:
        one.begin([8])
        ones = one.round().held
        two.round()
        give_back(one, ones)
        assert len(two.round().held) == 4
        own_postgres.stop()
        own_postgres.start()
        for table in (one, two):
            with pytest.raises(sa.exc.DBAPIError):
                table.round()
        first_back = len(one.round().held)
        if _seconds_since_start(engine) > RETURNED_SECONDS:
            pytest.fail("the server's start took so long that nothing can be told: no room for this test here")
        assert first_back == 4  # the other's session is not back yet: that tells nothing
        assert len(two.round().held) == 4
        dies(two)
        until(lambda: len(one.round().held) == 8, within=2, what="the takeover")
        assert _seconds_since_start(engine) < RETURNED_SECONDS, "that was not the death, but the end of the grace"
    finally:
        one.leave()
        engine.dispose()


def _seconds_since_start(engine: Engine) -> float:
    since = sa.text("select extract(epoch from now() - pg_postmaster_start_time())")
    with engine.connect() as connection:
        return float(connection.execute(since).scalar_one())


def test_leaving_frees_everything(replica: Callable[[], LeaseTable]) -> None:
    one, two = replica(), replica()
    one.begin([8])
    one.round()
    one.leave()
    share = two.round()
    assert (len(share.held), share.replicas) == (8, 1)


def test_a_drained_queue_makes_way_for_its_successors(replica: Callable[[], LeaseTable]) -> None:
    one = replica()
    one.begin([2])
    old = one.round().held
    zero, first = sorted(old)
    one.close(zero, successor=4)
    one.close(zero, successor=4)
    share = one.round()
    assert share.drained == {zero}
    assert share.held == {first, Key(2, 4, 0), Key(2, 4, 2)}
    one.forget(zero)
    one.close(first, successor=4)
    one.forget(first)
    share = one.round()
    assert (share.drained, {key.of for key in share.held}, len(share.held)) == (frozenset(), {4}, 4)
