"""What corrected facts do to the clocks of a case and of its order."""

from typing import Any

import pytest

from tests.integration.sla.conftest import Office, at

FACTS = ("category", "item", "area", "emergency_class")
LEAD = {"assignment_id": "c1-a1", "unit": "u1", "role": "lead"}
CO = {"assignment_id": "c1-a2", "unit": "u2", "role": "co"}


@pytest.fixture
def running(office: Office) -> Office:
    """A complaint under F16, dispatched to a lead and a co-unit on Monday 21 September at 9:00."""
    office.accepted()
    office.dispatched(assignments=[LEAD, CO])
    return office


def corrected(office: Office, old: dict[str, str], new: dict[str, str], *, heard_by_dispatch: bool = True) -> None:
    """Told by intake, and by dispatch once its order has taken it over."""
    said: dict[str, Any] = {name: new.get(name, "") for name in FACTS}
    said |= {f"old_{name}": old.get(name, "") for name in FACTS}
    said["corrected_at"] = office.clock.now()
    office.hears("intake.case_corrected", **said, accepted_at=at("09-21 09:00"))
    if heard_by_dispatch:
        taken_over(office, said)


def taken_over(office: Office, said: dict[str, Any]) -> None:
    order = {"work_order_id": "c1-w", "round": 1, "assignments": [LEAD, CO]}
    office.hears("dispatch.work_order_corrected", **order, **said)


def explained(office: Office, kind: str) -> str:
    return "\n".join(step.zh for step in office.clocks()[kind].steps)


def test_a_complaint_found_on_the_list_has_three_days_from_its_dispatch(running: Office) -> None:
    running.move_to(at("09-22 10:00"))
    corrected(running, {"category": "complaint"}, {"category": "complaint", "item": "23"})
    finish = running.clocks()["finish"]
    assert (finish.due_at, finish.first_due_at) == (at("09-24 17:30"), at("10-12 17:30"))
    assert (finish.limit, finish.rule) == ("3 working_day", "F16-22c")
    assert "清单事项由“无”更正为“23" in explained(running, "finish")
    assert running.rows("select why from parked") == []


def test_both_deadlines_are_told_with_the_limit_that_counts_now(running: Office) -> None:
    running.move_to(at("09-22 10:00"))
    corrected(running, {"category": "complaint"}, {"category": "consultation"})
    moved = running.said("clock_moved", "finish")[0]
    assert (moved["why"], moved["limit_unit"], moved["limit_amount"]) == ("case_corrected", "working_day", 2)
    assert moved["old_due_at"].startswith("2026-10-12")
    assert moved["due_at"].startswith("2026-09-23")


def test_the_citizens_clock_counts_by_the_corrected_category_from_the_acceptance(running: Office) -> None:
    running.move_to(at("09-22 10:00"))
    corrected(running, {"category": "complaint"}, {"category": "consultation"}, heard_by_dispatch=False)
    assert running.clocks()["citizen"].due_at == at("09-24 17:30")
    # The order's clocks wait for the news of dispatch, in whose stream they began.
    assert running.clocks()["finish"].due_at == at("10-12 17:30")


def test_a_correction_leaves_at_least_one_working_day(running: Office) -> None:
    running.move_to(at("09-29 10:00"))
    corrected(running, {"category": "complaint"}, {"category": "consultation"})
    assert running.clocks()["finish"].due_at == at("09-30 17:30")
    assert "至少留 1 个工作日" in explained(running, "finish")
    assert running.states()["finish"] in {"running", "warned"}


def test_a_correction_to_a_shorter_limit_brings_no_overdue_order_back_in_time(running: Office) -> None:
    running.move_to(at("10-13 10:00"))
    assert running.states()["finish"] == "breached"
    corrected(running, {"category": "complaint"}, {"category": "consultation"})
    assert running.states()["finish"] == "breached"
    assert running.clocks()["finish"].due_at == at("10-12 17:30")
    assert running.said("breach_withdrawn") == []


def test_a_correction_to_a_longer_limit_withdraws_the_breach(office: Office) -> None:
    office.accepted(category="consultation")
    office.dispatched(category="consultation")
    office.move_to(at("09-24 10:00"))
    assert office.states()["finish"] == "breached"
    corrected(office, {"category": "consultation"}, {"category": "complaint"})
    assert office.states()["finish"] == "running"
    assert office.clocks()["finish"].due_at == at("10-12 17:30")
    assert [e["why"] for e in office.said("breach_withdrawn", "finish")] == ["case_corrected"]
    office.move_to(at("10-13 10:00"))
    assert [e["kind"] for e in office.said("clock_breached")].count("finish") == 2


def test_the_co_units_deadline_follows_that_of_the_lead(running: Office) -> None:
    running.move_to(at("09-22 10:00"))
    before = running.clocks()["co_reply"].due_at
    corrected(running, {"category": "complaint"}, {"category": "complaint", "item": "23"})
    assert running.clocks()["co_reply"].due_at == at("09-23 17:30") < before


def test_an_extension_stays_granted_when_the_category_is_corrected(running: Office) -> None:
    running.unit("extension_granted", "granted_at", extension_id="e1", working_days=2)
    running.move_to(at("09-22 10:00"))
    corrected(running, {"category": "complaint"}, {"category": "complaint", "item": "23"})
    assert running.clocks()["finish"].due_at == at("09-29 17:30")


