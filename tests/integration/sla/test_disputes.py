"""The clocks of a dispute: the units' end, the office's run step by step, the citizen's goes on."""

from datetime import datetime, timedelta
from typing import Any

from tests.integration.sla.conftest import Office, at

CITY = "230500"


def _opened(office: Office, *, city: str = CITY, why: str = "disputed", **more: Any) -> None:
    """As dispatch tells it: each unit is released, then the dispute is open and its first step begins."""
    office.unit("assignment_released", "released_at", city=city, why=why, late=more.get("late", False))
    _disputed(office, city=city, **more)


def _disputed(office: Office, *, city: str = CITY, step: str = "coordination", **more: Any) -> None:
    now, named = office.clock.now(), {"work_order_id": "c1-w", "dispute_id": "d1", "round": 1}
    fields = {"ground": "unclear_duty", "participants": ["u1"], "opened_at": now, "late": False}
    office.hears("dispatch.dispute_opened", city=city, **named | fields | more)
    _begun(office, step, city=city)


def _begun(office: Office, step: str, *, city: str = CITY) -> None:
    named = {"work_order_id": "c1-w", "dispute_id": "d1", "round": 1, "dispute_step": step}
    office.hears("dispatch.dispute_step_begun", city=city, begun_at=office.clock.now(), **named)


def _recorded(office: Office, step: str) -> None:
    named = {"work_order_id": "c1-w", "dispute_id": "d1", "round": 1, "dispute_step": step}
    office.hears("dispatch.dispute_step_recorded", city=CITY, recorded_at=office.clock.now(), **named)


def _settled(office: Office) -> None:
    named = {"work_order_id": "c1-w", "dispute_id": "d1", "round": 1, "lead": "u2", "settled_at": office.clock.now()}
    office.hears("dispatch.dispute_settled", city=CITY, **named)
    lead = {"assignment_id": "c1-a2", "unit": "u2", "role": "lead"}
    office.dispatched(city=CITY, assignments=[lead], occurrence=2)


def _handled(office: Office, city: str = CITY, **more: Any) -> None:
    office.accepted(city=city, **more)
    office.dispatched(city=city, **more)
    office.unit("assignment_signed", "signed_at", city=city, role="lead", citizen_reachable=True)


def _fact(office: Office, kind: str, assignment: str = "") -> tuple[bool, bool]:
    """Whether the clock counts, and as kept."""
    rows = office.rows("select counts, in_time from kpi_fact where kind = :kind order by due_at", kind=kind)
    return rows[0][0], rows[0][1]


def test_the_whole_ladder_runs_against_the_office_and_the_citizens_clock_goes_on(office: Office) -> None:
    _handled(office)
    citizen, finish = office.clocks()["citizen"].due_at, office.clocks()["finish"].due_at
    office.move_to(at("09-21 15:00"))
    _opened(office)
    assert {k: office.states()[k] for k in ("finish", "contact", "citizen", "dispute_coordination")} == {
        "finish": "cancelled",
        "contact": "cancelled",
        "citizen": "running",
        "dispute_coordination": "running",
    }
    coordination = office.clocks()["dispute_coordination"]
    assert (coordination.due_at, coordination.rule, coordination.unit) == (at("09-24 17:30"), "S24-17", "")
    office.move_to(at("09-24 16:00"))
    _recorded(office, "coordination")
    assert office.states()["dispute_coordination"] == "warned"
    _begun(office, "consultation")
    assert office.states()["dispute_coordination"] == "met"
    office.move_to(at("09-30 15:00"))
    _begun(office, "special_report")
    report = office.clocks()["dispute_special_report"]
    assert (report.due_at, report.rule) == (at("10-10 17:30"), "S24-19")
    office.move_to(at("10-10 10:00"))
    _recorded(office, "special_report")
    # The report is in; no article gives the government days for its answer.
    open_clocks = {kind for kind, clock in office.clocks().items() if clock.is_open}
    assert open_clocks == {"citizen"}
    office.move_to(at("10-12 09:00"))
    _settled(office)
    anew = office.clocks()["finish"]
    assert (anew.unit, anew.started_at, anew.state) == ("u2", at("10-12 09:00"), "running")
    assert anew.due_at > finish
    assert office.clocks()["citizen"].due_at == citizen
    assert office.states()["dispute_consultation"] == "met"
    assert office.rows("select * from parked") == []


