"""The closing form with its two faces, what units state and propose, through the real store."""

from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import DomainError, NotFound, Sealed
from chassis.message import Message
from chassis.privacy import open_sealed, seal_answer
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office

S24, P18 = ("230500", "shuangyashan-2024@1.0.0"), ("610926", "pingli-2018@1.0.0")
PHONE = {"method": "phone", "proof": "call-1"}
CITIZEN = "citizen-1"


@pytest.fixture(autouse=True)
def intake(desk: Desk) -> list[dict[str, Any]]:
    """Intake opens what it is asked; the looks that it would write down."""
    looks: list[dict[str, Any]] = []

    def passages(reply_key: str, passages: list[dict[str, str]], case_id: str, **look: Any) -> dict[str, bytes]:
        looks.append(look | {"fields": sorted(p["field"] for p in passages)})
        clear = {}
        for p in passages:
            sealed = Sealed(CITIZEN, p["field"], b64decode(p["ciphertext"]))
            clear[p["id"]] = open_sealed(desk.citizen, sealed, case_id=case_id)
        return {"sealed": b64encode(seal_answer(b64decode(reply_key), clear))}

    questions: Any = desk.runtime.questions
    questions.answers = {("intake", "reveal_passages"): passages}
    return looks


def citizen(id: str = CITIZEN, city: str = "350100") -> Principal:
    return Principal(f"citizen:{id}", frozenset({Role.CITIZEN}), frozenset({city}), citizen_id=id)


def refused(desk: Desk, who: Principal, message: type[Message], **fields: Any) -> str:
    with pytest.raises(DomainError) as error:
        desk.do(who, message, **fields)
    return error.value.reason


def form_of(desk: Desk, who: Principal, order: Any) -> Any:
    return desk.runtime.query(who, m.GetClosingForm(name=order.name, purpose="审核"))


def citizens(desk: Desk, who: Principal, order: Any) -> list[Any]:
    return list(desk.runtime.query(who, m.GetCitizenClosingForms(name=order.case)).forms)


# -- the closing form --------------------------------------------------------------------------------------------------


def test_the_unit_and_the_office_read_the_whole_form(desk: Desk, intake: list[dict[str, Any]]) -> None:
    desk.accept()
    order = desk.completed()
    lead = of_unit(order.assignments[0].unit)
    for who in (lead, office(), office(role=Role.SUPERVISOR)):
        form = form_of(desk, who, order)
        assert {field: getattr(form, field) for field in FORM} == FORM
        assert (form.unit, form.answer_method, form.round) == (lead.unit, "phone", 1)
        assert None not in (form.dispatch_time, form.sign_time, form.answer_time, form.reply_time, form.accept_time)
    assert [(look["unit"], look["purpose"]) for look in intake] == [(lead.unit, "审核"), ("", "审核"), ("", "审核")]


def test_the_citizens_face_names_nobody_and_shows_nothing_of_the_inside(desk: Desk) -> None:
    desk.accept()
    order = desk.completed()
    (form,) = citizens(desk, citizen(), order)
    assert (form.result, form.legal_basis, form.result_kind) == (FORM["result"], FORM["legal_basis"], "solved")
    assert (form.answer_method, form.number) == ("phone", "350100-20260924-000001-7")
    shown = str(asdict(form))
    assert not any(FORM[field] in shown for field in ("handler", "section", "reviewed_by"))
    assert citizens(desk, office(role=Role.AGENT), order) == [form]


def test_nobody_else_reads_it(desk: Desk) -> None:
    desk.accept()
    order = desk.completed()
    for stranger in (of_unit("350100-market"), of_unit("")):
        with pytest.raises(NotFound):
            form_of(desk, stranger, order)
    for who in (citizen("citizen-2"), Principal("x", frozenset({Role.CITIZEN}), frozenset({"350100"}))):
        with pytest.raises(NotFound):
            citizens(desk, who, order)
    with pytest.raises(PermissionDenied):
        form_of(desk, citizen(), order)
    with pytest.raises(PermissionDenied):
        citizens(desk, of_unit(order.assignments[0].unit), order)


def test_the_citizen_sees_a_result_only_once_the_review_has_accepted_it(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    with pytest.raises(DomainError) as early:
        form_of(desk, office(), order)
    assert early.value.reason == "NO_REPLY_YET"
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, **PHONE)
    desk.as_unit(m.SubmitReply, order, **FORM)
    assert form_of(desk, office(), order).accept_time is None
    assert citizens(desk, citizen(), order) == []
    desk.do(office(), m.CompleteWorkOrder, name=order.name)
    assert len(citizens(desk, citizen(), order)) == 1


def test_an_erased_citizen_leaves_a_form_without_words(desk: Desk, intake: list[dict[str, Any]]) -> None:
    desk.accept()
    order = desk.completed()
    desk.hear("intake.citizen_erased.v1", citizen_id=CITIZEN)
    form = form_of(desk, office(), order)
    assert (form.result, form.legal_basis, form.handler, intake) == ("", "", FORM["handler"], [])


# -- P18: the decision to file, the class of a redo --------------------------------------------------------------------


def test_in_pingli_the_form_keeps_the_decision_to_file_and_the_citizen_reads_it(desk: Desk) -> None:
    city, pack = P18
    desk.accept(city=city, pack=pack)
    order = desk.order(city=city)
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, **PHONE)
    filed = {"filing": "filed", "filing_number": "平市监立字〔2026〕12号"}
    lead = order.assignments[0]
    assert refused(desk, of_unit(lead.unit, city), m.SubmitReply, name=lead.name, **FORM | filed) == "FIELD_REQUIRED"
    desk.as_unit(m.SubmitReply, order, **FORM | filed | {"filing_date": "2026-09-24"})
    desk.do(office(city), m.CompleteWorkOrder, name=order.name)
    (form,) = citizens(desk, citizen(city=city), order)
    assert (form.filing, form.filing_number, form.filing_date) == ("filed", filed["filing_number"], "2026-09-24")


