"""What the audit asks of messages stays a matter of a few keys, however large the books are."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from chassis.audit.shapes import SubjectFacts
from chassis.database import create_engine
from services.notify.adapters import auditing
from tests.conftest import DatabaseUrl
from tests.integration.notify.conftest import prepare

CASES, MESSAGES_EACH = 4_000, 10


@pytest.fixture
def books(database_url: DatabaseUrl) -> Iterator[sa.Engine]:
    """Messages by the embedded provider, each handed over once and one of them twice."""
    engine = create_engine(database_url("notify", prepare), pool_size=1)
    with engine.begin() as connection:
        connection.execute(_MESSAGES, {"cases": CASES, "each": MESSAGES_EACH})
        connection.execute(_RECORDED)
        connection.execute(sa.text("analyze"))
    yield engine
    engine.dispose()


def test_no_book_is_read_from_end_to_end(books: sa.Engine) -> None:
    cases = [f"c-{number}" for number in range(50)]
    given = {"of": cases, "without_case": []}
    with books.begin() as connection:
        plan = "\n".join(connection.exec_driver_sql(f"explain {auditing._MESSAGES}", given).scalars())
        known = {case: SubjectFacts(case) for case in cases}
        auditing.messages(connection, known)
    assert "Seq Scan" not in plan, plan
    assert {len(facts.messages) for facts in known.values()} == {MESSAGES_EACH}
    told = {(m.known_to_provider, m.handed_over_twice) for facts in known.values() for m in facts.messages}
    assert told == {(True, 1), (True, 0)}


def test_a_message_without_a_case_is_known_by_its_own_name(books: sa.Engine) -> None:
    of_nobody = sa.text("update message set case_id = '' where id in ('7-3', '7-4')")
    known = {name: SubjectFacts(name) for name in ("cities/350100/messages/7-3", "cities/350100/messages/8-1", "c-7")}
    with books.begin() as connection:
        connection.execute(of_nobody)
        auditing.messages(connection, known)
    assert [(m.id, m.handed_over_twice) for m in known["cities/350100/messages/7-3"].messages] == [("7-3", 1)]
    assert known["cities/350100/messages/8-1"].messages == []  # it has a case
    assert len(known["c-7"].messages) == MESSAGES_EACH - 2


_MESSAGES = sa.text(
    "insert into message (id, version, body, city, case_id, state, about) select c || '-' || n, 1, jsonb_build_object("
    "'template', 't', 'may_repeat', false, 'reference', c || '-' || n || '-1', 'provider', 'recorder', 'attempts', 2),"
    "'350100', 'c-' || c, 'delivered', '' from generate_series(0, :cases - 1) c, generate_series(1, :each) n"
)
_RECORDED = sa.text(
    "insert into recorded (reference, provider, number_ends_in, text, refusals) "
    "select body->>'reference', 'recorder', '0000', 'x', (right(id, 1) = '3')::int from message"
)