def test_news_that_dispatch_tells_late_leaves_the_same_deadline(office: Office) -> None:
    """Dispatched before the correction, and heard after it: the finish clock is counted anew when dispatch says so."""
    office.accepted()
    office.move_to(at("09-22 10:00"))
    new = {"category": "complaint", "item": "23"}
    corrected(office, {"category": "complaint"}, new, heard_by_dispatch=False)
    office.dispatched(dispatched_at=at("09-21 09:00"))
    said = {name: new.get(name, "") for name in FACTS} | {f"old_{name}": "" for name in FACTS}
    taken_over(office, said | {"old_category": "complaint", "corrected_at": at("09-22 10:00")})
    assert office.clocks()["finish"].due_at == at("09-24 17:30")


def test_an_item_that_is_taken_away_stays_away_in_a_new_dispatch(office: Office) -> None:
    office.accepted(item="23")
    office.dispatched(item="23")
    corrected(office, {"category": "complaint", "item": "23"}, {"category": "complaint"})
    assert office.clocks()["finish"].due_at == at("10-12 17:30")
    office.unit("return_agreed", "agreed_at", role="lead", kind="not_ours")
    office.dispatched(occurrence=2, assignments=[LEAD | {"assignment_id": "c1-b1", "unit": "u2"}])
    assert office.clocks()["finish"].limit == "10 working_day"


def test_what_was_kept_before_counts_for_the_corrected_category(running: Office) -> None:
    running.unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
    corrected(running, {"category": "complaint"}, {"category": "consultation"})
    rows = running.rows("select distinct category from kpi_fact")
    assert rows == [("consultation",)]
    assert running.rows("select category, outcome from kpi_case") == [("consultation", "accepted")]


def test_what_turns_out_to_be_an_emergency_is_answered_at_once_from_the_correction(running: Office) -> None:
    running.unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
    running.move_to(at("09-21 11:00"))
    urgent = {"category": "complaint", "emergency_class": "urgent"}
    corrected(running, {"category": "complaint"}, urgent)
    assert running.states()["contact"] == "cancelled"
    assert running.clocks()["first_response"].due_at == at("09-21 11:30")
    assert running.clocks()["finish"].due_at == at("09-22 00:00")
    # Corrected once more, it starts no second one.
    corrected(running, urgent, urgent | {"area": "350102"})
    assert running.rows("select count(*) from clock where body->>'kind' = 'first_response'")[0] == (1,)


def test_an_emergency_that_waits_for_its_dispatch_is_dispatched_at_once(office: Office) -> None:
    office.accepted()
    office.move_to(at("09-21 09:30"))
    urgent = {"category": "complaint", "emergency_class": "urgent"}
    corrected(office, {"category": "complaint"}, urgent, heard_by_dispatch=False)
    assert office.clocks()["dispatch"].due_at == at("09-21 09:45")
    office.dispatched(**urgent)
    assert office.states()["dispatch"] == "met"
    assert office.clocks()["sign"].limit == "30 minute"


def test_a_special_matter_found_later_has_its_progress_limit_from_the_correction(office: Office) -> None:
    office.accepted(city="230500")
    office.dispatched(city="230500")
    office.move_to(at("09-22 10:00"))
    said = dict.fromkeys(FACTS, "") | {f"old_{name}": "" for name in FACTS}
    said |= {"category": "complaint", "old_category": "complaint", "emergency_class": "special"}
    order = {"work_order_id": "c1-w", "round": 1, "assignments": [LEAD, CO], "corrected_at": office.clock.now()}
    office.hears("dispatch.work_order_corrected", city="230500", **order, **said)
    clocks = office.clocks()
    assert (clocks["first_response"].due_at, clocks["first_response"].assignment_id) == (at("09-22 14:00"), "c1-a1")
    assert clocks["progress"].due_at == at("09-28 17:30")
    assert clocks["finish"].limit == "15 working_day"


def test_what_was_no_emergency_takes_its_breach_back(office: Office) -> None:
    urgent = {"category": "complaint", "emergency_class": "urgent"}
    office.accepted(**urgent)
    office.dispatched(**urgent)
    office.move_to(at("09-21 10:00"))
    assert office.states()["first_response"] == "breached"
    corrected(office, urgent, {"category": "complaint"})
    assert office.states()["first_response"] == "cancelled"
    assert [e["kind"] for e in office.said("breach_withdrawn")] == ["sign", "first_response"]
    assert office.clocks()["finish"].due_at == at("10-12 17:30")


def test_a_contact_that_was_overdue_before_the_emergency_stays_so(running: Office) -> None:
    running.move_to(at("09-24 11:00"))
    assert running.states()["contact"] == "breached"
    corrected(running, {"category": "complaint"}, {"category": "complaint", "emergency_class": "urgent"})
    assert running.states()["contact"] == "breached"
    running.unit("citizen_contacted", "contacted_at")
    assert running.states()["contact"] == "late"
    assert running.states()["first_response"] == "met"


def test_a_clock_that_is_over_is_not_counted_anew(running: Office) -> None:
    now = running.clock.now()
    running.unit("work_order_completed", "completed_at", round=1, replied_at=now, answered_at=now)
    corrected(running, {"category": "complaint"}, {"category": "consultation"})
    finish = running.clocks()["finish"]
    assert (finish.state, finish.due_at, finish.category) == ("met", at("10-12 17:30"), "consultation")
