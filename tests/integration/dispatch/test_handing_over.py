"""An order goes to another tenant, which opens one of its own; its answer comes back, and so does a refusal."""

from typing import Any

import pytest
import sqlalchemy as sa

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError, NotFound
from services.dispatch.adapters import stores
from services.dispatch.application import level_messages as lm
from services.dispatch.application import messages as m
from services.dispatch.domain.passages import passages
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office

HERE, THERE = "350100", "350200"
WHY = {"to_city": THERE, "reason": "事发地在厦门", "basis": "F16-07 9"}


@pytest.fixture
def order(desk: Desk) -> Any:
    """In the queue of Fuzhou's dispatchers."""
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    return desk.order()


def handed(desk: Desk, order: Any, **more: Any) -> tuple[Any, Any]:
    """The order here, and the linked one there."""
    here = desk.do(office(), lm.HandOver, name=order.name, **WHY | more)
    name = here.hand_overs[-1].linked_order
    return here, desk.runtime.query(office(name.split("/")[1]), m.GetWorkOrder(name=name))


def refused(desk: Desk, who: Any, command: type[Any], **fields: Any) -> str:
    with pytest.raises(DomainError) as told:
        desk.do(who, command, **fields)
    return told.value.reason


def dispatched_there(desk: Desk, order: Any) -> Any:
    _, there = handed(desk, order)
    unit = {"name": there.name, "lead": f"{THERE}-market"}
    return desk.do(office(THERE), m.DispatchWorkOrder, **unit)


def completed_there(desk: Desk, order: Any) -> Any:
    there = dispatched_there(desk, order)
    desk.as_unit(m.SignAssignment, there)
    desk.as_unit(m.ReportProgress, there, note="已到现场核实")
    desk.as_unit(m.AnswerCitizen, there, method="phone", proof="call-1")
    desk.as_unit(m.SubmitReply, there, **FORM)
    return desk.do(office(THERE), m.CompleteWorkOrder, name=there.name)


def test_the_receiver_has_an_order_of_its_own_under_its_own_pack(desk: Desk, order: Any) -> None:
    here, there = handed(desk, order, to_city="230500")
    assert (str(here.state), str(here.hand_overs[0].mode)) == ("handed_over", "across")
    assert (there.pack, there.case, there.linked_to) == (
        "shuangyashan-2024@1.0.0+national-2025@1.0.0",
        order.case,
        order.name,
    )
    assert there.masked_text == "有事想反映一下"
    handed_over, linked = desk.payloads("order_handed_over")[0], desk.payloads("work_order_linked")[0]
    assert (handed_over["city"], handed_over["to_city"], linked["city"]) == (HERE, "230500", "230500")
    assert "事发地" not in str(handed_over)


def test_what_the_receivers_catalogue_knows_goes_to_its_unit_at_once(desk: Desk) -> None:
    desk.accept()
    _, there = handed(desk, desk.order())
    assert (str(there.state), there.assignments[0].unit) == ("dispatched", f"{THERE}-housing")
    assert [p["why"] for p in desk.payloads("assignment_released")] == ["handed_over"]


def test_the_answer_of_the_linked_order_answers_the_first(desk: Desk, order: Any) -> None:
    completed_there(desk, order)
    here = desk.runtime.query(office(), m.GetWorkOrder(name=order.name))
    assert (str(here.state), here.hand_overs[0].outcome) == ("completed", "answered")
    assert [p["from_city"] for p in desk.payloads("hand_over_answered")] == [THERE]
    assert len(desk.payloads("work_order_completed")) == 1


def test_its_progress_and_its_answer_stand_among_what_was_written_here(desk: Desk, order: Any) -> None:
    completed_there(desk, order)
    with desk.runtime.engine.connect() as connection:
        row = connection.execute(sa.text("select body::text, version from work_order where city = '350100'")).one()
    kinds = [p.kind for p in passages(stores.orders.decode(*row))]
    assert kinds == ["work_order.handed_over", "work_order.progress", "reply.result"]


