"""What is sealed is shown to those who must work on it, and to nobody else."""

from base64 import b64decode, b64encode
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import DomainError, NotFound, Sealed
from chassis.privacy import open_sealed, seal_answer
from chassis.questions import CannedQuestions, NoAnswer
from services.dispatch.application import messages as m
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
LEAD, CO = of_unit("350100-market"), of_unit("350100-commerce")
CONTACT = {"name": "林晓梅", "phone": "19900001234", "address": "东街口88号"}
RETURN = {"kind": "not_ours", "reason": "不归我们管", "basis": "三定方案", "suggested_unit": "350100-housing"}
AGENT = office(role=Role.AGENT)


@pytest.fixture
def intake(desk: Desk) -> CannedQuestions:
    """Intake as it answers the three questions."""

    def passages(reply_key: str, passages: list[dict[str, str]], case_id: str, **_: Any) -> dict[str, bytes]:
        return _sealed(reply_key, {p["id"]: _open(desk, p, case_id) for p in passages})

    answers = {
        ("intake", "reveal_contact"): lambda reply_key, **_: _sealed(reply_key, CONTACT),
        ("intake", "reveal_text"): lambda reply_key, **_: _sealed(reply_key, {"subject": "物业", "text": "我叫林晓梅"}),
        ("intake", "reveal_passages"): passages,
    }
    questions: Any = desk.runtime.questions
    questions.answers = answers
    found: CannedQuestions = questions
    return found


def _sealed(reply_key: str, clear: dict[str, str]) -> dict[str, bytes]:
    return {"sealed": b64encode(seal_answer(b64decode(reply_key), clear))}


def _open(desk: Desk, given: dict[str, str], case_id: str) -> str:
    sealed = Sealed("citizen-1", given["field"], b64decode(given["ciphertext"]))
    return open_sealed(desk.citizen, sealed, case_id=case_id)


def _read(desk: Desk, who: Principal, order: Any, **more: Any) -> dict[str, str]:
    query = m.RevealPassages(name=order.name, purpose="审核", **more)
    return {p.kind: p.text for p in desk.runtime.query(who, query).passages}


def _with_co_unit(desk: Desk) -> Any:
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    units = {"lead": LEAD.unit, "co_units": [CO.unit], "reason": "人工派单"}
    order = desk.do(office(), m.DispatchWorkOrder, name=desk.order().name, **units)
    desk.as_unit(m.SignAssignment, order)
    desk.do(CO, m.SignAssignment, name=order.assignments[1].name)
    return order


def _replied(desk: Desk) -> Any:
    """Sent back once, and replied again: everybody has written something."""
    order = _with_co_unit(desk)
    co = order.assignments[1]
    desk.as_unit(m.ReportProgress, order, note="已到现场")
    desk.do(CO, m.RequestReturn, name=co.name, **RETURN)
    desk.do(office(), m.RefuseReturn, name=co.name, ground="own_duty", reason="职责在贵单位")
    desk.do(CO, m.SubmitCoReply, name=co.name, result="协办意见")
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-2")
    desk.as_unit(m.SubmitReply, order, **FORM)
    desk.do(office(), m.SendBackReply, name=order.name, reason="没有回答问题")
    return desk.as_unit(m.SubmitReply, order, **FORM | {"result": "逐项答复"})


OWN_REPLY = {"reply.result": "逐项答复", "reply.legal_basis": "城市道路管理条例", "reply.handler": "办理人甲"} | {
    "reply.section": "养护科",
    "reply.reviewed_by": "林局长",
}
OF_THE_LEAD = {**OWN_REPLY, "work_order.progress": "已到现场"}
OF_THE_CO_UNIT = {"return.reason": "不归我们管", "return.basis": "三定方案", "work_order.co_reply": "协办意见"}
REFUSED, SENT_BACK = {"return.refused": "职责在贵单位"}, {"work_order.sent_back": "没有回答问题"}
BY_HAND = {"work_order.dispatched": "人工派单"}


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.SUPERVISOR, Role.AGENT])
def test_the_office_reads_all_that_was_written_on_an_order(desk: Desk, intake: CannedQuestions, role: Role) -> None:
    order = _replied(desk)
    everything = OF_THE_LEAD | OF_THE_CO_UNIT | REFUSED | SENT_BACK | BY_HAND
    assert _read(desk, office(role=role), order) == everything
    assert order.result_kind == "solved"
    (asked,) = order.assignments[1].returns
    assert (asked.kind, asked.outcome, asked.ground) == ("not_ours", "refused", "own_duty")


