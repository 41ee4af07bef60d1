"""Events of two streams come in any order; what was heard too early waits for what starts its clock."""

from datetime import timedelta

import pytest

from tests.integration.sla.conftest import Office, at

LEAD = {"assignment_id": "c1-a1", "unit": "u1", "role": "lead"}


@pytest.fixture
def running(office: Office) -> Office:
    """A complaint under F16, dispatched to a lead on Monday 21 September at 9:00."""
    office.accepted()
    office.dispatched()
    return office


def _completed(office: Office, round: int) -> None:
    now = office.clock.now()
    office.unit("work_order_completed", "completed_at", round=round, replied_at=now, answered_at=now)


def _retried(office: Office) -> None:
    office.clock.move_to(office.clock.now() + timedelta(minutes=10))
    office.receiver.retry_parked()
    assert office.rows("select why from parked") == []


def test_a_rating_of_a_redo_waits_for_the_clock_of_its_own_round(running: Office) -> None:
    rating = {"work_order_id": "c1-w", "handling_score": "satisfied", "handling_satisfied": True}
    _completed(running, 1)
    running.hears("intake.case_rated", **rating, round=1, rated_at=running.clock.now())
    running.unit("redo_ordered", "ordered_at", round=2, ground="unit_at_fault")
    running.dispatched(round=2, occurrence=2, assignments=[LEAD | {"assignment_id": "c1-r2"}])
    running.hears("intake.case_rated", **rating, round=2, rated_at=running.clock.now())
    running.hears("intake.case_closed", closed_at=running.clock.now())
    assert [row[0] for row in running.rows("select state from parked order by sequence")] == ["not_yet", "waiting"]
    _completed(running, 2)
    _retried(running)
    assert running.clocks()["rating"].round == 2
    assert running.states()["rating"] == "met"
    running.move_to(running.clock.now() + timedelta(days=9))
    assert running.said("clock_breached", "rating") == []


def test_a_rating_of_the_first_round_that_comes_late_says_nothing_of_its_redo(running: Office) -> None:
    rated_at = running.clock.now()
    _completed(running, 1)
    running.unit("redo_ordered", "ordered_at", round=2, ground="unit_at_fault")
    running.dispatched(round=2, occurrence=2, assignments=[LEAD | {"assignment_id": "c1-r2"}])
    _completed(running, 2)
    running.hears("intake.case_rated", work_order_id="c1-w", round=1, rated_at=rated_at)
    assert running.states()["rating"] == "running"


def test_a_redo_stops_the_dispatch_clock_of_its_case_no_second_time(running: Office) -> None:
    _completed(running, 1)
    running.unit("redo_ordered", "ordered_at", round=2, ground="unit_at_fault")
    running.dispatched(round=2, occurrence=2, assignments=[LEAD | {"assignment_id": "c1-r2"}])
    assert running.rows("select why from parked") == []


def test_a_case_accepted_anew_and_dispatched_before_that_is_heard_breaks_no_dispatch_clock(office: Office) -> None:
    office.accepted()
    office.hears("intake.case_joined", joined_at=office.clock.now())
    assert office.states()["dispatch"] == "cancelled"
    accepted = office.clock.now() + timedelta(hours=1)
    office.move_to(accepted + timedelta(minutes=5))
    office.dispatched(work_order_id="c1-w2")
    office.accepted(accepted_at=accepted)
    dispatch = office.clocks()["dispatch"]
    assert (dispatch.occurrence, dispatch.state, dispatch.judged_at) == (2, "met", office.clock.now())
    office.move_to(dispatch.due_at + timedelta(days=1))
    assert office.said("clock_breached", "dispatch") == []


def test_a_case_accepted_anew_runs_until_it_is_dispatched_again(running: Office) -> None:
    running.move_to(at("09-22 10:00"))
    running.hears("intake.case_joined", joined_at=running.clock.now())
    running.unit("work_order_ended", "ended_at", assignment_id="", ground="joined")
    running.move_to(at("09-22 11:00"))
    running.accepted()
    assert running.states()["dispatch"] == "running"


@pytest.mark.parametrize(("ground", "ended"), [("joined", "09-22 11:30"), ("out_of_scope", "09-22 10:30")])
def test_a_late_end_of_the_former_order_leaves_the_clock_of_a_case_accepted_anew(
    office: Office, ground: str, ended: str
) -> None:
    office.accepted()
    office.move_to(at("09-22 10:30"))
    office.hears("intake.case_joined", joined_at=office.clock.now())
    office.move_to(at("09-22 11:00"))
    office.accepted()
    office.move_to(at("09-22 12:00"))
    office.unit("work_order_ended", "ended_at", assignment_id="", ground=ground, ended_at=at(ended))
    assert office.states()["dispatch"] == "running"
    office.move_to(at("09-25 18:00"))
    assert [e["clock_id"] for e in office.said("clock_breached", "dispatch")] == [office.clocks()["dispatch"].id]


def test_an_end_after_its_acceptance_cancels_the_dispatch_clock_of_a_case(office: Office) -> None:
    office.accepted()
    office.unit("work_order_ended", "ended_at", assignment_id="", ground="out_of_scope")
    assert office.states()["dispatch"] == "cancelled"


def test_an_approval_heard_before_its_policy_waits_for_the_upload_clock(office: Office) -> None:
    policy = {"policy_id": "p1", "unit": "u1", "city": "230500"}
    now = office.clock.now()
    office.hears("knowledge.article_approved", article_id="a1", approved_at=now, **policy)
    assert [row[0] for row in office.rows("select state from parked")] == ["not_yet"]
    office.hears("knowledge.policy_registered", effective_at=now, registered_at=now, **policy)
    _retried(office)
    assert [e["outcome"] for e in office.said("clock_stopped")] == ["met"]


def test_an_approval_that_explains_no_policy_waits_for_nothing(office: Office) -> None:
    approved = {"article_id": "a1", "policy_id": "", "unit": "u1", "city": "230500"}
    office.hears("knowledge.article_approved", approved_at=office.clock.now(), **approved)
    assert office.rows("select why from parked") == []
