"""重点标注 through all five services: the case is supervised, limited and told of; unit and citizen see no mark."""

from datetime import timedelta

import pytest

from chassis.domain import DomainError
from tests.e2e.acts import Life
from tests.e2e.conftest import Stage, citizen, seat, unit
from tests.e2e.invariants import violations
from tests.e2e.test_supervision import find, ledger, supervisor

PINGLI = "610926"


def test_a_leaders_instruction_is_supervised_and_its_limit_governs_until_it_is_taken_off(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, "230500", item="")
    before, until = life.due("finish"), shared_stage.clock.now() + timedelta(hours=30)
    who = supervisor(life.city)
    shared_stage.call(
        who,
        "intake",
        "MarkCase",
        name=life.name,
        kind="leader_instruction",
        document="双政办〔2026〕3号",
        due_time=until,
    )
    (entry,) = ledger(life)
    assert (entry.ground, entry.opened_by) == ("leader_instruction", "rule")
    assert life.clock_state("supervision_reply") == "running"
    assert life.due("finish") == until < before
    assert "领导批示" in life.told("supervisors", "case_marked")[0].text
    shared_stage.call(who, "intake", "UnmarkCase", name=life.name, kind="leader_instruction")
    assert life.due("finish") == before
    assert life.told("supervisors", "case_unmarked")
    assert [e.ground for e in ledger(life)] == ["leader_instruction"], "a finding closes it"
    find(life, entry, "withdrawn")
    assert life.completed().state == "replied"


def test_neither_the_unit_nor_the_citizen_learns_which_mark_it_is(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage)
    shared_stage.call(supervisor(life.city), "intake", "MarkCase", name=life.name, kind="sensitive")
    (entry,) = ledger(life)
    assert entry.ground == "attention"
    seen = [
        shared_stage.call(citizen(life.citizen), "intake", "GetCase", name=life.name),
        shared_stage.call(seat(), "intake", "GetCase", name=life.name),
        shared_stage.call(unit(life.lead.unit), "dispatch", "GetWorkOrder", name=life.order.name),
        *(m.text for m in (*life.told("unit"), *life.told("citizen"))),
    ]
    assert not any(word in str(each) for each in seen for word in ("sensitive", "敏感"))
    assert shared_stage.call(supervisor(life.city), "intake", "GetCase", name=life.name).attention_marks
    with pytest.raises(DomainError) as refused:
        shared_stage.call(seat(), "intake", "MarkCase", name=life.name, kind="media")
    assert refused.value.reason == "PERMISSION_DENIED"


def test_what_many_complain_about_is_supervised_in_pingli_as_the_law_says(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, PINGLI, item="")
    shared_stage.call(supervisor(PINGLI), "intake", "MarkCase", name=life.name, kind="collective")
    assert [(e.ground, e.basis) for e in ledger(life)] == [("concentrated", "P18-26, 24(2)")]
    shared_stage.wait(days=1)
    assert violations(shared_stage.databases) == []
