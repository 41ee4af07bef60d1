"""Returns by their limits, co-units before the lead's answer, extensions that outlive their unit."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.domain import BadFields, DomainError
from services.dispatch.application import messages as m
from services.dispatch.application.views import AssignmentView, WorkOrderView
from services.dispatch.domain import errors
from tests.integration.dispatch.conftest import Desk, of_unit, office

FORM = {
    "result": "已处理",
    "result_kind": "solved",
    "handler": "办理人甲",
    "legal_basis": "城市道路管理条例",
    "section": "养护科",
    "reviewed_by": "林局长",
    "filing": "none",
}
ASK = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单"}
OPINION = {"suggested_unit": "350100-health"}
DAY = timedelta(days=1)


def _refused(desk: Desk, command: type[Any], order: WorkOrderView, **fields: Any) -> str:
    with pytest.raises(DomainError) as refused:
        desk.as_unit(command, order, **fields)
    return refused.value.reason


def _after_the_window(desk: Desk, city: str, pack: str) -> WorkOrderView:
    """Signed, and the window for a return has closed by itself."""
    desk.accept(city=city, pack=f"{pack}@1.0.0")
    order: WorkOrderView = desk.order(city=city)
    desk.as_unit(m.SignAssignment, order)
    clock = desk.start_clock("return", order, DAY)
    desk.start_clock("finish", order, 10 * DAY)
    desk.clock.move_to(desk.clock.now() + 2 * DAY)
    work_order_id = order.name.rpartition("/")[2]
    desk.hear("sla.clock_stopped.v1", city, clock_id=clock, work_order_id=work_order_id, outcome="cancelled")
    return order


def test_a_return_after_its_window_closed_is_refused_in_pingli(desk: Desk) -> None:
    order = _after_the_window(desk, "610926", "pingli-2018")
    assert _refused(desk, m.RequestReturn, order, **ASK) == "RETURN_TOO_LATE"


def test_a_return_after_its_window_closed_is_late_in_shuangyashan(desk: Desk) -> None:
    order = _after_the_window(desk, "230500", "shuangyashan-2024")
    desk.as_unit(m.RequestReturn, order, **ASK, suggested_unit="230500-government")
    assert desk.payloads("return_requested")[0]["late"]


def test_a_return_while_handling_is_in_time_until_the_deadline_in_fujian(desk: Desk) -> None:
    order = _after_the_window(desk, "350100", "fujian-2016")
    desk.as_unit(m.RequestReturn, order, **ASK, **OPINION)
    assert not desk.payloads("return_requested")[0]["late"]
    desk.do(office(), m.RefuseReturn, name=order.assignments[0].name, ground="own_duty", reason="属于职责")
    desk.clock.move_to(desk.clock.now() + 9 * DAY)
    assert _refused(desk, m.RequestReturn, order, **ASK, **OPINION) == "RETURN_TOO_LATE"


def test_a_return_while_handling_needs_a_reassignment_opinion_in_fujian(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.as_unit(m.SignAssignment, order)
    assert _refused(desk, m.RequestReturn, order, **ASK) == "FIELD_REQUIRED"
    asked = desk.as_unit(m.RequestReturn, order, **ASK, **OPINION)
    assert asked.assignments[0].state == "return_requested"


def test_an_unsigned_order_returned_late_counts_as_late_in_fujian(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.start_clock("return", order, DAY)
    desk.clock.move_to(desk.clock.now() + 2 * DAY)
    desk.as_unit(m.RequestReturn, order, **ASK)
    assert desk.payloads("return_requested")[0]["late"]


def _with_co_unit(desk: Desk) -> tuple[WorkOrderView, AssignmentView]:
    """In handling, the citizen answered, the co-unit has signed."""
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    units = {"lead": "350100-market", "co_units": ["350100-commerce"]}
    order: WorkOrderView = desk.do(office(), m.DispatchWorkOrder, name=desk.order().name, **units)
    co = order.assignments[1]
    desk.as_unit(m.SignAssignment, order)
    desk.do(of_unit(co.unit), m.SignAssignment, name=co.name)
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-2")
    return order, co


def _co_clock(desk: Desk, order: WorkOrderView, co: AssignmentView, due: timedelta) -> None:
    desk.hear(
        "sla.clock_started.v1",
        clock_id="co-1",
        kind="co_reply",
        work_order_id=order.name.rpartition("/")[2],
        assignment_id=co.name.rpartition("/")[2],
        due_at=desk.clock.now() + due,
    )


def test_the_final_answer_waits_for_the_co_units(desk: Desk) -> None:
    order, co = _with_co_unit(desk)
    assert _refused(desk, m.SubmitReply, order, **FORM) == "CO_REPLIES_MISSING"
    desk.do(of_unit(co.unit), m.SubmitCoReply, name=co.name, result="已整改")
    assert desk.as_unit(m.SubmitReply, order, **FORM).state == "replied"


def test_the_final_answer_does_not_wait_for_a_co_unit_that_is_overdue(desk: Desk) -> None:
    order, co = _with_co_unit(desk)
    desk.start_clock("finish", order, 5 * DAY)
    _co_clock(desk, order, co, 2 * DAY)
    desk.clock.move_to(desk.clock.now() + DAY)
    assert _refused(desk, m.SubmitReply, order, **FORM) == "CO_REPLIES_MISSING"
    desk.clock.move_to(desk.clock.now() + DAY)
    assert desk.as_unit(m.SubmitReply, order, **FORM).state == "replied"


def test_a_co_unit_keeps_its_deadline_when_the_lead_changes(desk: Desk) -> None:
    order, co = _with_co_unit(desk)
    _co_clock(desk, order, co, 2 * DAY)
    asked = desk.as_unit(m.RequestReturn, order, **ASK, **OPINION)
    order = desk.do(office(), m.AgreeReturn, name=asked.assignments[0].name, lead="350100-health")
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-3")
    desk.clock.move_to(desk.clock.now() + 2 * DAY)
    assert desk.as_unit(m.SubmitReply, order, **FORM).state == "replied"


def test_a_co_unit_does_not_answer_the_citizen_and_stops_when_the_order_is_completed(desk: Desk) -> None:
    order, co = _with_co_unit(desk)
    with pytest.raises(DomainError) as refused:
        desk.do(of_unit(co.unit), m.AnswerCitizen, name=co.name, method="phone", proof="call-4")
    assert refused.value.reason == "LEAD_ONLY"
    _co_clock(desk, order, co, DAY)
    desk.clock.move_to(desk.clock.now() + 2 * DAY)
    desk.as_unit(m.SubmitReply, order, **FORM)
    desk.do(office(), m.CompleteWorkOrder, name=order.name)
    with pytest.raises(DomainError) as refused:
        desk.do(of_unit(co.unit), m.SubmitCoReply, name=co.name, result="补充意见")
    assert refused.value.reason == "ORDER_NOT_IN_HANDLING"


def test_an_extension_cannot_be_granted_to_a_unit_that_has_returned_the_order(desk: Desk) -> None:
    desk.accept(city="230500", pack="shuangyashan-2024@1.0.0")
    order = desk.order(city="230500")
    desk.as_unit(m.SignAssignment, order)
    desk.start_clock("finish", order, 15 * DAY)
    asked = desk.as_unit(m.RequestExtension, order, working_days=5, reason="需要评估")
    returned = desk.as_unit(m.RequestReturn, order, **ASK, suggested_unit="230500-market")
    names = {"name": returned.assignments[0].name, "lead": "230500-health"}
    order = desk.do(office("230500"), m.AgreeReturn, **names)
    desk.as_unit(m.SignAssignment, order)
    with pytest.raises(DomainError) as refused:
        desk.do(office("230500"), m.GrantExtension, name=asked.extensions[0].name)
    assert refused.value.reason == "STEP_NOT_ALLOWED"
    desk.start_clock("finish", order, 15 * DAY)
    view = desk.as_unit(m.RequestExtension, order, working_days=5, reason="另一单位的申请")
    assert [e.state for e in view.extensions] == ["pending", "pending"], "the next unit has its own"


def test_a_special_matter_in_shuangyashan_may_be_extended(desk: Desk) -> None:
    desk.accept(city="230500", pack="shuangyashan-2024@1.0.0", emergency_class="special")
    order = desk.order(city="230500")
    desk.as_unit(m.SignAssignment, order)
    desk.start_clock("finish", order, 15 * DAY)
    assert desk.as_unit(m.RequestExtension, order, working_days=5, reason="管网抢修").extensions


ENDED = {"ground": "not_handled", "basis": "F16-24 20", "next_authority": "petitions"}


@pytest.mark.parametrize(
    ("code", "name"), [("petitions", "信访部门"), ("350100-health", "福州市卫生健康委员会"), ("", "")]
)
def test_an_end_names_the_competent_authority_by_its_code(desk: Desk, code: str, name: str) -> None:
    desk.accept()
    desk.do(office(), m.EndWorkOrder, name=desk.order().name, **ENDED | {"next_authority": code})
    [told] = desk.payloads("work_order_ended")
    assert (told["basis"], told["next_authority"]) == ("F16-24 20", name)


@pytest.mark.parametrize(
    "typed",
    [
        {"ground": "张伟不配合"},
        {"basis": "信访渠道，张伟"},
        {"basis": "F16-24 20，张伟"},
        {"basis": "F16-24 13800138000"},
        {"next_authority": "信访局，找张伟"},
    ],
)
def test_no_words_can_be_typed_into_an_end(desk: Desk, typed: dict[str, str]) -> None:
    """They would be published in clear, and dispatch does not know the names that it would have to mask."""
    desk.accept()
    with pytest.raises(BadFields):
        desk.do(office(), m.EndWorkOrder, name=desk.order().name, **ENDED | typed)


@pytest.mark.parametrize("value", [{"ground": "joined"}, {"next_authority": "nobody"}])
def test_an_end_takes_no_code_that_is_unknown_or_that_only_the_case_gives(desk: Desk, value: dict[str, str]) -> None:
    desk.accept()
    with pytest.raises(errors.ValueNotAllowed):
        desk.do(office(), m.EndWorkOrder, name=desk.order().name, **ENDED | value)


def test_a_redo_cannot_be_returned_as_not_ours(desk: Desk) -> None:
    desk.accept(city="610926", pack="pingli-2018@1.0.0")
    order = desk.order(city="610926")
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-2")
    desk.as_unit(m.SubmitReply, order, **FORM)
    desk.do(office("610926"), m.CompleteWorkOrder, name=order.name)
    desk.hear("intake.case_rated.v1", "610926", round=1, handling_satisfied=False)
    assert _refused(desk, m.RequestReturn, desk.order(city="610926"), **ASK) == "NO_FURTHER_RETURN"


def test_an_order_does_not_go_back_to_the_unit_that_has_just_returned_it(desk: Desk) -> None:
    desk.accept()
    # The unit of the last resort itself: after its return nobody is left but the queue.
    order, unit = desk.do(office(), m.RecallWorkOrder, name=desk.order().name, reason="改派"), "350100-government"
    order = desk.do(office(), m.DispatchWorkOrder, name=order.name, lead=unit)
    order = desk.as_unit(m.RequestReturn, order, **ASK)
    back = {"name": order.assignments[-1].name}
    with pytest.raises(DomainError) as refused:
        desk.do(office(), m.AgreeReturn, **back, lead=unit)
    assert refused.value.reason == "RETURNED_BY_THIS_UNIT"
    order = desk.do(office(), m.AgreeReturn, **back)
    assert order.state == "to_dispatch"
    with pytest.raises(DomainError) as refused:
        desk.do(office(), m.DispatchWorkOrder, name=order.name, lead=unit)
    assert refused.value.reason == "RETURNED_BY_THIS_UNIT"


def _no_next_unit(desk: Desk, city: str, assignment: AssignmentView, lead: str) -> None:
    with pytest.raises(DomainError) as refused:
        desk.do(office(city), m.AgreeReturn, name=assignment.name, lead=lead)
    assert (refused.value.reason, refused.value.field) == ("NO_NEXT_UNIT", "lead")


@pytest.mark.parametrize("lead", ["350100-health", "350100-nobody"])
def test_no_next_unit_is_named_when_a_co_unit_leaves(desk: Desk, lead: str) -> None:
    _, co = _with_co_unit(desk)
    desk.do(of_unit(co.unit), m.RequestReturn, name=co.name, **ASK, **OPINION)
    _no_next_unit(desk, "350100", co, lead)
    assert [a.state for a in desk.order().assignments] == ["signed", "return_requested"]
    left = desk.do(office(), m.AgreeReturn, name=co.name)
    assert [a.state for a in left.assignments] == ["signed", "released"]


def test_no_next_unit_is_named_for_what_is_out_of_scope(desk: Desk) -> None:
    city = "230500"
    desk.accept(city=city, pack="shuangyashan-2024@1.0.0")
    ask = {**ASK, "kind": "out_of_scope", "suggested_unit": "230500-government"}
    asked = desk.as_unit(m.RequestReturn, desk.order(city=city), **ask).assignments[0]
    _no_next_unit(desk, city, asked, "230500-health")
    assert desk.do(office(city), m.AgreeReturn, name=asked.name).state == "ended"


def test_a_unit_that_has_returned_an_order_reads_only_that_it_had_it(desk: Desk) -> None:
    desk.accept()
    asked = desk.as_unit(m.RequestReturn, desk.order(), **ASK)
    unit = of_unit(asked.assignments[0].unit)
    assert desk.runtime.query(unit, m.GetWorkOrder(name=asked.name)).masked_text
    desk.do(office(), m.AgreeReturn, name=asked.assignments[0].name, lead="350100-health")
    listed = desk.runtime.query(unit, m.ListWorkOrders(city="350100")).work_orders
    for seen in (desk.runtime.query(unit, m.GetWorkOrder(name=asked.name)), *listed):
        assert (seen.name, seen.masked_subject, seen.masked_text) == (asked.name, "", "")
        assert [str(a.state) for a in seen.assignments] == ["released"]
    assert len(listed) == 1
    assert desk.order().masked_text, "the office reads on"
