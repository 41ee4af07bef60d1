"""Events at work on clocks that are kept in memory: what the second reckoning (tests/law) has found, each once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from services.sla.domain.clock import Clock, State
from services.sla.domain.rulebook import Rulebook
from tests.law.clocks import Happened
from tests.law.moments import to_local, to_utc
from tests.law.playing import Platform
from tests.law.stories import INSTANT

UNIT = {"work_order_id": "w1", "assignment_id": "a1", "unit": "u1"}
FUZHOU, PINGLI, SHUANGYASHAN = "350100", "610926", "230500"


class Case:
    """One case of a city; local times as people write them."""

    def __init__(self, book: Rulebook, city: str) -> None:
        self.book, self.city, self.kept = book, city, Platform(book)
        self.facts = {"category": "complaint", "item": "", "emergency_class": ""}

    def hears(self, type: str, at: str, **told: Any) -> None:
        happened = datetime.fromisoformat(at)
        self.kept.wait_until(happened)
        told = {"city": self.city, "case_id": "c1", INSTANT[type]: to_utc(happened), **told}
        assert self.kept.hear(Happened(type, happened, told)), "not yet"

    def accepted(self, at: str, **facts: str) -> None:
        self.facts |= facts
        ref = self.book.pack_of_city(self.city).ref
        self.hears("intake.case_accepted", at, pack=ref, citizen_reachable=True, **self.facts)

    def dispatched(self, at: str, unit: str = "a1", **facts: str) -> None:
        self.facts |= facts
        ref = self.book.pack_of_city(self.city).ref
        assigned = [{"assignment_id": unit, "unit": f"u-{unit}", "role": "lead"}]
        told = {"work_order_id": "w1", "round": 1, "assignments": assigned, "citizen_reachable": True, **self.facts}
        self.hears("dispatch.work_order_dispatched", at, pack=ref, **told)

    def corrected(self, at: str, unit: str = "a1", *, by: str = "", **facts: str) -> None:
        """By intake, and by dispatch that takes it over; or by one of them."""
        old = {f"old_{name}": value for name, value in self.facts.items()}
        self.facts |= facts
        if by != "dispatch":
            self.hears("intake.case_corrected", at, **self.facts, **old)
        if by != "intake":
            assigned = [{"assignment_id": unit, "unit": f"u-{unit}", "role": "lead"}]
            told = {"work_order_id": "w1", "round": 1, "assignments": assigned, **self.facts, **old}
            self.hears("dispatch.work_order_corrected", at, **told)

    def extension(self, what: str, at: str, **told: Any) -> None:
        self.hears(f"dispatch.extension_{what}", at, **UNIT, extension_id=f"e{at}", **told)

    def limited(self, at: str, ground: str, **told: Any) -> None:
        told = {name: to_utc(datetime.fromisoformat(v)) if name == "due_at" else v for name, v in told.items()}
        self.hears("intake.case_limit_set", at, ground=ground, **told)

    def clocks(self, kind: str) -> list[Clock]:
        return [clock for clock in self.kept.memory.clocks.values() if clock.kind == kind]

    def due(self, kind: str = "finish") -> str:
        return f"{to_local(self.clocks(kind)[-1].due_at):%m-%d %H:%M}"


@pytest.fixture
def case_of(book: Rulebook) -> Callable[[str], Case]:
    return lambda city: Case(book, city)


def test_an_application_that_was_refused_is_used_up_where_the_pack_counts_applications(
    case_of: Callable[[str], Case],
) -> None:
    case = case_of(SHUANGYASHAN)
    case.accepted("2026-08-03 09:00")
    case.dispatched("2026-08-03 09:10")
    (finish,) = case.clocks("finish")
    case.extension("filed", "2026-08-04 09:00")
    case.extension("refused", "2026-08-04 10:00")
    assert finish.last_extension_at
    assert finish.reminder
    case.extension("filed", "2026-08-05 09:00")
    assert (finish.last_extension_at, finish.reminder) == (None, None)
    case.extension("granted", "2026-08-05 10:00", working_days=5)
    assert (finish.last_extension_at, finish.reminder) == (None, None)


def test_a_long_cycle_is_none_of_the_two_extensions_of_pingli(case_of: Callable[[str], Case]) -> None:
    case = case_of(PINGLI)
    case.accepted("2026-08-03 09:00")
    case.dispatched("2026-08-03 09:10")
    (finish,) = case.clocks("finish")
    case.extension("granted", "2026-08-04 09:00", working_days=20, route="long_cycle")
    case.extension("granted", "2026-08-05 09:00", working_days=5, route="ordinary")
    assert finish.last_extension_at == finish.due_at
    case.extension("granted", "2026-08-06 09:00", working_days=5, route="ordinary")
    assert finish.last_extension_at is None


def test_what_becomes_an_emergency_again_has_its_first_response_again(case_of: Callable[[str], Case]) -> None:
    case = case_of(FUZHOU)
    case.accepted("2026-08-03 09:00", emergency_class="urgent")
    case.dispatched("2026-08-03 09:10")
    case.corrected("2026-08-03 09:20", emergency_class="")
    case.corrected("2026-08-03 15:00", emergency_class="urgent")
    assert [clock.state for clock in case.clocks("first_response")] == [State.CANCELLED, State.RUNNING]
    assert case.due("first_response") == "08-03 15:30"
    case.hears("dispatch.citizen_contacted", "2026-08-03 15:10", **UNIT)
    case.corrected("2026-08-03 15:20", emergency_class="")
    case.corrected("2026-08-03 15:40", emergency_class="urgent")
    assert [clock.state for clock in case.clocks("first_response")] == [State.CANCELLED, State.MET]


def test_the_emergency_clock_of_one_unit_is_not_that_of_the_next(case_of: Callable[[str], Case]) -> None:
    case = case_of(FUZHOU)
    case.accepted("2026-08-03 09:00", emergency_class="urgent")
    case.dispatched("2026-08-03 09:10")
    case.hears("dispatch.return_agreed", "2026-08-03 09:20", **UNIT, role="lead", kind="not_ours")
    case.dispatched("2026-08-03 09:30", "a2", emergency_class="")
    case.corrected("2026-08-03 10:00", "a2", emergency_class="urgent")
    assert [clock.assignment_id for clock in case.clocks("first_response") if clock.is_open] == ["a2"]


@pytest.mark.parametrize("former", ["intake.case_joined", "dispatch.work_order_dispatched", "dispatch.dispute_opened"])
def test_a_case_accepted_anew_is_dispatched_by_a_dispute_that_was_heard_before(
    former: str, case_of: Callable[[str], Case]
) -> None:
    case = case_of(FUZHOU)
    case.accepted("2026-08-03 09:00")
    case.hears(former, "2026-08-03 09:30", work_order_id="w0", round=1)
    case.hears("dispatch.dispute_opened", "2026-08-04 11:00", work_order_id="w1", round=1)
    case.accepted("2026-08-04 10:00")
    assert case.clocks("dispatch")[1].judged_at == to_utc(datetime.fromisoformat("2026-08-04 11:00"))
    case.accepted("2026-08-05 10:00")
    assert case.clocks("dispatch")[2].state is State.RUNNING


def test_a_dispatch_for_the_former_acceptance_does_not_end_the_clock_of_the_next(
    case_of: Callable[[str], Case],
) -> None:
    case = case_of(FUZHOU)
    case.accepted("2026-08-03 09:30")
    case.accepted("2026-08-03 10:00")
    case.dispatched("2026-08-03 09:40")
    assert [clock.state for clock in case.clocks("dispatch")] == [State.MET, State.RUNNING]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_dispatch_that_another_machine_dates_before_the_acceptance_ends_its_clock(
    times: int, case_of: Callable[[str], Case]
) -> None:
    case = case_of(FUZHOU)
    for day in range(3, 3 + times):
        case.accepted(f"2026-08-0{day} 09:30:00.020")
        case.dispatched(f"2026-08-0{day} 09:30:00.010")
    assert [clock.state for clock in case.clocks("dispatch")] == [State.MET] * times


def test_a_dispatch_that_another_machine_dates_before_the_acceptance_anew_may_be_heard_first(
    case_of: Callable[[str], Case],
) -> None:
    case = case_of(FUZHOU)
    case.accepted("2026-08-03 09:30")
    case.hears("intake.case_joined", "2026-08-03 09:40")
    case.dispatched("2026-08-04 09:30:00.010")
    case.accepted("2026-08-04 09:30:00.020")
    assert [clock.state for clock in case.clocks("dispatch")] == [State.CANCELLED, State.MET]


def test_a_case_accepted_anew_begins_with_its_first_round_whatever_round_was_heard_before(
    case_of: Callable[[str], Case],
) -> None:
    case = case_of(FUZHOU)
    case.accepted("2026-08-03 09:00")
    assigned = [{"assignment_id": "a1", "unit": "u1", "role": "lead"}]
    case.hears(
        "dispatch.work_order_dispatched", "2026-08-04 11:00",
        work_order_id="w1", round=2, assignments=assigned, **case.facts,
    )  # fmt: skip
    case.accepted("2026-08-04 10:00")
    assert [(clock.round, clock.occurrence) for clock in case.clocks("dispatch")] == [(1, 1), (1, 2)]


def test_facts_that_bar_an_extension_bar_it_though_the_limit_is_the_same(case_of: Callable[[str], Case]) -> None:
    case = case_of(PINGLI)
    case.accepted("2026-08-03 09:00", category="consultation")
    case.dispatched("2026-08-03 09:10")
    (finish,) = case.clocks("finish")
    before = finish.due_at
    assert finish.last_extension_at == before
    case.corrected("2026-08-03 10:00", emergency_class="sudden")
    assert (finish.due_at, finish.last_extension_at, finish.reminder) == (before, None, None)


def test_an_order_keeps_its_facts_until_dispatch_has_taken_the_correction_over(case_of: Callable[[str], Case]) -> None:
    case = case_of(SHUANGYASHAN)
    case.accepted("2026-08-03 09:00")
    case.dispatched("2026-08-03 09:10")
    (finish,) = case.clocks("finish")
    case.corrected("2026-08-04 10:00", by="intake", category="consultation")
    assert (finish.category, case.clocks("citizen")[0].category) == ("complaint", "consultation")
    case.corrected("2026-08-04 10:00", by="dispatch")
    assert finish.category == "consultation"
    assert finish.last_extension_at is None


def test_a_moment_that_is_lifted_gives_back_the_deadline_that_a_correction_had_left(
    case_of: Callable[[str], Case],
) -> None:
    case = case_of(SHUANGYASHAN)
    case.accepted("2026-08-03 09:00")
    case.dispatched("2026-08-03 09:10")
    case.corrected("2026-08-12 10:00", category="consultation")
    assert case.due() == "08-13 17:30"
    case.limited("2026-08-12 11:00", "leader", due_at="2026-08-12 20:00")
    assert case.due() == "08-12 20:00"
    case.limited("2026-08-12 12:00", "leader", due_at="2026-08-13 12:00")
    assert case.due() == "08-13 12:00"
    case.hears("intake.case_limit_lifted", "2026-08-12 13:00", ground="leader")
    assert case.due() == "08-13 17:30"


def test_a_law_that_is_not_stricter_leaves_what_an_extension_gave(case_of: Callable[[str], Case]) -> None:
    case = case_of(PINGLI)
    case.accepted("2026-08-03 09:00")
    case.dispatched("2026-08-03 09:10")
    case.corrected("2026-08-10 10:00", category="consultation")
    assert case.due() == "08-10 17:30", "no more than there was"
    case.extension("filed", "2026-08-10 11:00")
    case.extension("granted", "2026-08-10 12:00", working_days=5)
    assert case.due() == "08-17 17:30"
    case.limited("2026-08-11 10:00", "other_law", limit_amount=30, limit_unit="working_day", rank="law")
    assert case.due() == "08-17 17:30"


def test_two_limits_set_while_the_dispatch_was_on_its_way_count_one_after_the_other(
    case_of: Callable[[str], Case],
) -> None:
    early, late = case_of(SHUANGYASHAN), case_of(SHUANGYASHAN)
    for case in (early, late):
        case.accepted("2026-08-03 09:00")
        if case is early:
            case.dispatched("2026-08-03 09:10")
        case.limited("2026-08-12 10:00", "other_law", limit_amount=3, limit_unit="working_day", rank="law")
        case.limited("2026-08-12 11:00", "leader", due_at="2026-08-13 12:00")
        if case is late:
            case.dispatched("2026-08-03 09:10")
        assert case.due() == "08-13 12:00"
        case.hears("intake.case_limit_lifted", "2026-08-12 13:00", ground="leader")
        assert case.due() == "08-13 17:30"


def test_no_light_comes_after_a_moment_that_has_passed_before_the_start(case_of: Callable[[str], Case]) -> None:
    case = case_of(SHUANGYASHAN)
    case.accepted("2026-08-03 09:00")
    case.limited("2026-08-03 10:00", "leader", due_at="2026-08-03 20:00")
    case.dispatched("2026-08-04 02:00")
    (finish,) = case.clocks("finish")
    assert finish.warn_at == finish.due_at < finish.started_at
