"""督办: opened by rule or by hand, answered in writing, closed by a finding; one entry for each order and ground."""

import multiprocessing
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.access import Role
from chassis.events.envelope import encode
from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.application import messages as m
from services.dispatch.domain.states import State
from services.dispatch.domain.supervision_rules import Trigger
from tests.integration.dispatch import dying
from tests.integration.dispatch.conftest import FORM, Desk, office, types_of
from tests.integration.dispatch.pressing import RETURN, dissatisfied, entries, light

CITIES = {"fujian-2016": "350100", "pingli-2018": "610926", "shuangyashan-2024": "230500"}
REGIMES = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
BY_RULE = [
    pytest.param(CITIES[name], f"{name}@1.0.0", ground, id=f"{name}-{ground.code}")
    for name, regime in REGIMES.items()
    for ground in regime.supervision.grounds.values()
    if ground.opens
]


def overdue(desk: Desk) -> Any:
    """An order whose finish clock is breached, and the supervision that this has opened."""
    desk.accept()
    light(desk, "clock_breached", "finish", desk.order())
    (entry,) = entries(desk)
    return entry


# -- every opening of every pack ---------------------------------------------------------------------------------------


def _reply(desk: Desk, city: str) -> None:
    desk.as_unit(m.AnswerCitizen, desk.order(city=city), method="phone", proof="call-2")
    desk.as_unit(m.SubmitReply, desk.order(city=city), **FORM)


def _sent_back_twice(desk: Desk, city: str) -> None:
    desk.as_unit(m.SignAssignment, desk.order(city=city))
    for _ in range(2):
        _reply(desk, city)
        desk.do(office(city), m.SendBackReply, name=desk.order(city=city).name, reason="未逐项回应")


def _returned_twice(desk: Desk, city: str) -> None:
    for lead in ("market", "health"):
        order = desk.order(city=city)
        desk.as_unit(m.RequestReturn, order, **RETURN, suggested_unit=f"{city}-{lead}")
        mine = [a for a in order.assignments if a.state != "released"][-1]
        desk.do(office(city), m.AgreeReturn, name=mine.name, lead=f"{city}-{lead}")


def _visited(desk: Desk, city: str) -> None:
    order = desk.completed(city)
    said = {"round": 1, "reached": True, "may_redo": True, "satisfied": False}
    desk.hear("intake.revisit_recorded.v1", city, work_order_id=order.name.rpartition("/")[2], **said)


def _urged_thrice(desk: Desk, city: str) -> None:
    for occurrence in (1, 2, 3):
        desk.hear("intake.case_urged.v1", city, occurrence=occurrence)


REACHED: dict[Trigger, Callable[[Desk, str, str], object]] = {
    Trigger.CLOCK_WARNED: lambda desk, city, clock: light(desk, "clock_warned", clock, desk.order(city=city), city),
    Trigger.CLOCK_BREACHED: lambda desk, city, clock: light(desk, "clock_breached", clock, desk.order(city=city), city),
    Trigger.REPLY_SENT_BACK: lambda desk, city, _: _sent_back_twice(desk, city),
    Trigger.RETURN_AGREED: lambda desk, city, _: _returned_twice(desk, city),
    Trigger.REDO_ORDERED: lambda desk, city, _: dissatisfied(desk, city, 2),
    Trigger.REDO_EXHAUSTED: lambda desk, city, _: dissatisfied(desk, city, 3),
    Trigger.REVISIT_DISSATISFIED: lambda desk, city, _: _visited(desk, city),
    Trigger.CASE_URGED: lambda desk, city, _: _urged_thrice(desk, city),
    Trigger.CASE_MARKED: lambda desk, city, mark: desk.hear("intake.case_marked.v1", city, kind=mark),
}


@pytest.mark.parametrize(("city", "pack", "ground"), BY_RULE)
def test_what_the_pack_says_opens_a_supervision(desk: Desk, city: str, pack: str, ground: Any) -> None:
    desk.accept(city=city, pack=pack)
    if ground.opens.months:
        desk.clock.move_to(desk.clock.now() + timedelta(days=32 * ground.opens.months))
    REACHED[ground.opens.on](desk, city, min(ground.opens.clocks | ground.opens.marks, default=""))
    (entry,) = entries(desk, city, ground=ground.code)
    assert (entry.opened_by, entry.basis, entry.ground_zh) == ("rule", str(ground.basis), ground.zh)
    assert entry.unit == [a for a in desk.order(city=city).assignments if a.state != "released"][-1].unit
    (told,) = [p for p in desk.payloads("supervision_opened") if p["ground"] == ground.code]
    assert told["methods"] == [str(method) for method in ground.methods]
    assert (told["written_reply"], told["rule"]) == (ground.written_reply, ground.basis.rule)
    assert entry.name in desk.order(city=city).supervisions


# -- breaches ----------------------------------------------------------------------------------------------------------


def test_a_withdrawn_breach_closes_what_it_had_opened(desk: Desk) -> None:
    overdue(desk)
    light(desk, "breach_withdrawn", "finish", desk.order(), why="act_in_time")
    (entry,) = entries(desk)
    assert (entry.state, entry.finding, entry.why) == ("closed", "withdrawn", "breach_withdrawn")
    assert desk.order().supervisions == []
    assert desk.payloads("supervision_closed")[-1]["closes_case"] is False


