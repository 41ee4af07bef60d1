"""N25: towns return what a department must do; what is shirked or overdue is raised a level. Data of one city only."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError
from services.dispatch.application import level_messages as lm
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import Desk, of_unit, office

CITY = "230500"
PACK = "shuangyashan-2024@1.0.0+national-2025@1.0.0"
TOWN, BUREAU, GOVERNMENT = f"{CITY[:4]}02-erma-road", f"{CITY}-urban-management", f"{CITY}-government"
DUTY = {"kind": "department_duty", "reason": "属部门法定职责", "basis": "职责清单", "suggested_unit": BUREAU}
OFFICE, SUPERVISOR = office(CITY), office(CITY, role=Role.SUPERVISOR)


def sent_to(desk: Desk, lead: str, city: str = CITY, pack: str = PACK) -> Any:
    desk.accept(city=city, pack=pack, masked_subject="你好", masked_text="有事想反映一下")
    return desk.do(office(city), m.DispatchWorkOrder, name=desk.order(city=city).name, lead=lead)


def refused(desk: Desk, who: Any, command: type[Any], **fields: Any) -> str:
    with pytest.raises(DomainError) as told:
        desk.do(who, command, **fields)
    return told.value.reason


# -- a department's duty ---------------------------------------------------------------------------------------------


def test_a_town_returns_a_departments_duty_and_the_department_gets_it(desk: Desk) -> None:
    order = sent_to(desk, TOWN)
    desk.as_unit(m.RequestReturn, order, **DUTY)
    assert desk.payloads("return_requested")[0]["kind"] == "department_duty"
    agreed = desk.do(OFFICE, m.AgreeReturn, name=order.assignments[0].name)
    assert (str(agreed.state), agreed.assignments[-1].unit) == ("dispatched", BUREAU)


def test_such_an_order_does_not_go_to_a_town_again(desk: Desk) -> None:
    order = sent_to(desk, TOWN)
    desk.as_unit(m.RequestReturn, order, **DUTY)
    to_a_town = {"name": order.assignments[0].name, "lead": "230503-zhongxin"}
    assert refused(desk, OFFICE, m.AgreeReturn, **to_a_town) == "BACK_TO_THE_GRASS_ROOTS"


def test_the_town_names_the_department(desk: Desk) -> None:
    order = sent_to(desk, TOWN)
    asked = {"name": order.assignments[0].name, **DUTY, "suggested_unit": "230502-government"}
    assert refused(desk, of_unit(TOWN, CITY), m.RequestReturn, **asked) == "NO_DEPARTMENTS_DUTY"


def test_a_department_does_not_return_on_this_ground(desk: Desk) -> None:
    order = sent_to(desk, BUREAU)
    asked = {"name": order.assignments[0].name, **DUTY, "suggested_unit": f"{CITY}-housing"}
    assert refused(desk, of_unit(BUREAU, CITY), m.RequestReturn, **asked) == "NO_DEPARTMENTS_DUTY"


def test_the_ground_is_that_of_the_national_pack_alone(desk: Desk) -> None:
    order = sent_to(desk, "350102-dongjie", "350100", "fujian-2016@1.0.0")
    asked = {"name": order.assignments[0].name, **DUTY, "suggested_unit": "350100-urban-management"}
    assert refused(desk, of_unit("350102-dongjie"), m.RequestReturn, **asked) == "VALUE_NOT_ALLOWED"


# -- raised a level --------------------------------------------------------------------------------------------------


def overdue(desk: Desk, order: Any) -> None:
    clock = desk.start_clock("finish", order, timedelta(hours=1))
    signal = {"clock_id": clock, "kind": "finish", "work_order_id": order.name.rpartition("/")[2]}
    assignment = order.assignments[-1].name.rpartition("/")[2]
    desk.hear("sla.clock_breached.v1", CITY, assignment_id=assignment, due_at=desk.clock.now(), **signal)


def test_what_is_overdue_is_raised_to_the_unit_above_and_who_had_it_stays(desk: Desk) -> None:
    order = sent_to(desk, BUREAU)
    assert refused(desk, SUPERVISOR, lm.RaiseLevel, name=order.name, reason="推诿") == "NOTHING_TO_RAISE"
    overdue(desk, order)
    raised = desk.do(SUPERVISOR, lm.RaiseLevel, name=order.name, reason="办理不力")
    parts = {a.unit: str(a.role) for a in raised.assignments if str(a.state) != "released"}
    assert parts == {GOVERNMENT: "lead", BUREAU: "co"}
    told = desk.payloads("work_order_dispatched")[-1]
    assert (told["step"], told["rule"]) == ("supervisor", "raised")
    assert desk.payloads("assignment_released")[-1]["why"] == "raised"


def test_nobody_stands_above_the_government_and_only_a_supervisor_raises(desk: Desk) -> None:
    order = sent_to(desk, GOVERNMENT)
    overdue(desk, order)
    assert refused(desk, SUPERVISOR, lm.RaiseLevel, name=order.name, reason="x") == "NOBODY_ABOVE"
    for who in (OFFICE, of_unit(GOVERNMENT, CITY), office("350100", role=Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            desk.do(who, lm.RaiseLevel, name=order.name, reason="x")


def test_a_pack_that_does_not_know_it_refuses(desk: Desk) -> None:
    order = sent_to(desk, "350100-market", "350100", "fujian-2016@1.0.0")
    who = office(role=Role.SUPERVISOR)
    assert refused(desk, who, lm.RaiseLevel, name=order.name, reason="x") == "NO_RAISING"
