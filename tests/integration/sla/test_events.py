"""What events do to clocks: hold, move, restart, cancel, judge."""

from datetime import timedelta

import pytest

from services.sla.adapters import firing
from services.sla.adapters.firing import fire_clocks
from tests.integration.sla.conftest import Office, at

CO = {"assignment_id": "c1-a2", "unit": "u2", "role": "co"}
LEAD = {"assignment_id": "c1-a1", "unit": "u1", "role": "lead"}


@pytest.fixture
def running(office: Office) -> Office:
    """A complaint under F16, dispatched to a lead on Monday 21 September at 9:00."""
    office.accepted()
    office.dispatched()
    return office


def test_a_reply_in_time_that_is_sent_back_after_the_deadline_breaches_at_the_old_deadline(running: Office) -> None:
    due = running.clocks()["finish"].due_at
    running.move_to(due - timedelta(hours=1))
    running.unit("reply_submitted", "submitted_at", round=1, occurrence=1)
    assert running.states()["finish"] == "held"
    running.move_to(due + timedelta(hours=15))
    assert running.said("clock_breached", "finish") == []
    running.unit("reply_sent_back", "sent_back_at", round=1, occurrence=1)
    breach = running.said("clock_breached", "finish")[0]
    assert at("10-12 17:30") == due
    assert breach["breached_at"] == breach["due_at"]


def test_finish_is_judged_at_the_later_of_reply_and_answer(running: Office) -> None:
    due = running.clocks()["finish"].due_at
    running.move_to(due - timedelta(hours=1))
    running.unit("reply_submitted", "submitted_at", round=1, occurrence=1)
    running.move_to(due + timedelta(hours=20))
    completed = {"round": 1, "replied_at": due - timedelta(hours=1)}
    running.unit("work_order_completed", "completed_at", **completed, answered_at=due + timedelta(minutes=1))
    assert running.states()["finish"] == "late"
    assert [e["kind"] for e in running.said("clock_breached")].count("finish") == 1


def test_a_review_after_the_deadline_does_not_harm_the_unit(running: Office) -> None:
    due = running.clocks()["finish"].due_at
    running.move_to(due - timedelta(hours=1))
    running.unit("reply_submitted", "submitted_at", round=1, occurrence=1)
    running.move_to(due + timedelta(hours=20))
    in_time = due - timedelta(hours=1)
    running.unit("work_order_completed", "completed_at", round=1, replied_at=in_time, answered_at=in_time)
    assert running.states()["finish"] == "met"


def test_an_act_in_time_that_is_heard_late_withdraws_the_breach(running: Office) -> None:
    due = running.clocks()["sign"].due_at
    running.move_to(due + timedelta(minutes=5))
    assert running.states()["sign"] == "breached"
    running.unit("assignment_signed", "signed_at", signed_at=due - timedelta(minutes=1))
    assert running.states()["sign"] == "met"
    assert [e["why"] for e in running.said("breach_withdrawn")] == ["act_in_time"]


def test_an_extension_moves_the_unit_the_citizen_and_the_co_unit(office: Office) -> None:
    office.accepted()
    office.dispatched(assignments=[LEAD, CO])
    before = office.clocks()
    assert before["co_reply"].due_at == at("10-10 17:30"), "one working day before the lead's deadline"
    office.unit("extension_filed", "filed_at", extension_id="e1", how="approval", working_days=10)
    assert office.states()["finish"] == "held"
    office.unit("extension_granted", "granted_at", extension_id="e1", working_days=10)
    after = office.clocks()
    assert before["finish"].due_at == at("10-12 17:30")
    assert after["finish"].due_at == at("10-26 17:30")
    assert after["finish"].first_due_at == before["finish"].due_at
    assert after["citizen"].due_at > before["citizen"].due_at
    assert after["co_reply"].due_at == at("10-23 17:30")
    assert office.states()["finish"] == "running"
    assert {e["kind"] for e in office.said("clock_moved")} == {"finish", "citizen", "co_reply"}


def test_an_extension_filed_in_time_and_granted_after_the_deadline_never_breached(running: Office) -> None:
    due = running.clocks()["finish"].due_at
    running.move_to(due - timedelta(hours=4))
    running.unit("extension_filed", "filed_at", extension_id="e1", how="approval", working_days=2)
    running.move_to(due + timedelta(hours=16))
    running.unit("extension_granted", "granted_at", extension_id="e1", working_days=2)
    assert running.said("clock_breached", "finish") == []
    assert running.clocks()["finish"].due_at == at("10-14 17:30")


