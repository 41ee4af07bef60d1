"""A unit passes an order on to its section, the section to a town: who sees it, who handles it, who answers for it."""

from base64 import b64decode, b64encode
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal
from chassis.domain import DomainError, NotFound, Sealed
from chassis.privacy import open_sealed, seal_answer
from services.dispatch.application import level_messages as lm
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office

UNIT, SECTION, TOWN, OTHER_TOWN = (
    of_unit(unit) for unit in ("350102-government", "350102-urban-management", "350102-dongjie", "350102-shuibu")
)
CO = of_unit("350100-commerce")
CONTACT = {"name": "林晓梅", "phone": "19900001234", "address": "东街口88号"}
HANDLER = "李科员"


@pytest.fixture
def order(desk: Desk) -> Any:
    """In the hands of a district, which has signed; intake answers what it is asked."""
    questions: Any = desk.runtime.questions
    questions.answers = {
        ("intake", "reveal_contact"): lambda reply_key, **_: _sealed(reply_key, CONTACT),
        ("intake", "reveal_passages"): lambda reply_key, passages, case_id, **_: _sealed(
            reply_key, {p["id"]: _open(desk, p, case_id) for p in passages}
        ),
    }
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    units = {"lead": UNIT.unit, "co_units": [CO.unit]}
    order = desk.do(office(), m.DispatchWorkOrder, name=desk.order().name, **units)
    desk.as_unit(m.SignAssignment, order)
    return desk.order()


def _sealed(reply_key: str, clear: dict[str, str]) -> dict[str, bytes]:
    return {"sealed": b64encode(seal_answer(b64decode(reply_key), clear))}


def _open(desk: Desk, given: dict[str, str], case_id: str) -> str:
    sealed = Sealed("citizen-1", given["field"], b64decode(given["ciphertext"]))
    return open_sealed(desk.citizen, sealed, case_id=case_id)


def passed_on(desk: Desk, order: Any) -> Any:
    """To the section, and by it to a town."""
    name = order.assignments[0].name
    to = {"section": SECTION.unit, "handler": HANDLER, "note": "请到现场核实"}
    desk.do(UNIT, lm.PassOn, name=name, **to)
    return desk.do(SECTION, lm.PassOn, name=name, section=TOWN.unit)


def refused(desk: Desk, who: Principal, command: type[Any], **fields: Any) -> str:
    with pytest.raises(DomainError) as told:
        desk.do(who, command, **fields)
    return told.value.reason


def read(desk: Desk, who: Principal, order: Any) -> dict[str, str]:
    query = m.RevealPassages(name=order.name, purpose="办理")
    return {p.kind: p.text for p in desk.runtime.query(who, query).passages}


def test_the_reply_goes_up_the_way_that_the_order_came_down(desk: Desk, order: Any) -> None:
    at_town = passed_on(desk, order)
    section, town = at_town.passings
    assert (section.section, town.by, str(town.state)) == (SECTION.unit, SECTION.unit, "passed_on")
    desk.do(TOWN, lm.ReplyPassedOn, name=town.name, result="已清理完毕")
    desk.do(SECTION, lm.ReplyPassedOn, name=section.name, result="已核实，现场已清理")
    told = [(p["section"], p["by"]) for p in desk.payloads("section_replied")]
    assert told == [(TOWN.unit, SECTION.unit), (SECTION.unit, UNIT.unit)]
    desk.do(CO, m.SignAssignment, name=order.assignments[1].name)
    desk.do(CO, m.SubmitCoReply, name=order.assignments[1].name, result="无异议")
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-1")
    replied = desk.as_unit(m.SubmitReply, order, **FORM)
    assert (str(replied.state), replied.assignments[0].unit) == ("replied", UNIT.unit)


def test_a_section_sees_what_was_passed_on_to_it_with_the_deadline_of_its_unit(desk: Desk, order: Any) -> None:
    desk.start_clock("finish", order)
    passed_on(desk, order)
    seen = desk.runtime.query(TOWN, m.GetWorkOrder(name=order.name))
    (own,) = seen.passings
    assert (own.section, own.due_time, seen.masked_text) == (TOWN.unit, seen.due_time, "有事想反映一下")
    assert (seen.assignments, seen.extensions, seen.candidates) == ([], [], [])
    (listed,) = desk.runtime.query(SECTION, m.ListWorkOrders(city="350100")).work_orders
    assert [p.section for p in listed.passings] == [SECTION.unit, TOWN.unit]
    with pytest.raises(NotFound):
        desk.runtime.query(OTHER_TOWN, m.GetWorkOrder(name=order.name))


