"""热线主管部门: the department of a merged line oversees its line in all cities, and no other (F21 2(2)2)."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import NotFound
from services.dispatch.application import messages as m
from services.dispatch.application.level_messages import RaiseLevel
from services.dispatch.domain import errors
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office
from tests.integration.dispatch.test_revealing import _open, _sealed

FUZHOU, XIAMEN, PINGLI = "350100", "350200", "610926"
LABOUR, INSURANCE = "350100-human-resources", "350100-medical-insurance"
GROUND = {"ground": "line_department", "reason": "请核查欠薪办理情况"}
CITY = office(role=Role.SUPERVISOR)


def department(line: str = "12333", *cities: str) -> Principal:
    return Principal(f"line:{line}", frozenset({Role.LINE_DEPARTMENT}), frozenset(cities or {"*"}), line=line)


MINE, OTHER = department(), department("12393")


def sent(desk: Desk, lead: str, *co_units: str, case_id: str = "case-1", city: str = FUZHOU) -> Any:
    """A case that routing cannot decide, sent by hand."""
    desk.accept(case_id=case_id, city=city, masked_subject="拖延", masked_text="有事想反映一下")
    name = desk.order(case_id, city).name
    units = {"lead": lead, "co_units": list(co_units), "reason": "人工派单"}
    return desk.do(office(city), m.DispatchWorkOrder, name=name, **units)


def listed(desk: Desk, who: Principal, city: str = FUZHOU, **more: Any) -> list[str]:
    return [one.name for one in desk.runtime.query(who, m.ListWorkOrders(city=city, **more)).work_orders]


def opened(desk: Desk, order: Any, who: Principal = MINE, **more: Any) -> Any:
    return desk.do(who, m.OpenSupervision, name=order.name, **GROUND | more)


def test_it_sees_the_orders_of_its_line_in_every_city_masked_and_no_others(desk: Desk) -> None:
    here, co = sent(desk, LABOUR), sent(desk, INSURANCE, LABOUR, case_id="case-2")
    sent(desk, INSURANCE, case_id="case-3")
    there = sent(desk, f"{XIAMEN}-human-resources", case_id="case-4", city=XIAMEN)
    assert listed(desk, MINE) == [here.name, co.name]
    assert listed(desk, MINE, XIAMEN) == [there.name]
    seen = desk.runtime.query(MINE, m.GetWorkOrder(name=here.name))
    assert (seen.masked_subject, seen.masked_text) == ("拖延", "有事想反映一下")
    with pytest.raises(NotFound):
        desk.runtime.query(OTHER, m.GetWorkOrder(name=here.name))
    with pytest.raises(NotFound):
        listed(desk, MINE, unit=INSURANCE)


def test_what_the_lines_unit_gave_back_it_reads_no_more_of_than_that_unit(desk: Desk) -> None:
    order = sent(desk, LABOUR)
    asked = {"kind": "not_ours", "reason": "不归我们管", "basis": "三定方案", "suggested_unit": INSURANCE}
    desk.as_unit(m.RequestReturn, order, **asked)
    desk.do(office(), m.AgreeReturn, name=order.assignments[0].name)
    seen = desk.runtime.query(MINE, m.GetWorkOrder(name=order.name))
    assert (seen.masked_subject, [a.unit for a in seen.assignments]) == ("", [LABOUR])
    with pytest.raises(errors.NoPartInTheOrder):
        opened(desk, order)


@pytest.mark.parametrize("who", [department("12399"), department(""), department("12333", XIAMEN)])
def test_without_its_line_in_that_city_there_is_nothing_to_see(desk: Desk, who: Principal) -> None:
    order = sent(desk, LABOUR)
    refused = (NotFound, PermissionDenied)
    with pytest.raises(refused):
        listed(desk, who)
    with pytest.raises(refused):
        desk.runtime.query(who, m.GetWorkOrder(name=order.name))
    with pytest.raises(refused):
        desk.runtime.query(who, m.ListSupervisions(city=FUZHOU))
    with pytest.raises(refused):
        opened(desk, order, who)


def test_a_city_without_merged_lines_shows_it_nothing(desk: Desk) -> None:
    desk.accept(city=PINGLI, pack="pingli-2018@1.0.0")
    with pytest.raises(NotFound):
        listed(desk, MINE, PINGLI)


def test_it_supervises_the_lines_unit_which_answers_and_it_closes(desk: Desk) -> None:
    order = sent(desk, LABOUR)
    entry = opened(desk, order)
    assert (entry.opened_by, entry.line, entry.unit, entry.written_reply) == ("line_department", "12333", LABOUR, True)
    assert (entry.basis, entry.methods) == ("F21-06b, 2(2)2", ["notice"])
    with pytest.raises(errors.AnswerMissing):
        desk.do(MINE, m.CloseSupervision, name=entry.name, finding="rectified", reason="同意")
    desk.do(of_unit(LABOUR), m.AnswerSupervision, name=entry.name, answer="已责令限期支付")
    ledger = desk.runtime.query(MINE, m.ListSupervisions(city=FUZHOU, state="answered")).supervisions
    assert [one.name for one in ledger] == [entry.name]
    closed = desk.do(MINE, m.CloseSupervision, name=entry.name, finding="rectified", reason="同意")
    assert (closed.state, closed.finding) == ("closed", "rectified")
    (told,) = desk.payloads("supervision_opened")
    assert (told["opened_by"], told["unit"], told["rule"]) == ("line_department", LABOUR, "F21-06b")
    assert opened(desk, order).state == "open", "what is closed may be opened again"


def test_departments_of_two_lines_supervise_their_own_units_on_one_order(desk: Desk) -> None:
    order = sent(desk, LABOUR, INSURANCE)
    mine, other = opened(desk, order), opened(desk, order, OTHER)
    assert (mine.unit, other.unit) == (LABOUR, INSURANCE)
    with pytest.raises(errors.AlreadySupervised):
        opened(desk, order)
    for who, entry in ((MINE, other), (OTHER, mine)):
        with pytest.raises(NotFound):
            desk.do(who, m.CloseSupervision, name=entry.name, finding="withdrawn", reason="撤销")
        with pytest.raises(NotFound):
            desk.runtime.query(who, m.GetSupervision(name=entry.name))
    desk.do(MINE, m.CloseSupervision, name=mine.name, finding="withdrawn", reason="撤销")
    assert desk.runtime.query(OTHER, m.GetSupervision(name=other.name)).state == "open"
    assert [one.name for one in desk.runtime.query(OTHER, m.ListSupervisions(city=FUZHOU)).supervisions] == [other.name]


def test_each_opens_and_closes_its_own_alone(desk: Desk) -> None:
    order = sent(desk, LABOUR)
    entry, of_the_city = opened(desk, order), opened(desk, order, CITY, ground="leader_instruction")
    for who in (CITY, office(role=Role.PROVINCE)):
        with pytest.raises(errors.ValueNotAllowed):
            opened(desk, order, who)
        with pytest.raises(NotFound):
            desk.do(who, m.CloseSupervision, name=entry.name, finding="withdrawn", reason="撤销")
    for ground in ("leader_instruction", "province_verification", "redo_exhausted"):
        with pytest.raises(errors.ValueNotAllowed):
            opened(desk, order, ground=ground)
    with pytest.raises(NotFound):
        desk.do(MINE, m.CloseSupervision, name=of_the_city.name, finding="withdrawn", reason="撤销")
    assert desk.runtime.query(MINE, m.GetSupervision(name=of_the_city.name)).unit == LABOUR, "of its unit: it reads"


def test_it_supervises_no_unit_but_its_lines_and_no_order_of_others(desk: Desk) -> None:
    order, foreign = sent(desk, LABOUR, INSURANCE), sent(desk, INSURANCE, case_id="case-2")
    with pytest.raises(errors.NoPartInTheOrder):
        opened(desk, order, unit=INSURANCE)
    with pytest.raises(NotFound):
        opened(desk, foreign)
    assert desk.payloads("supervision_opened") == []


def test_it_reads_what_was_written_where_it_has_asked_and_what_stays_within_the_unit_never(desk: Desk) -> None:
    order = sent(desk, LABOUR)
    wanted = m.RevealPassages(name=order.name, purpose="督办核查")
    with pytest.raises(NotFound):
        desk.runtime.query(MINE, wanted)
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.RecordContact, order, method="phone", proof="call-1")
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-2")
    handler = of_unit(LABOUR, FUZHOU, Role.UNIT)
    desk.do(handler, m.SubmitReply, name=order.assignments[0].name, **FORM)
    entry = opened(desk, order)
    desk.do(of_unit(LABOUR), m.AnswerSupervision, name=entry.name, answer="已责令限期支付")
    found = {"reason": "补依据", "version": desk.order().version}
    desk.do(of_unit(LABOUR), m.RejectReply, name=order.assignments[0].name, **found)
    questions: Any = desk.runtime.questions
    questions.answers = {
        ("intake", "reveal_passages"): lambda reply_key, passages, case_id, **_: _sealed(
            reply_key, {one["id"]: _open(desk, one, case_id) for one in passages}
        )
    }
    read = {p.kind: p.text for p in desk.runtime.query(MINE, wanted).passages}
    assert (read["supervision.answer"], read["supervision.order"]) == ("已责令限期支付", GROUND["reason"])
    assert "work_order.leader_sent_back" not in read
    (_, _, asked) = questions.asked[-1]
    assert (asked["viewer"], asked["unit"], asked["purpose"]) == (MINE.id, LABOUR, "督办核查")
    with pytest.raises(NotFound):
        desk.runtime.query(OTHER, wanted)


def test_it_acts_for_no_unit_and_sees_no_contact(desk: Desk) -> None:
    """Also where its token names the unit."""
    order = sent(desk, LABOUR)
    name = order.assignments[0].name
    who = Principal("d", frozenset({Role.LINE_DEPARTMENT}), frozenset({"*"}), unit=LABOUR, line="12333")
    entry = opened(desk, order)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (m.SignAssignment, {"name": name}),
        (m.AnswerSupervision, {"name": entry.name, "answer": "代答"}),
        (m.DispatchWorkOrder, {"name": order.name, "lead": INSURANCE, "reason": "改派"}),
        (m.EndWorkOrder, {"name": order.name, "ground": "out_of_scope", "basis": "F16-11 13(6)"}),
        (RaiseLevel, {"name": order.name, "reason": "升级"}),
    ]
    for command, fields in acts:
        with pytest.raises(PermissionDenied):
            desk.do(who, command, **fields)
    for query in (m.RevealCitizenContact, m.RevealCitizenText):
        with pytest.raises(PermissionDenied):
            desk.runtime.query(who, query(name=name, purpose="好奇"))
