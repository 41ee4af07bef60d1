"""What must never happen is named when it does: each fault below is put into the books on purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
import pytest

from chassis.audit.judging import Violation
from chassis.events.envelope import Envelope
from tests.chaos.books import Books
from tests.chaos.effects import Light, Told
from tests.chaos.load import Load
from tests.chaos.tap import Order, Passed, Tap
from tests.chaos.verdict import Judge, Verdict

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
CASE = {"intake.case_closed.v1": 1, "sla.clock_started.v1": 8, "notify.message_delivered.v1": 3}


def clock(case: str, id: str, *, warned: bool = False, told: int = 0, overdue: bool = False, over: int = 0) -> Light:
    return Light(case, id, "finish", warned, overdue, told, over, 0, 0)


def number_told(case: str, id: str) -> Told:
    return Told(case, id, "case_accepted", "citizen p1 0", "", True, 1)


def light_told(case: str, id: str, about: str) -> Told:
    return Told(case, id, "clock_warned", "unit u1 0", about, True, 1)


@dataclass
class Kept:
    """The books of cases that are there: their states, how many events of each type they had, clocks and messages."""

    states: dict[str, str] = field(default_factory=lambda: {"c1": "closed", "c2": "closed"})
    events: dict[str, dict[str, int]] = field(default_factory=lambda: {"c1": dict(CASE), "c2": dict(CASE)})

    clocks: list[Light] = field(default_factory=lambda: [clock("c1", "k1"), clock("c2", "k2")])
    messages: list[Told] = field(default_factory=lambda: [number_told("c1", "m1"), number_told("c2", "m2")])

    in_doubt: list[str] = field(default_factory=list)

    def rows(self, service: str, sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        if "from clock" in sql:
            return [astuple(light) for light in self.clocks]
        if "needs_a_person" in sql:
            return [(id,) for id in self.in_doubt]
        if "from message" in sql:
            return [astuple(message) for message in self.messages]
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
    usual = dict(list(CASE.items())[:2])
    judge = Judge(cast(Any, None), cast(Books, kept), cast(Tap, None), usual, {"case_accepted": 1})
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


@pytest.mark.parametrize(("times", "kind"), [(0, "lost"), (2, "doubled")])
def test_a_light_that_is_lit_is_told_once(kept: Kept, times: int, kind: str) -> None:
    kept.messages.append(light_told("c1", "m3", about="k1"))
    kept.clocks[0] = clock("c1", "k1", warned=True, told=1)
    assert compared(kept) == {}
    kept.clocks[0] = clock("c1", "k1", warned=True, told=times)
    assert compared(kept)[kind] == [f"c1: {times} of 1 warned by clock finish k1"]


@pytest.mark.parametrize(("times", "kind"), [(0, "lost"), (2, "doubled")])
def test_a_breach_that_stands_is_told_once(kept: Kept, times: int, kind: str) -> None:
    kept.messages.append(light_told("c1", "m3", about="k1"))
    kept.clocks[0] = clock("c1", "k1", overdue=True, over=times)
    assert compared(kept)[kind] == [f"c1: {times} of 1 breached by clock finish k1"]


def test_a_light_that_is_told_and_not_lit_is_doubled_and_a_new_deadline_has_one_of_its_own(kept: Kept) -> None:
    kept.messages.append(light_told("c1", "m3", about="k1"))
    kept.clocks[0] = clock("c1", "k1", told=1)
    assert compared(kept) == {"doubled": ["c1: 1 of 0 warned by clock finish k1"]}
    kept.clocks[0] = replace(kept.clocks[0], moved=1)
    assert compared(kept) == {}


def test_a_reminder_comes_once(kept: Kept) -> None:
    kept.clocks[1] = replace(kept.clocks[1], told_reminded=2)
    assert compared(kept) == {"doubled": ["c2: 2 of 1 reminded by clock finish k2"]}


def test_a_light_that_nobody_is_told_of_is_lost_and_one_told_twice_to_the_same_is_doubled(kept: Kept) -> None:
    kept.clocks[0] = clock("c1", "k1", warned=True, told=1)
    assert compared(kept) == {"lost": ["c1: 0 of 1 message about the light of k1"]}
    kept.messages += [light_told("c1", id, about="k1") for id in ("m3", "m4")]
    assert compared(kept) == {"doubled": ["c1: 2 of 1 message clock_warned to unit u1 0 about k1"]}


def test_a_message_that_is_not_there_is_lost_and_one_too_many_is_doubled(kept: Kept) -> None:
    kept.messages = [number_told("c1", "m1"), number_told("c1", "m3")]
    assert compared(kept) == {
        "lost": ["c2: 0 of 1 message case_accepted"],
        "doubled": ["c1: 2 of 1 message case_accepted"],
    }


@pytest.mark.parametrize(("times", "kind"), [(0, "lost"), (2, "doubled")])
def test_a_delivery_is_told_once(kept: Kept, times: int, kind: str) -> None:
    kept.messages[1] = replace(kept.messages[1], told_delivered=times)
    assert compared(kept) == {kind: [f"c2: {times} of 1 delivered m2"]}


def test_a_message_that_stays_in_doubt_is_lost(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.chaos.verdict.QUIET_SECONDS", 0.0)
    kept.in_doubt = ["m1"]
    judge, verdict = Judge(cast(Any, None), cast(Books, kept), cast(Tap, None)), Verdict()
    verdict.add(judge._left(NOW, ["c1"]).violations)
    assert [name for name, found in verdict.wrong.items() if found] == ["lost"]


def test_what_the_platform_has_mended_by_itself_was_lost() -> None:
    verdict = Verdict()
    verdict.add_mended([])
    assert verdict.clean
    verdict.add_mended(["c1 for sla"])
    assert verdict.wrong["lost"] == ["sent_again: c1 for sla"]


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
    assert passed(1, 2, 2, 1, 3) == Passed(events=5, copies=2, ids={"1", "2", "3"})


def test_an_event_before_an_earlier_one_is_an_inversion() -> None:
    assert passed(1, 3, 2).inverted == ["sla c1: 3 after 1"]


def test_an_inversion_at_the_head_of_a_stream_is_no_copy() -> None:
    assert passed(2, 1, 3).inverted == ["sla c1: 2 after 0"]


def test_what_an_outbox_has_published_has_passed_and_nothing_else_has() -> None:
    verdict = Verdict()
    verdict.add_passed(passed(1, 2, 3), {"1", "2"}, {"1", "2", "3"})
    assert verdict.clean
    verdict.add_passed(Passed(), {"1"}, {"1"})
    assert verdict.wrong["lost"] == ["published_and_not_on_the_bus: 1"]
    verdict.add_passed(passed(1), set(), set())
    assert verdict.wrong["doubled"] == ["on_the_bus_and_in_no_outbox: 1"]
