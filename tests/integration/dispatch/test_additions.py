"""What citizens add reaches the orders of an open case."""

from tests.integration.dispatch.conftest import Desk


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
