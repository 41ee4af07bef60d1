"""One order with a counter: cases that join are counted on it, one that goes its own way is counted off."""

from tests.integration.dispatch.conftest import Desk


def test_the_order_counts_those_that_follow_and_no_longer_those_that_left(desk: Desk) -> None:
    desk.accept()
    for case in ("case-2", "case-3"):
        desk.hear("intake.case_joined.v1", subject=case, main_case_id="case-1")
    assert desk.order().joined_cases == 2
    desk.hear("intake.case_split_off.v1", subject="case-2", main_case_id="case-1")
    desk.accept(case_id="case-2")
    assert (desk.order().joined_cases, desk.order("case-2").joined_cases) == (1, 0)
    assert desk.parked() == 0
