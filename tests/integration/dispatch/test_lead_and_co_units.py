"""Another unit leads; a co-unit is pressed for its opinion."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError, NotFound
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office

LEAD, CO, THIRD = "350100-market", "350100-commerce", "350100-health"
WHY = {"reason": "主要职责在商务部门"}


@pytest.fixture
def order(desk: Desk) -> Any:
    """In handling with a lead and a co-unit; both have signed."""
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    order = desk.do(office(), m.DispatchWorkOrder, name=desk.order().name, lead=LEAD, co_units=[CO])
    for part in order.assignments:
        desk.do(of_unit(part.unit), m.SignAssignment, name=part.name)
    return desk.order()


def parts(order: Any) -> dict[str, tuple[str, str]]:
    return {a.unit: (str(a.role), str(a.state)) for a in order.assignments if a.state != "released"}


def refused(desk: Desk, who: Any, command: type[Any], **fields: Any) -> str:
    with pytest.raises(DomainError) as told:
        desk.do(who, command, **fields)
    return told.value.reason


# -- another lead ------------------------------------------------------------------------------------------------------


def test_another_unit_leads_and_the_co_unit_keeps_its_part(desk: Desk, order: Any) -> None:
    changed = desk.do(office(), m.ChangeLead, name=order.name, lead=THIRD, **WHY)
    assert (str(changed.state), parts(changed)) == ("dispatched", {CO: ("co", "signed"), THIRD: ("lead", "assigned")})
    released = desk.payloads("assignment_released")[-1]
    assert (released["unit"], released["why"]) == (LEAD, "lead_changed")
    assert [a["unit"] for a in desk.payloads("work_order_dispatched")[-1]["assignments"]] == [THIRD]


def test_a_co_unit_takes_the_lead_and_the_former_lead_helps(desk: Desk, order: Any) -> None:
    changed = desk.do(office(), m.ChangeLead, name=order.name, lead=CO, keep_former=True, **WHY)
    assert parts(changed) == {CO: ("lead", "assigned"), LEAD: ("co", "assigned")}
    desk.as_unit(m.SignAssignment, changed)
    desk.as_unit(m.AnswerCitizen, changed, method="phone", proof="call-1")
    lead = next(a for a in changed.assignments if a.unit == CO and a.role == "lead")
    assert refused(desk, of_unit(CO), m.SubmitReply, name=lead.name, **FORM) == "CO_REPLIES_MISSING"


def test_the_lead_does_not_change_to_itself_nor_to_a_unit_in_conflict_nor_after_the_reply(
    desk: Desk, order: Any
) -> None:
    assert refused(desk, office(), m.ChangeLead, name=order.name, lead=LEAD, **WHY) == "LEADS_ALREADY"
    assert refused(desk, office(), m.ChangeLead, name=order.name, lead="nobody", **WHY) == "UNIT_NOT_IN_DIRECTORY"
    co = next(a for a in order.assignments if a.unit == CO)
    desk.do(of_unit(CO), m.SubmitCoReply, name=co.name, result="已核查")
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-1")
    desk.as_unit(m.SubmitReply, order, **FORM)
    assert refused(desk, office(), m.ChangeLead, name=order.name, lead=THIRD, **WHY) == "ORDER_NOT_IN_HANDLING"


def test_a_return_is_decided_before_the_lead_changes(desk: Desk, order: Any) -> None:
    ask = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单", "suggested_unit": THIRD}
    desk.as_unit(m.RequestReturn, order, **ask)
    assert refused(desk, office(), m.ChangeLead, name=order.name, lead=THIRD, **WHY) == "RETURN_AWAITS_DECISION"


@pytest.mark.parametrize("who", [of_unit(LEAD), office(role=Role.SUPERVISOR), office("610926")])
def test_only_a_dispatcher_of_the_city_changes_the_lead(desk: Desk, order: Any, who: Any) -> None:
    with pytest.raises(PermissionDenied):
        desk.do(who, m.ChangeLead, name=order.name, lead=THIRD, **WHY)


# -- a co-unit is pressed ----------------------------------------------------------------------------------------------


def co_of(order: Any) -> str:
    return str(next(a.name for a in order.assignments if a.role == "co"))


def test_the_lead_presses_a_co_unit_once_a_day(desk: Desk, order: Any) -> None:
    pressed = desk.do(of_unit(LEAD), m.PressCoUnit, name=co_of(order), note="请尽快反馈价格核查情况")
    assert next(a for a in pressed.assignments if a.role == "co").press_time
    assert refused(desk, of_unit(LEAD), m.PressCoUnit, name=co_of(order)) == "PRESSED_TODAY"
    assert refused(desk, office(), m.PressCoUnit, name=co_of(order)) == "PRESSED_TODAY"
    desk.clock.move_to(desk.clock.now() + timedelta(days=1))
    desk.do(office(), m.PressCoUnit, name=co_of(order))
    assert [(e["by"], e["occurrence"]) for e in desk.payloads("co_unit_pressed")] == [(LEAD, 1), ("", 2)]


def test_a_co_unit_that_has_replied_and_a_lead_are_not_pressed(desk: Desk, order: Any) -> None:
    lead = next(a.name for a in order.assignments if a.role == "lead")
    assert refused(desk, office(), m.PressCoUnit, name=lead) == "ONLY_CO_UNITS_ARE_PRESSED"
    desk.do(of_unit(CO), m.SubmitCoReply, name=co_of(order), result="已核查")
    assert refused(desk, of_unit(LEAD), m.PressCoUnit, name=co_of(order)) == "CO_REPLY_IS_IN"


@pytest.mark.parametrize("unit", [CO, THIRD])
def test_nobody_but_the_lead_and_the_office_presses_a_co_unit(desk: Desk, order: Any, unit: str) -> None:
    with pytest.raises(NotFound):
        desk.do(of_unit(unit), m.PressCoUnit, name=co_of(order))


def test_a_co_unit_that_asks_to_return_is_not_pressed(desk: Desk, order: Any) -> None:
    ask = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单", "suggested_unit": THIRD}
    desk.do(of_unit(CO), m.RequestReturn, name=co_of(order), **ask)
    assert refused(desk, of_unit(LEAD), m.PressCoUnit, name=co_of(order)) == "RETURN_AWAITS_DECISION"
