"""The office learns what units state and propose, and that a closed case is open again; the unit what was decided."""

import pytest

from tests.integration.notify.conftest import FIRE, Desk

PART = {"work_order_id": "order-1", "assignment_id": "assignment-1", "unit": FIRE, "round": 1}


@pytest.mark.parametrize(
    ("event", "template", "audience"),
    [
        ("dispatch.statement_submitted", "statement_submitted", "dispatchers"),
        ("dispatch.end_proposed", "end_proposed", "dispatchers"),
        ("dispatch.end_refused", "end_refused", "unit"),
    ],
)
def test_in_shuangyashan_who_has_to_act_is_told(desk: Desk, event: str, template: str, audience: str) -> None:
    desk.accepted(pack="shuangyashan-2024@1.0.0")
    desk.dispatched()
    desk.hear(event, **PART)
    message = desk.message(template=template)
    assert message.audience == audience
    assert message.recipient == (FIRE if audience == "unit" else audience)


def test_the_dispatchers_are_told_of_a_case_that_is_open_again(desk: Desk) -> None:
    desk.accepted()
    desk.hear("intake.case_reopened", why="rated", round=1)
    assert desk.message(template="case_reopened").audience == "dispatchers"
