"""Which failures of the database are worth a repeat, and how a server that is gone is found out."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from chassis.database.addresses import owner_url_of, url_of, verified
from chassis.database.engine import TryAgainLater, create_engine, is_transient
from chassis.settings import Settings
from cli.province import databases


@pytest.mark.parametrize(
    "kind",
    [
        psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable,
        psycopg.errors.AdminShutdown, psycopg.errors.TooManyConnections, psycopg.errors.ConnectionFailure,
        psycopg.errors.IdleInTransactionSessionTimeout,
    ],
)  # fmt: skip
def test_failures_that_pass_are_repeated_however_they_arrive(kind: type[psycopg.Error]) -> None:
    assert is_transient(kind())
    assert is_transient(sa.exc.DBAPIError("select 1", {}, kind()))


@pytest.mark.parametrize(
    "kind",
    [psycopg.errors.UniqueViolation, psycopg.errors.UndefinedTable, psycopg.errors.QueryCanceled, psycopg.DataError],
)
def test_failures_that_would_come_again_are_not_repeated(kind: type[psycopg.Error]) -> None:
    assert not is_transient(kind())
    assert not is_transient(sa.exc.DBAPIError("select 1", {}, kind()))


def test_a_broken_connection_and_a_full_pool_are_repeated() -> None:
    assert is_transient(psycopg.OperationalError("the connection is closed"))
    assert is_transient(sa.exc.TimeoutError("the pool is empty"))
    assert is_transient(TryAgainLater())


def test_our_own_defects_are_not_repeated() -> None:
    assert not is_transient(ValueError("a defect"))


@pytest.mark.parametrize("place", ["@127.0.0.1/d", "@localhost/d", "@/d?host=/run/postgresql", "@[::1]/d"])
def test_on_this_machine_no_certificate_is_asked_for(place: str) -> None:
    assert "sslmode" not in verified(f"postgresql+psycopg://u:p{place}").query


def test_another_machine_must_prove_who_it_is(tmp_path: Path) -> None:
    parsed = verified("postgresql+psycopg://u:p@db.example/d")
    assert (parsed.query["sslmode"], parsed.query["sslrootcert"]) == ("verify-full", "system")
    assert verified("postgresql+psycopg://u:p@db.example/d", tmp_path).query["sslrootcert"] == str(tmp_path)
    elsewhere = verified("postgresql+psycopg://u:p@/d?host=db.example")
    assert elsewhere.query["sslmode"] == "verify-full"


def test_every_way_to_a_database_asks_for_the_authority_that_the_operator_names(tmp_path: Path) -> None:
    remote = "postgresql+psycopg://u:p@db.example/huying_{service}"
    settings = Settings(database_url=remote, database_owner_url=remote.replace("u:p", "o:q"), database_ca=tmp_path)
    with databases(settings) as urls:
        addresses = [*urls.values(), url_of(settings, "sla"), owner_url_of(settings, "sla")]
    asked = [create_engine(address).url for address in addresses]
    assert {(url.query["sslmode"], url.query["sslrootcert"]) for url in asked} == {("verify-full", str(tmp_path))}
    assert (asked[-1].username, asked[-1].password, asked[-1].database) == ("o", "q", "huying_sla")


def test_a_server_that_says_nothing_any_more_is_found_out_within_seconds() -> None:
    engine = create_engine("postgresql+psycopg://huying@127.0.0.1:1/huying")
    asked: dict[str, Any] = {}

    @sa.event.listens_for(engine, "do_connect")
    def note(_dialect: object, _record: object, _given: object, named: dict[str, Any]) -> None:
        asked.update(named)
        raise psycopg.OperationalError

    with pytest.raises(sa.exc.OperationalError):
        engine.connect()
    assert asked["keepalives_idle"] + asked["keepalives_interval"] * asked["keepalives_count"] < 15
    assert asked["tcp_user_timeout"] <= 10_000
