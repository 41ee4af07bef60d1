"""省级主管部门: its office has a city verify or coordinate an order, reads the answer, and finds (F16 art. 8)."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import NotFound
from services.dispatch.application import messages as m
from services.dispatch.domain import errors
from tests.integration.dispatch.conftest import Desk, of_unit, office

PROVINCE = office(role=Role.PROVINCE)
CITY = office(role=Role.SUPERVISOR)


def asked(desk: Desk, **more: Any) -> Any:
    desk.accept()
    fields = {"name": desk.order().name, "ground": "province_verification", "reason": "请核实反映的情况"}
    return desk.do(PROVINCE, m.OpenSupervision, **fields | more)


def test_the_province_has_a_city_verify_an_order_and_finds(desk: Desk) -> None:
    opened = asked(desk)
    assert (opened.opened_by, opened.unit, opened.written_reply) == ("province", "", False)
    assert (opened.basis, opened.ground_zh) == ("F16-06, 8(4)", "省级主管部门对重要诉求调查核实")
    answered = desk.do(CITY, m.AnswerSupervision, name=opened.name, answer="经核实属实，已督促整改")
    assert answered.state == "answered"
    seen = desk.runtime.query(PROVINCE, m.ListSupervisions(city="350100", state="answered"))
    assert [one.name for one in seen.supervisions] == [opened.name]
    closed = desk.do(PROVINCE, m.CloseSupervision, name=opened.name, finding="rectified", reason="同意")
    assert (closed.state, closed.finding) == ("closed", "rectified")
    told = [(p["opened_by"], p["unit"]) for p in desk.payloads("supervision_opened")]
    assert told == [("province", "")]


def test_it_coordinates_on_a_ground_of_its_own(desk: Desk) -> None:
    opened = asked(desk, ground="province_coordination")
    assert (opened.basis, opened.methods) == ("F16-06, 8(5)", ["coordination"])


def test_what_the_city_has_not_answered_is_not_found_settled(desk: Desk) -> None:
    opened = asked(desk)
    with pytest.raises(errors.AnswerMissing):
        desk.do(PROVINCE, m.CloseSupervision, name=opened.name, finding="rectified", reason="同意")
    closed = desk.do(PROVINCE, m.CloseSupervision, name=opened.name, finding="withdrawn", reason="不再需要")
    assert closed.finding == "withdrawn"


def test_the_citys_ending_of_the_order_leaves_what_the_province_asks_open(desk: Desk) -> None:
    opened = asked(desk)
    desk.do(office(), m.EndWorkOrder, name=opened.work_order, ground="out_of_scope", basis="F16-11 13(6)")
    assert desk.payloads("supervision_closed") == []
    desk.do(CITY, m.AnswerSupervision, name=opened.name, answer="经核实不属受理范围，已告知群众")
    closed = desk.do(PROVINCE, m.CloseSupervision, name=opened.name, finding="rectified", reason="同意")
    assert (closed.finding, closed.why) == ("rectified", "found")


def test_the_citizens_withdrawal_leaves_it_open_too(desk: Desk) -> None:
    opened = asked(desk)
    desk.hear("intake.case_withdrawn.v1")
    assert desk.order().state == "ended"
    assert desk.runtime.query(PROVINCE, m.GetSupervision(name=opened.name)).state == "open"


def test_the_province_alone_asks_about_an_order_that_has_ended(desk: Desk) -> None:
    desk.accept()
    order = desk.order().name
    desk.do(office(), m.EndWorkOrder, name=order, ground="out_of_scope", basis="F16-11 13(6)")
    with pytest.raises(errors.OrderNotInHandling):
        desk.do(CITY, m.OpenSupervision, name=order, ground="leader_instruction", reason="批示")
    wanted = {"ground": "province_verification", "reason": "请核实办结是否属实"}
    assert desk.do(PROVINCE, m.OpenSupervision, name=order, **wanted).state == "open"


def test_each_opens_and_closes_its_own_alone(desk: Desk) -> None:
    opened = asked(desk)
    order = opened.work_order
    with pytest.raises(NotFound):
        desk.do(CITY, m.CloseSupervision, name=opened.name, finding="withdrawn", reason="撤销")
    with pytest.raises(errors.ValueNotAllowed):
        desk.do(CITY, m.OpenSupervision, name=order, ground="province_coordination", reason="协调")
    with pytest.raises(errors.ValueNotAllowed):
        desk.do(PROVINCE, m.OpenSupervision, name=order, ground="leader_instruction", reason="批示")
    of_the_city = desk.do(CITY, m.OpenSupervision, name=order, ground="leader_instruction", reason="批示")
    with pytest.raises(NotFound):
        desk.do(PROVINCE, m.CloseSupervision, name=of_the_city.name, finding="withdrawn", reason="撤销")


def test_no_unit_answers_what_the_city_is_asked(desk: Desk) -> None:
    opened = asked(desk)
    lead = desk.order().assignments[0].unit
    with pytest.raises(NotFound):
        desk.do(of_unit(lead), m.AnswerSupervision, name=opened.name, answer="已整改")
    with pytest.raises(NotFound):
        desk.runtime.query(of_unit(lead), m.GetSupervision(name=opened.name))


def test_the_supervisors_answer_for_no_unit(desk: Desk) -> None:
    desk.accept()
    pressed = {"ground": "leader_instruction", "reason": "批示"}
    of_the_city = desk.do(CITY, m.OpenSupervision, name=desk.order().name, **pressed)
    with pytest.raises(NotFound):
        desk.do(CITY, m.AnswerSupervision, name=of_the_city.name, answer="代答")


def test_it_sees_the_orders_of_its_cities_and_works_on_none(desk: Desk) -> None:
    desk.accept()
    (order,) = desk.runtime.query(PROVINCE, m.ListWorkOrders(city="350100")).work_orders
    assert desk.runtime.query(PROVINCE, m.GetWorkOrder(name=order.name)).masked_subject == "小区物业收费混乱"
    with pytest.raises(PermissionDenied):
        desk.runtime.query(office("350200", role=Role.PROVINCE), m.GetWorkOrder(name=order.name))
    with pytest.raises(PermissionDenied):
        desk.do(PROVINCE, m.EndWorkOrder, name=order.name, ground="out_of_scope", basis="F16-11 13(6)")


def test_the_province_reads_the_words_of_what_it_has_asked_about_and_no_other(desk: Desk) -> None:
    desk.accept()
    wanted = m.RevealPassages(name=desk.order().name, purpose="调查核实")
    with pytest.raises(NotFound):
        desk.runtime.query(PROVINCE, wanted)
    opened = desk.do(
        PROVINCE, m.OpenSupervision, name=desk.order().name, ground="province_verification", reason="请核实"
    )
    desk.do(CITY, m.AnswerSupervision, name=opened.name, answer="经核实属实")
    # Intake, which alone opens them, is not asked in this test: they come as far as its door.
    with pytest.raises(errors.CannotBeOpenedNow):
        desk.runtime.query(PROVINCE, wanted)


def test_in_a_regime_without_a_province_there_is_no_such_ground(desk: Desk) -> None:
    desk.accept(city="230500", pack="shuangyashan-2024@1.0.0")
    asks = {"name": desk.order(city="230500").name, "ground": "province_verification", "reason": "请核实"}
    with pytest.raises(errors.ValueNotAllowed):
        desk.do(office("230500", role=Role.PROVINCE), m.OpenSupervision, **asks)
