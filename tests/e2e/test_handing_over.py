"""A case that another city must handle, through all five services."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.postgres import EmbeddedPostgres
from cli.demo.scenery import enum_of
from tests.e2e.acts import CALLER, FORM, Life, local
from tests.e2e.conftest import Stage, citizen, new_stage, office, unit
from tests.e2e.invariants import violations

HERE, THERE = "350100", "350200"
WHY = {"to_city": THERE, "reason": "道路在厦门境内", "basis": "F16-07 9"}


@pytest.fixture
def stage(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Stage]:
    with new_stage(postgres, tmp_path) as stage:
        yield stage


class Elsewhere:
    """The linked order in the other city."""

    def __init__(self, life: Life) -> None:
        self.life, self.stage = life, life.stage
        life.office("HandOver", **WHY)

    @property
    def order(self) -> Any:
        asked = {"city": THERE, "case": self.life.name}
        return self.stage.call(office(THERE), "dispatch", "ListWorkOrders", **asked).work_orders[-1]

    def office(self, rpc: str, **fields: Any) -> Any:
        return self.stage.call(office(THERE), "dispatch", rpc, name=self.order.name, **fields)

    def unit(self, rpc: str, **fields: Any) -> Any:
        lead = self.order.assignments[-1]
        return self.stage.call(unit(lead.unit, THERE), "dispatch", rpc, name=lead.name, **fields)

    @property
    def case(self) -> str:
        return f"cities/{THERE}/cases/{self.life.name.rpartition('/')[2]}"

    def clocks(self) -> list[Any]:
        return self.stage.clocks_of(self.case)

    def messages(self) -> list[Any]:
        asked = {"city": THERE, "case": self.case}
        return list(self.stage.call(office(THERE), "notify", "ListMessages", **asked).messages)


def test_the_other_city_handles_it_and_the_citizen_is_answered_and_rates(stage: Stage) -> None:
    life = Life.begun(stage, HERE)
    first, due = life.lead.unit, life.due("citizen")
    there = Elsewhere(life)
    assert life.state_of_order == "handed_over"
    clocks = stage.clocks_of(life.name) + there.clocks()
    finish = {c.unit: enum_of(c, "state") for c in clocks if c.kind == "finish"}
    assert finish == {first: "cancelled", there.order.assignments[0].unit: "running"}
    assert life.told(first, "order_taken_back")
    assert [m.recipient for m in there.messages() if m.template == "order_dispatched"] == [
        there.order.assignments[0].unit
    ]
    assert [m.audience for m in there.messages() if m.template == "order_linked"] == ["dispatchers"]

    there.unit("SignAssignment")
    there.unit("RecordContact", method="phone", proof="call-1")
    assert there.unit("RevealCitizenContact", purpose="联系诉求人").phone == CALLER["phone"]
    there.unit("RequestExtension", working_days=3, reason="材料未到", agreed_by="陈主任")
    assert life.due("citizen") == due
    there.unit("AnswerCitizen", method="phone", proof="call-2")
    there.unit("SubmitReply", result="已修补", **FORM)
    assert life.state == "in_handling"
    there.office("CompleteWorkOrder")

    assert (life.state, life.state_of_order) == ("replied", "completed")
    assert life.clock_state("citizen") == "met"
    assert life.told("dispatchers", "hand_over_answered")
    read = stage.call(office(HERE), "dispatch", "RevealPassages", name=life.order.name, purpose="审核").passages
    assert {p.kind: p.text for p in read}["reply.result"] == "已修补"
    life.rate("satisfied")
    assert life.state == "closed"
    assert violations(stage.databases) == []


def test_what_the_other_city_refuses_waits_here_again_and_the_citizen_s_clock_runs_on(stage: Stage) -> None:
    life = Life.begun(stage, HERE)
    due = life.due("citizen")
    there = Elsewhere(life)
    stage.move_to(local("2026-09-21 15:00"))
    there.office("RefuseHandOver", reason="道路属福州管辖")
    assert (life.state, life.state_of_order, life.order.why) == ("in_handling", "to_dispatch", "hand_over_refused")
    assert life.clock_state("redispatch") == "running"
    assert life.told("dispatchers", "order_queued")
    life.office("DispatchWorkOrder", lead="350100-housing")
    life.completed()
    assert (life.state, life.due("citizen")) == ("replied", due)
    life.rate("satisfied")
    assert violations(stage.databases) == []


def test_a_withdrawn_case_ends_in_both_cities(stage: Stage) -> None:
    life = Life.begun(stage, HERE)
    there = Elsewhere(life)
    stage.call(citizen(life.citizen, HERE), "intake", "WithdrawCase", name=life.name)
    assert (life.state, enum_of(there.order, "state")) == ("withdrawn", "ended")
    assert violations(stage.databases) == []