def test_a_unit_reads_its_own_and_what_it_was_told(desk: Desk, intake: CannedQuestions) -> None:
    order = _replied(desk)
    assert _read(desk, LEAD, order) == OF_THE_LEAD | SENT_BACK | {"work_order.co_reply": "协办意见"}
    assert _read(desk, CO, order) == OF_THE_CO_UNIT | REFUSED
    with pytest.raises(NotFound):
        _read(desk, of_unit("350100-housing"), order)
    for stranger in (office("350200"), of_unit(LEAD.unit, "350200"), Principal("x", frozenset({Role.CITIZEN}))):
        with pytest.raises(PermissionDenied):
            _read(desk, stranger, order)


def test_a_unit_learns_why_its_extension_was_refused(desk: Desk, intake: CannedQuestions) -> None:
    desk.accept(city="230500", pack="shuangyashan-2024@1.0.0")
    order = desk.order(city="230500")
    desk.as_unit(m.SignAssignment, order)
    desk.start_clock("finish", order)
    asked = desk.as_unit(m.RequestExtension, order, working_days=5, reason="需要评估", agreed_by="负责人乙")
    desk.do(office("230500"), m.RefuseExtension, name=asked.extensions[0].name, reason="期限足够")
    me = of_unit(order.assignments[0].unit, "230500")
    words = {"extension.reason": "需要评估", "extension.agreed_by": "负责人乙", "extension.refused": "期限足够"}
    assert _read(desk, me, order) == words


def test_a_unit_whose_part_is_over_reads_nothing_more(desk: Desk, intake: CannedQuestions) -> None:
    order = _replied(desk)
    desk.hear("intake.case_withdrawn.v1", citizen_id="citizen-1")
    with pytest.raises(NotFound):
        _read(desk, LEAD, order)
    assert _read(desk, AGENT, order)


def test_long_passages_are_read_page_by_page_newest_first(desk: Desk, intake: CannedQuestions) -> None:
    order = _with_co_unit(desk)
    for n in range(8):
        desk.as_unit(m.ReportProgress, order, note=f"{n}" + "进" * 9_999)
    read, token, pages = [], "", 0
    while pages == 0 or token:
        query = m.RevealPassages(name=order.name, purpose="核对", page_token=token)
        page = desk.runtime.query(office(), query)
        read += [p.text[0] for p in page.passages]
        token, pages = page.next_page_token, pages + 1
    assert (read, pages) == ([*"76543210", "人"], 2)


def test_a_unit_that_works_on_the_order_learns_how_to_reach_the_citizen(desk: Desk, intake: CannedQuestions) -> None:
    order = _with_co_unit(desk)
    mine = order.assignments[0].name
    contact = desk.runtime.query(LEAD, m.RevealCitizenContact(name=mine, purpose="首次联系"))
    assert (contact.name, contact.phone, contact.address) == tuple(CONTACT.values())
    text = desk.runtime.query(LEAD, m.RevealCitizenText(name=mine, purpose="核实"))
    assert text.text == "我叫林晓梅"
    told = {"case_id": "case-1", "city": "350100", "unit": LEAD.unit, "viewer": LEAD.id}
    assert [asked | told | {"reply_key": ""} for _, _, asked in intake.asked] == [
        told | {"purpose": purpose, "reply_key": ""} for purpose in ("首次联系", "核实")
    ]


def _refused(desk: Desk, query: type[Any], name: str, who: Principal = LEAD) -> str:
    with pytest.raises(DomainError) as refused:
        desk.runtime.query(who, query(name=name, purpose="联系"))
    return refused.value.reason


