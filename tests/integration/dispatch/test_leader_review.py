"""审核 inside the unit through the real store: only what the leader lets out is the unit's reply."""

from base64 import b64decode, b64encode
from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import BadFields, DomainError, NotFound, Sealed, VersionMovedOn
from chassis.message import Command
from chassis.privacy import open_sealed, seal_answer
from services.dispatch.application import messages as m
from services.dispatch.domain.errors import CitizenNotAnswered
from services.dispatch.domain.reply_errors import NoReplyWaiting, NoReplyYet
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office

PHONE = {"method": "phone", "proof": "call-1"}
CITY = "350100"
MARKET = "350100-market"
LEADER_SAID = ("work_order.leader_sent_back", "请写明整改措施")
DECISIONS: tuple[tuple[type[Command], dict[str, str]], ...] = (
    (m.ApproveReply, {}),
    (m.RejectReply, {"reason": "请补充"}),
)


def handler(order: Any) -> Any:
    return of_unit(order.assignments[0].unit, CITY, Role.UNIT)


def leader(order: Any) -> Any:
    return of_unit(order.assignments[0].unit, CITY, Role.UNIT_LEADER)


def signed(desk: Desk, **case: Any) -> Any:
    desk.accept(**case)
    return desk.as_unit(m.SignAssignment, desk.order(city=case.get("city", CITY)))


def drafted(desk: Desk) -> Any:
    order = signed(desk)
    desk.do(handler(order), m.AnswerCitizen, name=order.assignments[0].name, **PHONE)
    return desk.do(handler(order), m.SubmitReply, name=order.assignments[0].name, **FORM)


def approve(desk: Desk, order: Any, **more: Any) -> Any:
    fields = {"name": order.assignments[0].name, "version": desk.order().version, **more}
    return desk.do(leader(order), m.ApproveReply, **fields)


@pytest.fixture
def intake(desk: Desk) -> None:
    def passages(reply_key: str, passages: list[dict[str, str]], case_id: str, **_look: Any) -> dict[str, bytes]:
        clear = {}
        for p in passages:
            sealed = Sealed("citizen-1", p["field"], b64decode(p["ciphertext"]))
            clear[p["id"]] = open_sealed(desk.citizen, sealed, case_id=case_id)
        return {"sealed": b64encode(seal_answer(b64decode(reply_key), clear))}

    questions: Any = desk.runtime.questions
    questions.answers = {("intake", "reveal_passages"): passages}


def form_of(desk: Desk, who: Any, order: Any) -> Any:
    return desk.runtime.query(who, m.GetClosingForm(name=order.name, purpose="审核"))


def test_the_office_gets_nothing_before_the_leader_has_approved_it(desk: Desk) -> None:
    order = drafted(desk)
    assert (order.state, order.leader_review, order.result_kind) == ("in_handling", "waiting", "")
    assert "reply_submitted" not in desk.published()
    assert desk.published()[-1] == "leader_review_requested", "for the leader"
    with pytest.raises(DomainError):
        desk.do(office(), m.CompleteWorkOrder, name=order.name)
    with pytest.raises(NoReplyYet):
        form_of(desk, office(), order)
    approved = approve(desk, order)
    assert (approved.state, approved.leader_review) == ("replied", "")
    assert desk.published()[-1] == "reply_submitted", "which tells of the approval too"
    assert desk.do(office(), m.CompleteWorkOrder, name=order.name).state == "completed"


def test_the_reply_counts_from_the_leaders_approval(desk: Desk) -> None:
    """The unit is judged by its own act, and a leader who is slow is the unit."""
    order = drafted(desk)
    desk.clock.move_to(desk.clock.now().replace(hour=9))
    approved = approve(desk, order)
    assert approved.assignments[0].reply_time == desk.clock.now()


@pytest.mark.usefixtures("intake")
def test_the_leader_reads_the_draft_and_their_own_name_goes_on_the_form(desk: Desk) -> None:
    order = drafted(desk)
    draft = form_of(desk, leader(order), order)
    assert (draft.result, draft.handler, draft.leader_review_time) == (FORM["result"], FORM["handler"], None)
    approve(desk, order, reviewed_by="周副局长")
    form = form_of(desk, office(), order)
    assert (form.reviewed_by, form.handler) == ("周副局长", FORM["handler"])
    assert form.leader_review_time == form.reply_time


@pytest.mark.usefixtures("intake")
def test_a_draft_that_is_sent_back_is_done_again_with_its_reason_before_the_unit(desk: Desk) -> None:
    order = drafted(desk)
    mine = order.assignments[0].name
    back = desk.do(leader(order), m.RejectReply, name=mine, version=order.version, reason="请写明整改措施")
    assert (back.state, back.leader_review) == ("in_handling", "")
    assert [told["approved"] for told in desk.payloads("leader_review_decided")] == [False]
    read = desk.runtime.query(handler(order), m.RevealPassages(name=order.name, purpose="修改答复")).passages
    assert LEADER_SAID in [(p.kind, p.text) for p in read]
    again = desk.do(handler(order), m.SubmitReply, name=mine, **FORM | {"result": "已整改并公示"})
    assert again.leader_review == "waiting"
    approve(desk, order)
    assert form_of(desk, office(), order).result == "已整改并公示"


