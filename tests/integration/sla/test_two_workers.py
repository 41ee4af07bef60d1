"""Two workers of sla fire the same clocks at the same instant: each once."""

from datetime import timedelta

import pytest

from services.sla.adapters import firing
from tests.integration.sla.conftest import Office
from tests.replicas import at_once, second


def test_two_workers_fire_each_clock_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firing, "BATCH", 7)  # so that both have many turns
    for number in range(40):
        office.accepted(f"c{number}")
        office.dispatched(f"c{number}")
    office.clock.move_to(office.clock.now() + timedelta(days=60))
    other = second(office.runtime)
    done = at_once(firing.fire_clocks, [office.runtime, other])
    other.engine.dispose()
    assert sum(done) > 0
    assert office.rows("select count(*) from clock where next_at <= :now", now=office.clock.now()) == [(0,)]
    twice = office.rows(
        "select type, envelope->'payload'->>'clock_id', count(*) from outbox "
        "where type <> 'sla.clock_started.v1' group by 1, 2 having count(*) > 1"
    )
    assert twice == []
    breached = office.rows("select count(*) from outbox where type like 'sla.clock_breached%'")
    overdue = office.rows("select count(*) from clock where body->>'state' = 'breached'")
    assert breached == overdue


def test_a_burst_of_lights_is_told_in_the_bulk_lane_and_an_emergency_at_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firing, "BATCH", 4)
    for number in range(4):
        office.accepted(f"c{number}")
        office.dispatched(f"c{number}")
    office.clock.move_to(office.clock.now() + timedelta(days=60))
    while firing.fire_clocks(office.runtime):
        pass
    lanes = dict(office.rows("select bulk, count(*) from outbox where type = 'sla.clock_breached.v1' group by 1"))
    assert lanes.get(True, 0) > 0
    office.accepted("e1", emergency_class="urgent")
    office.dispatched("e1", emergency_class="urgent")
    office.clock.move_to(office.clock.now() + timedelta(days=60))
    while firing.fire_clocks(office.runtime):
        pass
    urgent = "select bool_or(bulk) from outbox where subject = 'e1' and type = 'sla.clock_breached.v1'"
    assert office.rows(urgent) == [(False,)]