def test_nobody_else_and_nobody_afterwards_learns_it(desk: Desk, intake: CannedQuestions) -> None:
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    order = desk.do(office(), m.DispatchWorkOrder, name=desk.order().name, lead=LEAD.unit)
    mine = order.assignments[0].name
    assert _refused(desk, m.RevealCitizenContact, mine) == "ASSIGNMENT_NOT_SIGNED"
    assert _refused(desk, m.RevealCitizenContact, mine, CO) == "NOT_FOUND"
    assert _refused(desk, m.RevealCitizenText, mine, CO) == "NOT_FOUND"
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-2")
    desk.as_unit(m.SubmitReply, order, **FORM)
    desk.do(office(), m.CompleteWorkOrder, name=order.name)
    for query in (m.RevealCitizenContact, m.RevealCitizenText):
        assert _refused(desk, query, mine) == "ORDER_NOT_IN_HANDLING"
    assert intake.asked == []


@pytest.mark.parametrize("hidden", [{"confidentiality": "hidden_from_unit"}, {"confidentiality": "platform_only"}])
def test_a_confidential_case_tells_its_units_nothing_of_the_citizen(
    desk: Desk, intake: CannedQuestions, hidden: dict[str, str]
) -> None:
    desk.accept(**hidden)
    order = desk.order()
    desk.as_unit(m.SignAssignment, order)
    who = of_unit(order.assignments[0].unit)
    for query in (m.RevealCitizenContact, m.RevealCitizenText):
        assert _refused(desk, query, order.assignments[0].name, who) == "CITIZEN_HIDDEN"
    assert intake.asked == []


def test_after_an_erasure_there_is_nothing_to_reveal(desk: Desk, intake: CannedQuestions) -> None:
    order = _replied(desk)
    desk.hear("intake.citizen_erased.v1", citizen_id="citizen-1")
    assert _refused(desk, m.RevealCitizenContact, order.assignments[0].name) == "NOT_FOUND"
    staff = {"reply.handler": "办理人甲", "reply.section": "养护科", "reply.reviewed_by": "林局长"}
    assert _read(desk, office(), order) == staff
    assert intake.asked == []


@pytest.mark.parametrize(
    "answer",
    [NoAnswer(service="intake"), PermissionDenied(), NotFound(), {}, [], None, {"sealed": "?"}, {"sealed": "AAAA"}],
    ids=str,
)
def test_whatever_intake_says_in_place_of_an_answer_is_a_named_error(
    desk: Desk, intake: CannedQuestions, answer: Any
) -> None:
    def said(**_: Any) -> Any:
        if isinstance(answer, DomainError):
            raise answer
        return answer

    order = _replied(desk)
    intake.answers = dict.fromkeys(intake.answers, said)
    for query in (m.RevealCitizenContact, m.RevealCitizenText):
        assert _refused(desk, query, order.assignments[0].name) == "CANNOT_BE_OPENED_NOW"
    with pytest.raises(errors.CannotBeOpenedNow):
        _read(desk, office(), order)


def test_no_connection_is_held_while_intake_is_asked(desk: Desk, intake: CannedQuestions) -> None:
    order, held = _with_co_unit(desk), []
    pool: Any = desk.runtime.engine.pool

    def said(reply_key: str, **_: Any) -> dict[str, bytes]:
        held.append(pool.checkedout())
        return _sealed(reply_key, CONTACT)

    intake.answers["intake", "reveal_contact"] = said
    desk.runtime.query(LEAD, m.RevealCitizenContact(name=order.assignments[0].name, purpose="联系"))
    assert held == [0]


def test_one_unreadable_passage_hides_no_other(desk: Desk, intake: CannedQuestions) -> None:
    order = _replied(desk)
    intake.answers["intake", "reveal_passages"] = lambda reply_key, passages, **_: _sealed(
        reply_key, {p["id"]: "读到" for p in passages if p["field"] != "reply.result"}
    )
    read = _read(desk, LEAD, order)
    assert (read["reply.result"], read["reply.legal_basis"]) == ("［无法打开］", "读到")
