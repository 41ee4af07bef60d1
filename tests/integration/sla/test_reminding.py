"""The notice before a last moment, from the packs to the outbox."""

from datetime import timedelta

import pytest

from services.sla.adapters.firing import fire_clocks
from tests.integration.sla.conftest import Office, at

EXTENDED = {"extension_id": "e1", "working_days": 5}


def reminded(office: Office) -> list[tuple[str, str]]:
    return [(e["of"], e["kind"]) for e in office.said("clock_reminded")]


@pytest.mark.parametrize(
    ("city", "returns", "extensions"),
    [
        ("350100", "09-22 15:30", "10-12 10:00"),  # half a working day before expiry: 14:30
        ("610926", "09-23 15:30", "09-29 15:30"),
        ("230500", "09-22 15:30", "10-19 15:30"),
    ],
)
def test_the_unit_is_reminded_two_working_hours_before_each_last_moment(
    office: Office, city: str, returns: str, extensions: str
) -> None:
    office.accepted(city=city)
    office.dispatched(city=city)
    office.move_to(at(returns) - timedelta(seconds=1))
    assert reminded(office) == []
    office.move_to(at(returns))
    assert reminded(office) == [("return", "return")]
    office.move_to(at(extensions) - timedelta(seconds=1))
    assert reminded(office) == [("return", "return")]
    office.move_to(at(extensions))
    assert reminded(office) == [("return", "return"), ("extension", "finish")]
    told = office.said("clock_reminded", "finish")[0]
    assert told["unit"] == "u1"
    office.move_to(at("11-30 10:00"))
    assert len(reminded(office)) == 2
    assert fire_clocks(office.runtime) == 0


def test_a_unit_that_has_asked_to_return_is_not_reminded(office: Office) -> None:
    office.accepted()
    office.dispatched()
    office.unit("return_requested", "requested_at", kind="not_ours", occurrence=1)
    office.move_to(at("09-22 16:00"))
    assert reminded(office) == []


def test_each_grant_but_the_last_brings_a_new_reminder(office: Office) -> None:
    city = "610926"
    office.accepted(city=city)
    office.dispatched(city=city)
    for number, expected in ((1, 1), (2, 1)):
        office.unit("extension_granted", "granted_at", city=city, extension_id=f"e{number}", working_days=5)
        office.move_to(office.clocks()["finish"].due_at - timedelta(minutes=1))
        assert len(office.said("clock_reminded", "finish")) == expected
    assert office.clocks()["finish"].last_extension_at is None


def test_a_unit_in_fujian_that_has_extended_is_not_reminded_of_another(office: Office) -> None:
    office.accepted()
    office.dispatched()
    office.unit("extension_granted", "granted_at", **EXTENDED)
    office.move_to(at("10-30 10:00"))
    assert office.said("clock_reminded", "finish") == []


def test_a_consultation_that_is_not_extended_has_no_last_moment(office: Office) -> None:
    office.accepted(city="230500", category="consultation")
    office.dispatched(city="230500", category="consultation")
    office.move_to(at("09-30 10:00"))
    assert reminded(office) == [("return", "return")]


def test_a_reminder_changes_no_light_and_is_kept_with_the_clock(office: Office) -> None:
    office.accepted()
    office.dispatched()
    office.move_to(at("09-22 15:30"))
    assert office.states()["return"] == "running"
    again = office.clocks()["return"]
    assert again.reminder is not None
    assert again.reminder.done
    assert again.next_at == at("09-22 17:30")
    differing = "select 1 from kpi_fact f join clock c on c.id = f.clock_id where f.state <> c.body->>'state'"
    assert office.rows(differing) == []
