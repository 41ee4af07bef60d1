"""督办: opened by rule or by hand, answered in writing, closed by a finding; one entry for each order and ground."""

import multiprocessing
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import BadFields, NotFound
from chassis.events.envelope import encode
from chassis.packs import load_packs
from chassis.privacy import open_sealed
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.application import messages as m
from services.dispatch.domain import errors
from services.dispatch.domain.states import State
from services.dispatch.domain.supervision_rules import Trigger
from services.dispatch.domain.work_order import WorkOrder
from tests.integration.dispatch import dying
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office, types_of

CITIES = {"fujian-2016": "350100", "pingli-2018": "610926", "shuangyashan-2024": "230500"}
REGIMES = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
BY_RULE = [
    pytest.param(CITIES[name], f"{name}@1.0.0", ground, id=f"{name}-{ground.code}")
    for name, regime in REGIMES.items()
    for ground in regime.supervision.grounds.values()
    if ground.opens
]
SUPERVISOR = office(role=Role.SUPERVISOR)
RETURN = {"kind": "not_ours", "reason": "不归我们管", "basis": "三定方案"}


def light(desk: Desk, kind: str, clock: str, order: Any, city: str = "350100", **more: Any) -> Any:
    """sla's word on one clock of the order's lead."""
    lead = [a for a in order.assignments if a.role != "co" and a.state != "released"][-1]
    named = {
        "clock_id": f"clock-{clock}",
        "kind": clock,
        "work_order_id": order.name.rpartition("/")[2],
        "assignment_id": lead.name.rpartition("/")[2],
        "due_at": desk.clock.now(),
    }
    return desk.hear(f"sla.{kind}.v1", city, **(named | more))


def entries(desk: Desk, city: str = "350100", **filters: Any) -> list[Any]:
    page = desk.runtime.query(office(city, role=Role.SUPERVISOR), m.ListSupervisions(city=city, **filters))
    return list(page.supervisions)


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


def _dissatisfied(desk: Desk, city: str, times: int) -> None:
    for round in range(1, times + 1):
        order = desk.completed(city)
        desk.hear("intake.case_rated.v1", city, round=round, handling_satisfied=False)
        desk.do(office(city), m.VerifyRating, name=order.name, finding="unit_at_fault", evidence="未到现场")


def _visited(desk: Desk, city: str) -> None:
    order = desk.completed(city)
    said = {"round": 1, "reached": True, "may_redo": True, "satisfied": False}
    desk.hear("intake.revisit_recorded.v1", city, work_order_id=order.name.rpartition("/")[2], **said)


REACHED: dict[Trigger, Callable[[Desk, str, str], object]] = {
    Trigger.CLOCK_WARNED: lambda desk, city, clock: light(desk, "clock_warned", clock, desk.order(city=city), city),
    Trigger.CLOCK_BREACHED: lambda desk, city, clock: light(desk, "clock_breached", clock, desk.order(city=city), city),
    Trigger.REPLY_SENT_BACK: lambda desk, city, _: _sent_back_twice(desk, city),
    Trigger.RETURN_AGREED: lambda desk, city, _: _returned_twice(desk, city),
    Trigger.REDO_ORDERED: lambda desk, city, _: _dissatisfied(desk, city, 2),
    Trigger.REDO_EXHAUSTED: lambda desk, city, _: _dissatisfied(desk, city, 3),
    Trigger.REVISIT_DISSATISFIED: lambda desk, city, _: _visited(desk, city),
}


@pytest.mark.parametrize(("city", "pack", "ground"), BY_RULE)
def test_what_the_pack_says_opens_a_supervision(desk: Desk, city: str, pack: str, ground: Any) -> None:
    desk.accept(city=city, pack=pack)
    REACHED[ground.opens.on](desk, city, min(ground.opens.clocks, default=""))
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
    _dissatisfied(desk, city, 3)
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


# -- by hand -----------------------------------------------------------------------------------------------------------


def by_hand(desk: Desk, **more: Any) -> Any:
    fields = {"name": desk.order().name, "ground": "leader_instruction", "reason": "请于三日内整改到位"}
    return desk.do(SUPERVISOR, m.OpenSupervision, **(fields | more))


