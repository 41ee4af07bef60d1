"""Statements straight on libpq: order, failures, size, and the state in which they leave a connection."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.database import create_engine, direct
from chassis.domain import VersionMovedOn
from tests.conftest import DatabaseUrl

LARGE = "呼" * 3_000_000


@pytest.fixture
def engine(database_url: DatabaseUrl) -> Iterator[sa.Engine]:
    engine = create_engine(database_url("direct", prepare), pool_size=2)
    with engine.begin() as connection:
        direct.run(connection, "delete from notes", {})
    yield engine
    engine.dispose()


def prepare(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table notes (id int primary key, words text)"))
    engine.dispose()


INSERT = "insert into notes (id, words) values (%(id)s, %(words)s)"
SELECT = "select words from notes order by id"


def words(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return [word for (word,) in direct.fetch(connection, SELECT, {})]


def test_statements_together_are_one_transaction_and_answer_in_their_order(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        rows = direct.fetch_together(
            connection,
            [(INSERT, {"id": 1, "words": "a"}), (SELECT, {}), (INSERT, {"id": 2, "words": "b"}), (SELECT, {})],
        )
        assert rows == [[], [("a",)], [], [("a",), ("b",)]]
        assert words(engine) == []
    assert words(engine) == ["a", "b"]


def test_values_come_back_as_they_went(engine: sa.Engine) -> None:
    values = {
        "text": "50 % 呼应", "number": 2**40, "small": 1, "yes": True, "nothing": None, "bytes": b"\0\1",
        "list": ["a", "b,c", '"'], "at": datetime(2026, 9, 24, 6, 5, tzinfo=UTC),
    }  # fmt: skip
    statement = (
        "select %(text)s::text, %(number)s, %(small)s, %(yes)s, %(nothing)s::text, %(bytes)s, %(list)s::text[], "
        "%(at)s, %(text)s::text, 7 %% 4"
    )
    with engine.connect() as connection:
        for _ in range(3):
            assert direct.fetch(connection, statement, values) == [(*values.values(), values["text"], 3)]


def insert_all(connection: sa.Connection, *ids: int) -> None:
    with direct.together(connection):
        for id in ids:
            direct.run(connection, INSERT, {"id": id, "words": "x"})
        direct.commit(connection)


def test_the_first_failure_raises_and_nothing_behind_it_is_done(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(psycopg.errors.UniqueViolation):
            insert_all(connection, 1, 1, 2)
        connection.connection.rollback()
        assert direct.fetch(connection, SELECT, {}) == []  # the same connection goes on


def test_what_could_not_be_prepared_is_prepared_anew(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        for _ in range(2):
            with pytest.raises(psycopg.errors.UndefinedTable):
                direct.fetch_together(connection, [("select 1 from later", {}), (SELECT, {})])
            connection.connection.rollback()
        direct.run(connection, "create temporary table later ()", {})
        assert direct.fetch_together(connection, [("select 1 from later", {}), (SELECT, {})]) == [[], []]


def test_what_is_prepared_outlives_a_rollback(engine: sa.Engine) -> None:
    def prepared(connection: sa.Connection) -> int:
        return int(direct.fetch(connection, "select count(*) from pg_prepared_statements", {})[0][0])

    with engine.connect() as connection:
        direct.fetch(connection, SELECT, {})
        before = prepared(connection)
        connection.execute(sa.text("select 1"))
        connection.connection.rollback()
        assert prepared(connection) == before > 1


def insert_and_update(connection: sa.Connection) -> None:
    update = direct.guarded("update notes set words = 'c' where id = any(%(ids)s)")
    with direct.together(connection):
        direct.run(connection, INSERT, {"id": 1, "words": "a"})
        direct.run(connection, update, {"ids": [1, 2], "count": 2})
        direct.commit(connection)


def test_a_guard_that_finds_too_few_rows_undoes_everything(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(VersionMovedOn):
        insert_and_update(connection)
    assert words(engine) == []


def test_what_is_larger_than_any_buffer_goes_and_comes_at_the_same_time(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        echoed = direct.fetch_together(connection, [("select %(words)s::text", {"words": LARGE})] * 3)
    assert [rows == [(LARGE,)] for rows in echoed] == [True] * 3


def test_a_zero_character_is_refused_and_the_connection_goes_on(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(psycopg.DataError):
            direct.run(connection, INSERT, {"id": 1, "words": "a\0b"})
        assert direct.fetch(connection, SELECT, {}) == []


def test_a_connection_that_breaks_is_closed_and_replaced(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        (pid,) = direct.fetch(connection, "select pg_backend_pid()", {})[0]
        with engine.connect() as other:
            direct.fetch(other, "select pg_terminate_backend(%(pid)s)", {"pid": pid})
        with pytest.raises(psycopg.OperationalError):
            direct.fetch(connection, SELECT, {})
    assert words(engine) == []


def test_an_interrupt_stays_one_and_leaves_nothing_behind(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_waiting: object) -> None:
        raise KeyboardInterrupt

    def half_way() -> None:
        with engine.begin() as connection:
            direct.run(connection, INSERT, {"id": 1, "words": "a"})
            monkeypatch.setattr(connection.connection.driver_connection, "wait", interrupted)
            direct.run(connection, INSERT, {"id": 2, "words": "b"})

    with pytest.raises(KeyboardInterrupt):
        half_way()
    assert words(engine) == []


def test_a_statement_that_is_cancelled_leaves_the_connection_usable(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        (pid,) = direct.fetch(connection, "select pg_backend_pid()", {})[0]

        def cancel() -> None:
            with engine.connect() as other:
                while not direct.fetch(other, "select 1 where pg_cancel_backend(%(pid)s)", {"pid": pid}):
                    pass

        timer = threading.Timer(0.2, cancel)
        timer.start()
        with pytest.raises(psycopg.errors.QueryCanceled):
            direct.fetch(connection, "select pg_sleep(20)", {})
        timer.join()
        connection.connection.rollback()
        assert direct.fetch(connection, SELECT, {}) == []


_ARRAYS = st.one_of(
    st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=6).map(
        lambda texts: ("text", texts)
    ),
    st.lists(st.sampled_from(['"', "\\", "{}", ",", "NULL", "", '\\"', " ", "\u3000"]), max_size=6).map(
        lambda texts: ("text", texts)
    ),
    st.lists(st.integers(-(2**62), 2**62), max_size=6).map(lambda numbers: ("bigint", numbers)),
    st.lists(st.none() | st.text("ab\"'"), max_size=6).map(lambda texts: ("text", texts)),
    st.lists(st.booleans(), max_size=6).map(lambda flags: ("boolean", flags)),
)


@given(st.lists(_ARRAYS, min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_arrays_come_back_as_they_were_given(engine: sa.Engine, given: list[tuple[str, list[Any]]]) -> None:
    with engine.connect() as connection:
        back = [direct.fetch(connection, f"select cast(%(v)s as {kind}[])", {"v": v})[0][0] for kind, v in given]
    assert back == [values for _, values in given]


class Colour(StrEnum):
    RED = "红"


def test_lists_of_other_things_are_written_too(engine: sa.Engine) -> None:
    instant = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
    with engine.connect() as connection:
        for kind, given in (
            ("text", [Colour.RED, "b"]),
            ("timestamptz", [instant]),
            ("text", [["a", "b"], ["c", "d"]]),
        ):
            assert direct.fetch(connection, f"select cast(%(v)s as {kind}[])", {"v": given}) == [(given,)]


def test_a_list_is_the_same_statement_whatever_is_in_it(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        for given in ([], [1], [2**40]):
            direct.fetch(connection, "select cast(%(v)s as bigint[])", {"v": given})
        prepared = "select count(*) from pg_prepared_statements where statement like '%%bigint[])'"
        assert direct.fetch(connection, prepared, {}) == [(1,)]


@pytest.mark.parametrize("texts", [["a\0b"], ["a", "b\0"], ["\0"]])
def test_a_text_that_postgresql_cannot_keep_is_refused(engine: sa.Engine, texts: list[str]) -> None:
    with engine.connect() as connection, pytest.raises(psycopg.DataError, match="NUL"):
        direct.fetch(connection, "select cast(%(v)s as text[])", {"v": texts})
