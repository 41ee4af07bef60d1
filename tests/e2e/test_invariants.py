"""The checks across services see what they are there for: each finds its own damage and names the case."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e import invariants
from tests.e2e.conftest import Stage, citizen
from tests.e2e.invariants import CHECKS, HEARS, Check, violations
from tests.e2e.test_one_case import accepted, handled


@pytest.fixture(scope="module")
def cases(shared_stage: Stage) -> dict[str, str]:
    """One case that is rated and closed, one that its unit has in hand, and the whole province at rest."""
    closed = accepted(shared_stage)
    handled(shared_stage, closed.name)
    scores = {"call_score": "very_satisfied", "handling_score": "very_satisfied"}
    shared_stage.call(citizen(closed.citizen), "intake", "RateCase", name=closed.name, solved=True, **scores)
    open_case = accepted(shared_stage, caller={"name": "周立", "phone": "19900005678"})
    return {"closed": closed.name.rpartition("/")[2], "open": open_case.name.rpartition("/")[2]}


# What breaks each invariant: service, table, which of the cases is hit, and the statement.
DAMAGE: dict[Check, tuple[str, str, str, str]] = {
    invariants.accepted_case_without_order: (
        "dispatch",
        "work_order",
        "open",
        "delete from work_order where case_id = :case",
    ),
    invariants.order_twice: (
        "dispatch",
        "work_order",
        "open",
        (
            "insert into work_order select id || 'b', version, body, city, case_id, state, units "
            "from work_order where case_id = :case"
        ),
    ),
    invariants.assignment_without_clocks: (
        "sla",
        "clock",
        "open",
        "delete from clock where case_id = :case and body->>'assignment_id' <> ''",
    ),
    invariants.accepted_case_without_clock: (
        "sla",
        "clock",
        "open",
        "delete from clock where case_id = :case and body->>'kind' = 'citizen'",
    ),
    invariants.open_clock_of_an_ended_case: (
        "sla",
        "clock",
        "closed",
        (
            "update clock set body = jsonb_set(body, '{state}', '\"running\"') "
            "where case_id = :case and body->>'kind' = 'finish'"
        ),
    ),
    invariants.clock_without_its_fact: (
        "sla",
        "kpi_fact",
        "open",
        "update kpi_fact set state = 'met' where clock_id in (select id from clock where case_id = :case)",
    ),
    invariants.event_without_its_effect: (
        "sla",
        "inbox",
        "open",
        "update inbox set last = last - 1 where subject = :case and publisher = 'dispatch'",
    ),
    invariants.broken_sequence: (
        "dispatch",
        "outbox",
        "open",
        "update outbox set sequence = sequence + 1 where id = (select max(id) from outbox where subject = :case)",
    ),
    invariants.unpublished_event: (
        "intake",
        "outbox",
        "open",
        "update outbox set published_at = null where subject = :case",
    ),
    invariants.parked_message: (
        "sla",
        "parked",
        "open",
        (
            "insert into parked (publisher, subject, sequence, event_id, type, envelope, why, state, attempts, "
            "parked_at) "
            "values ('intake', :case, 99, 'e', 'intake.case_rated.v1', '{}', 'Boom', 'dead', 8, now())"
        ),
    ),
    invariants.reference_handed_over_twice: (
        "notify",
        "recorded",
        "open",
        (
            "update recorded set refusals = 1 where reference in "
            "(select body->>'reference' from message where case_id = :case)"
        ),
    ),
    invariants.message_never_handed_over: (
        "notify",
        "recorded",
        "open",
        "delete from recorded where reference in (select body->>'reference' from message where case_id = :case)",
    ),
    invariants.case_told_its_number_twice: (
        "notify",
        "message",
        "open",
        (
            "insert into message select id || 'b', version, body, city, case_id, state, about, due_at "
            "from message where case_id = :case and body->>'template' = 'case_accepted'"
        ),
    ),
}


@contextmanager
def mended(stage: Stage, service: str, table: str) -> Iterator[None]:
    """Puts the table back as it was."""
    databases = stage.databases
    named = databases.rows(
        service,
        "select column_name from information_schema.columns where table_name = :table order by ordinal_position",
        table=table,
    )
    columns = ", ".join(f'"{name}"' for (name,) in named)
    databases.execute(service, f"create table kept as table {table}")
    yield
    databases.execute(
        service,
        f"delete from {table}; insert into {table} ({columns}) overriding system value select {columns} from kept; "
        "drop table kept",
    )


def test_a_quiet_province_violates_nothing(shared_stage: Stage, cases: dict[str, str]) -> None:
    assert violations(shared_stage.databases) == []


def test_the_checks_know_who_hears_whom(shared_stage: Stage) -> None:
    heard = {name: set(runtime.service.hears) for name, runtime in shared_stage.province.runtimes.items()}
    assert {name: set(publishers) for name, publishers in HEARS.items()} == {n: h for n, h in heard.items() if h}


def test_every_check_has_its_damage() -> None:
    assert set(DAMAGE) == set(CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_broken_invariant_is_found_and_its_case_named(
    shared_stage: Stage, cases: dict[str, str], check: Check
) -> None:
    service, table, which, statement = DAMAGE[check]
    with mended(shared_stage, service, table):
        assert shared_stage.databases.execute(service, statement, case=cases[which]) > 0
        found = list(check(shared_stage.databases))
    assert found
    assert cases[which] in found[0]
    assert not list(check(shared_stage.databases))
