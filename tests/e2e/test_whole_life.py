"""Every way that a case can go, through all five services."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.domain import DomainError
from chassis.postgres import EmbeddedPostgres
from cli.demo.scenery import enum_of
from tests.e2e.acts import FORM, Life, at, local, registered
from tests.e2e.conftest import Stage, citizen, new_stage, seat
from tests.e2e.invariants import violations

FUZHOU, PINGLI, SHUANGYASHAN = "350100", "610926", "230500"


@pytest.fixture
def province(shared_stage: Stage) -> Stage:
    """On the next working morning, so that tests do not depend on each other's time."""
    stage = shared_stage
    now = stage.clock.now().astimezone(local("2026-01-01").tzinfo)
    morning = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=0 if now.hour < 9 else 1)
    while morning.weekday() > 4 or (morning.month, morning.day) in {(9, 25), *((10, d) for d in range(1, 8))}:
        morning += timedelta(days=1)
    stage.move_to(morning)
    return stage


def test_an_agreed_return_goes_to_the_fallback_unit_and_starts_its_clock_anew(province: Stage) -> None:
    life = Life.begun(province)
    first, before = life.lead.unit, life.due("finish")
    life.unit("RequestReturn", kind="not_ours", reason="不属于本单位管养", basis="移交台账")
    assert life.clock_state("finish") == "held"
    province.wait(hours=26)
    assert life.clock_state("finish") == "held"
    life.office("AgreeReturn", name=life.order.assignments[0].name, reason="情况属实")
    assert enum_of(life.lead, "role") == "fallback_lead"
    assert life.lead.unit != first
    assert life.due("finish") > before
    assert life.completed().state == "replied"


def test_the_fallback_unit_cannot_return_what_it_was_given(province: Stage) -> None:
    life = Life.begun(province)
    life.unit("RequestReturn", kind="not_ours", reason="不归我管", basis="职责清单")
    life.office("AgreeReturn", name=life.lead.name)
    with pytest.raises(DomainError) as refused:
        life.unit("RequestReturn", kind="not_ours", reason="也不归我管", basis="职责清单")
    assert refused.value.reason == "NO_FURTHER_RETURN"


def test_a_refused_return_leaves_the_unit_with_its_first_deadline(province: Stage) -> None:
    life = Life.begun(province)
    due = life.due("finish")
    life.unit("RequestReturn", kind="not_ours", reason="不属于本单位", basis="职责清单")
    province.wait(hours=2)
    life.office("RefuseReturn", name=life.lead.name, ground="own_duty", reason="属于你单位职责")
    assert (life.due("finish"), life.clock_state("finish")) == (due, "running")
    assert life.told("unit", "return_refused")
    assert life.completed().state == "replied"


def test_an_extension_that_is_filed_moves_the_deadline_at_once(province: Stage) -> None:
    life = Life.begun(province)
    life.sign()
    due = life.due("finish")
    limit = life.clock("finish").limit_amount
    with pytest.raises(DomainError) as refused:
        life.unit("RequestExtension", working_days=limit + 1, reason="需委托检测", agreed_by="程局长")
    assert refused.value.reason == "EXTENSION_LENGTH_WRONG"
    life.unit("RequestExtension", working_days=limit, reason="需委托检测", agreed_by="程局长")
    assert life.due("finish") > due
    assert at(life.clock("finish").first_due_time) == due
    with pytest.raises(DomainError) as refused:
        life.unit("RequestExtension", working_days=limit, reason="再延", agreed_by="程局长")
    assert refused.value.reason == "EXTENSIONS_USED_UP"


@pytest.mark.parametrize("city", [PINGLI, SHUANGYASHAN])
def test_an_extension_that_is_applied_for_waits_for_the_office(province: Stage, city: str) -> None:
    life = Life.begun(province, city, item="")
    life.sign()
    due = life.due("finish")
    life.unit("RequestExtension", working_days=life.clock("finish").limit_amount, reason="需要评估")
    assert (life.due("finish"), life.clock_state("finish")) == (due, "held")
    life.office("GrantExtension", name=life.order.extensions[0].name)
    assert life.due("finish") > due
    assert life.clock_state("finish") == "running"
    assert life.clock_state("extension_decision") == "met"
    assert bool(life.told("citizen", "extension_granted_citizen")) is (city == PINGLI), "art. 14: the centre tells"


def test_an_extension_that_is_refused_after_the_deadline_is_a_breach_as_of_the_deadline(province: Stage) -> None:
    life = Life.begun(province, SHUANGYASHAN, item="")
    life.sign()
    due = life.due("finish")
    province.move_to(due - timedelta(hours=1))
    life.unit("RequestExtension", working_days=5, reason="需要评估")
    province.move_to(due + timedelta(hours=20))
    assert life.clock_state("finish") == "held"
    life.office("RefuseExtension", name=life.order.extensions[0].name, reason="理由不足")
    assert life.clock_state("finish") == "breached"
    assert life.told("supervisors", "clock_breached_supervisors")


