"""One case from acceptance to rating, as its clocks live it."""

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.exc import ProgrammingError

from services.sla.adapters.lateness import tell_lateness
from tests.integration.sla.conftest import Office, at


def handled(office: Office, case: str = "c1") -> None:
    office.accepted(case)
    office.dispatched(case)
    office.unit("assignment_signed", "signed_at", case, role="lead", citizen_reachable=True)
    office.unit("citizen_contacted", "contacted_at", case)
    office.move_to(office.clock.now() + timedelta(days=2))
    office.unit("citizen_answered", "answered_at", case)
    office.unit("reply_submitted", "submitted_at", case, round=1, occurrence=1)
    now = office.clock.now()
    office.unit("work_order_completed", "completed_at", case, round=1, replied_at=now, answered_at=now)
    office.hears("intake.case_replied", case, round=1, replied_at=now)


def test_every_clock_of_a_case_handled_in_time_is_met(office: Office) -> None:
    handled(office)
    assert office.states() == {
        "dispatch": "met",
        "citizen": "met",
        "sign": "met",
        "return": "cancelled",
        "contact": "met",
        "finish": "met",
        "review": "met",
        "rating": "running",
    }
    assert office.rows("select * from parked") == []


def test_a_repeat_that_is_only_explained_is_due_to_the_citizen_like_a_consultation(office: Office) -> None:
    for case, more in (("c1", {"explain_only": True}), ("c2", {"category": "consultation"}), ("c3", {})):
        office.accepted(case, "610926", **more)
    due = {case: office.clocks(case)["citizen"].due_at for case in ("c1", "c2", "c3")}
    assert due["c1"] == due["c2"] < due["c3"]


def test_the_finish_deadline_of_a_complaint_across_national_day(office: Office) -> None:
    office.accepted()
    office.move_to(at("09-24 14:05"))
    office.dispatched()
    finish = office.clocks()["finish"]
    assert finish.due_at == at("10-15 17:30")
    assert finish.last_extension_at == at("10-15 14:30")
    assert "10 个工作日" in "".join(step.zh for step in finish.steps)


def test_lights_come_once_each_at_their_instants(office: Office) -> None:
    office.accepted()
    office.dispatched()
    office.unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
    finish = office.clocks()["finish"]
    office.move_to(finish.warn_at - timedelta(seconds=1))
    assert office.said("clock_warned", "finish") == []
    office.move_to(finish.due_at + timedelta(days=1))
    assert len(office.said("clock_warned", "finish")) == 1
    assert len(office.said("clock_breached", "finish")) == 1
    assert office.states()["finish"] == "breached"


def test_lights_belong_to_the_trace_of_what_started_the_clock(office: Office) -> None:
    office.trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    office.accepted()
    office.trace = ""
    office.move_to(at("12-30 09:00"))
    said = office.rows("select type, envelope->>'trace' from outbox")
    assert {type.split(".")[1] for type, _ in said} >= {"clock_started", "clock_breached"}
    assert {trace for _, trace in said} == {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}


def test_lateness_is_the_age_of_the_oldest_clock_that_is_due_and_grows_while_nobody_can_look(office: Office) -> None:
    def lateness() -> float | None:
        return REGISTRY.get_sample_value("huying_sla_clock_lateness_seconds")

    office.accepted()
    tell_lateness(office.runtime)
    assert lateness() == 0
    (due,) = office.rows("select min(next_at) from clock")[0]
    office.clock.move_to(due + timedelta(seconds=70))  # and no worker fires it
    tell_lateness(office.runtime)
    assert lateness() == 70
    office.clock.move_to(due + timedelta(seconds=100))
    with office.runtime.engine.begin() as connection:
        connection.exec_driver_sql("alter table clock rename to away")
    with pytest.raises(ProgrammingError):
        tell_lateness(office.runtime)
    assert lateness() == 100


def test_a_rating_that_never_comes_breaches_after_seven_days(office: Office) -> None:
    handled(office)
    office.move_to(office.clock.now() + timedelta(days=9))
    assert office.states()["rating"] == "breached"
    assert office.said("clock_breached", "rating")[0]["unit"] == ""
