"""What units are told of a corrected case, and of another limit."""

from typing import Any

from tests.integration.notify.conftest import FIRE, ORDER, Desk

LEAD = {"assignment_id": "assignment-1", "unit": FIRE, "role": "lead"}
CO = {"assignment_id": "assignment-2", "unit": "350100-police", "role": "co"}
OLD = {"category": "complaint", "old_category": "complaint"}


def corrected(desk: Desk, *assignments: dict[str, str], **more: Any) -> None:
    fields = {"work_order_id": ORDER, "round": 1, "corrected_at": desk.clock.now(), "assignments": list(assignments)}
    desk.hear("dispatch.work_order_corrected", **fields | OLD | more)


def test_every_unit_at_work_learns_what_is_different(desk: Desk) -> None:
    desk.dispatched(assignments=[LEAD, CO])
    corrected(desk, LEAD, CO, category="consultation", item="23")
    told = desk.messages(template="order_corrected")
    assert [m.recipient for m in told] == [FIRE, "350100-police"]
    assert "工单 number-1-01 的诉求信息已更正（诉求类别、清单事项）" in told[0].text


def test_what_turns_out_to_be_an_emergency_is_phoned(desk: Desk) -> None:
    desk.dispatched()
    corrected(desk, LEAD, emergency_class="urgent")
    assert [m.medium for m in desk.messages(template="emergency_call")] == ["voice"]
    assert len(desk.messages(template="emergency_dispatched")) == 1
    corrected(desk, LEAD, old_emergency_class="urgent", emergency_class="")
    desk.wait(minutes=30)
    assert len(desk.messages(template="emergency_call")) == 1


def test_an_order_that_asks_nobody_to_act_tells_nobody(desk: Desk) -> None:
    desk.dispatched()
    corrected(desk, category="consultation")
    assert desk.messages(template="order_corrected") == []


def test_the_lead_is_told_of_another_limit_with_its_citation_and_of_its_end(desk: Desk) -> None:
    desk.dispatched(assignments=[LEAD, CO])
    law = {"ground": "other_law", "cited": "《噪声污染防治法》第9条（法律）"}
    desk.hear("intake.case_limit_set", set_at=desk.clock.now(), **law)
    desk.hear("intake.case_limit_lifted", ground="leader", lifted_at=desk.clock.now())
    (told,) = desk.messages(template="case_limit_set")
    assert (told.recipient, "《噪声污染防治法》第9条（法律）" in told.text) == (FIRE, True)
    assert "领导批示期限" in desk.message(template="case_limit_lifted").text


def test_a_limit_that_is_set_before_the_dispatch_is_told_to_nobody(desk: Desk) -> None:
    desk.accepted()
    desk.hear("intake.case_limit_set", ground="other_law", cited="x", set_at=desk.clock.now())
    assert desk.messages(template="case_limit_set") == []
