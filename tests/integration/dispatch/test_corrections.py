"""A corrected case and another limit of it, as dispatch takes them over and shows them to units."""

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.application import messages
from services.dispatch.domain.errors import ExtensionLengthWrong
from tests.integration.dispatch.conftest import Desk, of_unit, office


def corrected(desk: Desk, **new: Any) -> None:
    old = {f"old_{name}": "" for name in ("item", "area", "emergency_class")}
    desk.hear(
        "intake.case_corrected.v1",
        **{"category": "complaint", "old_category": "complaint", "corrected_at": desk.clock.now()} | old | new,
    )


def test_a_correction_reaches_the_order_its_units_and_the_others(desk: Desk) -> None:
    desk.accept()
    before = desk.order()
    corrected(desk, category="consultation")
    order = desk.order()
    assert order.category == "consultation"
    assert [(c.field, c.old, c.new) for c in order.corrections] == [("category", "complaint", "consultation")]
    assert [a.name for a in order.assignments] == [a.name for a in before.assignments]
    seen = desk.runtime.query(of_unit(order.assignments[0].unit), messages.GetWorkOrder(name=order.name))
    assert seen.corrections == order.corrections
    (told,) = desk.payloads("work_order_corrected")
    assert (told["category"], told["old_category"], told["round"]) == ("consultation", "complaint", 1)
    assert told["assignments"][0]["assignment_id"] in order.assignments[0].name
    assert desk.parked() == 0


def test_an_order_in_the_queue_is_dispatched_with_the_corrected_facts(desk: Desk) -> None:
    desk.accept(masked_subject="无", masked_text="无")
    order = desk.order()
    assert order.state == "to_dispatch"
    corrected(desk, item="23")
    desk.do(office(), messages.DispatchWorkOrder, name=order.name, lead="350100-urban-management")
    assert desk.payloads("work_order_dispatched")[-1]["item"] == "23"


def test_an_extension_is_measured_by_the_limit_that_counts_now(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    clock = desk.start_clock("finish", order)
    desk.as_unit(messages.SignAssignment, order)
    corrected(desk, category="consultation")
    now = desk.clock.now()
    desk.hear(
        "sla.clock_moved.v1", clock_id=clock, kind="finish", work_order_id=order.name.rpartition("/")[2],
        old_due_at=now + timedelta(days=5), due_at=now + timedelta(days=3), warn_at=now + timedelta(days=2),
        why="case_corrected", moved_at=now, limit_unit="working_day", limit_amount=2,
    )  # fmt: skip
    assert desk.order().due_time == now + timedelta(days=3)
    with pytest.raises(ExtensionLengthWrong):
        desk.as_unit(messages.RequestExtension, order, working_days=3, reason="复杂", agreed_by="甲")
    assert desk.as_unit(messages.RequestExtension, order, working_days=2, reason="复杂", agreed_by="甲").extensions


def test_a_completed_order_is_redone_with_the_corrected_facts(desk: Desk) -> None:
    desk.accept(city="610926", pack="pingli-2018@1.0.0")
    order = desk.completed("610926")
    desk.hear("intake.case_corrected.v1", "610926", category="help", corrected_at=desk.clock.now())
    assert desk.payloads("work_order_corrected")[0].get("assignments", []) == []
    desk.hear(
        "intake.case_rated.v1", "610926", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False
    )
    assert desk.payloads("work_order_dispatched")[-1]["category"] == "help"


def test_another_limit_is_shown_with_its_citation_until_it_is_lifted(desk: Desk) -> None:
    desk.accept()
    limit = {
        "ground": "other_law",
        "cited": "《噪声污染防治法》第9条（法律）",
        "limit_amount": 10,
        "limit_unit": "working_day",
    }
    desk.hear("intake.case_limit_set.v1", set_at=desk.clock.now(), **limit)
    (shown,) = desk.order().own_limits
    assert (shown.cited, shown.limit_amount) == ("《噪声污染防治法》第9条（法律）", 10)
    desk.hear("intake.case_limit_lifted.v1", ground="other_law", lifted_at=desk.clock.now())
    assert desk.order().own_limits == []
