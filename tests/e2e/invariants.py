"""What must hold across the five databases once all is quiet. Each check names the case (or subject) that violates it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

HEARS = {
    "intake": ("dispatch", "sla"),
    "dispatch": ("intake", "sla", "notify"),
    "sla": ("intake", "dispatch", "knowledge"),
    "notify": ("intake", "dispatch", "sla"),
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

    def rows(self, service: str, sql: str) -> list[sa.Row[tuple[object, ...]]]:
        with self._engines[service].connect() as connection:
            return list(connection.execute(sa.text(sql)))

    def execute(self, service: str, sql: str) -> int:
        with self._engines[service].begin() as connection:
            return connection.execute(sa.text(sql)).rowcount

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self._engines)


Check = Callable[[Databases], Iterator[str]]


def accepted_case_without_order(databases: Databases) -> Iterator[str]:
    """Every accepted case has its order, or stands in the dispatchers' queue (which is an order too)."""
    accepted = databases.rows("intake", 'select id from "case" where body->>\'accepted_at\' is not null')
    ordered = {row[0] for row in databases.rows("dispatch", "select body->>'case_id' from work_order")}
    yield from (row[0] for row in accepted if row[0] not in ordered)


def dispatched_order_without_clocks(databases: Databases) -> Iterator[str]:
    """Every assignment of a dispatched order has its clocks."""
    assignments = databases.rows(
        "dispatch",
        "select o.body->>'case_id', a->>'id' from work_order o, jsonb_array_elements(o.body->'assignments') a",
    )
    watched = {row[0] for row in databases.rows("sla", "select distinct body->>'assignment_id' from clock")}
    yield from (str(case) for case, assignment in assignments if assignment not in watched)


def open_clock_of_an_ended_case(databases: Databases) -> Iterator[str]:
    """A closed, withdrawn or ended case has no unit's clock running."""
    over = databases.rows(
        "intake", "select id from \"case\" where body->>'state' in ('closed', 'withdrawn', 'ended')"
    )
    running = databases.rows(
        "sla", "select body->>'case_id' from clock where body->>'state' in ('running', 'warned', 'held')"
    )
    open_cases = {row[0] for row in running}
    yield from (row[0] for row in over if row[0] in open_cases)


def event_without_its_effect(databases: Databases) -> Iterator[str]:
    """Every consumer has applied every event of the streams it hears, each once: its inbox stands at the last sequence."""
    for consumer, publishers in HEARS.items():
        applied = {(p, s): n for p, s, n in databases.rows(consumer, "select publisher, subject, last from inbox")}
        for publisher in publishers:
            for subject, last in databases.rows(publisher, "select subject, last from outbox_sequence"):
                if applied.get((publisher, subject), 0) != last:
                    yield f"{subject} ({publisher} -> {consumer})"


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
    for service in databases.services:
        for (subject,) in databases.rows(service, "select distinct subject from outbox where published_at is null"):
            yield f"{subject} ({service})"


def parked_message(databases: Databases) -> Iterator[str]:
    for service in databases.services:
        for subject, why in databases.rows(service, "select subject, why from parked"):
            yield f"{subject} ({service}): {why}"


def reference_handed_over_twice(databases: Databases) -> Iterator[str]:
    """The recorder refuses a reference that it knows and counts the refusals."""
    handed = databases.rows("notify", "select reference from recorded where refusals > 0")
    yield from (str(row[0]) for row in handed)


def case_told_its_number_twice(databases: Databases) -> Iterator[str]:
    """One acceptance, one message with the number."""
    yield from (
        str(row[0])
        for row in databases.rows(
            "notify",
            "select case_id from message where body->>'template' = 'case_accepted' group by case_id having count(*) > 1",
        )
    )


CHECKS: tuple[Check, ...] = (
    accepted_case_without_order,
    dispatched_order_without_clocks,
    open_clock_of_an_ended_case,
    event_without_its_effect,
    broken_sequence,
    unpublished_event,
    parked_message,
    reference_handed_over_twice,
    case_told_its_number_twice,
)


def violations(databases: Databases) -> list[Violation]:
    return [Violation(check.__name__, subject) for check in CHECKS for subject in check(databases)]
