"""What changes a case's limits after its acceptance, through all five services."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.domain import DomainError
from cli.demo.scenery import enum_of
from tests.e2e.acts import Life, local
from tests.e2e.conftest import Stage, office, seat
from tests.e2e.invariants import violations
from tests.e2e.recount import Log, families, log_of, recount
from tests.e2e.test_rates import everywhere

LAW = {
    "ground": "other_law",
    "rank": "law",
    "title": "噪声污染防治法",
    "article": "9",
    "limit_amount": 30,
    "limit_unit": "calendar_day",
}


def of_case(life: Life, rpc: str, **fields: Any) -> Any:
    return life.stage.call(office(life.city), "intake", rpc, name=life.name, **fields)


def told(life: Life, kind: str) -> str:
    return "\n".join(step.zh for step in life.clock(kind).steps)


def test_a_complaint_that_is_a_consultation_is_due_sooner_for_unit_and_citizen(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, item="")
    before = life.due("finish"), life.due("citizen")
    shared_stage.wait(hours=1)
    case = of_case(life, "CorrectCase", category="consultation")
    assert (case.category, life.order.category) == ("consultation", "consultation")
    assert life.due("finish") < before[0]
    assert life.due("citizen") < before[1]
    assert "类别由“投诉”更正为“咨询”" in told(life, "finish")
    assert "类别由“投诉”更正为“咨询”" in told(life, "citizen")
    assert life.order.due_time.ToDatetime() == life.clock("finish").due_time.ToDatetime()
    assert [(c.field, c.old, c.new) for c in life.order.corrections] == [("category", "complaint", "consultation")]
    assert "诉求类别" in life.told("unit", "order_corrected")[0].text
    assert life.completed().state == "replied"
    with pytest.raises(DomainError) as refused:
        of_case(life, "CorrectCase", category="complaint")
    assert refused.value.reason == "CASE_NOT_IN_HAND"


def test_a_complaint_put_on_the_list_and_taken_off_again_has_its_ten_days_back(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, item="")
    due = life.due("finish")
    of_case(life, "CorrectCase", item="12")
    assert life.due("finish") < due
    of_case(life, "CorrectCase", item="")
    assert life.due("finish") == due
    assert life.completed().state == "replied"


def test_a_seat_corrects_until_the_dispatch(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage)
    with pytest.raises(DomainError) as refused:
        shared_stage.call(seat(), "intake", "CorrectCase", name=life.name, category="help")
    assert refused.value.reason == "DISPATCHED_ALREADY"
    assert life.completed().state == "replied"


def test_other_law_governs_the_order_and_the_citizens_clock_with_its_citation(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, "230500", item="")
    due = life.due("finish")
    of_case(life, "SetCaseLimit", **LAW)
    assert life.due("finish") > due
    assert "《噪声污染防治法》第9条（法律）" in told(life, "finish")
    assert "《噪声污染防治法》第9条（法律）" in told(life, "citizen")
    assert life.order.own_limits[0].cited == "《噪声污染防治法》第9条（法律）"
    assert "《噪声污染防治法》" in life.told("unit", "case_limit_set")[0].text
    with pytest.raises(DomainError) as refused:
        of_case(life, "SetCaseLimit", **LAW | {"rank": "normative_document"})
    assert refused.value.reason == "RANK_DOES_NOT_COUNT"
    of_case(life, "LiftCaseLimit", ground="other_law")
    assert life.due("finish") == due
    assert life.completed().state == "replied"


def test_law_that_is_not_stricter_moves_nothing_in_pingli(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, "610926", item="")
    due = life.due("finish")
    of_case(life, "SetCaseLimit", **LAW)
    assert (life.due("finish"), "不严于本办法" in told(life, "finish")) == (due, True)
    of_case(
        life, "SetCaseLimit", **LAW | {"rank": "normative_document", "limit_unit": "working_day", "limit_amount": 3}
    )
    assert life.due("finish") < due
    assert life.completed().state == "replied"


def test_what_turns_out_to_be_an_emergency_is_phoned_and_must_be_answered_at_once(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage)
    life.sign()
    of_case(life, "CorrectCase", emergency_class="urgent")
    assert life.clock_state("first_response") == "running"
    assert life.clock_state("contact") == "cancelled"
    assert life.told("unit", "emergency_call")
    shared_stage.wait(minutes=5)
    life.contact()
    assert life.clock_state("first_response") == "met"
    life.reply()
    life.office("CompleteWorkOrder")
    assert life.clock_state("finish") == "met"


def test_all_of_it_leaves_five_databases_that_agree_and_rates_that_can_be_recounted(shared_stage: Stage) -> None:
    overdue = Life.begun(shared_stage, item="")
    overdue.sign()
    of_case(overdue, "CorrectCase", category="consultation")
    of_case(Life.begun(shared_stage), "SetCaseLimit", ground="leader", due_time=_in_hours(shared_stage, 30))
    shared_stage.wait(days=20)
    assert overdue.clock_state("finish") == "breached"
    assert violations(shared_stage.databases) == []
    log, now = Log.of(log_of(shared_stage.databases)), shared_stage.clock.now()
    counted = families(recount(log, local("2000-01-01"), now + timedelta(seconds=1), now))
    rows = shared_stage.call(everywhere(), "sla", "GetKpiReport").rows
    report = {(r.city, r.unit, r.category, r.kpi): (r.numerator, r.denominator) for r in rows if r.unit or r.category}
    assert report == counted
    assert enum_of(overdue.order, "light") == "red"


def _in_hours(stage: Stage, hours: int) -> Any:
    return stage.clock.now() + timedelta(hours=hours)