def test_an_extension_refused_after_the_deadline_breaches_as_of_the_deadline(running: Office) -> None:
    due = running.clocks()["finish"].due_at
    running.move_to(due - timedelta(hours=4))
    running.unit("extension_filed", "filed_at", extension_id="e1", how="approval", working_days=2)
    running.move_to(due + timedelta(hours=16))
    running.unit("extension_refused", "refused_at", extension_id="e1")
    assert running.states()["finish"] == "breached"


def test_an_agreed_return_ends_the_units_clocks_and_the_next_unit_starts_anew(running: Office) -> None:
    running.unit("return_requested", "requested_at", kind="not_ours", occurrence=1)
    expected = {"sign": "held", "finish": "held", "return": "met", "return_review": "running"}
    assert expected.items() <= running.states().items()
    running.move_to(at("09-22 10:00"))
    running.unit("return_agreed", "agreed_at", kind="not_ours", role="lead", occurrence=1)
    states = running.states()
    assert states["finish"] == states["sign"] == "cancelled"
    assert states["redispatch"] == "running"
    next_unit = {"assignment_id": "c1-b1", "unit": "u9", "role": "lead"}
    running.dispatched(assignments=[next_unit], occurrence=2, after_return=True)
    clocks = running.clocks()
    assert running.states()["redispatch"] == "met"
    assert clocks["finish"].unit == "u9"
    assert clocks["finish"].occurrence == 2
    assert clocks["finish"].started_at == at("09-22 10:00")


def test_a_refused_return_keeps_the_first_start(running: Office) -> None:
    first = running.clocks()["finish"].due_at
    running.unit("return_requested", "requested_at", kind="not_ours", occurrence=1)
    running.move_to(at("09-22 10:00"))
    running.unit("return_refused", "refused_at", occurrence=1)
    assert running.clocks()["finish"].due_at == first
    assert running.states()["finish"] == "running"


def test_a_late_return_counts_as_overdue(running: Office) -> None:
    running.unit("return_agreed", "agreed_at", kind="not_ours", role="lead", late=True, occurrence=1)
    counted = dict(running.rows("select kind, counts from kpi_fact"))
    assert counted["finish"] is True
    assert counted["sign"] is False


def test_a_co_units_return_leaves_the_leads_clocks_alone(office: Office) -> None:
    office.accepted()
    office.dispatched(assignments=[LEAD, CO])
    office.unit("return_agreed", "agreed_at", assignment_id="c1-a2", unit="u2", role="co", kind="not_ours")
    states = office.states()
    assert states["co_reply"] == "cancelled"
    assert states["finish"] == "running"
    assert "redispatch" not in states


@pytest.mark.parametrize(
    ("type", "instant"), [("work_order_ended", "ended_at"), ("work_order_recalled", "recalled_at")]
)
def test_the_end_of_an_order_cancels_its_clocks(running: Office, type: str, instant: str) -> None:
    running.unit(type, instant, assignment_id="")
    states = running.states()
    assert {states[k] for k in ("sign", "return", "contact", "finish")} == {"cancelled"}


def test_a_withdrawal_cancels_the_citizens_clock_and_leaves_the_order_to_dispatch(running: Office) -> None:
    running.hears("intake.case_withdrawn", withdrawn_at=running.clock.now())
    assert running.states()["citizen"] == "cancelled"
    assert running.states()["finish"] == "running", "a hazard is handled on"


def test_a_redo_runs_on_the_shorter_limit(running: Office) -> None:
    now = running.clock.now()
    running.unit("reply_submitted", "submitted_at", round=1, occurrence=1)
    running.unit("work_order_completed", "completed_at", round=1, replied_at=now, answered_at=now)
    running.unit("redo_ordered", "ordered_at", round=2, ground="unit_at_fault")
    running.dispatched(round=2, occurrence=2, assignments=[LEAD | {"assignment_id": "c1-r2"}])
    finish = running.clocks()["finish"]
    assert finish.round == 2
    assert finish.due_at == at("09-29 17:30"), "five working days, Mid-Autumn off"


def test_a_dispatch_heard_before_the_acceptance_waits_for_it(office: Office) -> None:
    office.dispatched()
    assert [row[0] for row in office.rows("select state from parked")] == ["not_yet"]
    assert office.clocks() == {}
    office.accepted()
    office.clock.move_to(office.clock.now() + timedelta(minutes=10))
    office.receiver.retry_parked()
    assert office.states()["dispatch"] == "met"
    assert office.states()["finish"] == "running"


def test_an_upstream_deadline_that_is_earlier_governs(office: Office) -> None:
    office.accepted(upstream_due_at=at("09-25 12:00"))
    assert office.clocks()["citizen"].due_at == at("09-25 12:00")
    assert office.clocks()["citizen"].warn_at == at("09-24 08:15"), "three quarters of it, not at its end"