@pytest.mark.usefixtures("intake")
@pytest.mark.parametrize("role", [Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR, Role.PROVINCE])
def test_what_the_leader_found_wanting_does_not_leave_the_unit(desk: Desk, role: Role) -> None:
    order = drafted(desk)
    desk.do(leader(order), m.RejectReply, name=order.assignments[0].name, version=order.version, reason=LEADER_SAID[1])
    asked = {"ground": "province_verification", "reason": "请核实"}
    desk.do(office("*", role=Role.PROVINCE), m.OpenSupervision, name=order.name, **asked)
    query = m.RevealPassages(name=order.name, purpose="核对")
    read = [(p.kind, p.text) for p in desk.runtime.query(office(role=role), query).passages]
    assert read == [("supervision.order", "请核实")]
    assert LEADER_SAID in [(p.kind, p.text) for p in desk.runtime.query(handler(order), query).passages]


def test_the_citizen_may_be_answered_after_the_review_and_then_it_goes_on_by_itself(desk: Desk) -> None:
    """F16 art. 18: reviewed by the leader, then fed back to the platform, and the petitioner answered."""
    order = signed(desk)
    mine = order.assignments[0].name
    desk.do(handler(order), m.SubmitReply, name=mine, **FORM)
    assert approve(desk, order).leader_review == "approved"
    answered = desk.do(handler(order), m.AnswerCitizen, name=mine, **PHONE)
    assert (answered.state, answered.leader_review) == ("replied", "")
    assert answered.assignments[0].reply_time == answered.assignments[0].answer_time == desk.clock.now()


def test_who_submits_it_as_the_leader_has_reviewed_it(desk: Desk) -> None:
    order = signed(desk)
    with pytest.raises(CitizenNotAnswered):
        desk.as_unit(m.SubmitReply, order, **FORM)
    desk.as_unit(m.AnswerCitizen, order, **PHONE)
    assert desk.as_unit(m.SubmitReply, order, **FORM).state == "replied"
    with pytest.raises(NoReplyWaiting):
        approve(desk, order)


@pytest.mark.parametrize(("city", "pack"), [("610926", "pingli-2018"), ("230500", "shuangyashan-2024")])
def test_where_no_rule_asks_for_it_the_handler_replies(desk: Desk, city: str, pack: str) -> None:
    order = signed(desk, city=city, pack=f"{pack}@1.0.0", category="consultation")
    who, mine = of_unit(order.assignments[0].unit, city, Role.UNIT), order.assignments[0].name
    desk.do(who, m.AnswerCitizen, name=mine, **PHONE)
    assert desk.do(who, m.SubmitReply, name=mine, **FORM).state == "replied"


def test_only_the_leader_of_the_unit_decides_and_once(desk: Desk) -> None:
    order = drafted(desk)
    mine = order.assignments[0].name
    for command, said in DECISIONS:
        more = {"name": mine, "version": order.version, **said}
        for who in (handler(order), office()):
            with pytest.raises(PermissionDenied):
                desk.do(who, command, **more)
        with pytest.raises(NotFound):
            desk.do(of_unit(MARKET, CITY, Role.UNIT_LEADER), command, **more)
        with pytest.raises(VersionMovedOn):
            desk.do(leader(order), command, **more | {"version": 1})
        with pytest.raises(BadFields, match="version"):
            desk.do(leader(order), command, **more | {"version": 0})
    approve(desk, order)
    with pytest.raises(NoReplyWaiting):
        approve(desk, order)


def test_the_leader_of_a_co_unit_decides_nothing_of_the_leads_draft(desk: Desk) -> None:
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    units = {"lead": "350100-housing", "co_units": [MARKET], "reason": "人工派单"}
    order = desk.do(office(), m.DispatchWorkOrder, name=desk.order().name, **units)
    lead, co = (part.name for part in order.assignments)
    for who, part in ((handler(order), lead), (of_unit(MARKET), co)):
        desk.do(who, m.SignAssignment, name=part)
    desk.do(of_unit(MARKET), m.SubmitCoReply, name=co, result="协办意见")
    desk.do(handler(order), m.SubmitReply, name=lead, **FORM)
    decides_nothing(desk, MARKET, co)


def test_the_leader_of_a_unit_that_has_returned_the_order_decides_nothing_of_it(desk: Desk) -> None:
    desk.accept()
    former = desk.order().assignments[0]
    asked = {"kind": "not_ours", "reason": "非本单位职责", "basis": "三定方案", "suggested_unit": MARKET}
    desk.as_unit(m.RequestReturn, desk.order(), **asked)
    desk.do(office(), m.AgreeReturn, name=former.name, lead=MARKET)
    mine = desk.as_unit(m.SignAssignment, desk.order()).assignments[-1]
    desk.do(of_unit(MARKET, CITY, Role.UNIT), m.SubmitReply, name=mine.name, **FORM)
    decides_nothing(desk, former.unit, former.name)


def decides_nothing(desk: Desk, unit: str, name: str) -> None:
    """By the assignment that is its own."""
    for command, said in DECISIONS:
        with pytest.raises(NoReplyWaiting):
            desk.do(of_unit(unit, CITY, Role.UNIT_LEADER), command, name=name, version=desk.order().version, **said)
    assert (desk.order().state, desk.order().leader_review) == ("in_handling", "waiting")


def test_an_order_that_is_taken_away_leaves_nothing_to_approve(desk: Desk) -> None:
    order = drafted(desk)
    desk.do(office(), m.EndWorkOrder, name=order.name, ground="no_further_handling", basis="F16-24 20")
    with pytest.raises(NoReplyWaiting):
        approve(desk, order)


def test_an_erased_citizen_leaves_a_draft_without_words(desk: Desk) -> None:
    order = drafted(desk)
    desk.hear("intake.citizen_erased.v1", citizen_id="citizen-1")
    approve(desk, order)
    form = form_of(desk, office(), order)
    assert (form.result, form.handler) == ("", FORM["handler"])