def test_a_step_that_takes_too_long_is_a_breach_of_the_office(office: Office) -> None:
    _handled(office)
    _opened(office)
    office.move_to(at("09-25 09:00"))
    (breached,) = office.said("clock_breached", "dispute_coordination")
    assert breached["unit"] == ""
    assert datetime.fromisoformat(breached["due_at"]) == at("09-24 17:30")
    _settled(office)
    assert office.states()["dispute_coordination"] == "late"


def test_what_a_unit_had_in_time_counts_nowhere_once_it_is_disputed(office: Office) -> None:
    _handled(office)
    _opened(office)
    assert [_fact(office, kind)[0] for kind in ("sign", "finish", "contact")] == [False, False, False]


def test_what_was_overdue_stays_overdue(office: Office) -> None:
    _handled(office)
    office.move_to(office.clocks()["finish"].due_at + timedelta(days=1))
    _opened(office)
    assert office.states()["finish"] == "cancelled"
    assert _fact(office, "finish") == (True, False)
    assert not _fact(office, "sign")[0]


def test_a_late_return_that_opens_a_dispute_counts_as_overdue(office: Office) -> None:
    _handled(office)
    _opened(office, late=True)
    assert _fact(office, "finish") == (True, False)


def test_an_order_of_the_queue_stops_the_dispatch_clock_when_it_is_disputed(office: Office) -> None:
    office.accepted(city=CITY)
    office.hears("dispatch.work_order_queued", city=CITY, work_order_id="c1-w", queued_at=office.clock.now())
    _disputed(office)
    assert (office.states()["dispatch"], office.states()["dispute_coordination"]) == ("met", "running")
    _settled(office)
    assert (office.states()["dispute_coordination"], office.states()["finish"]) == ("met", "running")


def test_a_dispute_after_an_agreed_return_takes_the_place_of_the_new_dispatch(office: Office) -> None:
    _handled(office)
    office.unit("return_requested", "requested_at", city=CITY, kind="not_ours", role="lead")
    office.unit("return_agreed", "agreed_at", city=CITY, kind="not_ours", role="lead")
    assert office.states()["redispatch"] == "running"
    _disputed(office)
    assert (office.states()["redispatch"], office.states()["dispute_coordination"]) == ("met", "running")


def test_whoever_makes_a_hazard_safe_has_its_first_response_and_no_deadline(office: Office) -> None:
    """F16 art. 19: the first unit keeps its assignment for that alone."""
    urgent = {"category": "help", "emergency_class": "urgent"}
    office.accepted(city="350100", **urgent)
    office.dispatched(city="350100", **urgent)
    office.unit("return_requested", "requested_at", city="350100", kind="not_ours", role="lead")
    assert office.states()["first_response"] == "held"
    _disputed(office, city="350100", step="list_fallback", made_safe_by="u1")
    states = office.states()
    assert (states["first_response"], states["sign"]) == ("running", "running")
    assert [states[kind] for kind in ("finish", "return", "return_review")] == ["cancelled", "met", "cancelled"]
    office.unit("citizen_contacted", "contacted_at", city="350100")
    assert office.states()["first_response"] == "met"


def test_a_second_dispute_of_an_order_has_clocks_of_its_own(office: Office) -> None:
    _handled(office)
    _opened(office)
    _settled(office)
    office.hears(
        "dispatch.assignment_released",
        city=CITY,
        work_order_id="c1-w",
        assignment_id="c1-a2",
        unit="u2",
        why="disputed",
        released_at=office.clock.now(),
    )
    _disputed(office)
    rows = office.rows("select natural_key from kpi_fact where kind = 'dispute_coordination' order by 1")
    assert [row[0].rpartition("/")[2] for row in rows] == ["1", "2"]
