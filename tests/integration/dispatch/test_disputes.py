"""Disputes on a real database: who may lead one, what is kept of it, and what becomes of the order."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError, NotFound
from services.dispatch.application import messages as m
from services.dispatch.domain import errors
from tests.integration.dispatch.conftest import Desk, of_unit, office

CITY, PACK = "230500", "shuangyashan-2024@1.0.0"
OFFICE, SUPERVISOR = office(CITY), office(CITY, role=Role.SUPERVISOR)
ASK = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单", "suggested_unit": "230500-housing"}
LEADS = ("230500-market", "230500-commerce", "230500-planning")


def _sent(desk: Desk, **case: Any) -> Any:
    """An order that a dispatcher has sent by hand."""
    desk.accept(city=CITY, pack=PACK, **({"masked_subject": "你好", "masked_text": "有事想反映一下"} | case))
    return desk.do(OFFICE, m.DispatchWorkOrder, name=desk.order(city=CITY).name, lead=LEADS[0])


def _order(desk: Desk) -> Any:
    return desk.order(city=CITY)


def _opened(desk: Desk, **more: Any) -> Any:
    return desk.do(OFFICE, m.OpenDispute, **({"name": _order(desk).name, "ground": "unclear_duty"} | more))


def _settled(desk: Desk, dispute: Any, **more: Any) -> Any:
    fields = {"name": dispute.name, "lead": "230500-housing", "record": "会议确定由住建局承办"}
    return desk.do(OFFICE, m.SettleDispute, **(fields | more))


def _refused(desk: Desk, who: Any, command: type[Any], **fields: Any) -> str:
    with pytest.raises(DomainError) as refused:
        desk.do(who, command, **fields)
    return refused.value.reason


def test_a_dispute_goes_down_the_whole_ladder_and_names_who_must_take_it(desk: Desk) -> None:
    _sent(desk)
    dispute = _opened(desk, participants=["230500-transport"], reason="三家单位均称无关")
    assert (_order(desk).state, _order(desk).dispute, _order(desk).why) == ("disputed", dispute.name, "unclear_duty")
    desk.do(OFFICE, m.RecordDisputeStep, name=dispute.name, record="各方未达成一致", present=[LEADS[0]])
    desk.do(SUPERVISOR, m.AdvanceDispute, name=dispute.name, step="consultation", reason="协调未果")
    desk.do(OFFICE, m.RecordDisputeStep, name=dispute.name, record="司法局组织会商", present=["230500-justice"])
    desk.do(OFFICE, m.AdvanceDispute, name=dispute.name, step="special_report")
    desk.do(OFFICE, m.RecordDisputeStep, name=dispute.name, record="已呈报市政府")
    settled = _settled(desk, dispute, co_units=["230500-market"])
    assert [s.step for s in settled.steps] == ["coordination", "consultation", "special_report"]
    assert (settled.state, settled.decided_by, settled.lead) == ("settled", "special_report", "230500-housing")
    assert settled.participants == [LEADS[0], "230500-transport", "230500-justice"]
    order = _order(desk)
    assert (order.state, order.dispute) == ("dispatched", "")
    active = [(a.unit, a.role, a.fixed_by) for a in order.assignments if a.state != "released"]
    assert active == [("230500-housing", "lead", "special_report"), ("230500-market", "co", "special_report")]
    assert desk.published()[-10:] == [
        "assignment_released",
        "dispute_opened",
        "dispute_step_begun",
        "dispute_step_recorded",
        "dispute_step_begun",
        "dispute_step_recorded",
        "dispute_step_begun",
        "dispute_step_recorded",
        "dispute_settled",
        "work_order_dispatched",
    ]


def test_no_word_of_a_dispute_is_kept_or_published_in_clear(desk: Desk) -> None:
    _sent(desk)
    dispute = _opened(desk, reason="来电人张三说是住建局")
    desk.do(OFFICE, m.RecordDisputeStep, name=dispute.name, record="张三电话13800000000")
    _settled(desk, dispute, record="张三所述属实")
    with desk.runtime.engine.connect() as connection:
        for table in ("work_order", "dispute", "outbox"):
            rows = connection.exec_driver_sql(f"select row_to_json(t)::text from {table} t").all()
            assert not any("张三" in row[0] or "13800000000" in row[0] for row in rows), table


def test_the_unit_that_was_named_cannot_return_it(desk: Desk) -> None:
    _sent(desk)
    _settled(desk, _opened(desk))
    with pytest.raises(errors.UnitFixedByLadder) as refused:
        desk.as_unit(m.RequestReturn, _order(desk), **ASK)
    assert "主管部门协调" in refused.value.message_zh
    assert "S24-26, 19(4)" in refused.value.message_zh
    assert _refused(desk, OFFICE, m.OpenDispute, name=_order(desk).name, ground="overlap") == "UNIT_FIXED_BY_LADDER"


def test_a_third_return_opens_a_dispute_by_rule(desk: Desk) -> None:
    _sent(desk)
    for following in LEADS[1:]:
        asked = desk.as_unit(m.RequestReturn, _order(desk), **ASK)
        desk.do(OFFICE, m.AgreeReturn, name=asked.assignments[-1].name, lead=following)
    asked = desk.as_unit(m.RequestReturn, _order(desk), **ASK)
    assert (asked.state, asked.why) == ("disputed", "returns_used_up")
    assert asked.assignments[-1].returns[0].outcome == "disputed"
    opened = desk.payloads("dispute_opened")[0]
    assert (opened["by_rule"], opened["asked_by"]) == (True, LEADS[2])
    assert opened["participants"] == [*LEADS, "230500-housing"]
    assert len(desk.payloads("return_requested")) == 2
    seen = desk.runtime.query(OFFICE, m.GetDispute(name=asked.dispute))
    assert (seen.state, seen.by_rule, seen.steps[0].zh) == ("open", True, "主管部门协调")


def test_an_agreed_return_that_nobody_takes_any_more_is_a_dispute(desk: Desk) -> None:
    """The unit of the last resort has had it: after two agreed returns no queue, but coordination."""
    _sent(desk)
    asked = desk.as_unit(m.RequestReturn, _order(desk), **ASK)
    desk.do(OFFICE, m.AgreeReturn, name=asked.assignments[-1].name, lead="230500-government")
    asked = desk.as_unit(m.RequestReturn, _order(desk), **ASK)
    agreed = desk.do(OFFICE, m.AgreeReturn, name=asked.assignments[-1].name)
    assert (agreed.state, agreed.why) == ("disputed", "returns_used_up")


def test_a_county_fallback_names_the_unit_of_the_place_only(desk: Desk) -> None:
    desk.accept(city=CITY, pack=PACK, area="230502")
    dispute = _opened(desk)
    desk.do(OFFICE, m.AdvanceDispute, name=dispute.name, step="county_fallback")
    named = {"name": dispute.name, "lead": "230500-housing", "record": "x"}
    assert _refused(desk, OFFICE, m.SettleDispute, **named) == "NOT_NAMED_BY_THIS_STEP"
    assert _refused(desk, OFFICE, m.SettleDispute, **named | {"lead": "230503-government"}) == "NOT_NAMED_BY_THIS_STEP"
    _settled(desk, dispute, lead="230502-government")
    lead = _order(desk).assignments[-1]
    assert (lead.unit, lead.role, lead.fixed_by) == ("230502-government", "fallback_lead", "county_fallback")


def test_the_list_names_its_own_fallback_unit_in_fujian(desk: Desk) -> None:
    desk.accept(item="02", masked_subject="污水井盖塌陷", masked_text="井盖坏了，不知道归谁管")
    dispute = desk.do(office(), m.OpenDispute, name=desk.order().name, ground="overlap")
    named = {"name": dispute.name, "record": "按清单"}
    assert _refused(desk, office(), m.SettleDispute, **named, lead="350100-health") == "NOT_NAMED_BY_THIS_STEP"
    desk.do(office(), m.SettleDispute, **named, lead="350100-urban-management")
    assert desk.order().assignments[-1].role == "fallback_lead"


def test_a_return_of_an_emergency_is_not_agreed_before_another_unit_takes_it(desk: Desk) -> None:
    """F16 art. 19: whoever has it makes it safe, also while it is disputed whose it is."""
    desk.accept(emergency_class="urgent")
    order = desk.do(office(), m.RecallWorkOrder, name=desk.order().name, reason="改派")
    desk.do(office(), m.DispatchWorkOrder, name=order.name, lead="350100-government")
    ask = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单"}
    back = desk.as_unit(m.RequestReturn, desk.order(), **ask).assignments[-1]
    assert _refused(desk, office(), m.AgreeReturn, name=back.name) == "MAKE_SAFE_FIRST"
    dispute = desk.do(office(), m.OpenDispute, name=order.name, ground="unclear_duty")
    assert dispute.made_safe_by == "350100-government"
    desk.as_unit(m.SignAssignment, desk.order())
    desk.as_unit(m.RecordContact, desk.order(), method="phone", proof="call-1")
    desk.as_unit(m.ReportProgress, desk.order(), note="已设置警示围挡")
    assert _refused_as_unit(desk, m.AnswerCitizen, method="phone", proof="call-2") == "ORDER_NOT_IN_HANDLING"
    desk.do(office(), m.SettleDispute, name=dispute.name, lead="350100-government", record="清单兜底")
    assert [(a.unit, a.state) for a in desk.order().assignments[-2:]] == [
        ("350100-government", "released"),
        ("350100-government", "assigned"),
    ]


def _refused_as_unit(desk: Desk, command: type[Any], **fields: Any) -> str:
    with pytest.raises(DomainError) as refused:
        desk.as_unit(command, desk.order(), **fields)
    return refused.value.reason


def test_nobody_is_named_against_a_conflict_of_interest(desk: Desk) -> None:
    _sent(desk, respondent_unit="230500-housing")
    dispute = _opened(desk)
    named = {"name": dispute.name, "lead": "230500-housing", "record": "x"}
    assert _refused(desk, OFFICE, m.SettleDispute, **named) == "CONFLICT_OF_INTEREST"
    assert _refused(desk, OFFICE, m.SettleDispute, **named | {"lead": "nobody"}) == "UNIT_NOT_IN_DIRECTORY"
    asked = {"name": dispute.name, "step": "consultation", "participants": ["nobody"]}
    assert _refused(desk, OFFICE, m.AdvanceDispute, **asked) == "UNIT_NOT_IN_DIRECTORY"


@pytest.mark.parametrize("end", ["withdrawn", "ended"])
def test_a_dispute_ends_with_its_order(desk: Desk, end: str) -> None:
    _sent(desk)
    dispute = _opened(desk)
    if end == "withdrawn":
        desk.hear("intake.case_withdrawn.v1", CITY)
    else:
        ended = {"ground": "in_litigation", "basis": "S24-33 23", "next_authority": "court"}
        desk.do(OFFICE, m.EndWorkOrder, name=_order(desk).name, **ended)
    seen = desk.runtime.query(OFFICE, m.GetDispute(name=dispute.name))
    assert (seen.state, seen.settle_time, _order(desk).state, _order(desk).dispute) == ("dropped", None, "ended", "")
    assert _refused(desk, OFFICE, m.SettleDispute, name=dispute.name, lead="230500-housing", record="x") == (
        "STEP_NOT_ALLOWED"
    )


def test_the_office_sees_until_when_a_step_should_come_to_its_end(desk: Desk) -> None:
    _sent(desk)
    dispute = _opened(desk)
    due, work_order_id = desk.clock.now(), _order(desk).name.rpartition("/")[2]
    clock = {"clock_id": "c-1", "kind": "dispute_coordination", "work_order_id": work_order_id, "due_at": due}
    desk.hear("sla.clock_started.v1", CITY, started_at=due, **clock)
    assert desk.runtime.query(OFFICE, m.GetDispute(name=dispute.name)).due_time == due
    desk.hear("sla.clock_breached.v1", CITY, breached_at=due, **clock)
    assert _order(desk).light == "red"
    _settled(desk, dispute)
    assert desk.runtime.query(OFFICE, m.GetDispute(name=dispute.name)).due_time is None
    assert _order(desk).light == "green"


def test_a_unit_sees_the_disputes_that_it_takes_part_in_and_leads_none(desk: Desk) -> None:
    _sent(desk)
    dispute = _opened(desk)
    mine, stranger = of_unit(LEADS[0], CITY), of_unit("230500-tax", CITY)
    assert desk.runtime.query(mine, m.GetDispute(name=dispute.name)).name == dispute.name
    with pytest.raises(NotFound):
        desk.runtime.query(stranger, m.GetDispute(name=dispute.name))
    with pytest.raises(NotFound):
        desk.runtime.query(stranger, m.ListDisputes(city=CITY, unit=LEADS[0]))
    with pytest.raises(PermissionDenied):
        desk.do(mine, m.AdvanceDispute, name=dispute.name, step="consultation")
    listed = {who: len(desk.runtime.query(who, m.ListDisputes(city=CITY)).disputes) for who in (mine, stranger, OFFICE)}
    assert list(listed.values()) == [1, 0, 1]


def test_disputes_and_disputed_orders_are_listed_by_their_state(desk: Desk) -> None:
    for number in range(3):
        desk.accept(city=CITY, pack=PACK, case_id=f"case-{number}", masked_subject="你好", masked_text="有事")
        desk.do(OFFICE, m.OpenDispute, name=desk.order(f"case-{number}", CITY).name, ground="unclear_duty")
    first = desk.runtime.query(OFFICE, m.ListDisputes(city=CITY, page_size=2))
    rest = desk.runtime.query(OFFICE, m.ListDisputes(city=CITY, page_size=2, page_token=first.next_page_token))
    assert [len(first.disputes), len(rest.disputes), rest.next_page_token] == [2, 1, ""]
    _settled(desk, first.disputes[0])
    assert len(desk.runtime.query(OFFICE, m.ListDisputes(city=CITY, state="open")).disputes) == 2
    assert len(desk.runtime.query(OFFICE, m.ListWorkOrders(city=CITY, state="disputed")).work_orders) == 2


def test_a_dispute_is_found_under_its_own_order_only(desk: Desk) -> None:
    for number in range(2):
        desk.accept(city=CITY, pack=PACK, case_id=f"case-{number}", masked_subject="你好", masked_text="有事")
    orders = [desk.order(f"case-{number}", CITY) for number in range(2)]
    dispute = desk.do(OFFICE, m.OpenDispute, name=orders[0].name, ground="unclear_duty")
    elsewhere = dispute.name.replace(orders[0].name, orders[1].name)
    assert _refused(desk, OFFICE, m.AdvanceDispute, name=elsewhere, step="consultation") == "NOT_FOUND"
    with pytest.raises(NotFound):
        desk.runtime.query(OFFICE, m.GetDispute(name=elsewhere))
