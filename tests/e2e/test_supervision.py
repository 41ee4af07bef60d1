"""督办 through all five services: a breach, a redo that fails and fails again, and the finding that closes the case."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import Principal, Role
from cli.demo.scenery import enum_of
from tests.e2e.acts import Life
from tests.e2e.conftest import Stage
from tests.e2e.invariants import violations

FUZHOU, SHUANGYASHAN = "350100", "230500"


def supervisor(city: str) -> Principal:
    return Principal(f"supervisor:{city}", frozenset({Role.SUPERVISOR}), frozenset({city}))


def ledger(life: Life, **filters: Any) -> list[Any]:
    named = {"city": life.city, "work_order": life.order.name, **filters}
    return list(life.stage.call(supervisor(life.city), "dispatch", "ListSupervisions", **named).supervisions)


def find(life: Life, entry: Any, finding: str) -> Any:
    named = {"name": entry.name, "finding": finding, "reason": "经核查"}
    return life.stage.call(supervisor(life.city), "dispatch", "CloseSupervision", **named)


def answer(life: Life, entry: Any) -> Any:
    mine = Principal("staff", frozenset({Role.UNIT}), frozenset({life.city}), unit=entry.unit)
    return life.stage.call(mine, "dispatch", "AnswerSupervision", name=entry.name, answer="已整改到位")


def test_an_overdue_order_is_supervised_answered_and_found_rectified(stage: Stage) -> None:
    life = Life.begun(stage)
    stage.move_to(life.due("finish") + timedelta(hours=1))
    (entry,) = ledger(life)
    assert (entry.ground, entry.ground_zh, entry.written_reply) == ("overdue", "无正当理由逾期未办结", True)
    assert life.told("unit", "supervision_notice")
    assert life.told("unit_leader", "supervision_notice")
    assert life.told("supervisors", "supervision_notice_supervisors")
    (seen,) = ledger(life)
    assert seen.due_time == life.clock("supervision_reply").due_time
    stage.move_to(life.due("supervision_reply") + timedelta(hours=1))
    assert [e.number for e in ledger(life, overdue=True)] == [entry.number]
    answer(life, entry)
    assert life.clock_state("supervision_reply") == "late"
    life.completed()
    find(life, entry, "rectified")
    assert enum_of(ledger(life)[0], "state") == "closed"
    assert life.told("unit", "supervision_closed")
    stage.wait(days=8)
    assert violations(stage.databases) == []


@pytest.mark.parametrize(("city", "finding"), [(FUZHOU, "unit_at_fault"), (SHUANGYASHAN, "reasonable")])
def test_after_the_last_redo_the_case_waits_for_the_finding(stage: Stage, city: str, finding: str) -> None:
    life = Life.begun(stage, city)
    for _ in range(3):
        life.completed()
        life.rate("dissatisfied")
        life.office("VerifyRating", finding=finding, evidence="现场照片")
    assert (life.state, life.state_of_order, life.order.round) == ("replied", "completed", 3)
    failed, exhausted = ledger(life)
    assert [failed.ground, exhausted.ground] == ["redo_failed", "redo_exhausted"]
    stage.move_to(life.due("rating") + timedelta(days=1))
    assert life.state == "replied", "nothing but the finding closes it"
    find(life, failed, "not_rectified")
    assert life.state == "replied"
    find(life, exhausted, "not_rectified")
    assert (life.state, life.case.outcome) == ("closed", "supervised")
    owed = {c.kind for c in stage.clocks_of(life.name) if enum_of(c, "state") not in {"met", "late", "cancelled"}}
    assert owed == set()
    assert violations(stage.databases) == []


def test_shuangyashan_is_phoned_before_the_limit_and_no_more_once_it_is_kept(stage: Stage) -> None:
    life = Life.begun(stage, SHUANGYASHAN)
    warned = life.clock("sign").warn_time.ToDatetime(tzinfo=life.due("sign").tzinfo)
    stage.move_to(warned + timedelta(minutes=1))
    assert [m.medium for m in life.told("unit", "supervision_call")] == ["voice"]
    life.sign()
    assert [(e.ground, e.finding, e.why) for e in ledger(life)] == [("near_limit", "rectified", "clock_stopped")]