def test_a_refused_one_waits_for_a_dispatcher_of_the_first_again(desk: Desk, order: Any) -> None:
    _, there = handed(desk, order)
    sent_back = desk.do(office(THERE), lm.RefuseHandOver, name=there.name, reason="属于福州辖区")
    here = desk.runtime.query(office(), m.GetWorkOrder(name=order.name))
    assert (str(sent_back.state), sent_back.why) == ("ended", "hand_over_refused")
    assert (str(here.state), here.why, here.hand_overs[0].outcome) == ("to_dispatch", "hand_over_refused", "refused")
    desk.do(office(), m.DispatchWorkOrder, name=order.name, lead=f"{HERE}-market")


def test_one_that_the_receiver_ends_comes_back_too_and_may_go_elsewhere(desk: Desk, order: Any) -> None:
    _, there = handed(desk, order)
    desk.do(office(THERE), m.EndWorkOrder, name=there.name, ground="out_of_scope", basis="F16-12 13")
    here, elsewhere = handed(desk, order, to_city="230500")
    assert [to.outcome for to in here.hand_overs] == ["ended", ""]
    assert elsewhere.number.endswith("-3")


def test_with_the_case_both_orders_end(desk: Desk, order: Any) -> None:
    there = dispatched_there(desk, order)
    desk.hear("intake.case_withdrawn.v1")
    ended = [p["work_order_id"] for p in desk.payloads("work_order_ended")]
    assert sorted(ended) == sorted(o.name.rpartition("/")[2] for o in (order, there))
    assert desk.payloads("hand_over_returned") == []


def test_with_the_first_order_the_linked_one_ends(desk: Desk, order: Any) -> None:
    there = dispatched_there(desk, order)
    desk.do(office(), m.EndWorkOrder, name=order.name, ground="out_of_scope", basis="F16-12 13")
    now = desk.runtime.query(office(THERE), m.GetWorkOrder(name=there.name))
    assert (str(now.state), now.why, desk.payloads("hand_over_returned")) == ("ended", "taken_back", [])


def test_it_is_refused_only_where_it_is_linked_and_before_a_unit_signs(desk: Desk, order: Any) -> None:
    assert refused(desk, office(), lm.RefuseHandOver, name=order.name, reason="x") == "NOT_HANDED_OVER"
    there = dispatched_there(desk, order)
    assert refused(desk, office(THERE), lm.HandOver, name=there.name, **WHY | {"to_city": HERE}) == "LINKED_ORDER_STAYS"
    desk.as_unit(m.SignAssignment, there)
    assert refused(desk, office(THERE), lm.RefuseHandOver, name=there.name, reason="x") == "SIGNED_ALREADY"


@pytest.mark.parametrize("city", [HERE, "999999"])
def test_it_goes_to_another_tenant_only(desk: Desk, order: Any, city: str) -> None:
    assert refused(desk, office(), lm.HandOver, name=order.name, **WHY | {"to_city": city}) == "NO_SUCH_TENANT"


def test_only_dispatchers_of_the_order_s_own_city_hand_over_or_refuse(desk: Desk, order: Any) -> None:
    for who in (office(THERE), office(role=Role.SUPERVISOR), of_unit(f"{HERE}-market")):
        with pytest.raises((NotFound, PermissionDenied)):
            desk.do(who, lm.HandOver, name=order.name, **WHY)
    _, there = handed(desk, order)
    with pytest.raises((NotFound, PermissionDenied)):
        desk.do(office(), lm.RefuseHandOver, name=there.name, reason="x")


def test_what_waits_for_a_decision_or_is_answered_is_not_handed_over(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    asked = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单"}
    desk.as_unit(m.RequestReturn, order, **asked)
    assert refused(desk, office(), lm.HandOver, name=order.name, **WHY) == "RETURN_AWAITS_DECISION"
    desk.accept(case_id="case-2")
    done = desk.completed(case_id="case-2")
    assert refused(desk, office(), lm.HandOver, name=done.name, **WHY) == "ORDER_NOT_IN_HANDLING"
