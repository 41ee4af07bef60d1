"""An emergency rings until somebody knows: the unit's duty roster, then the supervisors."""

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import NotFound
from services.notify.application.messages import AcknowledgeCall
from services.notify.domain.message import Knowledge, Medium
from tests.integration.notify.conftest import CITY, FIRE, Desk, Provider, who


def called(desk: Desk) -> list[tuple[str, int]]:
    return [(m.audience.value, m.place) for m in desk.messages() if m.medium is Medium.VOICE]


def acknowledge(desk: Desk, id: str, **principal: object) -> object:
    command = AcknowledgeCall(request_id=f"acknowledge-{id}", name=f"cities/{CITY}/messages/{id}")
    return desk.runtime.execute(who(Role.UNIT, **principal), command)  # type: ignore[arg-type]


def test_the_unit_is_phoned_and_texted_at_once_even_at_night(desk: Desk) -> None:
    desk.wait(hours=14)
    desk.dispatched(emergency_class="gas_leak")
    desk.work()
    assert [(m.template, m.state.value) for m in desk.messages()] == [
        ("emergency_dispatched", "delivered"),
        ("emergency_call", "delivered"),
    ]


def test_the_next_number_is_called_every_five_minutes_and_then_the_supervisors(desk: Desk) -> None:
    desk.dispatched(emergency_class="gas_leak")
    desk.wait(minutes=4, seconds=59)
    assert called(desk) == [("unit", 0)]
    desk.wait(seconds=1)
    assert called(desk) == [("unit", 0), ("unit", 1)]
    desk.wait(minutes=10)
    assert called(desk) == [("unit", 0), ("unit", 1), ("supervisors", 0), ("supervisors", 1)]
    desk.wait(hours=1)
    assert len(called(desk)) == 4
    assert desk.message(template="emergency_unanswered").audience.value == "supervisors"


def test_a_pressed_key_stops_the_ringing_and_is_told(desk: Desk) -> None:
    desk.dispatched(emergency_class="gas_leak")
    desk.work()
    call = desk.message(template="emergency_call")
    acknowledge(desk, call.id, unit=FIRE)
    acknowledge(desk, call.id, unit=FIRE)
    desk.wait(hours=1)
    assert called(desk) == [("unit", 0)]
    assert desk.events().count("call_acknowledged") == 1


def test_only_the_called_unit_may_press_the_key(desk: Desk) -> None:
    desk.dispatched(emergency_class="gas_leak")
    desk.work()
    call = desk.message(template="emergency_call")
    for wrong in ({"unit": "350100-police"}, {"unit": ""}):
        with pytest.raises(NotFound):
            acknowledge(desk, call.id, **wrong)
    with pytest.raises(NotFound):
        acknowledge(desk, "missing", unit=FIRE)
    with pytest.raises(PermissionDenied):
        acknowledge(desk, call.id, unit=FIRE, city="350200")


@pytest.mark.parametrize("event", ["assignment_signed", "assignment_released", "return_agreed"])
def test_a_unit_that_signs_or_loses_the_order_is_called_no_more(desk: Desk, event: str) -> None:
    desk.dispatched(emergency_class="gas_leak")
    desk.of_assignment(event)
    desk.wait(hours=1)
    assert called(desk) == [("unit", 0)]


def test_a_call_that_cannot_be_made_goes_to_the_next_number_at_once(desk: Desk) -> None:
    desk.use(Provider("voice", Medium.VOICE, says=Knowledge.FAILED))
    desk.dispatched(emergency_class="gas_leak")
    desk.wait(seconds=1)
    assert called(desk) == [("unit", 0), ("unit", 1), ("supervisors", 0), ("supervisors", 1)]


def test_every_call_up_the_ladder_belongs_to_the_trace_of_its_case(desk: Desk) -> None:
    desk.trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    desk.dispatched(emergency_class="gas_leak")
    desk.wait(minutes=30)
    assert len(called(desk)) == 4
    assert {message.trace for message in desk.messages()} == {desk.trace}
    assert desk.rows("select distinct envelope->>'trace' from outbox") == [(desk.trace,)]
