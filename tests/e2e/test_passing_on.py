"""An order in the hands of a section, through all five services."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.postgres import EmbeddedPostgres
from tests.e2e.acts import CALLER, Life
from tests.e2e.conftest import Stage, new_stage, unit
from tests.e2e.invariants import violations


@pytest.fixture
def stage(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Stage]:
    with new_stage(postgres, tmp_path) as stage:
        yield stage


def test_a_section_handles_it_within_the_deadline_of_its_unit_which_answers(stage: Stage) -> None:
    life = Life.begun(stage)
    life.sign()
    lead, due = life.lead, life.due("finish")
    section = f"{lead.unit}-roads"
    passed = life.unit("PassOn", section=section, note="请今日到现场", handler="李科员").passings[0]
    assert [m.recipient for m in life.told(section, "passed_on")] == [section]

    def by_section(rpc: str, name: str, **fields: Any) -> Any:
        return stage.call(unit(section), "dispatch", rpc, name=name, **fields)

    assert by_section("RevealCitizenContact", lead.name, purpose="联系诉求人").phone == CALLER["phone"]
    read = by_section("RevealPassages", life.order.name, purpose="办理").passages
    assert {p.kind: p.text for p in read} == {"passing.note": "请今日到现场", "passing.handler": "李科员"}
    by_section("ReplyPassedOn", passed.name, result="现场已修补")
    assert life.told(lead.unit, "section_replied")
    asked = {"name": life.order.name, "purpose": "答复"}
    seen = stage.call(unit(lead.unit), "dispatch", "RevealPassages", **asked)
    assert {p.kind: p.text for p in seen.passages}["passing.reply"] == "现场已修补"

    life.contact()
    life.reply()
    life.office("CompleteWorkOrder")
    finish = life.clock("finish")
    assert (finish.unit, life.due("finish"), life.clock_state("finish")) == (lead.unit, due, "met")
    life.rate("satisfied")
    assert violations(stage.databases) == []
