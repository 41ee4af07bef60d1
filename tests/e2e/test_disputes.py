"""A dispute to its last step, through all five services."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.domain import DomainError
from chassis.postgres import EmbeddedPostgres
from cli.demo.scenery import enum_of
from tests.e2e.acts import CALLER, Life, local
from tests.e2e.conftest import Stage, new_stage, office, seat, unit
from tests.e2e.invariants import violations

SHUANGYASHAN = "230500"


@pytest.fixture
def stage(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Stage]:
    with new_stage(postgres, tmp_path) as stage:
        yield stage


def _of(life: Life, rpc: str, dispute: Any, **fields: Any) -> Any:
    return life.office(rpc, name=dispute.name, **fields)


def _shown_to_the_citizen(life: Life) -> list[str]:
    asked = {"number": life.number, "phone": CALLER["phone"]}
    return [line.zh for line in life.stage.call(seat(SHUANGYASHAN), "intake", "LookUpProgress", **asked).lines]


def test_a_dispute_goes_to_its_last_step_and_the_unit_that_is_named_handles_it(stage: Stage) -> None:
    life = Life.begun(stage, SHUANGYASHAN, item="")
    life.sign()
    first, citizen, finish = life.lead.unit, life.due("citizen"), life.due("finish")
    named = next(u for u in ("230500-housing", "230500-transport") if u != first)
    dispute = life.office("OpenDispute", ground="unclear_duty", reason="两个单位都称不归其管", participants=[named])
    assert life.state_of_order == "disputed"
    assert life.clock_state("finish") == "cancelled"
    assert "协调确定" in _shown_to_the_citizen(life)[-1]
    assert life.told(first, "dispute_opened")
    assert life.told(named, "dispute_step_begun")

    stage.move_to(local("2026-09-24 09:00"))
    assert life.clock_state("dispute_coordination") == "warned"
    _of(life, "RecordDisputeStep", dispute, record="协调未达成一致", present=[first, named])
    _of(life, "AdvanceDispute", dispute, step="consultation")
    assert (life.clock_state("dispute_coordination"), life.clock_state("dispute_consultation")) == ("met", "running")
    assert life.told("230500-justice", "dispute_step_begun")

    # The consultation takes too long: the office is late, and its supervisors hear of it.
    stage.move_to(local("2026-10-12 09:00"))
    assert life.clock_state("dispute_consultation") == "breached"
    assert life.told("supervisors", "clock_breached_supervisors")
    assert enum_of(life.order, "light") == "red"
    _of(life, "AdvanceDispute", dispute, step="special_report")
    _of(life, "RecordDisputeStep", dispute, record="已形成专报呈报市政府")
    assert life.clock_state("dispute_special_report") == "met"
    settled = _of(life, "SettleDispute", dispute, lead=named, record="市政府明确由该单位承办")
    assert (enum_of(settled, "state"), settled.decided_by) == ("settled", "special_report")

    assert "已确定承办单位" in _shown_to_the_citizen(life)
    assert life.told(named, "dispute_settled")
    assert life.told(named, "order_dispatched")
    assert (life.state_of_order, life.lead.unit, life.lead.fixed_by) == ("dispatched", named, "special_report")
    assert life.due("citizen") == citizen
    assert life.due("finish") > finish
    assert life.clock_state("finish") == "running"
    with pytest.raises(DomainError) as refused:
        life.unit("RequestReturn", kind="not_ours", reason="仍不归我管", basis="三定方案", suggested_unit=first)
    assert refused.value.reason == "UNIT_FIXED_BY_LADDER"

    passages = stage.call(unit(named, SHUANGYASHAN), "dispatch", "RevealPassages", name=life.order.name, purpose="办理")
    assert "市政府明确由该单位承办" in [p.text for p in passages.passages]
    assert life.completed().state == "replied"
    assert violations(stage.databases) == []


def test_a_unit_that_was_released_reads_the_dispute_and_no_word_of_the_citizen(stage: Stage) -> None:
    life = Life.begun(stage, SHUANGYASHAN, item="")
    first = life.lead
    dispute = life.office("OpenDispute", ground="overlap")
    mine = unit(first.unit, SHUANGYASHAN)
    assert stage.call(mine, "dispatch", "GetDispute", name=dispute.name).ground == "overlap"
    listed = {"city": SHUANGYASHAN, "state": "open"}
    assert [d.name for d in stage.call(mine, "dispatch", "ListDisputes", **listed).disputes] == [dispute.name]
    disputed = {"city": SHUANGYASHAN, "state": "disputed"}
    orders = stage.call(office(SHUANGYASHAN), "dispatch", "ListWorkOrders", **disputed).work_orders
    assert [o.name for o in orders] == [life.order.name]
    assert stage.call(mine, "dispatch", "GetWorkOrder", name=life.order.name).masked_text == ""
    for rpc in ("RevealCitizenText", "RevealCitizenContact"):
        with pytest.raises(DomainError):
            stage.call(mine, "dispatch", rpc, name=first.name, purpose="了解情况")


def test_a_withdrawn_case_takes_its_dispute_with_it(stage: Stage) -> None:
    life = Life.begun(stage, SHUANGYASHAN, item="")
    dispute = life.office("OpenDispute", ground="overlap")
    stage.call(seat(SHUANGYASHAN), "intake", "WithdrawCase", name=life.name, reason="自行解决")
    assert enum_of(_of(life, "GetDispute", dispute), "state") == "dropped"
    assert life.clock_state("dispute_coordination") == "cancelled"
    assert violations(stage.databases) == []