def test_a_supervisor_opens_the_unit_answers_and_a_finding_closes(desk: Desk) -> None:
    desk.accept()
    opened = by_hand(desk, methods=["interview", "notice"])
    assert (opened.state, opened.opened_by, opened.methods) == ("open", "hand", ["interview", "notice"])
    assert opened.number == f"{desk.order().number}-D01"
    unit = of_unit(opened.unit)
    answered = desk.do(unit, m.AnswerSupervision, name=opened.name, answer="已整改，照片附后")
    assert (answered.state, answered.answer_time) == ("answered", desk.clock.now())
    closed = desk.do(SUPERVISOR, m.CloseSupervision, name=opened.name, finding="rectified", reason="现场核实已整改")
    assert (closed.state, closed.finding, closed.why, closed.version) == ("closed", "rectified", "found", 3)
    told = [name for name in desk.published() if name.startswith("supervision")]
    assert told == ["supervision_opened", "supervision_answered", "supervision_closed"]
    assert desk.order().supervisions == []


def test_what_is_written_is_sealed_and_lies_with_the_order(desk: Desk) -> None:
    desk.accept()
    opened = by_hand(desk)
    desk.do(of_unit(opened.unit), m.AnswerSupervision, name=opened.name, answer="已整改")
    desk.do(SUPERVISOR, m.CloseSupervision, name=opened.name, finding="rectified", reason="属实")
    with desk.runtime.reading() as read:
        (order,) = read.find_by(WorkOrder, "case_id", "case-1")
    said = {n.text.field: open_sealed(desk.citizen, n.text, case_id="case-1") for n in order.notes if n.text}
    assert said == {
        "supervision.order": "请于三日内整改到位",
        "supervision.answer": "已整改",
        "supervision.finding": "属实",
    }
    rows = "".join(str(p) for kind in ("opened", "answered", "closed") for p in desk.payloads(f"supervision_{kind}"))
    assert "整改" not in rows


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"ground": "tea"}, errors.ValueNotAllowed),
        ({"ground": "redo_exhausted"}, errors.ValueNotAllowed),
        ({"methods": ["site_visit"]}, errors.ValueNotAllowed),
        ({"methods": ["shouting"]}, BadFields),
        ({"unit": "350100-fire"}, errors.NoPartInTheOrder),
    ],
)
def test_what_the_pack_does_not_know_is_refused(desk: Desk, fields: dict[str, Any], error: type[Exception]) -> None:
    desk.accept()
    with pytest.raises(error):
        by_hand(desk, **fields)
    assert entries(desk) == []


def test_one_ground_is_supervised_once_at_a_time(desk: Desk) -> None:
    desk.accept()
    first = by_hand(desk)
    with pytest.raises(errors.AlreadySupervised):
        by_hand(desk)
    desk.do(SUPERVISOR, m.CloseSupervision, name=first.name, finding="withdrawn", reason="误开")
    assert by_hand(desk).number.endswith("-D02")


def test_who_has_nothing_to_do_with_it_may_neither_open_answer_close_nor_see(desk: Desk) -> None:
    desk.accept()
    with pytest.raises(PermissionDenied):
        desk.do(office(), m.OpenSupervision, name=desk.order().name, ground="other", reason="无权")
    opened = by_hand(desk)
    other = of_unit("350100-fire")
    for who, command, fields in (
        (other, m.AnswerSupervision, {"answer": "不是我们"}),
        (of_unit(opened.unit), m.CloseSupervision, {"finding": "withdrawn", "reason": "自行撤销"}),
        (office("350200", role=Role.SUPERVISOR), m.CloseSupervision, {"finding": "withdrawn", "reason": "别市"}),
    ):
        with pytest.raises((PermissionDenied, NotFound)):
            desk.do(who, command, name=opened.name, **fields)
    with pytest.raises(NotFound):
        desk.runtime.query(other, m.GetSupervision(name=opened.name))
    assert desk.runtime.query(other, m.ListSupervisions(city="350100")).supervisions == []
    assert desk.runtime.query(of_unit(opened.unit), m.GetSupervision(name=opened.name)).number == opened.number