@pytest.mark.parametrize(
    ("city", "emergency", "response", "finish"),
    [
        ("350100", "urgent", "09-21 09:30", "09-22 00:00"),
        ("610926", "sudden", "09-21 11:00", "09-23 17:30"),
        ("230500", "special", "09-21 13:00", "09-29 17:30"),
        ("230500", "special_urgent", "09-21 11:00", "09-29 17:30"),
    ],
)
def test_emergencies_have_their_own_clocks(
    office: Office, city: str, emergency: str, response: str, finish: str
) -> None:
    office.accepted(city=city, category="help", emergency_class=emergency)
    office.dispatched(city=city, category="help", emergency_class=emergency)
    clocks = office.clocks()
    assert clocks["dispatch"].due_at == at("09-21 09:15")
    assert clocks["sign"].due_at == at("09-21 09:30")
    assert clocks["first_response"].due_at == at(response)
    assert clocks["finish"].due_at == at(finish)
    assert "contact" not in clocks


def test_an_upload_is_due_five_working_days_after_the_policy_takes_effect(office: Office) -> None:
    policy = {"policy_id": "cities/230500/policies/p1", "unit": "u1"}
    effective = at("10-08 00:00")
    registered = {"effective_at": effective, "registered_at": office.clock.now()}
    office.hears("knowledge.policy_registered", city="230500", **policy, **registered)
    started = office.said("clock_started")[0]
    assert started["policy_id"] == policy["policy_id"]
    assert office.rows("select subject from outbox")[0][0] == policy["policy_id"]
    assert office.rows("select due_at from kpi_fact")[0][0] == at("10-14 17:30")
    office.hears("knowledge.article_approved", city="230500", **policy, approved_at=at("10-12 10:00"))
    assert office.said("clock_stopped")[0]["outcome"] == "met"


def test_contact_is_counted_from_sign_off_and_a_late_sign_off_gives_no_more_time(running: Office) -> None:
    assert running.clocks()["contact"].due_at == at("09-23 17:30"), "one day to sign, one to call"
    running.unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
    assert running.clocks()["contact"].due_at == at("09-22 17:30")


def test_a_batch_of_due_clocks_that_is_cut_off_is_fired_whole_later(
    running: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = running.clocks()["sign"].due_at
    running.clock.move_to(due)

    def power_cut(_row: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(firing, "_light", power_cut)
        with pytest.raises(RuntimeError):
            fire_clocks(running.runtime)
    assert running.said("clock_warned") == []
    assert fire_clocks(running.runtime) > 0
    assert len(running.said("clock_breached", "sign")) == 1
    assert fire_clocks(running.runtime) == 0
    differing = "select 1 from kpi_fact f join clock c on c.id = f.clock_id where f.state <> c.body->>'state'"
    assert running.rows(differing) == []


def test_a_revisit_overrules_the_units_record_of_the_contact(running: Office) -> None:
    running.unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
    running.unit("citizen_contacted", "contacted_at")
    visit = {"work_order_id": "c1-w", "round": 1, "reached": True, "contacted": False, "solved": False}
    running.hears("intake.revisit_recorded", **visit, recorded_at=running.clock.now())
    assert dict(running.rows("select kind, in_time from kpi_fact"))["contact"] is False


def test_extensions_of_two_orders_move_the_citizens_clock_by_the_longer_one(office: Office) -> None:
    city = "610926"
    office.accepted(city=city)
    for order in ("o1", "o2"):
        lead = {"assignment_id": f"{order}-a", "unit": order, "role": "lead"}
        office.dispatched(city=city, work_order_id=order, assignments=[lead])
    due = office.clocks()["citizen"].due_at
    moved = []
    for order in ("o1", "o2", "o2"):
        named = {"work_order_id": order, "assignment_id": f"{order}-a", "unit": order, "extension_id": f"{order}-e"}
        office.unit("extension_granted", "granted_at", city=city, **named, working_days=5)
        moved.append(office.clocks()["citizen"].due_at)
    assert due < moved[0] == moved[1] < moved[2]


@pytest.mark.parametrize(("changed_on", "counted"), [("10-12 17:00", False), ("10-12 18:00", True)])
def test_another_lead_takes_nothing_away_that_was_overdue(running: Office, changed_on: str, counted: bool) -> None:
    citizens = running.clocks()["citizen"].due_at
    running.move_to(at(changed_on))
    running.unit("assignment_released", "released_at", why="lead_changed")
    running.dispatched(assignments=[LEAD | {"assignment_id": "c1-b1", "unit": "u9"}], occurrence=2)
    finishes = dict(running.rows("select unit, counts from kpi_fact where kind = 'finish'"))
    assert finishes == {"u1": counted, "u9": True}
    assert running.clocks()["finish"].started_at == at(changed_on)
    assert running.clocks()["citizen"].due_at == citizens