def test_co_units_reply_to_the_lead_who_gives_the_one_answer(province: Stage) -> None:
    life = Life.begun(province, item="", text="请协调", subject="多部门")
    if enum_of(life.order, "state") == "dispatched":
        life.office("RecallWorkOrder", reason="涉及多个单位")
    life.office("DispatchWorkOrder", lead="350100-housing", co_units=["350100-water", "350100-gas"])
    lead, *others = [a for a in life.order.assignments if enum_of(a, "state") != "released"]
    assert [enum_of(a, "role") for a in (lead, *others)] == ["lead", "co", "co"]
    for co in others:
        life.sign(co)
        with pytest.raises(DomainError) as refused:
            life.unit("SubmitReply", co, result="我来答复", **FORM)
        assert refused.value.reason in {"LEAD_ONLY", "CITIZEN_NOT_ANSWERED"}
        life.unit("SubmitCoReply", co, result="本单位已整改")
    assert {enum_of(c, "state") for c in province.clocks_of(life.name) if c.kind == "co_reply"} == {"met"}
    assert life.completed("三家单位均已处理完毕。").case.reply == "三家单位均已处理完毕。"


def test_a_reply_that_is_sent_back_never_stopped_the_clock(province: Stage) -> None:
    life = Life.begun(province)
    due = life.due("finish")
    life.sign()
    life.contact()
    life.reply("已派人查看。")
    assert life.clock_state("finish") == "held"
    life.office("SendBackReply", reason="未逐项回应")
    assert (life.clock_state("finish"), life.due("finish")) == ("running", due)
    assert life.told("unit", "reply_sent_back")
    life.reply("已修补，附照片。")
    life.office("CompleteWorkOrder")
    assert life.case.reply == "已修补，附照片。"
    assert life.clock_state("finish") == "met"


@pytest.mark.parametrize(("city", "finding"), [(FUZHOU, "unit_at_fault"), (SHUANGYASHAN, "reasonable")])
def test_a_dissatisfied_citizen_gets_a_redo_when_the_finding_calls_for_it(
    province: Stage, city: str, finding: str
) -> None:
    life = Life.begun(province, city).completed()
    life.rate("dissatisfied", comment="还是没修好")
    assert life.state_of_order == "under_verification"
    life.office("VerifyRating", finding=finding, evidence="现场照片")
    assert (life.state, life.order.round, life.lead.unit) == ("in_handling", 2, life.order.assignments[0].unit)
    assert life.told("unit", "redo_ordered")
    assert life.completed("第二次修补完毕。").case.reply == "第二次修补完毕。"
    life.rate("satisfied")
    assert (life.state, life.state_of_order) == ("closed", "completed")


@pytest.mark.parametrize(("city", "finding"), [(FUZHOU, "objective_limits"), (SHUANGYASHAN, "unreasonable")])
def test_a_finding_that_speaks_for_the_unit_closes_the_case(province: Stage, city: str, finding: str) -> None:
    life = Life.begun(province, city).completed()
    life.rate("dissatisfied")
    life.office("VerifyRating", finding=finding, evidence="客观条件限制")
    assert (life.state, life.order.round) == ("closed", 1)


def test_pingli_redoes_at_once_and_only_once(province: Stage) -> None:
    life = Life.begun(province, PINGLI).completed()
    life.rate("dissatisfied")
    assert (life.state, life.order.round) == ("in_handling", 2)
    life.completed("第二次办理完毕。")
    life.rate("dissatisfied")
    assert (life.state, life.order.round) == ("closed", 2)


def test_an_emergency_is_dispatched_at_once_and_phoned_until_somebody_answers(province: Stage) -> None:
    life = Life.begun(province, emergency_class="urgent", subject="燃气泄漏", text="楼道里燃气味很重，怕爆炸。")
    assert at(life.order.dispatch_time) == at(life.case.accept_time)
    assert life.due("sign") - at(life.order.dispatch_time) == timedelta(minutes=30)
    assert {m.medium for m in life.told(life.lead.unit)} == {"sms", "voice"}
    assert calls(life) == 1
    province.wait(minutes=6)
    assert calls(life) == 2, "nobody has answered, the next on the roster is called"
    life.sign()
    province.wait(minutes=30)
    assert calls(life) == 2, "signed: nobody else is called"
    signs = {c.unit: enum_of(c, "state") for c in province.clocks_of(life.name) if c.kind == "sign"}
    assert signs[life.lead.unit] == "met"


def calls(life: Life) -> int:
    """To the lead unit's duty roster."""
    return len([m for m in life.told(life.lead.unit) if m.medium == "voice"])


