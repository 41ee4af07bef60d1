"""Force majeure: a supervisor records it with reason and evidence, for the limits that the pack names."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError
from chassis.privacy import open_sealed
from services.dispatch.application import messages as m
from services.dispatch.domain.work_order import WorkOrder
from tests.integration.dispatch.conftest import Desk, of_unit, office

CITY = "610926"
STORM = {"clocks": ["first_response", "finish"], "reason": "山洪冲断道路", "evidence": "气象局第12号暴雨红色预警"}


@pytest.fixture
def order(desk: Desk) -> Any:
    desk.accept(city=CITY, pack="pingli-2018@1.0.0", emergency_class="sudden")
    return desk.order(city=CITY)


def refused(desk: Desk, order: Any, **fields: Any) -> str:
    with pytest.raises(DomainError) as told:
        desk.do(supervisor(), m.RecordForceMajeure, name=order.name, **STORM | fields)
    return told.value.reason


def supervisor() -> Any:
    return office(CITY, role=Role.SUPERVISOR)


def test_it_is_on_the_order_and_its_words_are_sealed(desk: Desk, order: Any) -> None:
    shown = desk.do(supervisor(), m.RecordForceMajeure, name=order.name, **STORM)
    assert shown.force_majeure == ["finish", "first_response"]
    (told,) = desk.payloads("force_majeure_recorded")
    assert (told["clocks"], told["units"]) == (["finish", "first_response"], [order.assignments[0].unit])
    assert STORM["reason"] not in str(told)
    with desk.runtime.reading() as read:
        (stored,) = read.find_by(WorkOrder, "case_id", "case-1")
    said = [open_sealed(desk.citizen, note.text, case_id="case-1") for note in stored.notes if note.text]
    assert said == [STORM["reason"], STORM["evidence"]]


def test_only_a_supervisor_of_the_city_records_it(desk: Desk, order: Any) -> None:
    for who in (office(CITY), of_unit(order.assignments[0].unit, CITY), office("350100", role=Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            desk.do(who, m.RecordForceMajeure, name=order.name, **STORM)


def test_reason_and_evidence_are_required(desk: Desk, order: Any) -> None:
    assert refused(desk, order, reason="") == "FIELD_REQUIRED"
    assert refused(desk, order, evidence="") == "FIELD_REQUIRED"


def test_the_platforms_own_limits_are_not_excused(desk: Desk, order: Any) -> None:
    assert refused(desk, order, clocks=["review"]) == "NO_FORCE_MAJEURE"


def test_it_is_recorded_once_for_each_limit_of_a_round(desk: Desk, order: Any) -> None:
    desk.do(supervisor(), m.RecordForceMajeure, name=order.name, **STORM)
    assert refused(desk, order, clocks=["finish"]) == "FORCE_MAJEURE_ON_RECORD"
    again = desk.do(supervisor(), m.RecordForceMajeure, name=order.name, **STORM | {"clocks": ["citizen"]})
    assert again.force_majeure == ["citizen", "finish", "first_response"]


def test_an_order_that_nobody_has_or_that_has_ended_is_not_excused(desk: Desk, order: Any) -> None:
    desk.do(office(CITY), m.RecallWorkOrder, name=order.name, reason="改派")
    assert refused(desk, order) == "ORDER_NOT_IN_HANDLING"
    desk.do(office(CITY), m.EndWorkOrder, name=order.name, ground="in_litigation", basis="P18-04 7")
    assert refused(desk, order) == "ORDER_NOT_IN_HANDLING"


def test_it_may_be_recorded_after_the_completion(desk: Desk, order: Any) -> None:
    completed = desk.completed(city=CITY)
    shown = desk.do(supervisor(), m.RecordForceMajeure, name=completed.name, **STORM)
    assert shown.force_majeure == ["finish", "first_response"]