def test_a_breach_withdrawn_after_completion_closes_it_too(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    light(desk, "clock_breached", "finish", order)
    desk.completed()
    light(desk, "breach_withdrawn", "finish", order, why="act_in_time")
    assert [e.why for e in entries(desk)] == ["breach_withdrawn"]


def test_the_withdrawal_of_another_breach_closes_nothing(desk: Desk) -> None:
    overdue(desk)
    light(desk, "clock_breached", "sign", desk.order())
    light(desk, "breach_withdrawn", "sign", desk.order(), why="act_in_time")
    assert [e.state for e in entries(desk)] == ["open"]


def test_the_clock_that_breaches_again_is_supervised_again(desk: Desk) -> None:
    overdue(desk)
    light(desk, "breach_withdrawn", "finish", desk.order(), why="extension_granted")
    light(desk, "clock_breached", "finish", desk.order())
    assert [(e.number[-3:], e.state) for e in entries(desk)] == [("D01", "closed"), ("D02", "open")]


def test_redelivered_and_repeated_breaches_open_nothing_more(desk: Desk) -> None:
    desk.accept()
    envelope = light(desk, "clock_breached", "finish", desk.order())
    desk.receiver.receive([envelope])
    light(desk, "clock_breached", "finish", desk.order(), clock_id="another-finish-clock")
    assert len(entries(desk)) == 1
    assert desk.published().count("supervision_opened") == 1


@pytest.mark.parametrize(("point", "opened"), [("receiver.before_commit:1", 0), ("receiver.after_commit:1", 1)])
def test_a_death_while_it_is_opened_leaves_one_supervision(desk: Desk, tmp_path: Path, point: str, opened: int) -> None:
    desk.accept()
    envelope = desk.envelope("sla.clock_breached.v1", **_breach(desk))
    url = desk.runtime.engine.url.render_as_string(hide_password=False)
    arguments = (url, str(tmp_path), encode(envelope).decode(), types_of("sla"), point)
    process = multiprocessing.get_context("spawn").Process(target=dying.main, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert len(entries(desk)) == opened
    desk.receiver.receive([envelope])
    assert len(entries(desk)) == 1
    assert desk.published().count("supervision_opened") == 1


def _breach(desk: Desk) -> dict[str, Any]:
    order = desk.order()
    lead, id = order.assignments[0].name.rpartition("/")[2], order.name.rpartition("/")[2]
    return {"clock_id": "c", "kind": "finish", "work_order_id": id, "assignment_id": lead, "due_at": desk.clock.now()}


def test_phone_supervision_ends_with_its_clock(desk: Desk) -> None:
    city = "230500"
    desk.accept(city=city, pack="shuangyashan-2024@1.0.0")
    light(desk, "clock_warned", "sign", desk.order(city=city), city)
    assert [e.methods for e in entries(desk, city)] == [["phone"]]
    light(desk, "clock_stopped", "sign", desk.order(city=city), city, outcome="met")
    assert [(e.finding, e.why) for e in entries(desk, city)] == [("rectified", "clock_stopped")]


def test_a_breach_ends_the_phone_supervision_and_opens_the_next(desk: Desk) -> None:
    city = "230500"
    desk.accept(city=city, pack="shuangyashan-2024@1.0.0")
    for said in ("clock_warned", "clock_breached"):
        light(desk, said, "finish", desk.order(city=city), city)
    assert [(e.ground, e.finding) for e in entries(desk, city)] == [("near_limit", "not_rectified"), ("overdue", "")]


# -- redo --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("city", "pack"), [("350100", "fujian-2016@1.0.0"), ("230500", "shuangyashan-2024@1.0.0")])
def test_after_the_last_redo_only_a_finding_closes_the_case(desk: Desk, city: str, pack: str) -> None:
    desk.accept(city=city, pack=pack)
    dissatisfied(desk, city, 3)
    assert [e for e in desk.published() if e.startswith("redo")] == ["redo_ordered", "redo_ordered"]
    first, last = entries(desk, city)
    assert [(e.ground, e.decides_case) for e in (first, last)] == [("redo_failed", False), ("redo_exhausted", True)]
    supervisor = office(city, role=Role.SUPERVISOR)
    for entry in (first, last):
        desk.do(supervisor, m.CloseSupervision, name=entry.name, finding="not_rectified", reason="仍未解决")
    assert [p["closes_case"] for p in desk.payloads("supervision_closed")] == [False, True]
    assert desk.order(city=city).state == State.COMPLETED


def test_pingli_closes_without_a_finding_and_a_supervisor_may_still_supervise(desk: Desk) -> None:
    city = "610926"
    desk.accept(city=city, pack="pingli-2018@1.0.0")
    for round in (1, 2):
        desk.completed(city)
        desk.hear("intake.case_rated.v1", city, round=round, handling_satisfied=False)
    order = desk.order(city=city)
    assert [e for e in desk.published() if e.startswith("redo")] == ["redo_ordered", "redo_declined"]
    assert entries(desk, city) == []
    named = {"name": order.name, "ground": "redo_failed", "reason": "经认定属承办单位原因"}
    opened = desk.do(office(city, role=Role.SUPERVISOR), m.OpenSupervision, **named)
    assert (opened.ground, opened.methods) == ("redo_failed", ["notice"])


# -- other ways to lose a part -------------------------------------------------------------------------------------


def test_a_dispute_frees_the_unit_of_what_pressed_it(desk: Desk) -> None:
    overdue(desk)
    desk.do(office(role=Role.SUPERVISOR), m.OpenDispute, name=desk.order().name, ground="unclear_duty")
    (entry,) = entries(desk)
    assert (entry.state, entry.why) == ("closed", "unit_released")


def test_another_lead_frees_the_former_one_of_what_pressed_it(desk: Desk) -> None:
    former = overdue(desk).unit
    new = next(unit for unit in ("350100-market", "350100-housing") if unit != former)
    desk.as_unit(m.SignAssignment, desk.order())
    desk.do(office(), m.ChangeLead, name=desk.order().name, lead=new, reason="职责调整")
    (entry,) = entries(desk)
    assert (entry.state, entry.why) == ("closed", "unit_released")
