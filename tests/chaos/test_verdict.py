"""What must never happen is named when it does: each fault below is put into the books on purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
import pytest

from chassis.audit.judging import Violation
from chassis.events.envelope import Envelope
from tests.chaos.books import Books
from tests.chaos.load import Load
from tests.chaos.tap import Order, Passed, Tap
from tests.chaos.verdict import Judge, Verdict

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
CASE = {"intake.case_closed.v1": 1, "sla.clock_started.v1": 8, "notify.message_delivered.v1": 3}


@dataclass
class Kept:
    """The books of cases that are there, with their states and how many events of each type they had."""

    states: dict[str, str] = field(default_factory=lambda: {"c1": "closed", "c2": "closed"})
    events: dict[str, dict[str, int]] = field(default_factory=lambda: {"c1": dict(CASE), "c2": dict(CASE)})

    def rows(self, service: str, sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        if "from outbox" in sql:
            return [
                (case, type, times)
                for case in values["cases"]
                for type, times in self.events[case].items()
                if type.startswith(service)
            ]
        return list(self.states.items()) if "state" in sql else [(case,) for case in self.states]


@dataclass
class Lived:
    case: str


@dataclass
class Sent:
    """What the callers know of."""

    done: list[Lived] = field(default_factory=lambda: [Lived("cases/c1"), Lived("cases/c2")])

    def cases_known(self) -> list[str]:
        return [life.case.rpartition("/")[2] for life in self.done]


@pytest.fixture
def kept() -> Kept:
    return Kept()


def compared(kept: Kept) -> dict[str, list[str]]:
    judge = Judge(cast(Any, None), cast(Books, kept), cast(Tap, None), usual=dict(list(CASE.items())[:2]))
    verdict = Verdict()
    judge._compare(cast(Load, Sent()), NOW, verdict)
    return {kind: found for kind, found in verdict.wrong.items() if found}


def test_whole_books_are_clean(kept: Kept) -> None:
    assert compared(kept) == {}
    kept.events["c1"]["notify.message_delivered.v1"] = 4
    assert compared(kept) == {}, "how often a message is tried is not ours to say"


def test_a_case_that_nobody_knows_any_more_is_lost(kept: Kept) -> None:
    del kept.states["c2"]
    assert compared(kept) == {"lost": ["sent_case_unknown: c2"]}


def test_a_case_that_nobody_sent_is_doubled(kept: Kept) -> None:
    kept.states["c3"] = "closed"
    assert compared(kept) == {"doubled": ["case_twice: c3"]}


@pytest.mark.parametrize(("times", "kind"), [(7, "lost"), (9, "doubled")])
def test_an_event_too_few_is_lost_and_one_too_many_is_doubled(kept: Kept, times: int, kind: str) -> None:
    kept.events["c2"]["sla.clock_started.v1"] = times
    assert compared(kept) == {kind: [f"c2: {times} of 8 sla.clock_started.v1"]}


def test_an_event_of_a_kind_that_no_case_has_is_doubled(kept: Kept) -> None:
    kept.events["c1"]["dispatch.redo_ordered.v1"] = 1
    assert compared(kept) == {"doubled": ["c1: 1 of 0 dispatch.redo_ordered.v1"]}


def test_a_case_that_does_not_end_is_lost(kept: Kept) -> None:
    kept.states["c1"] = "replied"
    assert compared(kept) == {"lost": ["not_closed: c1 (replied)"]}


@pytest.mark.parametrize(
    ("invariant", "kind"),
    [
        ("reference_handed_over_twice", "doubled"),
        ("broken_sequence", "inverted"),
        ("open_clock_of_an_ended_case", "lost"),
    ],
)
def test_what_the_audit_finds_is_counted_by_its_kind(invariant: str, kind: str) -> None:
    verdict = Verdict()
    verdict.add([Violation(invariant, "c1")])
    assert not verdict.clean
    assert [name for name, found in verdict.wrong.items() if found] == [kind]


def passed(*sequences: int) -> Passed:
    order, seen = Order(), Passed()
    for sequence in sequences:
        order.note(
            Envelope(
                event_id=str(sequence),
                type="sla.clock_started.v1",
                subject="c1",
                city="350100",
                occurred_at=NOW,
                sequence=sequence,
                causation_id="",
                trace="",
                payload=msgspec.Raw(b"{}"),
            ),
            seen,
        )
    return seen


def test_copies_are_counted_and_are_no_inversion() -> None:
    assert passed(1, 2, 2, 1, 3) == Passed(events=5, copies=2)


def test_an_event_before_an_earlier_one_is_an_inversion() -> None:
    assert passed(1, 3, 2).inverted == ["sla c1: 3 after 1"]
