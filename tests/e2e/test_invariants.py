"""The audit sees what it is there for: each invariant is broken in a database, and the audit names the case."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chassis.audit.judging import INVARIANTS, OF_A_SERVICE
from chassis.events import topology
from tests.e2e.conftest import Stage, citizen
from tests.e2e.invariants import audited, named, violations
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
DAMAGE: dict[str, tuple[str, str, str, str]] = {
    "accepted_case_without_order": (
        "dispatch",
        "work_order",
        "open",
        "delete from work_order where case_id = :case",
    ),
    "order_twice": (
        "dispatch",
        "work_order",
        "open",
        (
            "insert into work_order select id || 'b', version, body, city, case_id, state, units "
            "from work_order where case_id = :case"
        ),
    ),
    "assignment_without_clocks": (
        "sla",
        "clock",
        "open",
        "delete from clock where case_id = :case and body->>'kind' = 'finish'",
    ),
    "accepted_case_without_clock": (
        "sla",
        "clock",
        "open",
        "delete from clock where case_id = :case and body->>'kind' = 'citizen'",
    ),
    "open_clock_of_an_ended_case": (
        "sla",
        "clock",
        "closed",
        (
            "update clock set body = jsonb_set(body, '{state}', '\"running\"') "
            "where case_id = :case and body->>'kind' = 'finish'"
        ),
    ),
    "open_clock_of_an_ended_order": (
        "dispatch",
        "work_order",
        "open",
        "update work_order set state = 'ended' where case_id = :case",
    ),
    "disputed_order_without_clock": (
        "dispatch",
        "work_order",
        "open",
        "update work_order set state = 'disputed' where case_id = :case",
    ),
    "clock_without_its_fact": (
        "sla",
        "kpi_fact",
        "open",
        "update kpi_fact set state = 'met' where clock_id in (select id from clock where case_id = :case)",
    ),
    "event_without_its_effect": (
        "sla",
        "inbox",
        "open",
        "update inbox set last = last - 1 where subject = :case and publisher = 'dispatch'",
    ),
    "broken_sequence": (
        "dispatch",
        "outbox",
        "open",
        "update outbox set sequence = sequence + 1 where id = (select max(id) from outbox where subject = :case)",
    ),
    "unpublished_event": (
        "intake",
        "outbox",
        "open",
        "update outbox set published_at = null where subject = :case",
    ),
    "parked_message": (
        "sla",
        "parked",
        "open",
        (
            "insert into parked (publisher, subject, sequence, event_id, type, envelope, why, state, attempts, "
            "parked_at) "
            "values ('intake', :case, 99, 'e', 'intake.case_rated.v1', '{}', 'Boom', 'dead', 8, now())"
        ),
    ),
    "reference_handed_over_twice": (
        "notify",
        "recorded",
        "closed",
        (
            "update recorded set refusals = 1 where reference in (select body->>'reference' from message "
            "where case_id = :case and not (body->>'may_repeat')::boolean)"
        ),
    ),
    "message_never_handed_over": (
        "notify",
        "recorded",
        "open",
        "delete from recorded where reference in (select body->>'reference' from message where case_id = :case)",
    ),
    "case_told_its_number_twice": (
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


def test_the_audit_knows_who_hears_whom(shared_stage: Stage) -> None:
    heard = {name: set(runtime.service.hears) for name, runtime in shared_stage.province.runtimes.items()}
    assert {name: set(publishers) for name, publishers in topology.load().hears.items()} == heard


def test_every_invariant_has_its_damage() -> None:
    assert set(DAMAGE) == set(INVARIANTS) - set(OF_A_SERVICE)


@pytest.mark.parametrize("invariant", sorted(DAMAGE))
def test_a_broken_invariant_is_found_and_its_case_named(
    shared_stage: Stage, cases: dict[str, str], invariant: str
) -> None:
    service, table, which, statement = DAMAGE[invariant]
    with mended(shared_stage, service, table):
        assert shared_stage.databases.execute(service, statement, case=cases[which]) > 0
        found = violations(shared_stage.databases)
    assert set(named(found, invariant)) == {cases[which]}
    assert violations(shared_stage.databases) == []


def test_doubles_of_what_may_repeat_are_counted_and_violate_nothing(shared_stage: Stage, cases: dict[str, str]) -> None:
    with mended(shared_stage, "notify", "recorded"):
        doubled = shared_stage.databases.execute(
            "notify",
            "update recorded set refusals = 2 where reference in (select body->>'reference' from message "
            "where case_id = :case and (body->>'may_repeat')::boolean)",
            case=cases["open"],
        )
        report = audited(shared_stage.databases)
    assert (report.clean, report.repeated) == (True, doubled)


def test_a_message_that_cannot_be_read_is_named_with_its_service(shared_stage: Stage, cases: dict[str, str]) -> None:
    with mended(shared_stage, "sla", "undecodable"):
        shared_stage.databases.execute(
            "sla", "insert into undecodable (raw, error, received_at) values ('x', 'not JSON', now())"
        )
        assert [str(v) for v in violations(shared_stage.databases)] == ["undecodable_message: sla"]