def test_the_name_of_another_order_leads_to_no_supervision(desk: Desk) -> None:
    desk.accept()
    desk.accept(case_id="case-2")
    opened = by_hand(desk)
    wrong = opened.name.replace(opened.work_order, desk.order("case-2").name)
    with pytest.raises(NotFound):
        desk.runtime.query(SUPERVISOR, m.GetSupervision(name=wrong))
    with pytest.raises(NotFound):
        desk.do(SUPERVISOR, m.CloseSupervision, name=wrong, finding="withdrawn", reason="错")


# -- the ledger --------------------------------------------------------------------------------------------------------


def test_the_ledger_is_filtered_and_paged(desk: Desk) -> None:
    for number in range(3):
        desk.accept(case_id=f"case-{number}")
    for number in range(3):
        by_hand(desk, name=desk.order(f"case-{number}").name)
    by_hand(desk, name=desk.order("case-0").name, ground="urged")
    everything = entries(desk)
    assert len(everything) == 4
    assert [e.ground for e in entries(desk, ground="urged")] == ["urged"]
    assert len(entries(desk, work_order=desk.order("case-0").name)) == 2
    assert len(entries(desk, unit=everything[0].unit)) == 4
    desk.do(SUPERVISOR, m.CloseSupervision, name=everything[0].name, finding="withdrawn", reason="误开")
    assert (len(entries(desk, state="open")), len(entries(desk, state="closed"))) == (3, 1)
    seen, token = [], ""
    while True:
        page = desk.runtime.query(SUPERVISOR, m.ListSupervisions(city="350100", page_size=3, page_token=token))
        seen += [e.name for e in page.supervisions]
        if not (token := page.next_page_token):
            break
    assert seen == [e.name for e in everything]


def test_the_light_of_the_written_reply_is_shown_until_it_comes(desk: Desk) -> None:
    desk.accept()
    opened = by_hand(desk)
    due = desk.clock.now() + timedelta(days=3)
    watched = {"supervision_id": opened.name.rpartition("/")[2], "clock_id": "clock-9", "due_at": due}
    light(desk, "clock_started", "supervision_reply", desk.order(), **watched)
    assert entries(desk)[0].due_time == due
    light(desk, "clock_breached", "supervision_reply", desk.order(), **watched)
    assert [e.light for e in entries(desk, overdue=True)] == ["red"]
    # It is the ledger's business, not the order's: the order shows no light of it, and no supervision follows on it.
    assert (desk.order().light, len(entries(desk))) == ("green", 1)
    desk.do(of_unit(opened.unit), m.AnswerSupervision, name=opened.name, answer="已整改")
    assert (entries(desk, overdue=True), entries(desk)[0].light) == ([], "green")


# -- who is free of it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ended", "withdrawn", "recalled", "returned"])
def test_an_order_that_leaves_its_unit_leaves_the_ledger(desk: Desk, how: str) -> None:
    desk.accept()
    order = desk.order()
    by_hand(desk)
    match how:
        case "ended":
            desk.do(office(), m.EndWorkOrder, name=order.name, ground="in_litigation", basis="F16-24 20")
        case "withdrawn":
            desk.hear("intake.case_withdrawn.v1")
        case "recalled":
            desk.do(office(), m.RecallWorkOrder, name=order.name, reason="派错")
        case "returned":
            desk.as_unit(m.RequestReturn, order, **RETURN)
            desk.do(office(), m.AgreeReturn, name=order.assignments[0].name, lead="350100-health")
    why = "order_ended" if how in {"ended", "withdrawn"} else "unit_released"
    assert [(e.finding, e.why) for e in entries(desk)] == [("withdrawn", why)]
    assert desk.order().supervisions == []


def test_a_redo_by_the_same_unit_stays_supervised(desk: Desk) -> None:
    desk.accept()
    by_hand(desk)
    _dissatisfied(desk, "350100", 1)
    assert [e.state for e in entries(desk)] == ["open"]


def test_an_order_that_nobody_leads_is_supervised_without_a_unit(desk: Desk) -> None:
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    opened = by_hand(desk, methods=["coordination"])
    assert (opened.unit, opened.written_reply) == ("", False)
    assert entries(desk, state="open")[0].name == opened.name
