"""Who is kept from the telephone is told at once, also at night, why, until when, and where to complain."""

from datetime import timedelta
from typing import Any

import pytest

from services.notify.domain.message import Knowledge, Medium, State
from tests.integration.notify.conftest import CITIZEN_PHONE, CITY, Desk, Provider

PACK, ID = "shuangyashan-2024@1.0.0", "restriction-1"
SUBJECT = f"cities/{CITY}/restrictions/{ID}"


def hear(desk: Desk, event: str, **more: Any) -> None:
    told = {"restriction_id": ID, "pack": PACK, "citizen_id": "citizen-1", "citizen_reachable": True}
    desk.hear(f"intake.{event}", SUBJECT, **told | more)


def restricted(desk: Desk, **more: Any) -> None:
    why = {"reason": "无正当理由反复拨打", "cited": "《办法》第35条", "appeal": "可向主管部门申诉"}
    until = {"ends_at": desk.clock.now() + timedelta(hours=24)}
    hear(desk, "caller_restricted", **until | why | more)


def test_the_caller_is_told_at_night_too(desk: Desk) -> None:
    provider = Provider("first")
    desk.use(provider)
    desk.wait(hours=14)
    restricted(desk)
    desk.work()
    (sent,) = provider.sent
    assert sent.to == CITIZEN_PHONE
    for said in ("无正当理由反复拨打", "《办法》第35条", "9月22日23:00", "110", "可向主管部门申诉"):
        assert said in sent.text
    (message,) = desk.messages()
    assert (message.case_id, message.recipient, message.about) == ("", "citizen-1", ID)


def test_nobody_hears_of_a_restriction_that_is_over(desk: Desk) -> None:
    restricted(desk, ends_at=desk.clock.now() + timedelta(hours=2))
    desk.clock.move_to(desk.clock.now() + timedelta(hours=2))
    desk.work()
    assert [(m.state, m.reason) for m in desk.messages()] == [(State.EXPIRED, "too_late")]


def test_who_was_told_is_told_of_the_lifting(desk: Desk) -> None:
    restricted(desk)
    desk.work()
    hear(desk, "restriction_lifted")
    desk.work()
    assert [(m.template, m.state) for m in desk.messages()] == [
        ("caller_restricted", State.DELIVERED),
        ("restriction_lifted", State.DELIVERED),
    ]


def test_who_was_not_told_yet_hears_of_neither(desk: Desk) -> None:
    restricted(desk)
    hear(desk, "restriction_lifted")
    assert [(m.state, m.reason) for m in desk.messages()] == [(State.EXPIRED, "restriction_lifted")]


@pytest.mark.parametrize(
    ("says", "state"), [(Knowledge.FAILED, State.FAILED), (Knowledge.HANDED_OVER, State.HANDED_OVER)]
)
def test_only_whom_the_message_may_have_reached_hears_of_the_lifting(desk: Desk, says: Knowledge, state: State) -> None:
    desk.use(Provider("text", says=says), Provider("voice", Medium.VOICE, says=says))
    restricted(desk)
    desk.work()
    hear(desk, "restriction_lifted")
    first, *rest = desk.messages()
    assert (first.state, first.over_at) == (state, desk.clock.now())
    assert [m.template for m in rest] == ([] if state is State.FAILED else ["restriction_lifted"])


def test_whose_message_came_too_late_to_be_sent_hears_of_no_lifting(desk: Desk) -> None:
    restricted(desk, ends_at=desk.clock.now())
    desk.work()
    hear(desk, "restriction_lifted")
    assert [(m.template, m.state) for m in desk.messages()] == [("caller_restricted", State.EXPIRED)]


def test_who_left_no_number_or_is_erased_is_told_nothing(desk: Desk) -> None:
    restricted(desk, citizen_reachable=False)
    assert desk.messages() == []
    restricted(desk)
    hear(desk, "restriction_erased")
    assert [(m.state, m.recipient) for m in desk.messages()] == [(State.EXPIRED, "")]
