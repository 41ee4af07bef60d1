"""督办: who is told by which method, and what is taken back."""

from typing import Any

import pytest

from services.notify.domain.message import State
from tests.integration.notify.conftest import FIRE, ORDER, Desk

OPENED = {
    "work_order_id": ORDER,
    "supervision_id": "s-1",
    "number": "number-1-01-D01",
    "ground": "overdue",
    "unit": FIRE,
}


def told(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(m.template, m.audience.value, m.medium.value, m.recipient) for m in desk.messages()[1:]]


def supervised(desk: Desk, *methods: str, **more: Any) -> None:
    desk.dispatched()
    desk.hear("dispatch.supervision_opened", **OPENED | {"methods": list(methods)} | more)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("phone", [("supervision_call", "unit", "voice", FIRE)]),
        ("reminder", [("supervision_reminder", "unit", "sms", FIRE)]),
        (
            "notice",
            [
                ("supervision_notice", "unit", "sms", FIRE),
                ("supervision_notice", "unit_leader", "sms", FIRE),
                ("supervision_notice_supervisors", "supervisors", "sms", "supervisors"),
            ],
        ),
    ],
)
def test_each_method_reaches_the_unit_in_its_own_way(desk: Desk, method: str, expected: list[tuple[str, ...]]) -> None:
    supervised(desk, method)
    assert told(desk) == expected


def test_several_methods_in_writing_are_one_notice(desk: Desk) -> None:
    supervised(desk, "rectification", "interview")
    first = desk.messages()[1]
    assert "因逾期未办结列入督办台账，编号 number-1-01-D01，方式：整改通知、约谈提醒" in first.text
    assert [m.template for m in desk.messages()].count("supervision_notice") == 2


def test_the_leader_is_reached_behind_the_first_desk(desk: Desk) -> None:
    supervised(desk, "notice")
    desk.work()
    numbers = [n for (n,) in desk.rows("select number_ends_in from recorded order by reference")]
    desks = desk.runtime.service.dependencies["book"].cities["350100"].roster
    own = desks.units[FIRE]
    assert [n[-2:] for n in numbers[1:]] == [own[0][-2:], own[1][-2:], desks.supervisors[0][-2:]]


def test_without_a_unit_the_office_is_to_name_one(desk: Desk) -> None:
    supervised(desk, "coordination", unit="", ground="shirking")
    assert [m[:2] for m in told(desk)] == [
        ("supervision_without_unit", "dispatchers"),
        ("supervision_without_unit", "supervisors"),
    ]


@pytest.mark.parametrize("unit", [FIRE, ""])
def test_a_report_to_the_commission_is_for_the_supervisors_to_judge(desk: Desk, unit: str) -> None:
    given = {"pack": "pingli-2018@1.0.0", "unit": unit, "ground": "no_effect"}
    desk.dispatched(pack="pingli-2018@1.0.0")
    desk.hear("dispatch.supervision_opened", **OPENED | {"methods": ["referral"]} | given)
    assert [m[:2] for m in told(desk)] == [("supervision_referral", "supervisors")]
    assert "六个月以上没有整治效果，可报送监委，是否报送请研判决定" in desk.messages()[-1].text
    desk.work()
    desk.hear("dispatch.supervision_closed", **OPENED | given, finding="not_rectified", why="found")
    assert [m[0] for m in told(desk)] == ["supervision_referral"]


def test_the_supervisors_learn_of_the_reply_and_the_unit_of_the_finding(desk: Desk) -> None:
    desk.dispatched()
    desk.hear("dispatch.supervision_answered", **OPENED)
    desk.hear("dispatch.supervision_closed", **OPENED, finding="rectified", why="found")
    assert [m[:2] for m in told(desk)] == [("supervision_answered", "supervisors"), ("supervision_closed", "unit")]
    assert "已结办：已整改" in desk.messages()[-1].text


def test_what_was_not_sent_yet_is_taken_back(desk: Desk) -> None:
    supervised(desk, "phone")
    desk.hear("dispatch.supervision_closed", **OPENED, finding="withdrawn", why="breach_withdrawn")
    call, closed = desk.messages()[1:]
    assert (call.state, closed.template) == (State.EXPIRED, "supervision_closed")


def test_a_unit_that_kept_its_limit_is_told_nothing_more(desk: Desk) -> None:
    supervised(desk, "phone")
    desk.work()
    desk.hear("dispatch.supervision_closed", **OPENED, finding="rectified", why="clock_stopped")
    assert [m[0] for m in told(desk)] == ["supervision_call"]


def test_the_citys_office_learns_what_the_province_asks(desk: Desk) -> None:
    desk.dispatched()
    asked = {"work_order_id": ORDER, "supervision_id": "s9", "number": "number-1-01-D01", "unit": ""}
    desk.hear("dispatch.supervision_opened", ground="province_verification", methods=["notice"],
              opened_by="province", **asked)  # fmt: skip
    told = [(m.template, m.audience.value) for m in desk.messages()[1:]]
    assert told == [("supervision_by_province", "dispatchers"), ("supervision_by_province", "supervisors")]
    assert "调查核实重要诉求" in desk.messages()[-1].text
    desk.hear("dispatch.supervision_answered", **asked)
    assert len(desk.messages()) == 3, "who has answered knows it"
