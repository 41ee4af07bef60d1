"""One order from routing to completion, through the real commands and a real database."""

from datetime import timedelta

import pytest

from chassis.domain import DomainError, StepNotAllowed
from chassis.privacy import open_sealed
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import FORM, Desk, office


def test_a_case_goes_from_routing_to_completion(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    assert order.state == "dispatched"
    assert order.number == "350100-20260924-000001-7-01-1"
    assert [a.unit for a in order.assignments] == ["350100-housing"]
    assert desk.completed().state == "completed"
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
    desk.completed()
    (completed,) = desk.payloads("work_order_completed")
    assert FORM["result"] not in str(completed)
    with desk.runtime.reading() as read:
        from services.dispatch.domain.work_order import WorkOrder

        (stored,) = read.find_by(WorkOrder, "case_id", "case-1")
    assert stored.reply
    assert stored.reply.result
    assert open_sealed(desk.citizen, stored.reply.result, case_id="case-1") == FORM["result"]
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


@pytest.mark.parametrize(
    ("city", "pack", "item", "first"),
    [
        ("350100", "fujian-2016@1.0.0", "08", "350100-urban-management"),
        ("610926", "pingli-2018@1.0.0", "23", "610926-urban-management"),
        ("230500", "shuangyashan-2024@1.0.0", "08", "230500-urban-management"),
    ],
)
def test_an_unclear_item_that_comes_back_goes_on_to_a_unit_that_has_not_had_it(
    desk: Desk, city: str, pack: str, item: str, first: str
) -> None:
    desk.accept(city=city, pack=pack, item=item, masked_subject="有个井盖", masked_text="不知道是谁的")
    order = desk.order(city=city)
    assert [a.unit for a in order.assignments] == [first]
    desk.do(office(city), m.RecallWorkOrder, name=order.name, reason="先问")
    order = desk.do(office(city), m.DispatchWorkOrder, name=order.name, lead=f"{city}-housing", reason="x")
    ask = {"kind": "not_ours", "reason": "不是我们的", "basis": "职责清单", "suggested_unit": first}
    asked = desk.as_unit(m.RequestReturn, order, **ask)
    agreed = desk.do(office(city), m.AgreeReturn, name=asked.assignments[1].name, reason="同意")
    assert [(a.unit, a.role) for a in agreed.assignments[2:]] == [(f"{city}-government", "fallback_lead")]


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


def test_a_reply_is_sent_back_only_once_it_is_there(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    desk.as_unit(m.RequestReturn, order, kind="not_ours", reason="不是我们的", basis="职责清单")
    with pytest.raises(StepNotAllowed):
        desk.do(office(), m.SendBackReply, name=order.name, reason="重新答复")
    assert [a.state for a in desk.order().assignments] == ["return_requested"]


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
    desk.completed()
    assert len(desk.order().attachments) == 1
    desk.hear("intake.citizen_erased.v1", citizen_id="citizen-1")
    order = desk.order()
    assert (order.masked_subject, order.masked_text, order.attachments) == ("", "", [])


def test_a_clock_that_is_kept_for_its_light_alone_loses_it_when_a_published_calendar_moves_it(desk: Desk) -> None:
    desk.accept()
    order, now = desk.order(), desk.clock.now()
    named = {"clock_id": "contact-1", "kind": "contact", "work_order_id": order.name.rpartition("/")[2]}
    desk.hear("sla.clock_warned.v1", **named, due_at=now + timedelta(hours=1))
    assert str(desk.order().light) == "yellow"
    later = {"warn_at": now + timedelta(hours=9), "due_at": now + timedelta(hours=12)}
    desk.hear("sla.clock_moved.v1", **named, **later, moved_at=now, why="calendar_published")
    assert str(desk.order().light) == "green"


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
