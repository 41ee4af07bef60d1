"""An emergency is phoned up the ladder until somebody knows."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain import StepNotAllowed
from services.notify.domain.escalation import Escalation, EscalationState, Rung
from services.notify.domain.message import Audience

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)


def escalation() -> Escalation:
    ladder = [Rung(Audience.UNIT, "fire", 0), Rung(Audience.UNIT, "fire", 1), Rung(Audience.SUPERVISORS, "supervisors")]
    return Escalation(
        id="e1", city="350100", case_id="c1", work_order_id="w1", assignment_id="a1", unit="fire", number="n-1",
        patience_minutes=5, ladder=ladder,
    )  # fmt: skip


def test_each_rung_has_its_minutes_and_the_supervisors_are_last() -> None:
    made, called = escalation(), []
    rung: Rung | None = made.rung
    while rung is not None:
        called.append((rung.audience.value, rung.place))
        made.ring(message_id=f"m{len(called)}", now=NOW)
        assert made.due_at == NOW + timedelta(minutes=5)
        rung = made.climb(now=NOW)
    assert called == [("unit", 0), ("unit", 1), ("supervisors", 0)]
    assert (made.state, made.due_at) == (EscalationState.EXHAUSTED, None)


def test_an_acknowledged_one_names_the_last_call_and_rings_no_more() -> None:
    made = escalation()
    made.ring(message_id="m1", now=NOW)
    event = made.acknowledge(now=NOW)
    assert (event.message_id, event.unit, made.due_at, made.open) == ("m1", "fire", None, False)
    with pytest.raises(StepNotAllowed):
        made.acknowledge(now=NOW)


def test_an_exhausted_one_can_still_be_acknowledged() -> None:
    made = escalation()
    made.ring(message_id="m1", now=NOW)
    while made.climb(now=NOW):
        pass
    assert made.open
    assert made.acknowledge(now=NOW).case_id == "c1"


def test_a_released_unit_is_called_no_more() -> None:
    made = escalation()
    made.stop(now=NOW)
    assert (made.state, made.open, made.due_at) == (EscalationState.STOPPED, False, None)
