"""The audit judges page by page: what it finds, what it leaves alone, and what it remembers of a million cases."""

import tracemalloc
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import msgspec
import pytest

from chassis.access import Principal
from chassis.audit.answering import floor_of
from chassis.audit.auditor import NAMED_AT_MOST, Auditor, Report
from chassis.audit.judging import (
    Case,
    Stream,
    Violation,
    disputed_order_without_clock,
    judged,
    open_clock_of_an_ended_order,
)
from chassis.audit.shapes import AuditPage, CaseFact, ClockFact, Heard, OrderFact, Parked, Published, SubjectFacts
from chassis.clock import uuid7

NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
LONG_AGO, JUST_NOW = NOW - timedelta(hours=1), NOW - timedelta(seconds=5)
HEARS = {"dispatch": frozenset({"intake"})}
SERVICES = ("intake", "dispatch", "sla")


def published(last: int, *, at: datetime = LONG_AGO, **changed: Any) -> Published:
    given = {"last": last, "kept": last, "first_kept": 1, "last_kept": last, "changed_at": at} | changed
    return Published(**given)


def parked(sequence: int, *, state: str = "waiting", at: datetime = LONG_AGO) -> Parked:
    return Parked("intake", sequence, "intake.case_rated.v1", state, "Boom", at)


def found(intake: SubjectFacts, dispatch: SubjectFacts) -> list[tuple[str, int, int]]:
    """The violations, each with the events that would mend it."""
    facts = {"intake": intake, "dispatch": dispatch}
    violations = judged(Case("c", facts, HEARS, NOW - timedelta(seconds=30)))
    return [(v.invariant, *((v.lacks[0].first, v.lacks[0].last) if v.lacks else (0, 0))) for v in violations]


def told(last: int, **changed: Any) -> SubjectFacts:
    return SubjectFacts("c", published=published(last, **changed))


def heard(last: int, *rows: Parked, **more: Any) -> SubjectFacts:
    return SubjectFacts("c", heard=[Heard("intake", last, len(rows))], parked=list(rows), **more)


def clock(kind: str, assignment: str = "") -> ClockFact:
    return ClockFact("k", kind, open=True, counted_as_it_stands=True, work_order_id="", assignment_id=assignment)


def test_what_a_consumer_never_got_is_named_from_the_first_to_the_last() -> None:
    assert found(told(5), heard(2)) == [("event_without_its_effect", 3, 5)]
    assert found(told(5), SubjectFacts("c")) == [("event_without_its_effect", 1, 5)]
    assert found(told(5), heard(5)) == []


def test_a_gap_before_what_waits_is_a_loss_and_what_waits_in_order_is_not() -> None:
    lost, waiting = ("event_without_its_effect", 3, 3), ("parked_message", 0, 0)
    assert sorted(found(told(5), heard(2, parked(4), parked(5)))) == [lost, waiting]
    assert found(told(5), heard(2, parked(3, state="failed"), parked(4), parked(5))) == [waiting]


def test_half_a_stream_is_never_sent_for_it_would_wait_for_its_beginning() -> None:
    week_old = told(5, kept=2, first_kept=4)
    assert found(week_old, heard(3)) == [("event_without_its_effect", 4, 5)]
    assert found(week_old, heard(2)) == [("event_without_its_effect", 0, 0)]
    case = CaseFact("accepted", accepted=True, over=False, times_accepted=0)
    intake = SubjectFacts("c", published=published(5, kept=2, first_kept=4), case=case)
    assert ("accepted_case_without_order", 0, 0) in found(intake, heard(5))


def test_more_heard_than_was_ever_published_is_named_and_not_mended() -> None:
    assert found(told(5), heard(6)) == [("event_without_its_effect", 0, 0)]


def test_what_is_young_is_left_alone_but_for_what_is_dead() -> None:
    assert found(told(5, at=JUST_NOW), heard(2)) == []
    unpublished = told(5, unpublished=1, oldest_unpublished_at=JUST_NOW, at=JUST_NOW)
    assert found(unpublished, heard(4)) == []
    assert found(told(5), heard(4, parked(5, at=JUST_NOW))) == []
    assert found(told(5), heard(4, parked(5, state="dead", at=JUST_NOW))) == [("parked_message", 0, 0)]


