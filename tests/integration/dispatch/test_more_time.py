"""Extensions through the real commands: allowed by a supervisor, for a longer cycle, explained to the citizen."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError, NotFound
from chassis.privacy import open_sealed
from services.dispatch.application import messages as m
from services.dispatch.domain.work_order import WorkOrder
from tests.integration.dispatch.conftest import Desk, of_unit, office

DAY = timedelta(days=1)
CITIES = {
    "350100": "fujian-2016@1.0.0",
    "610926": "pingli-2018@1.0.0",
    "230500": "shuangyashan-2024@1.0.0",
}
LONG = {"working_days": 60, "reason": "需协调流域治理", "basis": "水污染防治规划", "confirmed_by": "赵局长"}


def signed(desk: Desk, city: str, due: timedelta = 10 * DAY, **case: Any) -> Any:
    """A complaint in handling, with ten working days and a deadline that sla has told."""
    desk.accept(city=city, pack=CITIES[city], **case)
    order = desk.order(city=city)
    desk.as_unit(m.SignAssignment, order)
    desk.start_clock("finish", order, due)
    return order


def supervisor(city: str) -> Any:
    return office(city, role=Role.SUPERVISOR)


def refused(desk: Desk, command: type[Any], order: Any, **fields: Any) -> str:
    with pytest.raises(DomainError) as told:
        desk.as_unit(command, order, **fields)
    return told.value.reason


@pytest.mark.parametrize(("city", "state"), [("350100", "granted"), ("610926", "pending"), ("230500", "pending")])
def test_what_is_filed_late_is_taken_once_a_supervisor_allows_it_on_record(desk: Desk, city: str, state: str) -> None:
    order, ask = signed(desk, city), {"working_days": 10, "reason": "需要评估", "agreed_by": "陈主任"}
    desk.clock.move_to(desk.clock.now() + 11 * DAY)
    assert refused(desk, m.RequestExtension, order, **ask) == "EXTENSION_TOO_LATE"
    late = {"name": order.assignments[0].name, "bar": "late", "reason": "系统故障，非单位原因"}
    for who in (office(city), of_unit(order.assignments[0].unit, city)):
        with pytest.raises(PermissionDenied):
            desk.do(who, m.AllowExtension, **late)
    desk.do(supervisor(city), m.AllowExtension, **late)
    extension = desk.as_unit(m.RequestExtension, order, **ask).extensions[0]
    assert (extension.state, extension.allowed) == (state, ["late"])
    assert desk.payloads("extension_filed")[0]["allowed"] == ["late"]
    stored = found(desk)
    assert stored.allowances[0].by
    assert b"supervisor" not in stored.allowances[0].by, "who it was is sealed"
    told = next(note for note in stored.notes if note.kind == "extension_allowed")
    assert told.text is not None
    assert open_sealed(desk.citizen, told.text, case_id="case-1") == late["reason"]


def test_a_consultation_is_extended_in_shuangyashan_by_a_supervisors_exception(desk: Desk) -> None:
    city = "230500"
    order, ask = signed(desk, city, category="consultation"), {"working_days": 2, "reason": "跨部门核实"}
    assert refused(desk, m.RequestExtension, order, **ask) == "EXTENSION_BARRED"
    barred = {"name": order.assignments[0].name, "bar": "barred", "reason": "涉及三部门"}
    desk.do(supervisor(city), m.AllowExtension, **barred)
    asked = desk.as_unit(m.RequestExtension, order, **ask)
    granted = desk.do(office(city), m.GrantExtension, name=asked.extensions[0].name)
    assert granted.extensions[0].state == "granted"


def test_a_supervisor_cannot_lift_what_the_pack_does_not_name(desk: Desk) -> None:
    order = signed(desk, "350100")
    fields = {"name": order.assignments[0].name, "bar": "barred", "reason": "领导要求"}
    with pytest.raises(DomainError) as told:
        desk.do(supervisor("350100"), m.AllowExtension, **fields)
    assert told.value.reason == "OVERRIDE_NOT_ALLOWED"


def test_a_longer_cycle_in_pingli_has_fields_of_its_own_and_needs_no_decision(desk: Desk) -> None:
    order = signed(desk, "610926")
    for field in ("reason", "basis", "confirmed_by"):
        assert refused(desk, m.FileLongCycle, order, **LONG | {field: ""}) == "FIELD_REQUIRED"
    assert refused(desk, m.FileLongCycle, order, **LONG | {"working_days": 10}) == "LONG_CYCLE_TOO_SHORT"
    extension = desk.as_unit(m.FileLongCycle, order, **LONG).extensions[0]
    assert (extension.state, extension.route, extension.working_days) == ("granted", "long_cycle", 60)
    assert desk.payloads("extension_granted")[0]["told_by"] == "platform"
    assert LONG["confirmed_by"] not in str(found(desk))


@pytest.mark.parametrize("city", ["350100", "230500"])
def test_no_longer_cycle_where_the_pack_has_no_such_route(desk: Desk, city: str) -> None:
    assert refused(desk, m.FileLongCycle, signed(desk, city), **LONG) == "NO_LONG_CYCLE"


def test_the_unit_records_that_it_explained_the_extension(desk: Desk) -> None:
    order = signed(desk, "350100")
    ask = {"working_days": 5, "reason": "需委托检测", "agreed_by": "陈主任"}
    extension = desk.as_unit(m.RequestExtension, order, **ask).extensions[0]
    assert extension.explain_time is None
    told = {"name": extension.name, "method": "phone", "proof": "call-7"}
    with pytest.raises(NotFound):
        desk.do(of_unit("350100-health"), m.RecordExplanation, **told)
    shown = desk.do(of_unit(order.assignments[0].unit), m.RecordExplanation, **told)
    assert shown.extensions[0].explain_time is not None
    assert desk.payloads("extension_explained")[0]["proof"] == "call-7"


def test_in_pingli_the_platform_tells_the_citizen_and_the_unit_does_not(desk: Desk) -> None:
    order = signed(desk, "610926")
    asked = desk.as_unit(m.RequestExtension, order, working_days=10, reason="需要评估")
    desk.do(office("610926"), m.GrantExtension, name=asked.extensions[0].name)
    unit = of_unit(order.assignments[0].unit, "610926")
    with pytest.raises(DomainError) as told:
        desk.do(unit, m.RecordExplanation, name=asked.extensions[0].name, method="sms", proof="sms-1")
    assert told.value.reason == "TOLD_BY_THE_PLATFORM"


def test_a_second_extension_and_no_third_in_pingli(desk: Desk) -> None:
    order = signed(desk, "610926")
    ask = {"working_days": 10, "reason": "需要评估"}
    for number in range(2):
        asked = desk.as_unit(m.RequestExtension, order, **ask)
        desk.do(office("610926"), m.GrantExtension, name=asked.extensions[number].name)
    assert refused(desk, m.RequestExtension, order, **ask) == "EXTENSIONS_USED_UP"


def found(desk: Desk) -> WorkOrder:
    with desk.runtime.reading() as read:
        (order,) = read.find_by(WorkOrder, "case_id", "case-1")
    return order
