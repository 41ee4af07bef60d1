"""申诉、剔除 on a real database: who may, by when, and what the figures say then, now and of before."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.access import Principal, Role
from chassis.domain import NotFound, StepNotAllowed
from services.sla.application import appeal_messages as messages
from services.sla.application.messages import GetKpiReport
from services.sla.application.views import KpiRow
from services.sla.domain.appeals import AlreadyAppealed, AlreadyExcluded, AppealTooLate
from services.sla.domain.assessment_rules import UnknownReason
from services.sla.domain.counted import NothingToContest
from tests.integration.sla.conftest import Office
from tests.integration.sla.test_kpis import PROVINCE

CITY = "350100"
CASE = f"cities/{CITY}/cases/c1"
SUPERVISOR = Principal("s", frozenset({Role.SUPERVISOR}), frozenset({"*"}))
REASON = {"reason": "签收延误系平台故障，见 2026-09-22 运行日志，联系电话 13800001234"}
BECAUSE = {"explanation": "经查属实"}


def leader(unit: str = "u1") -> Principal:
    return Principal(f"leader-{unit}", frozenset({Role.UNIT_LEADER}), frozenset({CITY}), unit)


_asked = iter(range(10**6))


def does(office: Office, who: Principal, command: str, **fields: Any) -> Any:
    said = {"request_id": f"request-{next(_asked):06d}", **fields}
    return office.runtime.execute(who, getattr(messages, command).of(said))


def asks(office: Office, who: Principal, query: str, **fields: Any) -> Any:
    return office.runtime.query(who, getattr(messages, query).of(fields))


def late_to_sign(office: Office) -> None:
    """The unit signs after its day: one breach counts against it."""
    office.accepted()
    office.dispatched()
    office.move_to(office.clock.now() + timedelta(days=3))
    office.unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)


def rows(office: Office, as_of: datetime | None = None) -> dict[str, KpiRow]:
    """Of the unit, by rate."""
    report = office.runtime.query(PROVINCE, GetKpiReport(as_of_time=as_of))
    return {row.kpi: row for row in report.rows if row.unit}


def told(row: KpiRow) -> tuple[int, int, int, dict[str, int]]:
    return row.numerator, row.denominator, row.excluded, dict(row.exclusions)


def test_a_granted_appeal_takes_the_fact_out_of_the_rate_and_shows_that_it_did(office: Office) -> None:
    late_to_sign(office)
    before = office.clock.now()
    assert told(rows(office)["on_time_sign"]) == (0, 1, 0, {})
    filed = does(office, leader(), "FileAppeal", case=CASE, kind="breach", clock="sign", **REASON)
    assert (filed.unit, filed.clock, str(filed.state), filed.reason) == ("u1", "sign", "filed", "")
    assert told(rows(office)["on_time_sign"]) == (0, 1, 0, {}), "an appeal alone changes no figure"
    office.move_to(office.clock.now() + timedelta(hours=4))
    granted = {"decision": "granted", "reason": "platform_fault", **BECAUSE}
    decided = does(office, SUPERVISOR, "DecideAppeal", name=filed.name, **granted)
    assert (str(decided.state), decided.exclusion_reason) == ("granted", "platform_fault")
    assert told(rows(office)["on_time_sign"]) == (0, 0, 1, {"platform_fault": 1})
    assert told(rows(office, before)["on_time_sign"]) == (0, 1, 0, {}), "then nobody knew"
    during = office.clock.now()
    office.move_to(during + timedelta(hours=1))
    lifted = does(office, SUPERVISOR, "LiftExclusion", name=decided.exclusion, reason="复核日志后恢复")
    assert str(lifted.state) == "lifted"
    assert told(rows(office)["on_time_sign"]) == (0, 1, 0, {})
    assert told(rows(office, during)["on_time_sign"]) == (0, 0, 1, {"platform_fault": 1})
    names = ["appeal_filed", "appeal_decided", "fact_excluded", "exclusion_lifted"]
    types = [t for (t,) in office.rows("select type from outbox order by id")]
    assert sorted(t.split(".")[1] for t in types if "clock" not in t and "breach" not in t) == sorted(names)
    assert office.said("fact_excluded")[0]["clock_id"] == office.clocks()["sign"].id


def test_what_is_written_is_sealed_and_shown_to_both_sides_alone(office: Office) -> None:
    late_to_sign(office)
    filed = does(office, leader(), "FileAppeal", case=CASE, kind="breach", clock="sign", evidence="日志截图", **REASON)
    (body,) = office.rows("select body::text from appeal")[0]
    assert "签收延误" not in body
    assert "日志" not in body
    assert "leader-u1" not in body
    for who in (leader(), SUPERVISOR):
        seen = asks(office, who, "GetAppeal", name=filed.name)
        assert seen.reason.startswith("签收延误系平台故障，见 2026-09-22 运行日志")
        assert "13800001234" not in seen.reason
        assert seen.evidence == "日志截图"
    with pytest.raises(NotFound):
        asks(office, leader("u2"), "GetAppeal", name=filed.name)
    office.hears("intake.citizen_erased", citizen_id="z", erased_at=office.clock.now())
    assert asks(office, SUPERVISOR, "GetAppeal", name=filed.name).reason == ""


def test_a_refused_appeal_leaves_the_figures_and_is_the_last_word(office: Office) -> None:
    late_to_sign(office)
    filed = does(office, leader(), "FileAppeal", case=CASE, kind="breach", clock="sign", **REASON)
    does(office, SUPERVISOR, "DecideAppeal", name=filed.name, decision="refused", explanation="日志显示平台正常")
    assert told(rows(office)["on_time_sign"]) == (0, 1, 0, {})
    assert asks(office, leader(), "GetAppeal", name=filed.name).explanation == "日志显示平台正常"
    with pytest.raises(AlreadyAppealed):
        does(office, leader(), "FileAppeal", case=CASE, kind="breach", clock="sign", **REASON)
    with pytest.raises(StepNotAllowed):
        does(office, SUPERVISOR, "DecideAppeal", name=filed.name, decision="refused", **BECAUSE)


def test_only_the_unit_of_the_fact_may_appeal_and_only_in_time(office: Office) -> None:
    late_to_sign(office)
    for who in (leader("u2"), leader("")):
        with pytest.raises(NotFound):
            does(office, who, "FileAppeal", case=CASE, kind="breach", clock="sign", **REASON)
    with pytest.raises(NothingToContest):
        does(office, leader(), "FileAppeal", case=CASE, kind="redo", **REASON)
    signed = office.clocks()["sign"].stopped_at
    assert signed is not None
    office.move_to(signed + timedelta(days=30))
    with pytest.raises(AppealTooLate):
        does(office, leader(), "FileAppeal", case=CASE, kind="breach", clock="sign", **REASON)


def test_a_supervisor_excludes_by_himself_with_a_reason_of_the_pack(office: Office) -> None:
    late_to_sign(office)
    this = {"case": CASE, "kind": "breach", "clock": "sign", "basis": "运行日志 20260922"}
    with pytest.raises(UnknownReason):
        does(office, SUPERVISOR, "ExcludeFact", reason="bad_mood", **this)
    one = does(office, SUPERVISOR, "ExcludeFact", reason="platform_fault", **this)
    assert (one.unit, one.reason_zh, one.basis, one.appeal) == ("u1", "平台故障", "运行日志 20260922", "")
    with pytest.raises(AlreadyExcluded):
        does(office, SUPERVISOR, "ExcludeFact", reason="platform_fault", **this)
    with pytest.raises(AlreadyExcluded):
        does(office, leader(), "FileAppeal", case=CASE, kind="breach", clock="sign", **REASON)
    does(office, SUPERVISOR, "LiftExclusion", name=one.name, reason="误操作")
    does(office, SUPERVISOR, "ExcludeFact", reason="data_wrong", **this)
    assert told(rows(office)["on_time_sign"]) == (0, 0, 1, {"data_wrong": 1})


def test_the_citizens_own_clock_is_left_out_of_the_rate_of_the_city(office: Office) -> None:
    office.accepted()
    office.move_to(office.clock.now() + timedelta(days=40))
    this = {"case": CASE, "kind": "breach", "clock": "citizen", "reason": "platform_fault", "basis": "日志"}
    does(office, SUPERVISOR, "ExcludeFact", **this)
    report = office.runtime.query(PROVINCE, GetKpiReport())
    (whole,) = [r for r in report.rows if r.kpi == "case_on_time" and not r.category]
    assert told(whole) == (0, 0, 1, {"platform_fault": 1})


def completed_and_rated(office: Office, round: int) -> None:
    """The citizen is told of the answer, and is not satisfied."""
    done = {"replied_at": office.clock.now(), "answered_at": office.clock.now()}
    office.unit("work_order_completed", "completed_at", round=round, **done)
    office.hears("intake.case_replied", round=round, replied_at=office.clock.now())
    office.hears("intake.case_rated", work_order_id="c1-w", round=round, rated_at=office.clock.now(), solved=None,
                 handling_score="bad", handling_satisfied=False)  # fmt: skip


def redone(office: Office) -> None:
    """Rated badly, redone late, rated badly again; the return visit hears "not solved"."""
    late_to_sign(office)
    completed_and_rated(office, 1)
    office.dispatched(round=2, assignments=[{"assignment_id": "c1-a2", "unit": "u1", "role": "lead"}])
    office.move_to(office.clock.now() + timedelta(days=20))
    completed_and_rated(office, 2)
    office.hears("intake.revisit_recorded", work_order_id="c1-w", round=2, reached=True, solved=False, satisfied=False,
                 recorded_at=office.clock.now())  # fmt: skip
    assert office.rows("select type, why from parked") == []


def test_what_the_citizen_said_is_left_out_of_the_rate_that_it_concerns(office: Office) -> None:
    redone(office)
    for kind in ("rating", "unsolved", "revisit"):
        does(office, SUPERVISOR, "ExcludeFact", case=CASE, kind=kind, round=2, reason="unreasonable", basis="录音")
    found = rows(office)
    assert told(found["satisfaction"]) == (0, 0, 1, {"unreasonable": 1})
    assert told(found["solution"]) == (0, 0, 1, {"unreasonable": 1})
    assert told(found["revisit_satisfaction"]) == (0, 0, 1, {"unreasonable": 1})
    assert found["on_time"].excluded == 0
    with pytest.raises(NothingToContest):
        does(office, SUPERVISOR, "ExcludeFact", case=CASE, kind="rating", round=1, reason="unreasonable", basis="录音")


def test_a_rating_of_another_round_counts_although_the_one_before_was_excluded(office: Office) -> None:
    late_to_sign(office)
    completed_and_rated(office, 1)
    does(office, SUPERVISOR, "ExcludeFact", case=CASE, kind="rating", reason="unreasonable", basis="录音")
    office.dispatched(round=2, assignments=[{"assignment_id": "c1-a2", "unit": "u1", "role": "lead"}])
    office.move_to(office.clock.now() + timedelta(days=20))
    assert told(rows(office)["satisfaction"]) == (0, 0, 1, {"unreasonable": 1})
    completed_and_rated(office, 2)
    assert told(rows(office)["satisfaction"]) == (0, 1, 0, {})


def test_an_excluded_redo_takes_all_that_it_made_the_unit_do_once_more(office: Office) -> None:
    redone(office)
    before = rows(office)
    does(office, SUPERVISOR, "ExcludeFact", case=CASE, kind="redo", reason="not_the_units", basis="核实记录")
    after = rows(office)
    for kpi in ("on_time_sign", "on_time", "completion"):
        assert after[kpi].denominator == before[kpi].denominator - 1, kpi
        assert after[kpi].excluded == 1
    assert after["satisfaction"].excluded == 0


def test_an_excluded_breach_that_is_taken_back_counts_as_kept(office: Office) -> None:
    office.accepted()
    office.dispatched()
    sent = office.clock.now()
    office.move_to(sent + timedelta(days=3))
    does(office, SUPERVISOR, "ExcludeFact", case=CASE, kind="breach", clock="sign", reason="data_wrong", basis="回执")
    in_time = {"role": "lead", "citizen_reachable": True, "signed_at": sent + timedelta(hours=1)}
    named = {"work_order_id": "c1-w", "assignment_id": "c1-a1", "unit": "u1"}
    office.hears("dispatch.assignment_signed", **named, **in_time)
    assert told(rows(office)["on_time_sign"]) == (1, 1, 0, {})


def test_the_lists_page_and_a_leader_sees_the_own_units(office: Office) -> None:
    for number in range(3):
        office.accepted(f"p{number}")
        unit = "u2" if number == 2 else "u1"
        office.dispatched(f"p{number}", assignments=[{"assignment_id": f"p{number}-a", "unit": unit, "role": "lead"}])
    office.move_to(office.clock.now() + timedelta(days=3))
    for number in range(3):
        this = {"case": f"cities/{CITY}/cases/p{number}", "kind": "breach", "clock": "sign"}
        who = leader("u2" if number == 2 else "u1")
        filed = does(office, who, "FileAppeal", **this, **REASON)
        if number == 1:
            granted = {"decision": "granted", "reason": "data_wrong", **BECAUSE}
            does(office, SUPERVISOR, "DecideAppeal", name=filed.name, **granted)
    first = asks(office, SUPERVISOR, "ListAppeals", city=CITY, page_size=2)
    rest = asks(office, SUPERVISOR, "ListAppeals", city=CITY, page_size=2, page_token=first.next_page_token)
    assert [a.case[-2:] for a in (*first.appeals, *rest.appeals)] == ["p0", "p1", "p2"]
    assert rest.next_page_token == ""
    assert [a.case[-2:] for a in asks(office, leader(), "ListAppeals", city=CITY).appeals] == ["p0", "p1"]
    assert len(asks(office, SUPERVISOR, "ListAppeals", city=CITY, state="filed").appeals) == 2
    (out,) = asks(office, leader(), "ListExclusions", city=CITY, reason="data_wrong").exclusions
    assert (out.case[-2:], out.basis != "", out.appeal != "") == ("p1", True, True)
    assert asks(office, leader("u2"), "ListExclusions", city=CITY).exclusions == []
    with pytest.raises(NotFound):
        asks(office, leader("u2"), "ListAppeals", city=CITY, unit="u1")
