"""Force majeure from dispatch's event to the counts, in the order of life."""

from datetime import timedelta

from tests.integration.sla.conftest import Office, at

CITY = "610926"


def sudden(office: Office) -> None:
    """P18 art. 22: first response within two hours, done within two working days, but for force majeure."""
    office.accepted(city=CITY, category="help", emergency_class="sudden")
    office.dispatched(city=CITY, category="help", emergency_class="sudden")


def record(office: Office, *clocks: str, round: int = 1) -> None:
    named = {"round": round, "occurrence": 1, "clocks": clocks, "units": ["u1"]}
    office.unit("force_majeure_recorded", "recorded_at", city=CITY, assignment_id="", unit="", **named)


def counted(office: Office) -> dict[str, bool]:
    return dict(office.rows("select kind, counts from kpi_fact"))


def test_a_storm_voids_the_breaches_that_it_caused_and_no_others(office: Office) -> None:
    sudden(office)
    office.move_to(at("09-23 18:00"))
    assert {office.states()[k] for k in ("sign", "first_response", "finish", "citizen")} == {"breached"}
    record(office, "first_response", "finish")
    states = office.states()
    assert (states["first_response"], states["finish"]) == ("voided", "voided")
    assert (states["sign"], states["citizen"]) == ("breached", "breached")
    assert {e["why"] for e in office.said("breach_withdrawn")} == {"force_majeure"}
    assert {e["outcome"] for e in office.said("clock_stopped", "finish")} == {"voided"}
    assert counted(office) | {"sign": True, "first_response": False, "finish": False} == counted(office)


def test_recorded_while_it_still_runs_no_breach_is_told(office: Office) -> None:
    sudden(office)
    record(office, "finish")
    assert office.states()["finish"] == "running"
    office.move_to(at("09-23 18:00"))
    assert office.states()["finish"] == "voided"
    assert office.said("clock_breached", "finish") == []
    assert counted(office)["finish"] is False
    assert office.clocks()["finish"].steps[-1].zh == "已认定不可抗力，超期不计"


def test_recorded_after_the_completion_a_late_end_counts_nowhere(office: Office) -> None:
    sudden(office)
    office.unit("assignment_signed", "signed_at", city=CITY, role="lead", citizen_reachable=True)
    office.move_to(at("09-24 10:00"))
    now = office.clock.now()
    office.unit("work_order_completed", "completed_at", city=CITY, round=1, replied_at=now, answered_at=now)
    assert office.states()["finish"] == "late"
    office.move_to(now + timedelta(hours=1))
    record(office, "finish")
    assert office.states()["finish"] == "voided"
    assert [e["outcome"] for e in office.said("clock_stopped", "finish")] == ["late", "voided"]
    assert counted(office)["finish"] is False


def test_another_round_has_clocks_of_its_own(office: Office) -> None:
    sudden(office)
    record(office, "finish", "citizen", round=2)
    assert not office.clocks()["finish"].excused
    assert office.clocks()["citizen"].excused