def test_a_withdrawn_case_ends_its_order_and_its_clocks(province: Stage) -> None:
    life = Life.begun(province)
    province.call(citizen(life.citizen), "intake", "WithdrawCase", name=life.name, reason="已经好了")
    assert (life.state, life.state_of_order) == ("withdrawn", "ended")
    assert {life.clock_state(kind) for kind in ("sign", "finish", "citizen")} == {"cancelled"}
    assert life.told("unit", "order_taken_back")
    assert not life.told("citizen", "case_ended"), "the citizen knows"
    hazard = Life.begun(province, emergency_class="urgent")
    with pytest.raises(DomainError) as refused:
        province.call(citizen(hazard.citizen), "intake", "WithdrawCase", name=hazard.name)
    assert refused.value.reason == "HAZARD_IS_HANDLED_ON"


def test_a_joined_case_gets_the_reply_of_the_case_it_repeats(province: Stage) -> None:
    main = Life.begun(province)
    repeat = registered(province, caller={"name": "何平", "phone": "19900004321"})
    province.call(seat(), "intake", "JoinCase", name=repeat.name, main_case=main.name)
    main.completed("一并修好了。")
    seen = province.call(citizen(repeat.citizen), "intake", "GetCase", name=repeat.name)
    assert (enum_of(seen, "state"), seen.reply) == ("replied", "一并修好了。")
    joined = Life(province, repeat.name, repeat.citizen, seen.number)
    assert joined.told("citizen", "case_joined")
    assert joined.told("citizen", "case_replied")
    joined.rate("satisfied")
    assert joined.state == "closed"
    province.wait(days=2)
    assert violations(province.databases) == []


def test_a_case_without_a_route_waits_until_a_dispatcher_sends_it(province: Stage) -> None:
    case = registered(province, category="suggestion", subject="一点想法", text="随便说说，没有具体事情。")
    case = province.call(seat(), "intake", "AcceptCase", name=case.name)
    life = Life(province, case.name, case.citizen, case.number)
    assert life.state_of_order == "to_dispatch"
    assert life.clock_state("dispatch") == "running"
    assert life.told("dispatchers", "order_queued")
    life.office("DispatchWorkOrder", lead="350100-culture", reason="研判后派单")
    assert life.clock_state("dispatch") == "met"
    assert life.lead.unit == "350100-culture"


def test_a_refused_case_names_ground_basis_and_competent_authority(province: Stage) -> None:
    case = registered(province, subject="判决不公", text="法院已经判决，我不服。")
    refused = province.call(seat(), "intake", "RefuseCase", name=case.name, ground="litigation")
    assert (enum_of(refused, "state"), refused.outcome) == ("refused", "litigation")
    assert refused.basis
    assert refused.next_authority
    told = Life(province, case.name, case.citizen, "").told("citizen", "case_refused")
    assert "《福建省12345便民服务平台监督管理办法》第13条第（3）项" in told[0].text


def test_a_case_that_nobody_rates_in_seven_days_is_closed_as_not_rated(province: Stage) -> None:
    life = Life.begun(province).completed()
    province.wait(days=8, hours=20)
    assert life.state == "replied", "three calls on three days come first"
    for _ in range(3):
        assert [due.why for due in life.revisits_due] == ["not_rated"]
        province.call(seat(), "intake", "RecordRevisit", name=life.name, reached=False)
        province.wait(days=1)
    assert (life.state, life.case.outcome) == ("closed", "not_rated")
    assert not life.revisits_due


def test_a_breach_is_told_to_the_unit_and_the_supervisors(province: Stage) -> None:
    life = Life.begun(province)
    province.move_to(life.due("sign") + timedelta(minutes=1))
    province.wait(hours=16)
    assert life.clock_state("sign") == "breached"
    assert enum_of(life.order, "light") == "red"
    assert life.told(life.lead.unit, "clock_breached")
    assert life.told("supervisors", "clock_breached_supervisors")
    life.sign()
    assert life.clock_state("sign") == "late"


@pytest.mark.parametrize(
    ("city", "category", "due"),
    [
        (FUZHOU, "complaint", "2026-10-15 17:30"),
        (FUZHOU, "consultation", "2026-09-29 17:30"),
        (FUZHOU, "suggestion", "2026-10-09 17:30"),
        (PINGLI, "complaint", "2026-10-09 17:30"),
        (SHUANGYASHAN, "complaint", "2026-10-22 17:30"),
        (SHUANGYASHAN, "help", "2026-10-09 17:30"),
    ],
)
def test_finish_deadlines_of_the_three_regimes_run_across_national_day(
    stages: Stage, city: str, category: str, due: str
) -> None:
    life = Life.begun(stages, city, item="", category=category)
    assert at(life.order.dispatch_time) == local("2026-09-24 14:05")
    assert life.due("finish") == local(due)
    said = "".join(step.zh for step in life.clock("finish").steps)
    assert "国庆" in said or "休" in said


@pytest.fixture(scope="module")
def stages(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("national-day")
    with new_stage(postgres, folder, local("2026-09-24 14:05")) as made:
        yield made


def test_nothing_is_left_undone_by_all_of_this(province: Stage) -> None:
    province.wait(days=1)
    assert violations(province.databases) == []