def test_a_redo_in_pingli_names_its_class_and_states_the_performance(desk: Desk) -> None:
    city, pack = P18
    desk.accept(city=city, pack=pack)
    assert desk.completed(city).redo_classes == []
    desk.hear("intake.case_rated.v1", city, round=1, handling_satisfied=False)
    order = desk.order(city=city)
    assert (order.round, order.redo_classes) == (2, ["can_be_done", "not_answered", "beyond"])
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, **PHONE)
    lead = order.assignments[-1]
    me = of_unit(lead.unit, city)
    assert refused(desk, me, m.SubmitReply, name=lead.name, **FORM) == "FIELD_REQUIRED"
    beyond = FORM | {"redo_class": "beyond"}
    assert refused(desk, me, m.SubmitReply, name=lead.name, **beyond) == "FIELD_REQUIRED"
    told = desk.as_unit(m.SubmitReply, order, **beyond | {"statement": "已依法履责，超出政策规定"})
    assert told.redo_class == "beyond"
    assert form_of(desk, office(city), order).statement == "已依法履责，超出政策规定"


# -- S24: the statement against a rating, the proposal to end ----------------------------------------------------------


def dissatisfied(desk: Desk) -> Any:
    city, pack = S24
    desk.accept(city=city, pack=pack)
    desk.completed(city)
    desk.hear("intake.case_rated.v1", city, round=1, handling_satisfied=False)
    return desk.order(city=city)


def test_a_statement_with_evidence_is_before_whoever_looks_into_the_rating(desk: Desk) -> None:
    order, city = dissatisfied(desk), S24[0]
    lead = order.assignments[0]
    me, claim = of_unit(lead.unit, city), {"name": lead.name, "claim": "objective_limits"}
    for missing in ({"statement": "规划未批"}, {"evidence": "规划局复函"}):
        assert refused(desk, me, m.SubmitStatement, **claim, **missing) == "FIELD_REQUIRED"
    said = {"statement": "规划未批，暂不能修", "evidence": "规划局复函"}
    shown = desk.do(me, m.SubmitStatement, **claim, **said)
    assert [(s.unit, s.round, s.claim) for s in shown.statements] == [(lead.unit, 1, "objective_limits")]
    assert desk.published()[-1] == "statement_submitted"
    page = desk.runtime.query(office(city), m.RevealPassages(name=order.name, purpose="核实"))
    read = {p.kind: p.text for p in page.passages}
    assert (read["work_order.statement"], read["work_order.statement_evidence"]) == tuple(said.values())
    found = desk.do(office(city), m.VerifyRating, name=order.name, finding="objective_limits", evidence="属实")
    assert (found.state, found.round) == ("completed", 1)


def proposed(desk: Desk, **more: Any) -> Any:
    city, pack = S24
    desk.accept(city=city, pack=pack)
    order = desk.order(city=city)
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.AnswerCitizen, order, **PHONE)
    asked = {"ground": "other_procedure", "next_authority": "court", "reason": "法院已受理"} | more
    return desk.as_unit(m.ProposeEnd, order, **asked)


def test_a_unit_proposes_to_end_an_order_and_the_office_ends_it(desk: Desk) -> None:
    order, city = proposed(desk), S24[0]
    assert [(p.ground, p.next_authority, p.outcome) for p in order.end_proposals] == [("other_procedure", "court", "")]
    ended = {"ground": "other_procedure", "basis": "S24-33 23(1)", "next_authority": "court"}
    shown = desk.do(office(city), m.EndWorkOrder, name=order.name, **ended)
    assert (shown.state, shown.end_proposals[0].outcome) == ("ended", "agreed")
    assert desk.published()[-3:] == ["end_proposed", "assignment_released", "work_order_ended"]


def test_a_refused_proposal_is_explained_to_the_unit_which_goes_on(desk: Desk) -> None:
    order, city = proposed(desk), S24[0]
    lead = order.assignments[0]
    again = {"name": lead.name, "ground": "repeated", "reason": "重复"}
    assert refused(desk, of_unit(lead.unit, city), m.ProposeEnd, **again) == "END_AWAITS_DECISION"
    shown = desk.do(office(city), m.RefuseEnd, name=order.name, reason="法院尚未受理")
    assert (shown.state, shown.end_proposals[0].outcome) == ("in_handling", "refused")
    assert refused(desk, office(city), m.RefuseEnd, name=order.name, reason="再次") == "NO_END_PENDING"
    page = desk.runtime.query(of_unit(lead.unit, city), m.RevealPassages(name=order.name, purpose="办理"))
    assert {p.kind: p.text for p in page.passages}["work_order.end_refused"] == "法院尚未受理"
    assert desk.as_unit(m.SubmitReply, order, **FORM).state == "replied"


def test_a_unit_that_replies_after_all_has_taken_its_proposal_back(desk: Desk) -> None:
    order = proposed(desk)
    shown = desk.as_unit(m.SubmitReply, order, **FORM)
    assert (shown.state, shown.end_proposals[0].outcome) == ("replied", "withdrawn")


def test_no_typed_word_is_taken_for_an_authority(desk: Desk) -> None:
    with pytest.raises(DomainError) as error:
        proposed(desk, next_authority="nobody-knows-it")
    assert error.value.reason == "VALUE_NOT_ALLOWED"
