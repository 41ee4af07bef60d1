"""督办 by hand and the ledger: who opens, answers, closes and sees what, and who is free of it."""

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.registry import CollectorRegistry

from chassis.access import PermissionDenied, Role
from chassis.domain import BadFields, NotFound
from chassis.privacy import open_sealed
from services.dispatch.adapters.gauges import LedgerGauges
from services.dispatch.application import messages as m
from services.dispatch.domain import errors
from services.dispatch.domain.work_order import WorkOrder
from tests.integration.dispatch.conftest import Desk, of_unit, office
from tests.integration.dispatch.pressing import RETURN, SUPERVISOR, dissatisfied, entries, light

_GAUGE = "huying_dispatch_supervisions"

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


def test_what_is_open_and_overdue_is_a_metric_of_the_unit(desk: Desk) -> None:
    registry, gauges = CollectorRegistry(), LedgerGauges()
    gauges.bind(desk.runtime)
    gauges.register(registry)
    desk.accept()
    opened, other = by_hand(desk), by_hand(desk, ground="urged")
    due = {"supervision_id": opened.name.rpartition("/")[2], "due_at": desk.clock.now()}
    light(desk, "clock_breached", "supervision_reply", desk.order(), **due)
    unit = {"city": "350100", "unit": other.unit}
    counted = {s: registry.get_sample_value(_GAUGE, unit | {"state": s}) for s in ("open", "overdue", "closed")}
    assert counted == {"open": 1, "overdue": 1, "closed": None}


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
    dissatisfied(desk, "350100", 1)
    assert [e.state for e in entries(desk)] == ["open"]


def test_an_order_that_nobody_leads_is_supervised_without_a_unit(desk: Desk) -> None:
    desk.accept(masked_subject="你好", masked_text="有事想反映一下")
    opened = by_hand(desk, methods=["coordination"])
    assert (opened.unit, opened.written_reply) == ("", False)
    assert entries(desk, state="open")[0].name == opened.name
