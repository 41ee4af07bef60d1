"""More time, through all five services: by exception, for a longer cycle, lost to force majeure, reminded of."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chassis.domain import DomainError
from cli.demo.scenery import enum_of
from tests.e2e.acts import Life, at, local
from tests.e2e.conftest import Stage, unit
from tests.e2e.invariants import violations

PINGLI, SHUANGYASHAN = "610926", "230500"


@pytest.fixture
def province(stage: Stage) -> Iterator[Stage]:
    stage.move_to(local("2026-09-28 09:00"))
    yield stage
    assert violations(stage.databases) == []


def test_an_extension_asked_for_three_hours_too_late_is_granted_by_a_supervisors_exception(province: Stage) -> None:
    life = Life.begun(province, SHUANGYASHAN, item="")
    life.sign()
    life.contact()
    due = life.due("finish")
    province.move_to(due + timedelta(hours=3))
    assert enum_of(life.order, "light") == "red"
    ask = {"working_days": 5, "reason": "管线权属核实"}
    with pytest.raises(DomainError) as refused:
        life.unit("RequestExtension", **ask)
    assert refused.value.reason == "EXTENSION_TOO_LATE"
    late = {"name": life.lead.name, "bar": "late", "reason": "系统停机两小时"}
    life.office("AllowExtension", **late)
    assert life.told(life.lead.unit, "extension_allowed")
    life.unit("RequestExtension", **ask)
    assert life.clock_state("finish") == "breached", "what was asked for late holds nothing"
    life.office("GrantExtension", name=life.order.extensions[0].name)
    assert (life.clock_state("finish"), life.due("finish") > due) == ("warned", True), "most of the time has gone"
    assert enum_of(life.order, "light") == "yellow"
    told = {"name": life.order.extensions[0].name, "method": "phone", "proof": "call-7"}
    province.call(unit(life.lead.unit, SHUANGYASHAN), "dispatch", "RecordExplanation", **told)
    assert life.order.extensions[0].explain_time.seconds
    life.reply()
    life.office("CompleteWorkOrder")
    assert life.clock_state("finish") == "met"


def test_a_longer_cycle_in_pingli_moves_both_clocks_and_the_platform_tells_the_citizen(province: Stage) -> None:
    life = Life.begun(province, PINGLI, item="")
    life.sign()
    before = life.due("finish"), life.due("citizen")
    long = {"working_days": 60, "reason": "需立项", "basis": "项目管理办法", "confirmed_by": "赵局长"}
    life.unit("FileLongCycle", **long)
    assert (life.due("finish") > before[0], life.due("citizen") > before[1]) == (True, True)
    assert life.clock_state("finish") == "running"
    assert life.told("citizen", "extension_granted_citizen")
    assert life.told("dispatchers", "long_cycle_filed")


def test_a_flood_excuses_the_unit_and_takes_the_red_light_back(province: Stage) -> None:
    life = Life.begun(province, PINGLI, item="", category="help", emergency_class="sudden")
    life.sign()
    life.unit("ReportProgress", note="道路中断，等待抢通")
    province.move_to(life.due("finish") + timedelta(hours=1))
    assert (life.clock_state("finish"), enum_of(life.order, "light")) == ("breached", "red")
    flood = {"clocks": ["first_response", "finish", "citizen"], "reason": "山洪", "evidence": "红色预警"}
    life.office("RecordForceMajeure", **flood)
    states = [life.clock_state(kind) for kind in flood["clocks"]]
    assert states == ["met", "voided", "voided"], "what was kept counts for the unit"
    assert enum_of(life.order, "light") == "green"
    assert list(life.order.force_majeure) == ["citizen", "finish", "first_response"]
    assert life.told(life.lead.unit, "force_majeure_recorded")
    life.contact()
    life.reply()
    life.office("CompleteWorkOrder")
    assert life.clock_state("finish") == "voided"


@pytest.mark.parametrize(("city", "hours"), [("350100", 7.5), (PINGLI, 2)])
def test_the_unit_is_told_once_two_working_hours_before_the_last_moment_to_extend(
    province: Stage, city: str, hours: float
) -> None:
    """Fujian: the last moment is 14:30 of the last day, two working hours before it 10:00. Pingli: 17:30 and 15:30."""
    life = Life.begun(province, city, item="")
    life.sign()
    due = life.due("finish")
    reminded = due - timedelta(hours=hours)
    assert at(life.clock("finish").remind_time) == reminded
    province.move_to(reminded - timedelta(seconds=1))
    assert life.told(life.lead.unit, "extension_closing") == []
    province.move_to(due)
    (message,) = life.told(life.lead.unit, "extension_closing")
    assert at(message.create_time) == reminded
