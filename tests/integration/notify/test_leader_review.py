"""The unit's leader learns that a reply waits, and the handler what came of it."""

import pytest

from tests.integration.notify.conftest import FIRE, Desk


def test_the_leader_is_told_that_a_reply_waits(desk: Desk) -> None:
    desk.accepted()
    desk.dispatched()
    desk.of_assignment("leader_review_requested", round=1, requested_at=desk.clock.now())
    told = desk.message(template="leader_review_requested")
    assert (told.audience, told.recipient) == ("unit_leader", FIRE)
    assert "number-1-01" in told.text


@pytest.mark.parametrize(
    ("approved", "template", "word"),
    [(True, "leader_review_approved", "审核同意"), (False, "leader_review_sent_back", "未通过")],
)
def test_the_handler_is_told_what_the_leader_decided(desk: Desk, approved: bool, template: str, word: str) -> None:
    desk.accepted()
    desk.dispatched()
    desk.of_assignment("leader_review_decided", round=1, approved=approved, decided_at=desk.clock.now())
    told = desk.message(template=template)
    assert (told.audience, told.recipient, word in told.text) == ("unit", FIRE, True)
