"""One order from routing to completion, through the real commands and a real database."""

from datetime import timedelta

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError, StepNotAllowed
from chassis.privacy import open_sealed
from services.dispatch.application import messages as m
from services.dispatch.application.views import WorkOrderView
from tests.integration.dispatch.conftest import Desk, office

FORM = {"result": "已责令公示收费", "result_kind": "solved", "handler": "办理人甲", "legal_basis": "物业管理条例"}


def _completed(desk: Desk, city: str = "350100") -> WorkOrderView:
    order = desk.order(city=city)
    desk.as_unit(m.SignAssignment, order)
    desk.as_unit(m.RecordContact, order, method="phone", proof="call-1")
    desk.as_unit(m.AnswerCitizen, order, method="phone", proof="call-2")
    desk.as_unit(m.SubmitReply, order, **FORM)
    view: WorkOrderView = desk.do(office(city), m.CompleteWorkOrder, name=order.name)
    return view


def test_a_case_goes_from_routing_to_completion(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    assert order.state == "dispatched"
    assert order.number == "350100-20260924-000001-7-01-1"
    assert [a.unit for a in order.assignments] == ["350100-housing"]
    assert _completed(desk).state == "completed"
    assert desk.published() == [
        "work_order_dispatched",
        "assignment_signed",
        "citizen_contacted",
        "citizen_answered",
        "reply_submitted",
        "work_order_completed",
    ]
    assert desk.parked() == 0


def test_the_final_reply_is_sealed_to_the_citizen(desk: Desk) -> None:
    desk.accept()
    _completed(desk)
    (completed,) = desk.payloads("work_order_completed")
    assert FORM["result"] not in str(completed)
    with desk.runtime.reading() as read:
        from services.dispatch.domain.work_order import WorkOrder

        (stored,) = read.find_by(WorkOrder, "case_id", "case-1")
    assert stored.reply
    assert stored.reply.result
    assert open_sealed(desk.citizen.private, stored.reply.result, case_id="case-1") == FORM["result"]
    assert FORM["handler"].encode() not in stored.reply.handler


def test_an_order_without_a_route_waits_for_a_dispatcher(desk: Desk) -> None:
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    order = desk.order()
    assert (order.state, order.why) == ("to_dispatch", "no_route")
    sent = desk.do(
        office(), m.DispatchWorkOrder, name=order.name, lead="350100-market", co_units=["350100-commerce"], reason="x"
    )
    assert [(a.unit, a.role) for a in sent.assignments] == [("350100-market", "lead"), ("350100-commerce", "co")]


def test_an_agreed_return_goes_to_the_fallback_unit(desk: Desk) -> None:
    desk.accept(item="02", masked_subject="污水井盖塌陷", masked_text="井盖坏了，不知道归谁管")
    order = desk.order()
    returned = desk.as_unit(m.RequestReturn, order, kind="not_ours", reason="不是我们的", basis="职责清单")
    asked = returned.assignments[0]
    assert asked.state == "return_requested"
    agreed = desk.do(office(), m.AgreeReturn, name=asked.name, lead="", reason="同意")
    assert [(a.unit, a.role, a.state) for a in agreed.assignments[1:]] == [
        ("350100-urban-management", "fallback_lead", "assigned")
    ]
    assert desk.published()[-3:] == ["return_requested", "return_agreed", "work_order_dispatched"]


def test_the_fallback_unit_of_an_unclear_item_cannot_return_it(desk: Desk) -> None:
    desk.accept(item="08", area="350104", masked_subject="井盖塌陷", masked_text="有个井盖不知道是谁的")
    order = desk.order()
    assert [(a.unit, a.role) for a in order.assignments] == [("350100-urban-management", "fallback_lead")]
    with pytest.raises(DomainError) as refused:
        desk.as_unit(m.RequestReturn, order, kind="not_ours", reason="不是我们的", basis="职责清单")
    assert refused.value.reason == "NO_FURTHER_RETURN"


def test_a_refused_return_puts_the_unit_where_it_was(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.as_unit(m.SignAssignment, order)
    asked = {"kind": "not_ours", "reason": "r", "basis": "b", "suggested_unit": "350100-market"}
    returned = desk.as_unit(m.RequestReturn, order, **asked)
    refused = desk.do(office(), m.RefuseReturn, name=returned.assignments[0].name, ground="own_duty", reason="属于职责")
    assert refused.assignments[0].state == "signed"


def test_a_filed_extension_is_granted_at_once(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.as_unit(m.SignAssignment, order)
    desk.start_clock("finish", order)
    view = desk.as_unit(m.RequestExtension, order, working_days=10, reason="需要鉴定", agreed_by="负责人乙")
    assert [e.state for e in view.extensions] == ["granted"]
    assert desk.published()[-2:] == ["extension_filed", "extension_granted"]


def test_an_extension_after_the_last_moment_is_refused(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.as_unit(m.SignAssignment, order)
    desk.start_clock("finish", order, last_extension_at=desk.clock.now() + timedelta(days=1))
    desk.clock.move_to(desk.clock.now() + timedelta(days=2))
    with pytest.raises(DomainError) as refused:
        desk.as_unit(m.RequestExtension, order, working_days=5, reason="r", agreed_by="a")
    assert refused.value.reason == "EXTENSION_TOO_LATE"


def test_a_dissatisfied_rating_is_verified_and_redone(desk: Desk) -> None:
    desk.accept()
    order = _completed(desk)
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False)
    assert desk.order().state == "under_verification"
    redone = desk.do(office(), m.VerifyRating, name=order.name, finding="unit_at_fault", evidence="未到现场")
    assert (redone.state, redone.round) == ("dispatched", 2)
    assert desk.published()[-4:] == ["verification_opened", "rating_verified", "redo_ordered", "work_order_dispatched"]
    assert redone.number.endswith("-02-1")


def test_what_is_being_verified_neither_completes_nor_goes_out_by_hand(desk: Desk) -> None:
    desk.accept()
    order = _completed(desk)
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False)
    told = desk.published()
    for command, fields in ((m.CompleteWorkOrder, {}), (m.DispatchWorkOrder, {"lead": "350100-market"})):
        with pytest.raises(StepNotAllowed):
            desk.do(office(), command, name=order.name, **fields)
    assert (desk.order().state, desk.published()) == ("under_verification", told)


def test_a_reply_is_sent_back_only_once_it_is_there(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.as_unit(m.RequestReturn, order, kind="not_ours", reason="不是我们的", basis="职责清单")
    with pytest.raises(StepNotAllowed):
        desk.do(office(), m.SendBackReply, name=order.name, reason="重新答复")
    assert [a.state for a in desk.order().assignments] == ["return_requested"]


def test_only_a_supervisor_finds_a_rating_unreasonable(desk: Desk) -> None:
    desk.accept()
    order = _completed(desk)
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False)
    found = {"name": order.name, "finding": "unreasonable", "evidence": "诉求超出法律规定"}
    with pytest.raises(PermissionDenied):
        desk.do(office(), m.VerifyRating, **found)
    assert desk.do(office(role=Role.SUPERVISOR), m.VerifyRating, **found).state == "completed"


def test_pingli_redoes_at_once_and_only_once(desk: Desk) -> None:
    desk.accept(city="610926", pack="pingli-2018@1.0.0")
    for round in (1, 2):
        _completed(desk, "610926")
        desk.hear("intake.case_rated.v1", "610926", round=round, handling_satisfied=False)
    assert desk.order(city="610926").state == "completed"
    assert [e for e in desk.published() if e.startswith("redo")] == ["redo_ordered", "redo_declined"]


def _repeat(desk: Desk, **more: str) -> WorkOrderView:
    """A case that was answered by the unit a dispatcher chose, and comes again."""
    city, pack = "610926", "pingli-2018@1.0.0"
    desk.accept(city=city, pack=pack, masked_subject="你好", masked_text="有事想反映一下")
    desk.do(office(city), m.DispatchWorkOrder, name=desk.order(city=city).name, lead="610926-health")
    _completed(desk, city)
    desk.accept(city=city, pack=pack, case_id="case-2", explain_only=True, repeated_case_id="case-1", **more)
    again: WorkOrderView = desk.order("case-2", city)
    return again


def test_a_repeat_goes_to_the_unit_that_answered_it_for_explanation_only(desk: Desk) -> None:
    order = _repeat(desk)
    assert [a.unit for a in order.assignments] == ["610926-health"]
    assert order.explain_only
    assert desk.payloads("work_order_dispatched")[-1]["explain_only"]
    route = desk.runtime.query(office("610926"), m.ExplainRoute(name=order.name))
    assert (route.step, route.rule) == ("repeat", "P18-10")
    assert "仅作说明" in route.zh


def test_a_repeat_about_the_unit_that_answered_it_goes_elsewhere(desk: Desk) -> None:
    assert "610926-health" not in {a.unit for a in _repeat(desk, respondent_unit="610926-health").assignments}


def test_what_was_only_explained_is_not_done_again(desk: Desk) -> None:
    order = _repeat(desk)
    for command, fields in (
        (m.SignAssignment, {}),
        (m.AnswerCitizen, {"method": "phone", "proof": "call-9"}),
        (m.SubmitReply, FORM),
    ):
        desk.as_unit(command, order, **fields)
    desk.do(office("610926"), m.CompleteWorkOrder, name=order.name)
    desk.hear("intake.case_rated.v1", "610926", "case-2", round=1, handling_satisfied=False)
    assert desk.order("case-2", "610926").state == "completed"
    assert [e for e in desk.published() if e.startswith("redo")] == ["redo_declined"]


def test_pingli_gives_units_without_a_lead_an_order_each(desk: Desk) -> None:
    desk.accept(city="610926", pack="pingli-2018@1.0.0", item="74")
    units = [o.assignments[0].unit for o in desk.orders(city="610926")]
    assert units == ["610926-ecology", "610926-police"]
    assert [o.number[-4:] for o in desk.orders(city="610926")] == ["01-1", "01-2"]


def test_a_withdrawn_case_ends_its_order(desk: Desk) -> None:
    desk.accept()
    desk.hear("intake.case_withdrawn.v1", citizen_id="citizen-1")
    assert desk.order().state == "ended"
    assert desk.published()[-2:] == ["assignment_released", "work_order_ended"]


def test_a_case_that_goes_on_alone_gets_an_order_with_a_number_of_its_own(desk: Desk) -> None:
    desk.accept()
    desk.hear("intake.case_joined.v1", main_case_id="case-2")
    desk.accept()
    orders = {o.number[-4:]: str(o.state) for o in desk.orders()}
    assert orders == {"01-1": "ended", "01-2": "dispatched"}


def test_orders_of_their_own_are_numbered_on_when_the_case_goes_on_alone(desk: Desk) -> None:
    pingli = {"city": "610926", "pack": "pingli-2018@1.0.0", "item": "74"}
    desk.accept(**pingli)
    desk.hear("intake.case_joined.v1", "610926", main_case_id="case-2")
    desk.accept(**pingli)
    assert sorted(o.number[-4:] for o in desk.orders(city="610926")) == ["01-1", "01-2", "01-3", "01-4"]


def test_lights_follow_the_clocks(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    clock_id = desk.start_clock("finish", order)
    signal = {
        "clock_id": clock_id,
        "kind": "finish",
        "work_order_id": order.name.rpartition("/")[2],
        "due_at": desk.clock.now(),
    }
    desk.hear("sla.clock_warned.v1", **signal)
    assert desk.order().light == "yellow"
    desk.hear("sla.clock_breached.v1", **signal)
    assert desk.order().light == "red"
    desk.hear("sla.breach_withdrawn.v1", **signal)
    assert desk.order().light == "green"


def test_an_erased_citizen_leaves_no_text(desk: Desk) -> None:
    desk.accept(attachments=[{"attachment_id": "photo-1", "media_type": "image/png", "size_bytes": 7}])
    _completed(desk)
    assert len(desk.order().attachments) == 1
    desk.hear("intake.citizen_erased.v1", citizen_id="citizen-1")
    order = desk.order()
    assert (order.masked_subject, order.masked_text, order.attachments) == ("", "", [])


def test_a_moved_deadline_shows_the_light_of_its_own_instants(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    clock_id = desk.start_clock("finish", order)
    now, lights = desk.clock.now(), []
    for warn, due in ((1, 9), (0, 9), (-9, -1)):
        desk.hear(
            "sla.clock_moved.v1",
            clock_id=clock_id,
            kind="finish",
            work_order_id=order.name.rpartition("/")[2],
            warn_at=now + timedelta(hours=warn),
            due_at=now + timedelta(hours=due),
            moved_at=now,
        )
        lights.append(str(desk.order().light))
    assert lights == ["green", "yellow", "red"]


@pytest.mark.parametrize(
    ("city", "pack", "said", "state"),
    [
        ("230500", "shuangyashan-2024", {"satisfied": False}, "under_verification"),
        ("230500", "shuangyashan-2024", {"solved": False}, "under_verification"),
        ("230500", "shuangyashan-2024", {"solved": False, "may_redo": False}, "completed"),
        ("230500", "shuangyashan-2024", {"solved": True}, "completed"),
        ("350100", "fujian-2016", {"solved": False}, "completed"),
    ],
)
def test_a_return_visit_opens_a_verification_where_the_pack_says_so(
    desk: Desk, city: str, pack: str, said: dict[str, bool], state: str
) -> None:
    desk.accept(city=city, pack=f"{pack}@1.0.0")
    order = _completed(desk, city)
    visit = {"work_order_id": order.name.rpartition("/")[2], "round": 1, "reached": True, "may_redo": True}
    desk.hear("intake.revisit_recorded.v1", city, **(visit | said))
    assert desk.order(city=city).state == state
