"""申诉、剔除: the supervisors learn of the appeal, the unit of what became of it."""

from typing import Any

from tests.integration.notify.conftest import FIRE, ORDER, Desk

FACT = {"work_order_id": ORDER, "unit": FIRE, "kind": "breach", "clock": "sign", "clock_id": "k", "round": 1}


def told(desk: Desk) -> list[tuple[str, str, str]]:
    return [(m.template, m.audience.value, m.recipient) for m in desk.messages()[1:]]


def heard(desk: Desk, type: str, **more: Any) -> None:
    desk.dispatched()
    desk.hear(type, **FACT | more)


def test_the_supervisors_are_called_to_investigate(desk: Desk) -> None:
    heard(desk, "sla.appeal_filed", appeal_id="a")
    assert told(desk) == [("appeal_filed", "supervisors", "supervisors")]
    assert "对工单 number-1-01 的统计事实提出申诉：签收超期" in desk.messages()[-1].text


def test_the_unit_and_its_leader_learn_the_decision(desk: Desk) -> None:
    heard(desk, "sla.appeal_decided", appeal_id="a", outcome="refused")
    assert told(desk) == [("appeal_decided", "unit", FIRE), ("appeal_decided", "unit_leader", FIRE)]
    assert "（签收超期）已有结果：驳回，仍计入统计" in desk.messages()[-1].text


def test_the_exclusion_that_an_appeal_led_to_is_told_once(desk: Desk) -> None:
    heard(desk, "sla.fact_excluded", appeal_id="a", exclusion_id="x", reason="data_wrong")
    assert told(desk) == []
    desk.hear("sla.fact_excluded", **FACT | {"kind": "rating", "clock": ""}, exclusion_id="y", reason="unreasonable")
    assert told(desk) == [("fact_excluded", "unit", FIRE)]
    assert "（不满意评价）已剔除，不计入贵单位考核：诉求或评价不合理" in desk.messages()[-1].text


def test_the_unit_learns_that_a_fact_counts_again(desk: Desk) -> None:
    heard(desk, "sla.exclusion_lifted", exclusion_id="x", reason="data_wrong")
    assert told(desk) == [("exclusion_lifted", "unit", FIRE)]


def test_what_counts_for_no_unit_is_told_to_none(desk: Desk) -> None:
    heard(desk, "sla.fact_excluded", unit="", clock="citizen", exclusion_id="x", reason="platform_fault")
    assert told(desk) == []
