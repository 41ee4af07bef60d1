"""集中诉求 through all five services: ten calls, one order, one reply, and one citizen who goes their own way."""

from datetime import timedelta
from typing import Any

import pytest

from cli.demo.scenery import enum_of
from tests.e2e.acts import Life, at, local, registered
from tests.e2e.conftest import Stage, citizen, office, seat
from tests.e2e.invariants import violations
from tests.e2e.recount import Log, families, log_of, recount
from tests.e2e.test_rates import everywhere
from tests.e2e.test_supervision import supervisor

AREA = {"area": "350102", "subject": "停水", "text": "五一路小区从早上开始停水，家里一滴水都没有，请尽快恢复。"}
WORDS = {"title": "鼓楼片区停水", "seat_script": "正在抢修，预计十八时恢复。"}


def calls(stage: Stage, number: int) -> Any:
    return registered(stage, caller={"name": f"居民{number}", "phone": f"1990001{number:04}"}, item="", **AREA)


def joined(stage: Stage, event: Any, case: Any) -> Life:
    case = stage.call(seat(), "intake", "JoinMassEvent", name=event.name, case=case.name)
    return Life(stage, case.name, case.citizen, case.number)


def test_ten_calls_are_proposed_declared_joined_told_and_answered_as_one_order(stage: Stage) -> None:
    cases = [calls(stage, number) for number in range(10)]
    first = stage.call(seat(), "intake", "AcceptCase", name=cases[0].name)
    main = Life(stage, first.name, first.citizen, first.number)
    accepted = stage.call(seat(), "intake", "AcceptCase", name=cases[1].name)
    for life in (main, Life(stage, accepted.name, accepted.citizen, accepted.number)):
        if life.state_of_order == "to_dispatch":
            life.office("DispatchWorkOrder", lead="350100-water")
    boss = supervisor("350100")
    (proposal,) = stage.call(boss, "intake", "ListMassEventProposals", city="350100").mass_events
    assert proposal.similar_cases == 10
    told = Life(stage, cases[9].name, "", "").told("supervisors", "mass_event_proposed")
    assert "60 分钟内同一区域出现 10 件相似诉求" in told[0].text
    named = {"city": "350100", "main_case": main.name, "proposal": proposal.name, **WORDS}
    event = stage.call(boss, "intake", "DeclareMassEvent", **named)
    assert main.told("dispatchers", "mass_event_declared")
    followers = [joined(stage, event, case) for case in cases[1:]]
    assert (main.order.joined_cases, stage.call(seat(), "intake", "GetCase", name=main.name).joined_cases) == (9, 9)
    assert followers[0].clock_state("citizen") == "cancelled"

    progress = {"name": event.name, "text": "爆管已找到，预计十八时恢复供水。"}
    stage.call(office("350100"), "intake", "BroadcastProgress", **progress)
    for life in (main, *followers):
        (word,) = life.told("citizen", "mass_progress")
        assert word.text.endswith(f"您的诉求 {life.number} 最新进展：爆管已找到，预计十八时恢复供水。")

    alone = followers.pop()
    stage.wait(minutes=30)
    stage.call(citizen(alone.citizen), "intake", "SplitOffCase", name=alone.name)
    assert main.order.joined_cases == 8
    assert alone.clock_state("citizen") == "running"
    assert at(alone.clock("citizen").start_time) == stage.clock.now()
    assert alone.state in {"accepted", "in_handling"}

    main.completed("供水已恢复。")
    assert {life.case.reply for life in followers} == {"供水已恢复。"}
    followers[0].rate("satisfied")
    assert followers[0].state == "closed"
    assert alone.state in {"accepted", "in_handling"}
    stage.call(boss, "intake", "EndMassEvent", name=event.name)
    assert main.told("dispatchers", "mass_event_ended")

    stage.wait(days=40)
    assert violations(stage.databases) == []
    rows = stage.call(everywhere(), "sla", "GetKpiReport").rows
    report = {(r.city, r.unit, r.category, r.kpi): (r.numerator, r.denominator) for r in rows if r.unit or r.category}
    # The main case was kept, the one that went its own way was left lying; the eight others count nowhere.
    assert report["350100", "", "complaint", "case_on_time"] == (1, 2)
    log, now = Log.of(log_of(stage.databases)), stage.clock.now()
    assert report == families(recount(log, local("2000-01-01"), now + timedelta(seconds=1), now))


@pytest.mark.parametrize("city", ["610926", "230500"])
def test_every_regime_declares_joins_and_splits_off(stage: Stage, city: str) -> None:
    main = Life.begun(stage, city, item="")
    event = stage.call(supervisor(city), "intake", "DeclareMassEvent", city=city, main_case=main.name, **WORDS)
    case = registered(stage, city, item="", caller={"name": "何平", "phone": "19900004321"})
    stage.call(seat(city), "intake", "JoinMassEvent", name=event.name, case=case.name)
    split = stage.call(seat(city), "intake", "SplitOffCase", name=case.name)
    assert enum_of(split, "state") == "accepted"
    assert stage.order_of(case.name, city)