def test_what_waits_in_the_outbox_is_named_there_and_nowhere_else() -> None:
    waiting = told(5, unpublished=1, oldest_unpublished_at=LONG_AGO)
    assert found(waiting, heard(4)) == [("unpublished_event", 0, 0)]


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, False),
        ({"kept": 3, "first_kept": 3}, False),  # the first two are older than a week
        ({"kept": 0, "first_kept": 0, "last_kept": 0}, False),
        ({"kept": 4}, True),
        ({"last_kept": 6, "kept": 6}, True),
        ({"inverted": True}, True),
    ],
)
def test_a_sequence_is_dense_from_its_first_kept_row_to_its_last(changed: dict[str, Any], broken: bool) -> None:
    assert found(told(5, **changed), heard(5)) == ([("broken_sequence", 0, 0)] if broken else [])


def test_only_who_never_said_a_word_about_a_case_hears_of_it_anew() -> None:
    case = CaseFact("accepted", accepted=True, over=False, times_accepted=1)
    intake = SubjectFacts("c", published=published(2), case=case)
    assert ("accepted_case_without_order", 0, 2) in found(intake, heard(2))
    assert ("accepted_case_without_order", 0, 0) in found(intake, heard(2, published=published(1)))


def test_an_event_id_is_never_below_the_floor_of_its_instant() -> None:
    instant = datetime(2026, 9, 24, 2, 0, 0, 123_000, tzinfo=UTC)
    stamp = int(instant.timestamp() * 1000)
    assert floor_of(instant) <= uuid7(stamp)
    assert uuid7(stamp - 1) < floor_of(instant)


@pytest.mark.parametrize(
    ("state", "clocks", "named"),
    [
        ("disputed", [], ["disputed_order_without_clock: c (o)"]),
        ("disputed", [("dispute_meeting", "")], []),
        ("dispatched", [], []),
    ],
)
def test_a_disputed_order_has_the_clock_of_a_step(state: str, clocks: list[Any], named: list[str]) -> None:
    watching = [replace(clock(kind, of), work_order_id="o") for kind, of in clocks]
    facts = {
        "dispatch": heard(1, orders=[OrderFact("o", 1, state)]),
        "sla": SubjectFacts("c", clocks=watching),
    }
    assert [str(v) for v in disputed_order_without_clock(Case("c", facts, {}, NOW))] == named


@pytest.mark.parametrize(("kind", "runs_for_nothing"), [("supervision_reply", True), ("province_reply", False)])
def test_of_an_ended_order_only_the_province_is_still_owed_an_answer(kind: str, runs_for_nothing: bool) -> None:
    facts = {
        "dispatch": heard(1, orders=[OrderFact("o", 1, "ended")]),
        "sla": SubjectFacts("c", clocks=[replace(clock(kind), work_order_id="o")]),
    }
    assert bool(list(open_clock_of_an_ended_order(Case("c", facts, {}, NOW)))) == runs_for_nothing


@pytest.mark.parametrize(("kind", "runs_for_nothing"), [("finish", True), ("sign", False), ("verification", False)])
def test_of_a_completed_order_the_clock_of_its_end_has_stopped(kind: str, runs_for_nothing: bool) -> None:
    facts = {
        "dispatch": heard(1, orders=[OrderFact("o", 1, "completed")]),
        "sla": SubjectFacts("c", clocks=[replace(clock(kind), work_order_id="o")]),
    }
    assert bool(list(open_clock_of_an_ended_order(Case("c", facts, {}, NOW)))) == runs_for_nothing


CLOCKS = [clock("citizen"), clock("dispatch"), clock("sign", "a"), clock("finish", "a"), clock("sign", "b")]


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        (0, ["accepted_case_without_clock: c (citizen)"]),
        (1, ["accepted_case_without_clock: c (dispatch)"]),
        (2, ["assignment_without_clocks: c (a: sign)"]),
        (3, ["assignment_without_clocks: c (a: finish)"]),
        (4, ["assignment_without_clocks: c (b: sign)"]),
        (5, []),
    ],
)
def test_one_clock_that_is_lost_is_named(lost: int, named: list[str]) -> None:
    case = CaseFact("accepted", accepted=True, over=False, times_accepted=1)
    facts = {
        "intake": SubjectFacts("c", published=published(1), case=case),
        "dispatch": heard(1, orders=[OrderFact("o", 1, "dispatched", ["a", "b"], ["a"])]),
        "sla": SubjectFacts("c", clocks=CLOCKS[:lost] + CLOCKS[lost + 1 :]),
    }
    assert [str(v) for v in judged(Case("c", facts, HEARS, NOW))] == named


