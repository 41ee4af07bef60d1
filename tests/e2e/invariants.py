"""What must hold across the five databases once all is quiet. Each check names the case that violates it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

HEARS = {
    "intake": ("dispatch", "sla"),
    "dispatch": ("intake", "sla", "notify"),
    "sla": ("intake", "dispatch", "knowledge"),
    "notify": ("intake", "dispatch", "sla", "knowledge"),
}


@dataclass(frozen=True)
class Violation:
    invariant: str
    subject: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.subject}"


class Databases:
    """Read access to each service's database by its name."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._engines = {name: sa.create_engine(url, poolclass=sa.NullPool) for name, url in urls.items()}

    def rows(self, service: str, sql: str, **values: object) -> list[Any]:
        with self._engines[service].connect() as connection:
            return list(connection.execute(sa.text(sql), values))

    def execute(self, service: str, sql: str, **values: object) -> int:
        with self._engines[service].begin() as connection:
            return connection.execute(sa.text(sql), values).rowcount

    def tables(self, service: str) -> list[str]:
        listed = self.rows(service, "select table_name from information_schema.tables where table_schema = 'public'")
        return sorted(str(row[0]) for row in listed)

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self._engines)


Check = Callable[[Databases], Iterator[str]]


def accepted_case_without_order(databases: Databases) -> Iterator[str]:
    """Every accepted case has its order, or stands in the dispatchers' queue (which is an order too)."""
    ordered = _ids(databases, "dispatch", "select case_id from work_order")
    accepted = databases.rows("intake", "select id from case_file where body->>'accepted_at' is not null")
    yield from (str(id) for (id,) in accepted if id not in ordered)


def order_twice(databases: Databases) -> Iterator[str]:
    """One acceptance makes each of a case's orders once."""
    yield from _column(
        databases,
        "dispatch",
        "select case_id from work_order where state <> 'ended' group by case_id, body->>'index' having count(*) > 1",
    )


def assignment_without_clocks(databases: Databases) -> Iterator[str]:
    """Every assignment of every order has its clocks."""
    watched = _ids(databases, "sla", "select distinct body->>'assignment_id' from clock")
    assignments = databases.rows(
        "dispatch", "select case_id, a->>'id' from work_order, jsonb_array_elements(body->'assignments') a"
    )
    yield from (str(case) for case, assignment in assignments if assignment not in watched)


def accepted_case_without_clock(databases: Databases) -> Iterator[str]:
    """Every accepted case has the citizen's own clock."""
    watched = _ids(databases, "sla", "select case_id from clock where body->>'kind' = 'citizen'")
    accepted = databases.rows("intake", "select id from case_file where body->>'accepted_at' is not null")
    yield from (str(id) for (id,) in accepted if id not in watched)


def open_clock_of_an_ended_case(databases: Databases) -> Iterator[str]:
    """A closed, withdrawn or ended case has no clock that still runs."""
    running = _ids(
        databases, "sla", "select case_id from clock where body->>'state' in ('running', 'warned', 'held', 'breached')"
    )
    over = databases.rows("intake", "select id from case_file where state in ('closed', 'withdrawn', 'ended')")
    yield from (str(id) for (id,) in over if id in running)


def clock_without_its_fact(databases: Databases) -> Iterator[str]:
    """Every clock is counted as it stands."""
    yield from _column(
        databases,
        "sla",
        "select c.case_id from clock c left join kpi_fact f on f.natural_key = c.natural_key "
        "where f.state is distinct from c.body->>'state'",
    )


def event_without_its_effect(databases: Databases) -> Iterator[str]:
    """Every consumer has applied every event of the streams it hears, each once: its inbox stands at the last one."""
    for consumer, publishers in HEARS.items():
        applied = {(p, s): n for p, s, n in databases.rows(consumer, "select publisher, subject, last from inbox")}
        for publisher in publishers:
            for subject, last in databases.rows(publisher, "select subject, last from outbox_sequence"):
                if applied.pop((publisher, subject), 0) != last:
                    yield f"{subject} ({publisher} -> {consumer})"
        yield from (f"{subject} ({publisher} -> {consumer})" for publisher, subject in applied)


def broken_sequence(databases: Databases) -> Iterator[str]:
    """Sequences are dense from 1 and rise in the order in which the rows were written."""
    for service in databases.services:
        for (subject,) in databases.rows(
            service,
            "select subject from (select subject, sequence, row_number() over (partition by subject order by id) n "
            "from outbox) t where sequence <> n group by subject",
        ):
            yield f"{subject} ({service})"


def unpublished_event(databases: Databases) -> Iterator[str]:
    """Outboxes are empty."""
    for service in databases.services:
        for (subject,) in databases.rows(service, "select distinct subject from outbox where published_at is null"):
            yield f"{subject} ({service})"


def parked_message(databases: Databases) -> Iterator[str]:
    """Nothing waits, and nothing is dead."""
    for service in databases.services:
        for subject, why in databases.rows(service, "select subject, why from parked"):
            yield f"{subject} ({service}): {why}"
        yield from (f"undecodable {id} ({service})" for (id,) in databases.rows(service, "select id from undecodable"))


def reference_handed_over_twice(databases: Databases) -> Iterator[str]:
    """The recorder refuses a reference that it knows and counts the refusals."""
    cases = {str(id): str(case) for id, case in databases.rows("notify", "select id, case_id from message")}
    for (reference,) in databases.rows("notify", "select reference from recorded where refusals > 0"):
        message = str(reference).rpartition("-")[0]
        yield f"{cases.get(message, '')} ({reference})"


def message_never_handed_over(databases: Databases) -> Iterator[str]:
    """What counts as handed over is known to the provider."""
    recorded = _ids(databases, "notify", "select reference from recorded")
    sent = databases.rows(
        "notify", "select case_id, body->>'reference' from message where state in ('handed_over', 'delivered')"
    )
    yield from (str(case) for case, reference in sent if reference not in recorded)


def case_told_its_number_twice(databases: Databases) -> Iterator[str]:
    """One acceptance, one message with the number."""
    accepted: dict[str, int] = dict(
        databases.rows(
            "intake",
            "select subject, count(*) from outbox where type = 'intake.case_accepted.v1' group by subject",
        )
    )
    for case, told in databases.rows(
        "notify",
        "select case_id, count(*) from message where body->>'template' = 'case_accepted' group by case_id",
    ):
        if told > accepted.get(case, 0):
            yield str(case)


CHECKS: tuple[Check, ...] = (
    accepted_case_without_order,
    order_twice,
    assignment_without_clocks,
    accepted_case_without_clock,
    open_clock_of_an_ended_case,
    clock_without_its_fact,
    event_without_its_effect,
    broken_sequence,
    unpublished_event,
    parked_message,
    reference_handed_over_twice,
    message_never_handed_over,
    case_told_its_number_twice,
)


def violations(databases: Databases) -> list[Violation]:
    return [Violation(check.__name__, subject) for check in CHECKS for subject in check(databases)]


def _ids(databases: Databases, service: str, sql: str) -> set[object]:
    return {row[0] for row in databases.rows(service, sql)}


def _column(databases: Databases, service: str, sql: str) -> Iterator[str]:
    yield from (str(row[0]) for row in databases.rows(service, sql))
