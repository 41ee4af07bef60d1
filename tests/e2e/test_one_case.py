"""One case through all five services, from the phone call to the satisfaction rating."""

from typing import Any

import pytest

from tests.e2e.conftest import Stage, citizen, office, seat, unit

POTHOLE = {
    "city": "350100",
    "channel": "phone",
    "category": "complaint",
    "item": "12",
    "subject": "路面坑洼",
    "text": "我叫林晓梅，电话19900001234，我家门口的城市道路坑坑洼洼，请尽快修补。",
    "caller": {"name": "林晓梅", "phone": "19900001234", "address": "鼓楼区东街口88号3座402"},
}


def handled(stage: Stage, case: str) -> Any:
    """A unit signs, contacts, answers and replies; the office completes. Returns the order."""
    order = stage.order_of(case)
    mine = order.assignments[0]
    me = unit(mine.unit)
    stage.call(me, "dispatch", "SignAssignment", name=mine.name)
    stage.wait(hours=1)
    stage.call(me, "dispatch", "RecordContact", name=mine.name, method="phone", proof="call-1")
    stage.wait(hours=3)
    stage.call(me, "dispatch", "AnswerCitizen", name=mine.name, method="phone", proof="call-2")
    stage.call(
        me,
        "dispatch",
        "SubmitReply",
        name=mine.name,
        result="路面已修补完毕。",
        legal_basis="城市道路管理条例第二十三条",
        handler="陈师傅",
        section="养护科",
        reviewed_by="林局长",
        result_kind="solved",
    )
    stage.call(office(), "dispatch", "CompleteWorkOrder", name=order.name)
    return stage.order_of(case)


def accepted(stage: Stage, **changed: Any) -> Any:
    registered = stage.call(seat(), "intake", "RegisterCase", **(POTHOLE | changed))
    return stage.call(seat(), "intake", "AcceptCase", name=registered.case.name)


def test_a_complaint_flows_from_the_call_to_the_rating(stage: Stage) -> None:
    case = accepted(stage)
    assert case.number.startswith("350100-20260921-000001-")

    order = handled(stage, case.name)
    assert order.DESCRIPTOR.enum_types_by_name is not None
    assert order.state == 5, "completed"

    seen = stage.call(citizen(case.citizen), "intake", "GetCase", name=case.name)
    assert seen.state == 8, "replied"
    assert seen.reply == "路面已修补完毕。"

    rated = stage.call(
        citizen(case.citizen),
        "intake",
        "RateCase",
        name=case.name,
        solved=True,
        call_score="very_satisfied",
        handling_score="very_satisfied",
    )
    assert rated.state == 9, "closed"


def test_every_clock_of_a_case_handled_in_time_is_met(stage: Stage) -> None:
    case = accepted(stage)
    handled(stage, case.name)
    clocks = {c.kind: c for c in stage.call(office(), "sla", "ListClocks", case=case.name).clocks}
    assert {"dispatch", "sign", "contact", "finish", "citizen"} <= set(clocks)
    assert {clocks[k].state for k in ("dispatch", "sign", "contact", "finish", "citizen")} == {4}, "met"
    assert clocks["finish"].steps, "explained"


def test_the_citizen_gets_the_number_and_the_unit_a_reminder(stage: Stage) -> None:
    case = accepted(stage)
    messages = stage.call(office(), "notify", "ListMessages", city="350100", case=case.name).messages
    audiences = {m.audience.partition(":")[0] for m in messages}
    assert {"citizen", "unit"} <= audiences
    assert any(case.number in m.text for m in messages)
    assert not any("19900001234" in m.text + m.recipient for m in messages)


@pytest.mark.parametrize("phone", ["19900001234", "199 0000 1234"])
def test_the_citizen_looks_progress_up_by_number_and_phone(stage: Stage, phone: str) -> None:
    case = accepted(stage)
    progress = stage.call(seat(), "intake", "LookUpProgress", number=case.number, phone=phone)
    assert progress.number == case.number
    assert progress.due_time.seconds > 0


def test_the_province_sees_the_rates(stage: Stage) -> None:
    case = accepted(stage)
    handled(stage, case.name)
    stage.wait(days=30)
    report = stage.call(office(), "sla", "GetKpiReport", city="350100")
    rates = {r.kpi: (r.numerator, r.denominator) for r in report.rows if not r.unit and not r.category}
    assert rates["on_time_sign"] == (1, 1)
    assert rates["response"] == (1, 1)
    assert rates["on_time"] == (1, 1)