# -- a million cases ---------------------------------------------------------------------------------------------------


TAKEN_AT_ONCE = 1000


class Many:
    """So many cases, none of which is kept anywhere: accepted, and without an order where the number says so."""

    def __init__(self, cases: int, *, without_order_every: int) -> None:
        self._cases, self._every = cases, without_order_every
        self.asked = 0

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        self.asked += 1
        subjects: Sequence[str] = values.get("subjects", ())
        assert len(subjects) <= TAKEN_AT_ONCE  # as the real question does (chassis/audit/answering.py, Subjects)
        if subjects:
            return msgspec.to_builtins(AuditPage(NOW, facts=[self._facts(service, subject) for subject in subjects]))
        first = int(values["after"] or "-1") + 1
        page = [f"{number:09d}" for number in islice(range(first, self._cases), 500)]
        return msgspec.to_builtins(AuditPage(NOW, page if service == "intake" else []))

    def _facts(self, service: str, subject: str) -> SubjectFacts:
        facts = SubjectFacts(subject, published=published(1))
        if service == "sla":
            facts.clocks = [clock("citizen"), clock("dispatch")]
            return facts
        if service == "intake":
            facts.case = CaseFact("accepted", accepted=True, over=False, times_accepted=1)
        elif int(subject) % self._every:
            facts.heard, facts.orders = [Heard("intake", 1, 0)], [OrderFact(subject, 1, "dispatched")]
        else:
            facts.heard = [Heard("intake", 1, 0)]
        return facts


def audited(many: Many, hears: Mapping[str, frozenset[str]] = HEARS) -> Report:
    return Auditor(many, hears, SERVICES).audit()


def test_what_it_remembers_does_not_grow_with_the_number_of_cases() -> None:
    peaks = []
    for cases in (4_000, 16_000):
        tracemalloc.start()
        report = audited(Many(cases, without_order_every=500))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.judged == cases
        assert report.found["accepted_case_without_order"] == cases // 500
    assert peaks[1] < peaks[0] * 1.3, peaks


def test_beyond_ten_thousand_violations_are_counted_and_no_longer_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.audit.auditor.NAMED_AT_MOST", 100)
    report = audited(Many(400, without_order_every=1))
    assert NAMED_AT_MOST == 10_000
    assert len(report.violations) == 100
    assert report.found.total() == 400


def test_more_open_subjects_than_one_question_takes_are_asked_about_in_turn() -> None:
    many = Many(3_000, without_order_every=1)
    every = [f"{number:09d}" for number in range(3_000)]
    auditor = Auditor(many, HEARS, SERVICES)
    assert auditor.audit(since=NOW, also=every).judged == 3_000
    assert {v.subject for v in auditor.recheck(every)} == set(every)


class Rewinding:
    """Consumers that rewind until the first event goes out: then they begin to publish again themselves."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int, int]] = []

    def ask(self, principal: Principal, service: str, question: str, **values: Any) -> Any:
        if question == "hear_again":
            return {"rewound": not self.sent}
        self.sent.append((service, values["first"], values["last"]))
        return {"events": values["last"]}


def test_every_stream_is_rewound_before_the_first_event_goes_out() -> None:
    consumers = Rewinding()
    lost = Violation(
        "accepted_case_without_order", "c", "", (Stream("intake", "dispatch", 0, 3), Stream("sla", "dispatch", 0, 2))
    )
    repairs = list(Auditor(consumers, HEARS, SERVICES).repair([lost, lost]))
    assert [repair.events for repair in repairs] == [3, 2]
    assert consumers.sent == [("intake", 1, 3), ("sla", 1, 2)]
