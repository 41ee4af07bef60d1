"""What a section or town is told of an order that is passed on to it, and its unit of the reply."""

from typing import Any

from tests.integration.notify.conftest import FIRE, ORDER, Desk

SECTION = "350102-urban-management"
PASSED: dict[str, Any] = {
    "work_order_id": ORDER, "assignment_id": "assignment-1", "passing_id": "p-1", "section": SECTION, "by": FIRE
}  # fmt: skip


def test_the_section_is_told_and_whoever_passed_it_on_hears_of_the_reply(desk: Desk) -> None:
    desk.dispatched()
    desk.hear("dispatch.assignment_passed_on", unit=FIRE, passed_at=desk.clock.now(), **PASSED)
    desk.hear("dispatch.section_replied", declined=True, replied_at=desk.clock.now(), **PASSED)
    desk.hear("dispatch.assignment_taken_back", why="by_hand", taken_back_at=desk.clock.now(), **PASSED)
    assert desk.message(template="passed_on").recipient == SECTION
    told = desk.message(template="section_replied")
    assert (told.recipient, "认为不属于其职责" in told.text) == (FIRE, True)
    assert desk.message(template="taken_back").recipient == SECTION
