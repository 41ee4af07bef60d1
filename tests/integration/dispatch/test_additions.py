"""What citizens add reaches the orders of an open case."""

import pytest

from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import Desk
from tests.integration.dispatch.pressing import SUPERVISOR, entries, light

CITIES = {"350100": "fujian-2016@1.0.0", "610926": "pingli-2018@1.0.0", "230500": "shuangyashan-2024@1.0.0"}


def test_every_open_order_shows_what_was_added_and_how_often_the_citizen_urged(desk: Desk) -> None:
    desk.accept()
    desk.hear("intake.case_urged.v1", occurrence=1)
    desk.hear("intake.case_urged.v1", occurrence=2)
    desk.hear("intake.case_supplemented.v1", occurrence=1, masked_text="在三号楼")
    order = desk.order()
    assert (order.urgings, order.masked_text) == (2, "物业公司不公示物业费\n补充：在三号楼")


def test_an_order_that_is_done_stays_as_it_was(desk: Desk) -> None:
    desk.accept()
    desk.completed()
    desk.hear("intake.case_urged.v1", occurrence=1)
    desk.hear("intake.case_supplemented.v1", occurrence=1, masked_text="在三号楼")
    order = desk.order()
    assert (order.urgings, order.masked_text, desk.parked()) == (0, "物业公司不公示物业费", 0)


def test_an_erased_citizen_is_not_written_down_again(desk: Desk) -> None:
    desk.accept()
    desk.hear("intake.citizen_erased.v1")
    desk.hear("intake.case_supplemented.v1", occurrence=1, masked_text="在三号楼")
    assert desk.order().masked_text == ""


# -- urging opens supervision ------------------------------------------------------------------------------------------


def urged(desk: Desk, times: int, city: str = "350100") -> None:
    for occurrence in range(1, times + 1):
        desk.hear("intake.case_urged.v1", city, occurrence=occurrence)


@pytest.mark.parametrize("city", [*CITIES])
def test_the_third_urging_enters_the_ledger(desk: Desk, city: str) -> None:
    desk.accept(city=city, pack=CITIES[city])
    urged(desk, 2, city)
    assert entries(desk, city) == []
    urged(desk, 2, city)
    opened = entries(desk, city)
    assert [(e.ground, e.opened_by, e.basis) for e in opened] == [
        ("urged", "rule", "platform-default, decisions: Daily, urging")
    ]
    assert desk.order(city=city).supervisions == [opened[0].name]


def test_one_urging_is_enough_for_an_overdue_order(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    clock = desk.start_clock("finish", order)
    light(desk, "clock_breached", "finish", order, clock_id=clock)
    assert [e.ground for e in entries(desk)] == ["overdue"]
    urged(desk, 1)
    assert [e.ground for e in entries(desk)] == ["overdue", "urged"]


def test_another_urging_is_pressed_anew_only_after_the_finding(desk: Desk) -> None:
    desk.accept()
    urged(desk, 4)
    entry = entries(desk)[0]
    desk.do(SUPERVISOR, m.CloseSupervision, name=entry.name, finding="rectified", reason="已联系")
    assert [e.state for e in entries(desk)] == ["closed"]
    urged(desk, 1)
    assert [e.state for e in entries(desk)] == ["closed", "open"]