def test_after_it_has_replied_a_section_reads_no_more_than_that_it_had_it(desk: Desk, order: Any) -> None:
    town = passed_on(desk, order).passings[-1]
    answered = desk.do(TOWN, lm.ReplyPassedOn, name=town.name, result="不属于本街道", declined=True)
    assert (str(answered.passings[0].state), answered.masked_text) == ("declined", "")
    with pytest.raises(NotFound):
        read(desk, TOWN, order)


def test_a_section_speaks_to_the_citizen_and_reads_its_own_words_only(desk: Desk, order: Any) -> None:
    passed_on(desk, order)
    desk.as_unit(m.ReportProgress, order, note="区里正在协调")
    query = m.RevealCitizenContact(name=order.assignments[0].name, purpose="联系诉求人")
    assert desk.runtime.query(TOWN, query).phone == CONTACT["phone"]
    asked = [a for a in desk.runtime.questions.asked if a[1] == "reveal_contact"]  # type: ignore[attr-defined]
    assert asked[-1][2]["unit"] == UNIT.unit
    assert read(desk, SECTION, order) == {"passing.note": "请到现场核实", "passing.handler": HANDLER}
    assert read(desk, TOWN, order) == {}
    assert read(desk, UNIT, order).keys() == {"passing.note", "passing.handler", "work_order.progress"}
    with pytest.raises(NotFound):
        desk.runtime.query(OTHER_TOWN, query)


def test_what_is_passed_on_moves_no_clock_and_is_said_without_names(desk: Desk, order: Any) -> None:
    passed_on(desk, order)
    told = desk.payloads("assignment_passed_on")
    assert [(p["unit"], p["by"], p["section"]) for p in told] == [
        (UNIT.unit, UNIT.unit, SECTION.unit),
        (UNIT.unit, SECTION.unit, TOWN.unit),
    ]
    assert HANDLER not in str(told)


def test_only_who_has_it_passes_it_on_and_only_who_passed_it_on_takes_it_back(desk: Desk, order: Any) -> None:
    name = order.assignments[0].name
    for stranger in (CO, SECTION, office()):
        with pytest.raises((NotFound, PermissionDenied)):
            desk.do(stranger, lm.PassOn, name=name, section=TOWN.unit)
    section, town = passed_on(desk, order).passings
    for stranger in (UNIT, TOWN, CO):
        with pytest.raises(NotFound):
            desk.do(stranger, lm.TakeBackPassedOn, name=town.name, reason="改由他人办理")
    with pytest.raises(NotFound):
        desk.do(UNIT, lm.ReplyPassedOn, name=section.name, result="x")
    back = desk.do(UNIT, lm.TakeBackPassedOn, name=section.name, reason="由本级办理")
    assert {str(p.state) for p in back.passings} == {"taken_back"}
    assert [p["why"] for p in desk.payloads("assignment_taken_back")] == ["by_hand", "no_longer_held"]
    with pytest.raises(NotFound):
        desk.do(SECTION, lm.PassOn, name=name, section=TOWN.unit)


def test_a_section_loses_it_with_its_unit(desk: Desk, order: Any) -> None:
    passed_on(desk, order)
    desk.do(office(), m.ChangeLead, name=order.name, lead="350100-market", reason="职责调整")
    assert [p["section"] for p in desk.payloads("assignment_taken_back")] == [SECTION.unit, TOWN.unit]


def test_it_goes_neither_elsewhere_nor_to_whom_it_is_about_nor_by_the_office(desk: Desk, order: Any) -> None:
    name = order.assignments[0].name
    assert refused(desk, UNIT, lm.PassOn, name=name, section="350103-government") == "NOT_BELOW_THE_UNIT"
    desk.accept(case_id="case-2", respondent_unit=SECTION.unit, masked_subject="你好", masked_text="有事想反映一下")
    about = desk.do(office(), m.DispatchWorkOrder, name=desk.order("case-2").name, lead=UNIT.unit)
    desk.as_unit(m.SignAssignment, about)
    to_itself = {"name": about.assignments[0].name, "section": SECTION.unit}
    assert refused(desk, UNIT, lm.PassOn, **to_itself) == "CONFLICT_OF_INTEREST"
    desk.accept(case_id="case-3", masked_subject="你好", masked_text="有事想反映一下")
    by_hand = {"name": desk.order("case-3").name, "lead": "350100-market-prices"}
    assert refused(desk, office(), m.DispatchWorkOrder, **by_hand) == "SECTION_IS_NO_UNIT"
